"""The matter of each request: who signed, which offence, which order, why, and for whom."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow.compute as pc

from ostiary.domain.choices import Scenario
from ostiary.worlds.chance import happens
from ostiary.worlds.desks import Staffing
from ostiary.worlds.faults import BOILERPLATE, faults
from ostiary.worlds.reasons import LIMBS, reasons
from ostiary.worlds.texts import (
    Codes,
    Text,
    constant,
    day_text,
    joined,
    number_text,
    pick,
    where,
    words,
)

_BASES = tuple(
    f"/us/usc/t8/s1227/a/{paragraph}"
    for paragraph in ("1/A", "1/B", "1/C", "1/D", "2/A", "2/B", "2/C", "2/E", "3/A", "3/D", "4/A")
)
_POSTURES = ("investigation", "proceeding", "grand-jury")
_LONG_AGO = 400  # days; half of them is still well over the ninety of 8 USC 1253(a)(1)(A)
_MATTERS = 10_000_000
_SCRAMBLE = 7_368_787  # coprime to 10^7: no matter number occurs twice


@dataclass(frozen=True, slots=True)
class Conduct:
    """How an agency goes about its requests in a scenario.

    Attributes:
        signer: who signs.
        staffing: how recipients are named; see ``desks.name_recipients``.
        one_reason: a single text serves for everybody.
    """

    signer: str = "dhs-secretary"
    staffing: Staffing = "teams"
    one_reason: bool = False


CONDUCT: dict[Scenario, Conduct] = {
    "mixed": Conduct(),
    "clean": Conduct(),
    "relatives": Conduct(),
    "real-dress": Conduct(),
    "august-2025": Conduct("dhs-ice-director", "one", one_reason=True),
    "august-2025-cured": Conduct(staffing="each"),
}


@dataclass(frozen=True, slots=True)
class Docket:
    """What matters of one file have in common.

    Attributes:
        received: the day the file is dated for.
        conduct: how the agency goes about it.
        kinds: names of the kinds; rows carry their numbers.
    """

    received: date
    conduct: Conduct
    kinds: tuple[str, ...]

    def columns(
        self, rng: np.random.Generator, first: int, kinds: Codes, year: Codes
    ) -> dict[str, Text]:
        """Write the matters of the rows from ``first`` on: every column not about the person.

        ``year`` is the one that each request must name among others, for its record is of it.

        ``request_id`` and ``recipients`` are not among them; they need the whole file.
        """
        count = len(kinds)
        limb = rng.integers(len(LIMBS), size=count)
        columns = self._fixed(count) | self._drawn(rng, first, year)
        columns["offense_limb"] = pick(words(LIMBS), limb)
        columns |= self._orders(rng, count)
        matter = columns["matter_number"]
        for kind, wrong in faults(self.received).items():
            if kind in self.kinds:
                here = kinds == self.kinds.index(kind)
                if here.any():
                    columns |= {
                        name: where(here, text, columns[name]) for name, text in wrong.items()
                    }
        columns["reason"] = self._reasons(rng, kinds, matter, columns["offense_limb"])
        return columns

    def _fixed(self, count: int) -> dict[str, Text]:
        fixed = {
            "agency": "dhs-ice",
            "agreement": "treasury-dhs-2025",
            "provision": "/us/usc/t26/s6103/i/2",
            "signer": self.conduct.signer,
            "country": "US",
            "offense": "/us/usc/t8/s1253/a/1",
            "reason": "-",
            "sole_use": "true",
            "items": "address-confirmation",
            "ai_analysis": "false",
        }
        return {name: constant(text, count) for name, text in fixed.items()}

    def _drawn(self, rng: np.random.Generator, first: int, of: Codes) -> dict[str, Text]:
        count = len(of)
        signed = np.datetime64(self.received) - rng.integers(1, 6, count).astype("timedelta64[D]")
        year = self.received.year
        number = (np.arange(first, first + count) * _SCRAMBLE + 1_618_034) % _MATTERS
        return {
            "signed_on": day_text(signed),
            "taxable_periods": self._periods(rng, of),
            "removal_basis": pick(words(_BASES), rng.integers(len(_BASES), size=count)),
            "matter_number": joined(f"HSI-{year}-", number_text(number, 7)),
            "posture": pick(words(_POSTURES), rng.choice(3, size=count, p=(0.7, 0.2, 0.1))),
        }

    def _periods(self, rng: np.random.Generator, of: Codes) -> Text:
        """Name years up to the last whole one or behind it, back to the record's; none to come."""
        last = self.received.year - 1
        whole = last - 1  # the last one of which everybody had filed
        held = np.minimum(of, last)
        before, behind = (happens(rng, 0.4, len(of)) for _ in range(2))
        spans = np.stack(
            [np.minimum(held - before, whole), np.maximum(np.minimum(held + behind, last), whole)],
            axis=1,
        )
        listed, code = np.unique(spans, axis=0, return_inverse=True)
        texts = [";".join(map(str, range(start, end + 1))) for start, end in listed.tolist()]
        return pick(words(texts), code.reshape(-1))

    def _orders(self, rng: np.random.Generator, count: int) -> dict[str, Text]:
        """Date the final orders 120 to 1500 days back; some old ones went through a court."""
        age = rng.integers(120, 1501, count)
        reviewed = (age >= _LONG_AGO) & happens(rng, 0.15, count)
        received = np.datetime64(self.received)
        review = received - (age // 2).astype("timedelta64[D]")
        return {
            "removal_order_date": day_text(received - age.astype("timedelta64[D]")),
            "judicial_review_date": where(reviewed, day_text(review), ""),
        }

    def _reasons(self, rng: np.random.Generator, kinds: Codes, matter: Text, limb: Text) -> Text:
        if self.conduct.one_reason:
            return constant(BOILERPLATE, len(kinds))
        code = pc.fill_null(pc.index_in(limb, words(LIMBS)), 0)
        own = reasons(
            rng,
            matter,
            code.to_numpy(zero_copy_only=False).astype(np.int64),
            received=self.received,
        )
        for kind, text in (("reason-empty", ""), ("reason-boilerplate", BOILERPLATE)):
            if kind in self.kinds:
                own = where(kinds == self.kinds.index(kind), text, own)
        return own
