"""What is asked of each value of a request file, in the order in which errors are told."""

from collections.abc import Container
from typing import Final

from ostiary.deciding.intake.footers import ASKS, below_the_rows, repeated_header
from ostiary.deciding.intake.lost_text import lost_text
from ostiary.deciding.intake.misread import looks_like_a_day
from ostiary.deciding.intake.typed import DAMAGES, TURNED, typed
from ostiary.deciding.intake.value_checks import (
    Check,
    checks,
    printable,
    required,
    stands_for_unknown,
)
from ostiary.domain.columns import REQUEST

MOST_RECIPIENTS: Final = 64  # an answer is sealed to each of them
LONGEST_REQUEST_ID: Final = 200
_RECIPIENTS = next(typed(column) for column in REQUEST if column.name == "recipients")
_NO_ROW = (below_the_rows("request_id", ASKS), repeated_header("request_id", ASKS))
_CHECKS = (
    required("request_id", "no-request-id"),
    *_NO_ROW,
    *checks(REQUEST),
    printable(
        "request_id",
        "bad-request-id",
        LONGEST_REQUEST_ID,
        "give the request a shorter id without control characters",
    ),
    *stands_for_unknown(REQUEST),
    *lost_text(REQUEST),
    Check("unit", TURNED, *DAMAGES[TURNED], looks_like_a_day("unit")),
    Check(
        "recipients",
        "too-many-recipients",
        f"more than {MOST_RECIPIENTS} recipients",
        "name only those who work on the matter themselves",
        f"(strlen(coalesce(recipients, '')) > {MOST_RECIPIENTS} AND"
        f" coalesce(len({_RECIPIENTS}) > {MOST_RECIPIENTS}, false))",
    ),
)
REPEATED: Final = Check(
    "request_id",
    "repeated-request-id",
    "an earlier row of this file has the same agency and request_id",
    "give each row a request_id of its own, and leave out rows that are sent twice",
    # what is no row has no id that it could repeat
    f"(_repeated AND NOT ({' OR '.join(check.fails for check in _NO_ROW)}))",
)
"""What needs a look at the other rows: ``_repeated`` is true of a row that repeats an id."""

_ORDERED: Final = (*_CHECKS[:3], REPEATED, *_CHECKS[3:])


def checks_of(columns: Container[str]) -> list[Check]:
    """Give what is asked of these columns, :data:`REPEATED` with the id.

    A check is about the values of its own column alone; those about a row, whether it is one and
    whether it repeats another, are with ``request_id``.
    """
    return [check for check in _ORDERED if check.column in columns]
