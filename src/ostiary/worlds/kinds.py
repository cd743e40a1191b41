"""The kinds of requests, and what is true of each: the catalogue that ``truth.parquet`` follows.

Expectations hold for the book as shipped and the world's own registers, before any court order.
"""

from dataclasses import dataclass

from ostiary.domain.choices import Scenario
from ostiary.domain.words import Outcome, Status
from ostiary.worlds.real_dress.dressing import SAME

ROW_ERROR = "row-error"
REPEATED = "repeated-id"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of request.

    Attributes:
        name: as ``truth.parquet`` writes it.
        share: part of the rows of a file.
        subject: how the person is chosen and written; a name of ``subjects.SUBJECTS``.
        status: expected status, or ``row-error``.
        outcome: expected outcome; empty where no record may be looked at.
        fewest: rows without which the kind means nothing (a copied reason needs copies).
    """

    name: str
    share: float
    subject: str = "house"
    status: str = Status.RETURNED.value
    outcome: str = ""
    fewest: int = 1

    @property
    def lawful(self) -> bool:
        """Whether the law lets a request of this kind through."""
        return self.status == Status.ACCEPTED.value


def _lawful(name: str, subject: str, outcome: Outcome, share: float) -> Kind:
    return Kind(name, share, subject, Status.ACCEPTED.value, outcome.value)


def _members(shares: dict[str, float]) -> list[Kind]:
    """List the lawful kinds about people and addresses that the file has."""
    return [
        _lawful(f"member-{subject}", subject, Outcome.CONFIRMED, share)
        for subject, share in shares.items()
    ]


def _others(shares: dict[str, float]) -> list[Kind]:
    """List the lawful kinds that are answered with nothing."""
    outcomes = {
        "member-moved": ("moved", Outcome.MISMATCH),
        "member-wrong-birth-date": ("wrong-birth-date", Outcome.MISMATCH),
        "member-wrong-tin": ("wrong-tin", Outcome.MISMATCH),
        "father-or-son": ("father-or-son", Outcome.AMBIGUOUS),
        "held": ("held", Outcome.HELD),
        "relative": ("relative", Outcome.MISMATCH),
        "twin-of-other-sex": ("twin", Outcome.MISMATCH),
        "close-name": ("close-name", Outcome.MISMATCH),
        "absent-namesake": ("absent-namesake", Outcome.AMBIGUOUS),
        "neighbour": ("neighbour", Outcome.MISMATCH),
        "namesake": ("namesake", Outcome.MISMATCH),
        "stranger": ("stranger", Outcome.NO_RECORD),
    }
    return [_lawful(name, *outcomes[name], share) for name, share in shares.items()]


ADDRESS_FAULTS = (
    "address-failed-to-provide",
    "address-unknown",
    "address-na-na",
    "address-dont-care",
    "address-zeros",
    "address-zip-only",
    "address-city-only",
    "address-no-number",
    "address-no-street",
    "address-jail",
    "address-homeless",
    "address-empty",
)

_MATTER_FAULTS = (
    "name-missing",
    "name-placeholder",
    "signer-not-listed",
    "signer-out-of-office",
    "signer-delegate",
    "signer-component-head",
    "signed-after-receipt",
    "reason-empty",
    "recipient-none",
    "recipient-unknown",
    "recipient-contractor",
    "recipient-other-agency",
    "period-missing",
    "period-future",
    "offense-civil",
    "offense-tax",
    "offense-other-criminal",
    "posture-missing",
    "matter-missing",
    "no-sole-use",
    "item-phone",
    "item-new-address",
    "basis-inadmissible",
    "order-too-recent",
    "review-too-recent",
    "order-date-missing",
    "limb-missing",
    "ai-without-notice",
    "provision-unknown",
    "agreement-unknown",
    "agency-unknown",
    "agency-not-federal",
)

_MIXED = (
    *_members(
        {
            "exact": 0.185,
            "format": 0.09,
            "nickname": 0.04,
            "initial": 0.04,
            "typo": 0.05,
            "swapped": 0.02,
            "old-address": 0.06,
            "double-surname": 0.02,
        }
    ),
    *_others(
        {
            "member-moved": 0.06,
            "member-wrong-birth-date": 0.015,
            "member-wrong-tin": 0.015,
            "father-or-son": 0.015,
            "held": 0.01,
            "relative": 0.03,
            "twin-of-other-sex": 0.01,
            "neighbour": 0.02,
            "namesake": 0.02,
            "stranger": 0.02,
        }
    ),
    *(Kind(name, 0.0053) for name in (*ADDRESS_FAULTS, *_MATTER_FAULTS)),
    Kind("tin-without-address", 0.0053, "with-tin"),
    Kind("reason-boilerplate", 0.006, fewest=8),
    # Above 25 matters an officer determines whether somebody is engaged in all of them.
    Kind(
        "recipient-overloaded",
        0.022,
        status=Status.ACCEPTED.value,
        outcome=Outcome.CONFIRMED.value,
        fewest=40,
    ),
    Kind("safeguards-suspended", 0.0053, status=Status.SUSPENDED.value),
    Kind("bad-date", 0.003, status=ROW_ERROR),
    Kind(REPEATED, 0.003, status=ROW_ERROR),
)

_CLEAN = (
    *_members(
        {
            "exact": 0.26,
            "format": 0.13,
            "nickname": 0.05,
            "initial": 0.05,
            "typo": 0.07,
            "swapped": 0.03,
            "old-address": 0.08,
            "double-surname": 0.03,
        }
    ),
    *_others(
        {
            "member-moved": 0.09,
            "member-wrong-birth-date": 0.02,
            "member-wrong-tin": 0.02,
            "father-or-son": 0.02,
            "held": 0.01,
            "relative": 0.04,
            "twin-of-other-sex": 0.02,
            "neighbour": 0.03,
            "namesake": 0.03,
            "stranger": 0.02,
        }
    ),
)


# Verification at its hardest: three in ten are not in the file, and most of these live with
# somebody who is. Each dangerous kind is large enough to be measured by itself, and rarer in life.
_RELATIVES = (
    *_members(
        {
            "exact": 0.30,
            "format": 0.15,
            "nickname": 0.06,
            "initial": 0.05,
            "typo": 0.08,
            "swapped": 0.02,
            "old-address": 0.03,
            "double-surname": 0.01,
        }
    ),
    *_others(
        {
            "relative": 0.12,
            "twin-of-other-sex": 0.03,
            "close-name": 0.03,
            "absent-namesake": 0.03,
            "neighbour": 0.03,
            "namesake": 0.03,
            "stranger": 0.03,
        }
    ),
)


# Names and addresses as they are: a tenth each of siblings, units, roads and neighbours, all of
# them to be refused; the other half is to be confirmed, or is ordinary.
_REAL_DRESS = (
    *_members({"exact": 0.05}),
    *_others({"relative": 0.05}),
    *(
        _lawful(f"never-{name}", f"never-{name}", outcome, share)
        for name, outcome, share in (
            ("siblings", Outcome.MISMATCH, 0.10),
            ("units", Outcome.MISMATCH, 0.10),
            ("lettered-roads", Outcome.MISMATCH, 0.025),
            ("named-roads", Outcome.MISMATCH, 0.025),
            ("numbered-roads", Outcome.MISMATCH, 0.025),
            ("unsaid-direction", Outcome.AMBIGUOUS, 0.025),
            ("next-house", Outcome.MISMATCH, 0.04),
            ("other-post-office", Outcome.MISMATCH, 0.02),
            ("torn-place", Outcome.AMBIGUOUS, 0.02),
            ("misspelt-elsewhere", Outcome.MISMATCH, 0.02),
            ("markers", Outcome.MISMATCH, 0.025),
            ("particles", Outcome.MISMATCH, 0.025),
        )
    ),
    *(_lawful(name, name, Outcome.CONFIRMED, 0.45 / len(SAME)) for name in SAME),
)


AUGUST_PLACEHOLDERS = (
    "failed-to-provide",
    "unknown",
    "na-na",
    "no-number",
    "no-street",
    "jail",
    "dont-care",
    "zeros",
    "zip-only",
)
"""What stood in the address field in August 2025, as the record describes it; or would have passed
the test of that day, which any five digits did."""


def _august(*, cured: bool) -> tuple[Kind, ...]:
    """Give the categories of August 2025 as parts of the 1,280,000 rows of that file.

    47,289 addresses went out: 42,695 on name and TIN alone, of which at most 2,364 had no address
    that deserved the name (how many of which sort is not known: here equally many); 4,594 by
    comparing addresses. About 14,300 were nothing new to the agency, so that its own address must
    have been the file's. How many rows about people not in the file there were is not known; here
    it is all the others.
    """
    rows, nothing_new = 1_280_000, 14_300
    by_tin, placeholders, by_address = 42_695, 2_364, 47_289 - 42_695
    on_file = nothing_new - by_address
    elsewhere = by_tin - placeholders - on_file
    plan = (
        ("tin-address-elsewhere", elsewhere, "tin-moved", Outcome.MISMATCH),
        ("tin-address-on-file", on_file, "tin-exact", Outcome.CONFIRMED),
        ("address-in-other-format", by_address, "format-without-tin", Outcome.CONFIRMED),
        ("not-in-file", rows - 47_289, "stranger", Outcome.NO_RECORD),
    )
    return (
        *(
            _lawful(name, subject, outcome, count / rows)
            if cured
            else Kind(name, count / rows, subject)
            for name, count, subject, outcome in plan
        ),
        *(
            Kind(f"tin-{name}", placeholders / len(AUGUST_PLACEHOLDERS) / rows, "with-tin")
            for name in AUGUST_PLACEHOLDERS
        ),
    )


SCENARIOS: dict[Scenario, tuple[Kind, ...]] = {
    "mixed": _MIXED,
    "clean": _CLEAN,
    "relatives": _RELATIVES,
    "real-dress": _REAL_DRESS,
    "august-2025": _august(cured=False),
    "august-2025-cured": _august(cured=True),
}


def allotted(kinds: tuple[Kind, ...], requests: int) -> list[int]:
    """Share out a number of requests among kinds by largest remainder.

    A kind that would get fewer rows than it needs gets what it needs in a file ten times as large,
    and none in a smaller one; the first kind gives or takes the difference.
    """
    total = sum(kind.share for kind in kinds)
    exact = [kind.share / total * requests for kind in kinds]
    counts = [int(share) for share in exact]
    by_remainder = sorted(range(len(kinds)), key=lambda n: counts[n] - exact[n])
    for number in by_remainder[: requests - sum(counts)]:
        counts[number] += 1
    for number, kind in enumerate(kinds):
        if 0 < counts[number] < kind.fewest:
            counts[number] = kind.fewest if requests >= 10 * kind.fewest else 0
    counts[0] += requests - sum(counts)
    return counts
