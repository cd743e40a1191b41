"""Decoys in stock: drawn once for a reference, and compared in every way of asking.

How a decoy fares follows from how much it gives of a person: a middle name, its initial or neither,
a birth date or none, a TIN or none. That makes twelve ways. Where the outcome of each decoy in each
way is known, a tally in any manner is dealt from them: for every decoy a way is drawn as its manner
has it, and the outcome read. So the tally is distributed exactly as if these decoys had been drawn
and compared in that manner, and no comparison is needed for it. In a manner that is one way, it is
that very tally.
"""

import hashlib
from base64 import b64decode, b64encode
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from ostiary.deciding.decoys.control import Tally, tallies_of
from ostiary.deciding.decoys.drawing import draw_decoys, drop_decoys
from ostiary.deciding.decoys.kinds import KINDS
from ostiary.deciding.decoys.together import Verify
from ostiary.deciding.matching.comparison import ASKED
from ostiary.deciding.matching.model import Model
from ostiary.deciding.matching.rules import RULES
from ostiary.domain.words import Outcome

EIGHTHS = 8
"""Parts in which a manner says how many requests give a middle name and so on."""

_WAYS = (3, 2, 2)  # no middle name, its initial, all of it; without a birth date, with; a TIN
_UNKNOWN = 255
_KINDS = {kind.name: place for place, kind in enumerate(KINDS)}
_RULES = {rule.name: place for place, rule in enumerate(RULES)}
_CONFIRMING = [rule.outcome is Outcome.CONFIRMED for rule in RULES]
_FOR_RATE = np.array([kind.for_rate for kind in KINDS])
_BY_MIDDLE = np.array([kind.by_middle for kind in KINDS])
_TABLES = ("stock_manner", "stock_asked", "stock_left_out", "stock_verified")

Codes = npt.NDArray[np.uint8]
Manner = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DecoyStock:
    """Decoys of a reference, and how each fares in every way of asking.

    Attributes:
        bearers: share of the people drawn who have a middle name on file.
        kinds: of each decoy, the place of its kind in :data:`KINDS`.
        rules: of each decoy and way, the place in :data:`RULES` of the rule that settled it; shape
            ``(decoys, 3, 2, 2)``.
    """

    bearers: float
    kinds: Codes
    rules: Codes

    def tallies(self, manner: Manner, seed: str) -> tuple[Tally, ...]:
        """Deal a tally in a manner; the same seed deals the same.

        Args:
            manner: in eighths, as :func:`ostiary.deciding.decoys.kept.manner_of` gives it.
            seed: text that nobody outside the office can know.
        """
        decoy = np.arange(len(self.kinds))
        settled = self.rules[decoy, *self._ways(manner, seed)]
        counted = Counter(zip(self.kinds.tolist(), settled.tolist(), strict=True))
        return tallies_of(
            sorted(
                (KINDS[kind].name, RULES[rule].name, _CONFIRMING[rule], many)
                for (kind, rule), many in counted.items()
            )
        )

    def _ways(self, manner: Manner, seed: str) -> tuple[npt.NDArray[np.int64], ...]:
        """Deal each decoy its way, as :func:`.decoys.drawing.draw_decoys` does in SQL."""
        full, initial, born, tin = (share / EIGHTHS for share in manner)
        middle = full + initial
        asks, again, makes_up, shortens, gives_born, gives_tin = _chances(seed, 6, len(self.kinds))
        for_rate, junior = _FOR_RATE[self.kinds], self.kinds == _KINDS["junior"]
        gives = (asks < middle) & ((again < middle) | ~for_rate)
        too_often = makes_up * self.bearers * (1 - middle) >= middle * (1 - self.bearers)
        none = ~gives & (for_rate | too_often)
        given = np.where(none, 0, np.where(shortens * middle < initial, 1, 2))
        return (
            np.where(_BY_MIDDLE[self.kinds], 2, given),
            np.asarray((gives_born < born) | junior, np.int64),
            np.asarray(gives_tin < tin, np.int64),
        )

    def written(self) -> dict[str, Any]:
        """Give the stock as JSON holds it."""
        texts = (b64encode(codes.tobytes()).decode() for codes in (self.kinds, self.rules))
        return dict(zip(("bearers", "kinds", "rules"), (self.bearers, *texts), strict=True))

    @classmethod
    def read(cls, written: dict[str, Any]) -> "DecoyStock":
        """Read what :meth:`written` gave."""
        kinds, rules = (np.frombuffer(b64decode(written[n]), np.uint8) for n in ("kinds", "rules"))
        return cls(written["bearers"], kinds, rules.reshape(len(kinds), *_WAYS))


