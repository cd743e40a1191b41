"""Which of pseudopeople's noise struck which cell, and what is missed by it.

pseudopeople says nowhere what it did to a cell, so each of its column noises is listened to.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pandas as pd
from pseudopeople import interface
from pseudopeople.entity_types import ColumnNoiseType

Struck = list[pd.DataFrame]


@contextmanager
def listening() -> Iterator[Struck]:
    """Record cells that noise changes: ``number`` (of the row), ``noised`` and ``noise``."""
    struck: Struck = []
    makes_noise, noises = ColumnNoiseType.__call__, interface.noise_dataset

    def heard(self: ColumnNoiseType, data: pd.DataFrame, *rest: object, **more: object) -> object:
        column = rest[3]
        result, index = makes_noise(self, data, *rest, **more)
        struck.append(pd.DataFrame({"index": index, "noised": column, "noise": self.name}))
        return result, index

    def numbered(*given: object, **more: object) -> pd.DataFrame:
        rows = noises(*given, **more)
        numbers = pd.DataFrame({"index": rows.index, "number": range(len(rows))})
        struck[:] = [pd.concat(struck or [_NONE]).merge(numbers, on="index")]
        return rows

    ColumnNoiseType.__call__, interface.noise_dataset = heard, numbered
    try:
        yield struck
    finally:
        ColumnNoiseType.__call__, interface.noise_dataset = makes_noise, noises


_NONE = pd.DataFrame({"index": [], "noised": [], "noise": []})

_FAKE = "len(list_filter(noises, lambda n: ends_with(n, 'use_fake_name'))) > 0"
_NAME_STRUCK = (
    "len(list_filter(noises, lambda n: regexp_matches(n,"
    " '^(first|last)_name:(make_|use_nickname)'))) > 0"
)

KINDS: dict[str, str] = {
    "sons are named after fathers, and the middle name is left blank": "cause = 'son'",
    "a letter or a bar for a digit of the number": (
        "cause = 'number' AND regexp_matches(asked_number, '[A-Z]')"
        " AND NOT regexp_matches(filed_number, '[A-Z]')"
    ),
    "another house or box number": "cause = 'number'",
    "a ZIP Code of another State, or city and ZIP Code both gone": "cause = 'place'",
    "a fake name (PERSON, HOME, A) for a given name or surname": (
        f"{_FAKE} AND cause NOT IN ('several', 'unit')"
    ),
    "the middle initial is another letter": "cause = 'middle'",
    "street and name both damaged: no key finds the person": (
        f"cause IN ('street', 'street-word', 'type') AND {_NAME_STRUCK}"
    ),
    "a street damaged beyond the rule": "cause IN ('street', 'street-word', 'type')",
    "a short form, or a related name, that no table gives": (
        "cause IN ('given', 'somebody-given', 'no-name', 'two-damaged')"
        " AND list_contains(noises, 'first_name:use_nickname')"
    ),
    "given name and surname both damaged": "cause = 'two-damaged'",
    "a given name damaged into one that people bear": "cause = 'somebody-given'",
    "a surname damaged into one that people bear": "cause = 'somebody-surname'",
    "a given name damaged beyond the rule": "cause = 'given'",
    "a surname damaged beyond the rule": "cause = 'surname'",
    "one letter left of a name": "cause = 'no-name'",
    "two people of that name there": "cause = 'several'",
    "unit, or something else": "TRUE",
}
"""Kind, and when it holds; the first that does counts."""


def by_noise(con: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    """Count ``missed_pairs`` by kind of noise.

    Args:
        con: holds ``missed_pairs``, ``asked`` and ``struck`` (``row``, ``noised``, ``noise``).
    """
    whens = " ".join(f"WHEN {when} THEN '{kind}'" for kind, when in KINDS.items())
    return con.execute(
        f"""
        WITH noised AS (
            SELECT m.row, any_value(m.cause) AS cause, any_value(q.a_number) AS asked_number,
                   split_part(split_part(any_value(m.places), '~ ', 2), ' ', 1) AS filed_number,
                   list(concat(s.noised, ':', s.noise)) AS noises
            FROM missed_pairs m JOIN asked q USING (row) LEFT JOIN struck s USING (row)
            GROUP BY m.row
        )
        SELECT CASE {whens} END AS kind, count(*) FROM noised GROUP BY kind
        ORDER BY count(*) DESC, kind
        """
    ).fetchall()
