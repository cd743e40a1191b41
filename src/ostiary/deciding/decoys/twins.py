"""Names of the file that lie a letter apart, of which decoys are made."""

from collections.abc import Iterable

import duckdb
import pyarrow as pa

from ostiary.deciding.decoys.changes import LAST_WORD
from ostiary.deciding.matching.model import Model
from ostiary.deciding.standardisation.vocabulary.nicknames import NICKNAMES

# What is changed by a letter, and the texts that it may become. Of a list only what is common: a
# decoy is as likely as a sibling.
_LETTER_AWAY = {
    "given": ("f.n_given", "kind = 'given' AND people > 0"),
    "listed": ("f.n_given", "kind = 'given' AND common"),
    "middle": ("f.n_middle", "kind = 'given' AND common"),
    "surname": (LAST_WORD, "kind = 'surname' AND (common OR people > 0)"),
    "street": ("f.a_street", "kind = 'street'"),
}

# A text, and each that it is without one letter: two texts an edit apart have one in common.
_WITH_LESS = """unnest(list_prepend({0}, list_transform(range(1, length({0}) + 1),
    lambda place: left({0}, place - 1) || substr({0}, place + 1))))"""


def find_twins(con: duckdb.DuckDBPyConnection, model: Model, seed: str) -> None:
    """Make ``decoy_twins``: for a text (``of``, a key of the table above) one an edit away."""
    con.register("decoy_names", model.opened.names)
    groups = NICKNAMES.entries
    con.register("decoy_groups", _table(name=groups.keys(), representative=groups.values()))
    _list_texts(con)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE decoy_twins AS
        WITH {_near_texts()},
        chosen AS (
            SELECT of, text, arg_min(name, md5($seed || name || text)) AS twin FROM near
            WHERE damerau_levenshtein(name, text) = 1
            GROUP BY ALL
        ),
        grouped AS (SELECT name AS twin, representative FROM decoy_groups)
        SELECT of, text, twin, coalesce(representative, twin) AS twin_group
        FROM chosen LEFT JOIN grouped USING (twin)
        """,
        {"seed": seed},
    )
    con.unregister("decoy_names")
    con.unregister("decoy_groups")


def _list_texts(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``decoy_texts``: names of the reference, and the streets of those who were drawn."""
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE decoy_texts AS
        SELECT kind, name, people, common FROM decoy_names
        UNION ALL SELECT DISTINCT 'street', a_street, 1, FALSE FROM decoy_filed
        WHERE a_kind = 'street' AND NOT regexp_matches(a_street, '[0-9]')
        """
    )


def _near_texts() -> str:
    """Give SQL for ``near``: pairs of texts that begin or end alike and may be an edit apart."""
    asked = " UNION ALL ".join(
        f"SELECT DISTINCT '{of}' AS of, {text} AS text FROM decoy_filed f"
        for of, (text, _) in _LETTER_AWAY.items()
    )
    known = " UNION ALL ".join(
        f"SELECT '{of}' AS of, name FROM decoy_texts WHERE {among}"
        for of, (_, among) in _LETTER_AWAY.items()
    )
    return f"""asked AS (SELECT * FROM ({asked}) WHERE length(text) >= 3),
        known AS (SELECT * FROM ({known}) WHERE length(name) >= 3),
        near AS (
            SELECT DISTINCT of, text, name
            FROM (SELECT of, text, {_WITH_LESS.format("text")} AS less FROM asked)
            JOIN (SELECT of, name, {_WITH_LESS.format("name")} AS less FROM known) USING (of, less)
            WHERE left(name, 2) = left(text, 2) OR right(name, 2) = right(text, 2)
        )"""


def _table(**columns: Iterable[str]) -> pa.Table:
    return pa.table({name: pa.array(list(texts)) for name, texts in columns.items()})
