"""The tables of a case store. What may change in them afterwards stands in ``guards``: very little.

Days are ISO dates. Moments are ISO text as they stand in the log, so that both read the same.
A column ``entry_index`` points at the log entry that was committed together with its row.
"""

from ostiary.office.store.models import admission, answers, casework, law, log, looks, retention

__all__ = ["admission", "answers", "casework", "law", "log", "looks", "retention"]
