"""The reference on disk: people and addresses in standard form, mapped and indexed.

In: typed people. Out: records, found by the keys that a request shares with them.
Never here: a verdict on whom a request means.
"""
