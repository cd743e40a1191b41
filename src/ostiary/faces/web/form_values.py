"""What a form for one request says, as the texts of a request file."""

from collections.abc import Mapping
from typing import Any

from ostiary.domain.columns import REQUEST

_NAMES = tuple(one.name for one in REQUEST)
COPIED = frozenset(_NAMES) - {"request_id", "agency"}
"""Columns that a request which cures another has in common with it."""


def form_values(said: Mapping[str, Any]) -> dict[str, str]:
    """Read every field; of those with several choices, all that are chosen, with ``;`` between."""
    several = getattr(said, "getlist", None)
    if several is None:
        return {name: str(said.get(name, "")) for name in _NAMES}
    return {name: ";".join(filter(None, several(name))) for name in _NAMES}
