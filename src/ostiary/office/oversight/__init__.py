"""Oversight: the annual report, who looked at what, time stamps, and the figures beside them.

In: the log and what it commits to. Out: reports, tables, pages.
Never here: a figure that cannot be recounted.
"""
