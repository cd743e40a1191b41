"""What the decoys prove about a batch: a bound on how many of its confirmations are wrong.

1. The *rate*: of wrong requests of a kind, the share that is confirmed, with its exact upper bound.
   The worst kind counts, and one kind is there for this alone: it knows less than requests do.
2. How many wrong requests a batch holds is unknown. But a wrong one that is not confirmed leaves a
   trace: most decoys of a kind end under one and the same rule, say *the address is on file, but
   not for a person of that name*. Such *near misses* of the batch itself can be counted.
3. For each near miss at most ``odds`` wrong confirmations are to be expected, ``odds`` being the
   upper bound of confirmed decoys for each that missed nearly. Counting every near miss of the
   batch as a wrong request, though many are not, gives the number of confirmations that may be
   wrong, and their *share* of all that were confirmed. A file that guesses is full of near misses.
4. A batch above the office's limit confirms nothing. A limit of 0.001 bears one wrong confirmation
   in a thousand, and one among fewer than a thousand: less than one whole cannot be borne. So
   small batches are counted together with what the office verified for the agency before.

Where two kinds of decoys leave the same trace the worse one counts. Rare kinds are counted with
their family alone: by itself each has so few decoys that its bound would say nothing. The number is
an expected one: by chance, one batch may hold more or fewer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ostiary.deciding.decoys.bound import upper_bound
from ostiary.deciding.decoys.kinds import KINDS
from ostiary.deciding.matching.rules import RULES
from ostiary.domain.words import Outcome

_NO_TRACE = {rule.name for rule in RULES if rule.outcome is Outcome.NO_RECORD}
_FOR_RATE = {kind.name for kind in KINDS if kind.for_rate}
_FAMILY = {kind.name: kind.family for kind in KINDS if kind.family}
_RARE = {kind.name for kind in KINDS if kind.rare}


@dataclass(frozen=True, slots=True)
class Limit:
    """How many wrong confirmations an office bears.

    Attributes:
        share: of the confirmations of a batch, at most so many may be wrong.
        confidence: of the bound, between 0 and 1.
    """

    share: float = 0.001
    confidence: float = 0.95


@dataclass(frozen=True, slots=True)
class Tally:
    """How the decoys of one kind fared.

    Attributes:
        kind: see :data:`ostiary.deciding.decoys.kinds.KINDS`, or a family of them.
        made: how many there were.
        confirmed: how many were confirmed, each of them wrongly.
        near_rule: the rule under which most of the others ended; empty when there were none.
        near: how many ended under it.
    """

    kind: str
    made: int
    confirmed: int
    near_rule: str
    near: int

    def rate(self, confidence: float) -> float:
        """Give the upper bound on the share of such requests that is confirmed."""
        return upper_bound(self.confirmed, self.made, confidence)

    def odds(self, confidence: float) -> float:
        """Give the upper bound on wrong confirmations for each near miss."""
        rate = upper_bound(self.confirmed, self.confirmed + self.near, confidence)
        return rate / (1 - rate) if rate < 1 else float("inf")


@dataclass(frozen=True)
class Control:
    """A batch beside its decoys.

    Attributes:
        seed: what the decoys were drawn by.
        tallies: one a kind.
        rules: requests by the rule that settled them, before the limit was applied: those of the
            batch, and earlier ones where it is small.
        agreeing: requests of the batch itself that name and address confirm.
        earlier: how many people were confirmed earlier, as far as they are counted with the batch.
        limit: what the office bears.
        people: how many people the batch's own confirmations are about; as many as there are
            confirmations when not told.
    """

    seed: str
    tallies: tuple[Tally, ...]
    rules: Mapping[str, int]
    agreeing: int
    earlier: int
    limit: Limit
    people: int | None = None

    @cached_property
    def wrong(self) -> float:
        """How many confirmations may be wrong, at most, as an expected number."""
        counted = [one for one in self._counted if one.kind not in _FOR_RATE]
        if any(tally.confirmed and not tally.near for tally in counted):
            return float(self.agreeing + self.earlier)  # wrong ones leave no trace to count
        worst: dict[str, float] = {}
        for tally in counted:
            if tally.near_rule and self.rules.get(tally.near_rule, 0):
                odds = tally.odds(self.limit.confidence)
                worst[tally.near_rule] = max(worst.get(tally.near_rule, 0.0), odds)
        return sum(odds * self.rules[rule] for rule, odds in worst.items())

    @property
    def rate(self) -> float:
        """The rate at which wrong requests of the worst kind are confirmed, at most."""
        counted = self._counted
        return max((tally.rate(self.limit.confidence) for tally in counted), default=0.0)

    @cached_property
    def _counted(self) -> list[Tally]:
        return together(self.tallies)

    @property
    def share(self) -> float:
        """The bound: which share of the confirmations may be wrong; 0 where there are none."""
        confirmed = self.agreeing + self.earlier
        return min(self.wrong / confirmed, 1.0) if confirmed else 0.0

    @property
    def borne(self) -> float:
        """How many wrong confirmations the limit bears among so many people.

        Somebody who is confirmed again and again makes room for no further near miss.
        """
        people = self.agreeing if self.people is None else self.people
        return max(self.limit.share * (people + self.earlier), 1.0)

    @property
    def exceeded(self) -> bool:
        """Whether the batch is above the limit, so that nothing in it may be confirmed."""
        return self.wrong > self.borne

    def stated(self) -> dict[str, object]:
        """Give what ``summary.json`` says under ``decoys``."""
        confidence = self.limit.confidence
        return {
            "seed": self.seed,
            "made": sum(one.made for one in self.tallies),
            "confirmed": sum(one.confirmed for one in self.tallies),
            "kinds": [
                {
                    "kind": one.kind,
                    "counted_with": _FAMILY.get(one.kind, ""),
                    "made": one.made,
                    "confirmed": one.confirmed,
                    "rate_bound": round(one.rate(confidence), 6),
                    "near_rule": one.near_rule,
                    "near": one.near,
                    "near_misses": self.rules.get(one.near_rule, 0),
                }
                for one in self.tallies
            ],
            "rate_bound": round(self.rate, 6),
            "agreeing": self.agreeing,
            "confirmed_earlier": self.earlier,
            "wrong_at_most": round(self.wrong, 3),
            "wrong_borne": round(self.borne, 3),
            "bound": round(self.share, 6),
            "confidence": confidence,
            "limit": self.limit.share,
            "exceeded": self.exceeded,
        }


def together(tallies: Sequence[Tally]) -> list[Tally]:
    """Give what is counted: each kind that is not rare, and each family as a whole.

    A family stands once for each rule under which most of a kind of it ended.
    """
    families: dict[str, list[Tally]] = {}
    for one in tallies:
        if one.kind in _FAMILY:
            families.setdefault(_FAMILY[one.kind], []).append(one)
    pooled = [
        Tally(
            family,
            sum(one.made for one in members),
            sum(one.confirmed for one in members),
            near_rule,
            sum(one.near for one in members),
        )
        for family, members in families.items()
        for near_rule in sorted({one.near_rule for one in members})
    ]
    return [one for one in tallies if one.kind not in _RARE] + pooled


def tallies_of(counts: Sequence[tuple[str, str, bool, int]]) -> tuple[Tally, ...]:
    """Add up counts of decoys: ``(kind, rule, whether confirmed, how many)``."""
    kinds = dict.fromkeys(kind for kind, *_ in counts)
    return tuple(_tally(kind, [row[1:] for row in counts if row[0] == kind]) for kind in kinds)


def _tally(kind: str, counts: Sequence[tuple[str, bool, int]]) -> Tally:
    missed = {rule: many for rule, confirmed, many in counts if not confirmed}
    # That nobody came near is no trace: of such a kind those count that left one.
    near_rule = max(
        missed, key=lambda rule: (rule not in _NO_TRACE, missed[rule], rule), default=""
    )
    confirmed = sum(many for _, is_confirmed, many in counts if is_confirmed)
    made = confirmed + sum(missed.values())
    return Tally(kind, made, confirmed, near_rule, missed.get(near_rule, 0))
