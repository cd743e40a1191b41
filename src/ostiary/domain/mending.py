"""The file of rows to mend: what stands in it beside the sender's columns, and how it is read.

An office gives back the rows that failed as a file that is a request file itself: the columns of
the contract, each value as it was sent, and the columns ``MENDING`` that say what is wrong. Sent
again it is read as any other; these columns are passed over. In it a value that a spreadsheet would
take for a formula stands behind an apostrophe, which goes when it is read, so no value is changed
by the journey.
"""

from collections.abc import Sequence

from ostiary.domain import spreadsheets
from ostiary.domain.spreadsheets import SIGN

MENDING = ("row", "line", "status", "what", "cure", "sent_as", "as_sent")
"""Columns that say of a row: where it stood, what became of it, what is wrong and what to do, the
``request_id`` under which it was sent where a new one is proposed, and, of a row that could not be
cut into columns, its text as it was sent."""

FORMULA = rf"^'*{SIGN}"
"""Values that stand behind one more apostrophe in it, for a spreadsheet to leave them alone."""


def is_to_mend(names: Sequence[str]) -> bool:
    """Tell from its columns whether a file is one of rows to mend."""
    return {"what", "cure"} <= set(names)


def as_it_was(field: str | None) -> str | None:
    """Take away the apostrophe that was put before a value lest it be taken for a formula."""
    return spreadsheets.as_it_was(field) if field else field
