"""What an outsider needs to check us: keys, the log, its witnesses, answers, a client of the API.

In: published files, answers, keys that were handed over. Out: whether they hold, and if not, why.
Never here: an office; a database; a decision of ours.
"""
