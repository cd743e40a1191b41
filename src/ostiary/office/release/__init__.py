"""What leaves the office, and what follows: release, delivery, recall, receipts, disposal.

In: a decision with two approvals. Out: sealed answers, notices, the permanent record.
Never here: an answer on one officer's word; anything given out in bulk.
"""
