"""What counsel asks of the book: its cases, its errors, what a change would do, open matters.

In: a book, cases, stored requests. Out: findings about the book.
Never here: a change of what was decided.
"""
