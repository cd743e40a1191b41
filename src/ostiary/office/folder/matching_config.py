"""``[matching]`` of ``office.toml``: what an office bears before it stops confirming."""

from collections.abc import Iterator
from dataclasses import dataclass

from ostiary.office.folder.config_rows import Check


@dataclass(frozen=True, slots=True)
class MatchingLimits:
    """What an office bears before it stops confirming.

    Attributes:
        wrong_confirmations_limit: share of a batch's confirmations that may be wrong.
        confidence: of the bound on that share.
        addresses_per_person: different addresses at which one agency may ask about one person.
        addresses_of_all_agencies: the same for all agencies together.
    """

    wrong_confirmations_limit: float = 0.001
    confidence: float = 0.95
    addresses_per_person: int = 3
    addresses_of_all_agencies: int = 12


def matching_checks(matching: MatchingLimits) -> Iterator[Check]:
    """Say of each line of ``[matching]`` whether it will do, and what it may be."""
    for name in ("wrong_confirmations_limit", "confidence"):
        value = getattr(matching, name)
        good = type(value) is float and 0 < value < 1
        yield name, good, "write a number between 0 and 1, such as 0.001"
    for name in ("addresses_per_person", "addresses_of_all_agencies"):
        value = getattr(matching, name)
        yield name, type(value) is int and value > 0, "write a whole number above 0"
