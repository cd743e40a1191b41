"""Where a comma is missing from a record, or one too many stands in it: the first value amiss.

A record with too few or too many values is read as none: which value belongs where is not guessed
at. But behind the comma that is missing all values stand one column to the left, and the first day,
number, flag or provision among them that is none says near where to look.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from ostiary.deciding.intake.cited import is_cited
from ostiary.domain.columns import Column

_FITS: Final[Mapping[str, re.Pattern[str]]] = {
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "flag": re.compile(r"(?i:true|false)"),
    "digits": re.compile(r"[0-9]{9}|[0-9]{3}-[0-9]{2}-[0-9]{4}"),
    "years": re.compile(r"[0-9]{4}(?:[;,| ]+[0-9]{4})*"),
}
_PROVISION: Final = re.compile(r"/.*|.*[0-9].*\([0-9a-zA-Z]+\).*", re.DOTALL)


def first_misfit(
    names: Sequence[str], fields: Sequence[str | None], columns: Mapping[str, Column]
) -> str:
    """Give the column under which the first value stands that is not of its kind.

    Args:
        names: of the header, in its order.
        fields: of the record, from its beginning; fewer or more than there are names.
        columns: those of the contract, by name.

    Returns:
        Its name; empty where every value may be what it stands under.
    """
    for name, field in zip(names, fields, strict=False):
        column, text = columns.get(name), (field or "").strip()
        if column is None or not text:
            continue
        fits = _PROVISION if is_cited(column) else _FITS.get(column.kind)
        if fits is not None and not fits.fullmatch(text):
            return name
    return ""
