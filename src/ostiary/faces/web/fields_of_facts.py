"""Which fields of a request a fact was derived from, so that a page can show them side by side."""

from collections.abc import Mapping
from typing import Any

from ostiary.domain.facts import VOCABULARY


def fields_of(fact: str) -> tuple[str, ...]:
    """Name the fields of a request from which a fact is derived."""
    return VOCABULARY[fact].fields if fact in VOCABULARY else (fact,)


def fields_beside(facts: Mapping[str, Any], request: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Give the fields of a request from which facts were derived, each once, as it was written.

    A fact that has the name of a field was taken from it as it stands. What comes from a register
    or the calendar has no field.
    """
    names = dict.fromkeys(field for fact in facts for field in fields_of(fact))
    return [(name, request[name]) for name in names if request.get(name) not in (None, "", [])]
