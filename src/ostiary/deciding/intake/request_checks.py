"""What is asked of each value of a request file, in the order in which errors are told."""

from collections.abc import Container
from typing import Final

from ostiary.deciding.intake.footers import ASKS, below_the_rows, repeated_header, ruler
from ostiary.deciding.intake.lost_text import lost_text
from ostiary.deciding.intake.misread import NO_DAY, looks_like_a_day
from ostiary.deciding.intake.typed import DAMAGES, LAST_YEAR, TURNED, typed
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
_DAY = "regexp_full_match({}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}')"
_UNBORN = Check(
    "birth_date",
    "no-day",
    "this person would be born after the day of the signature",
    "write the year of birth with its century, or leave it empty",
    # ISO days are in order as texts are; one that stands for unknown is no signature's
    f"coalesce(CASE WHEN birth_date > signed_on AND signed_on > '{NO_DAY}'"
    f" AND left(birth_date, 4) <= '{LAST_YEAR}'"
    f" THEN {_DAY.format('birth_date')} AND {_DAY.format('signed_on')} ELSE false END, false)",
)
NO_ROW: Final = (
    below_the_rows("request_id", ASKS),
    repeated_header("request_id", ASKS),
    ruler("request_id", REQUEST),
)
"""What is asked of a row itself: whether it is one."""
_CHECKS = (
    required("request_id", "no-request-id"),
    *NO_ROW,
    *checks(REQUEST),
    printable(
        "request_id",
        "bad-request-id",
        LONGEST_REQUEST_ID,
        "give the request a shorter id without control characters",
    ),
    *stands_for_unknown(REQUEST),
    _UNBORN,
    *lost_text(REQUEST),
    *(
        Check(name, TURNED, *DAMAGES[TURNED], looks_like_a_day(name))
        for name in ("unit", "postal_code")
    ),
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
    f"(_repeated AND NOT ({' OR '.join(check.fails for check in NO_ROW)}))",
)
"""What needs a look at the other rows: ``_repeated`` is true of a row that repeats an id."""

_FIRST: Final = 1 + len(NO_ROW)
_ORDERED: Final = (*_CHECKS[:_FIRST], REPEATED, *_CHECKS[_FIRST:])


def checks_of(columns: Container[str]) -> list[Check]:
    """Give what is asked of these columns, :data:`REPEATED` with the id.

    A check is about the values of its own column alone; those about a row, whether it is one and
    whether it repeats another, are with ``request_id``, and whether somebody was born by the day of
    the signature is with ``birth_date``.
    """
    return [check for check in _ORDERED if check.column in columns]
