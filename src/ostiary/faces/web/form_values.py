"""What a form for one request says, as the texts of a request file."""

import re
from collections.abc import Mapping
from typing import Any

from ostiary.domain.columns import REQUEST

_NAMES = tuple(one.name for one in REQUEST)
_IN_A_FILE = re.compile(r" \(`\w+` = true\)")
COPIED = frozenset(_NAMES) - {"request_id", "agency"}
"""Columns that a request which cures another has in common with it."""


def form_values(said: Mapping[str, Any]) -> dict[str, str]:
    """Read every field; of those with several choices, all that are chosen, with ``;`` between."""
    several = getattr(said, "getlist", None)
    if several is None:
        return {name: str(said.get(name, "")) for name in _NAMES}
    return {name: ";".join(filter(None, several(name))) for name in _NAMES}


def in_words_of_a_form(found: dict[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """Say of a form what a check says of a file with one row: fields, and no rows or columns.

    Args:
        found: what the check of the form's file said; its ``errors`` are rewritten.
        values: what the form said. Without a request id that is the first thing to mend.
    """
    errors = [one | {"message": _of_a_field(one["message"])} for one in found["errors"]]
    if not values["request_id"].strip():
        missing = {"column": "request_id", "code": "missing", "message": "enter your request id"}
        errors.insert(0, missing | {"cure": "an id of your own that you have not used before"})
    return found | {"errors": errors}


def of_a_box(cure: str) -> str:
    """Give a cure without the words of a file for a box that is ticked: ``(`sole_use` = true)``.

    >>> of_a_box("Give the undertaking (`sole_use` = true).")
    'Give the undertaking.'
    """
    return _IN_A_FILE.sub("", cure)


def _of_a_field(message: str) -> str:
    return "this cannot be left empty" if message.startswith("the row has no ") else message
