"""The server below pages and calls: the site, who may open what, sign-in, people of the office.

In: a browser's or a program's request. Out: who asks, and whether they may.
Never here: a page; a call; a case.
"""
