"""The public site: a register of agreements, orders and policies, the book, the log's checkpoint.

In: the law in force in an office and its published log. Out: pages without script, and the same as
data, that any file server can hold.
Never here: a case; a count of people; anything that the log does not publish.
"""
