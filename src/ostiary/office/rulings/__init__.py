"""What the law says of a stored case on a given day, and the document that officers sign.

In: stored requests, registers, orders, the book. Out: rulings, and what may be looked at.
Never here: a look at a record.
"""
