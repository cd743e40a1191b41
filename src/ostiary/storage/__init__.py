"""The case store: the only room that speaks to a database (Django ORM on SQLite).

In: frozen values and log entries. Out: the same. State and entry commit in one transaction.
Never here: a rule of law or of business; a write without its log entry.
"""
