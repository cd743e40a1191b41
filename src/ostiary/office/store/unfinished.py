"""Is a request finished? Each part of the answer once, in SQL, as a condition on its row.

A request accepted at receipt waits for a step of the office until an answer has left, counsel has
answered, an officer found an element lacking, or its openings were destroyed: then nothing can be
decided on it any more. Both databases read the conditions alike.
"""

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL


def is_kept(row: str = "r") -> str:
    """Give SQL for: what was committed to the request can still be opened.

    Args:
        row: name of the request's row in the query.
    """
    return f"{row}.salt IS NOT NULL"


def is_unanswered(row: str = "r") -> str:
    """Give SQL for: no answer to the request has left, or is ready to."""
    return f"NOT EXISTS (SELECT 1 FROM answer a WHERE a.request = {row}.id)"


def is_without_counsel(row: str = "r") -> str:
    """Give SQL for: counsel has not answered the request."""
    return f"NOT EXISTS (SELECT 1 FROM counsel_answer c WHERE c.request = {row}.id)"


def is_not_lacking(row: str = "r") -> str:
    """Give SQL for: no officer has found an element lacking, which ends a case for good."""
    found = "SELECT 1 FROM reason_determination d WHERE NOT d.specific"
    return f"NOT EXISTS ({found} AND d.request = {row}.id)"


def is_open(row: str = "r") -> str:
    """Give SQL for: an answer may still leave, and nobody else has answered."""
    return f"{is_kept(row)} AND {is_unanswered(row)} AND {is_without_counsel(row)}"


def is_waiting(row: str = "r") -> str:
    """Give SQL for: an accepted request waits for a step of the office."""
    return f"{row}.status = 'accepted' AND {is_open(row)} AND {is_not_lacking(row)}"


def as_filter(condition: str) -> RawSQL:
    """Give a condition of this module, on the row ``request``, to Django's filters."""
    return RawSQL(condition, (), output_field=BooleanField())  # noqa: S611 - our own text
