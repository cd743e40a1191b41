"""The vocabulary of the law: every fact that a rule may speak of, each declared once.

Rules see facts and nothing else. A fact is derived once, at intake, by its formula. ``None`` means
*undetermined*, and an undetermined fact never lets a request through.
"""

from ostiary.domain.facts import (
    agencies,
    grounds,
    items,
    matters,
    offences,
    persons,
    recipients,
    safeguards,
)
from ostiary.domain.facts.fact import Fact, Facts, Kind, Value
from ostiary.domain.facts.lists import ADDRESS_SHAPES, ITEMS, OFFICES, ROLES

VOCABULARY_VERSION = "3"

_FACTS = (
    *agencies.FACTS,
    *grounds.FACTS,
    *persons.FACTS,
    *offences.FACTS,
    *matters.FACTS,
    *recipients.FACTS,
    *items.FACTS,
    *safeguards.FACTS,
)

VOCABULARY: dict[str, Fact] = {fact.name: fact for fact in _FACTS}

HUMAN = tuple(name for name, fact in VOCABULARY.items() if fact.human)
"""Every fact that a person determines, in the order of the vocabulary."""

REACHED = tuple(name for name in VOCABULARY if name.endswith("reached_agency"))
"""The slots of agencies that an answer reaches beside the one that asks, as orders name them."""

__all__ = [
    "ADDRESS_SHAPES",
    "HUMAN",
    "ITEMS",
    "OFFICES",
    "REACHED",
    "ROLES",
    "VOCABULARY",
    "VOCABULARY_VERSION",
    "Fact",
    "Facts",
    "Kind",
    "Value",
]
