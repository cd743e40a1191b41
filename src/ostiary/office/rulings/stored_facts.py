"""The facts of a request as they were stored with it."""

import json
from datetime import date

from ostiary.domain.facts import REACHED, VOCABULARY, Value
from ostiary.office.store import CaseRecord

# Words of which what was stored before them says nothing, and what that is worth: an order covers
# as much of the past as it did when its scope was read by the agency alone.
LEARNED_SINCE: dict[str, Value] = dict.fromkeys(REACHED, "none")


def stored_facts(request: CaseRecord) -> dict[str, Value]:
    """Give the facts of a request that was let through; empty when they are destroyed."""
    if request.facts is None:
        return {}
    return facts_of(request.facts)


def facts_of(text: str) -> dict[str, Value]:
    """Give facts that were written as JSON."""
    facts: dict[str, Value] = dict.fromkeys(VOCABULARY) | LEARNED_SINCE
    for name, value in json.loads(text).items():
        is_day = name in VOCABULARY and VOCABULARY[name].kind == "date" and value
        facts[name] = date.fromisoformat(value) if is_day else value
    return facts
