"""The keys that answers are sealed to: those of the officers who may receive for an agency.

1. An officer receives for the agency of the register's row, and for each that it is a component of:
   so the law counts recipients (``agency_within``), and so the key is found.
2. A row for the agency itself goes before the rows for its components.
3. Where components have different keys under one id, these may be two persons: then there is none.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import duckdb

from ostiary.domain.period import Period
from ostiary.domain.register_tables import REGISTER

_MOST_STEPS = 9  # from a component up to its department, as the law's own table has it


class _Key(NamedTuple):
    agency: str
    key: str
    first: date
    last: date | None


class _Parent(NamedTuple):
    parent: str
    first: date
    last: date | None


@dataclass(frozen=True)
class RecipientKeys:
    """The encryption keys of ``officers.csv``, and the agencies that are components of others.

    Attributes:
        keys: by officer, each key with its agency and days.
        parents: by agency, each one that it is a component of, with its days.
    """

    keys: Mapping[str, Sequence[_Key]] = field(default_factory=dict)
    parents: Mapping[str, Sequence[_Parent]] = field(default_factory=dict)

    def of(self, day: date, agency: str, officers: Collection[str]) -> dict[str, str]:
        """Give the key, one-line text, of each of some officers; who has none is left out.

        Args:
            day: the day on which answers are sealed.
            agency: for whom the officers receive.
            officers: their ids.
        """
        found = {one: self._key(day, agency, one) for one in officers}
        return {officer: key for officer, key in found.items() if key is not None}

    def _key(self, day: date, agency: str, officer: str) -> str | None:
        held: dict[str, str] = {}
        for row in self.keys.get(officer, ()):
            if day in Period(row.first, row.last) and agency in self._within(day, row.agency):
                held[row.agency] = max(row.key, held.get(row.agency, ""))
        if agency in held:
            return held[agency]
        different = set(held.values())
        return different.pop() if len(different) == 1 else None

    def _within(self, day: date, agency: str) -> list[str]:
        """Name an agency, and all that it is a component of on a day."""
        within = [agency]
        for _ in range(_MOST_STEPS):
            rows = self.parents.get(within[-1], ())
            above = [one.parent for one in rows if day in Period(one.first, one.last)]
            if not above:
                break
            within.append(min(above))
        return within


def recipient_keys_in(con: duckdb.DuckDBPyConnection) -> RecipientKeys:
    """Read the keys from the registers that are loaded in a connection."""
    keys: dict[str, list[_Key]] = {}
    for officer, *row in con.execute(
        f'SELECT officer, agency, encryption_key, "from", "until" FROM {REGISTER["officers"]}'
        " WHERE encryption_key IS NOT NULL ORDER BY ALL"
    ).fetchall():
        keys.setdefault(officer, []).append(_Key(*row))
    parents: dict[str, list[_Parent]] = {}
    for agency, *row in con.execute(
        f'SELECT agency, parent, "from", "until" FROM {REGISTER["agencies"]}'
        " WHERE parent IS NOT NULL"
    ).fetchall():
        parents.setdefault(agency, []).append(_Parent(*row))
    return RecipientKeys(keys, parents)