def stock_up(
    con: duckdb.DuckDBPyConnection,
    model: Model,
    reference: Path,
    verify: Verify,
    seed: str,
    many: float,
) -> DecoyStock:
    """Draw decoys that give all that is on file, and compare each in every way of asking.

    Args:
        con: some tables are made in it, and dropped.
        model: the reference they are drawn from.
        reference: the office's ``reference/``.
        verify: does the walk.
        seed: text that nobody outside the office can know.
        many: share of the usual number.
    """
    con.execute(
        "CREATE OR REPLACE TEMP TABLE stock_manner AS SELECT CAST(1 AS BIGINT) AS row,"
        " 'XX' AS n_middle, DATE '2000-01-01' AS birth_date, '000000000' AS tin"
    )
    try:
        bearers = draw_decoys(con, "stock_manner", model, seed, many)
        _ask_in_every_way(con)
        verify(con, "stock_asked", reference, "stock_verified", left_out="stock_left_out")
        return _stock(con, bearers)
    finally:
        drop_decoys(con)
        for table in _TABLES:
            con.execute(f"DROP TABLE IF EXISTS {table}")


def _ask_in_every_way(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``stock_asked``, a row a decoy and way, but for ways in which it asks the same.

    ``way`` is the place among the twelve; ``stock_left_out`` says whom to leave out.
    """
    middle = "CASE m WHEN 0 THEN '' WHEN 1 THEN left(n_middle, 1) ELSE n_middle END AS n_middle"
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE stock_asked AS
        SELECT -row_number() OVER (ORDER BY decoy, way) AS row, * FROM (
            SELECT -d.row - 1 AS decoy, 4 * m + 2 * b + t AS way, {", ".join(ASKED)}
            FROM (
                SELECT * REPLACE ({middle}, CASE WHEN b = 1 THEN birth_date END AS birth_date,
                                  CASE WHEN t = 1 THEN tin ELSE '' END AS tin)
                FROM decoys, range(3) AS m(m), range(2) AS b(b), range(2) AS t(t)
                WHERE (m = 0 OR length(n_middle) >= m) AND (b = 0 OR birth_date IS NOT NULL)
                  AND (t = 0 OR coalesce(tin, '') <> '')
            ) d
        )
        """
    )
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE stock_left_out AS
        SELECT s.row, l.person FROM stock_asked s JOIN decoys_left_out l ON l.row = -s.decoy - 1
        """
    )


def _stock(con: duckdb.DuckDBPyConnection, bearers: float) -> DecoyStock:
    kinds = con.sql("SELECT kind FROM decoys ORDER BY row DESC").to_arrow_table()["kind"]
    settled = con.sql(
        "SELECT decoy, way, rule FROM stock_asked JOIN stock_verified USING (row)"
    ).to_arrow_table()
    rules = np.full((len(kinds), 3 * 2 * 2), _UNKNOWN, np.uint8)
    codes = [_RULES[rule] for rule in settled["rule"].to_pylist()]
    rules[settled["decoy"].to_numpy(), settled["way"].to_numpy()] = codes
    filled = _fill(rules.reshape(len(kinds), *_WAYS))
    return DecoyStock(bearers, np.array([_KINDS[k] for k in kinds.to_pylist()], np.uint8), filled)


def _fill(rules: Codes) -> Codes:
    """Say of a way that gives what is not on file what holds of the one without it."""
    for axis, ways in ((3, 2), (2, 2), (1, 3)):
        along = np.moveaxis(rules, axis, 0)  # a view: what is set in it is set in ``rules``
        for way in range(1, ways):
            along[way] = np.where(along[way] == _UNKNOWN, along[way - 1], along[way])
    return rules


def _chances(seed: str, rows: int, columns: int) -> npt.NDArray[np.float64]:
    """Give random numbers from 0 to below 1 that follow from the seed alone."""
    bits = hashlib.shake_256(seed.encode()).digest(8 * rows * columns)
    drawn = np.frombuffer(bits, "<u8").reshape(rows, columns)
    return (drawn >> np.uint64(11)) / 2.0**53
