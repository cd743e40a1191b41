"""Reporting: pages and tables made from what a run and the accounting hold.

In: a batch's tables. Out: replies, row errors, a summary and a page for the custodian.
Never here: a figure that cannot be recounted; anything from the file in what the agency gets.
"""
