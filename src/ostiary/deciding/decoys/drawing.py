"""Decoys: requests that are wrong on purpose, run through the very same decision as the others.

A file of requests tells nothing about its own error rate. As in proteomics (target-decoy search:
Elias and Gygi, Nature Methods 4, 2007), wrong requests of which we know that they are wrong stand
beside the real ones; how often they are confirmed shows how often a real wrong one would be.

1. A decoy is made from people of the reference, drawn at random and by seed, and gives of them what
   a request of the batch drawn at random gives: a middle name or its initial, a birth date, a TIN.
   Of those who have a middle name so many give it that decoys give one as often as requests do.
   Wrong requests may know less of a person than right ones: so one kind gives a middle name only
   where two requests, drawn apart, both do.
2. It is a row of the table that the requests are in, with a negative ``row``. No step of
   verification looks at that, and none knows decoys.
3. The closest decoy is a person who *is* in the file, at whose address somebody else of the surname
   is as well: the person is left out, and asked for. All others are people made up, of whom it is
   checked that the file has nobody like that at the address.
"""

from collections.abc import Iterable

import duckdb
import numpy as np
import pyarrow as pa

from ostiary.deciding.decoys.household_check import look_at_doors
from ostiary.deciding.decoys.kinds import CHANGES, KINDS, LAST_WORD, POSSIBLE, SLIP, DecoyKind
from ostiary.deciding.matching.comparison import ASKED
from ostiary.deciding.matching.given_levels import shared_form
from ostiary.deciding.matching.model import Model
from ostiary.deciding.reference.name_marks import SHARES
from ostiary.deciding.reference.twins import TWINS
from ostiary.deciding.standardisation.vocabulary.nicknames import NICKNAMES


def draw_decoys(
    con: duckdb.DuckDBPyConnection, requests: str, model: Model, seed: str, many: float = 1.0
) -> float:
    """Make the tables ``decoys`` and ``decoys_left_out``.

    ``decoys`` has ``row`` BIGINT (-1, -2, ...), ``kind`` and the columns :data:`ASKED`;
    ``decoys_left_out`` has ``row`` and ``person``, whom the comparison must not look at. The same
    seed, requests and reference give the same decoys.

    Args:
        con: holds the requests.
        requests: whose manner the decoys copy; a table as for ``verify_batch``.
        model: the reference they are drawn from.
        seed: text that nobody outside the office can know.
        many: share of the usual number.

    Returns:
        The share of those drawn from the file who have a middle name there.
    """
    try:
        _draw(con, model, seed, many)
        _take_from_file(con, model)
        _find_twins(con, model, seed)
        _compose(con)
        look_at_doors(con, model)
        _keep_the_sound(con, many)
        _deal(con, requests, seed)
        ((bearers,),) = con.execute(
            "SELECT coalesce(avg(CAST(n_middle <> '' AS INTEGER)), 0) FROM decoy_filed"
        ).fetchall()
        return float(bearers)
    finally:
        for step in ("drawn", "filed", "texts", "twins", "composed", "doors", "sound"):
            con.execute(f"DROP TABLE IF EXISTS decoy_{step}")


def drop_decoys(con: duckdb.DuckDBPyConnection) -> None:
    """Drop what :func:`draw_decoys` made."""
    con.execute("DROP TABLE IF EXISTS decoys")
    con.execute("DROP TABLE IF EXISTS decoys_left_out")


def _draw(con: duckdb.DuckDBPyConnection, model: Model, seed: str, many: float) -> None:
    """Make ``decoy_drawn``: two filed records for each decoy."""
    wanted = ", ".join(f"('{one.name}', {_wanted(one, many) * one.overdrawn})" for one in KINDS)
    records = max(model.counts.addresses, 1)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE decoy_drawn AS
        WITH numbered AS (
            SELECT kind, unnest(range(number)) AS number
            FROM (VALUES {wanted}) AS wanted(kind, number)
        )
        SELECT kind, number, {_chance("record")} % {records} AS record,
               {_chance("other")} % {records} AS other
        FROM numbered
        """,
        {"seed": seed},
    )


def _chance(what: str) -> str:
    """Give SQL for a random number that follows from the seed alone, whatever the engine does."""
    return f"md5_number_lower($seed || '|{what}|' || kind || '|' || number)"


def _among(flag: str, kind: str = "kind") -> str:
    """Give SQL that tells whether a decoy is of a kind that has a flag; ``kind`` is its column."""
    names = ", ".join(f"'{one.name}'" for one in KINDS if getattr(one, flag))
    return f"({kind} IN ({names}))"


def _wanted(kind: DecoyKind, many: float) -> int:
    return max(round(kind.many * many), 1)


def _take_from_file(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make ``decoy_filed``: the records that were drawn, as far as an address can be asked for."""
    drawn = con.sql(
        "SELECT record FROM decoy_drawn UNION SELECT other FROM decoy_drawn ORDER BY ALL"
    ).to_arrow_table()
    con.register("decoy_read", model.opened.filed(drawn["record"].to_numpy().astype(np.int64)))
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE decoy_filed AS
        SELECT record, person, given_common, surname_given_too, given_given_too,
               {", ".join(TWINS)}, place_first_unit,
               {", ".join(ASKED)}
        FROM (SELECT *, CAST(nullif(born, '') AS DATE) AS birth_date FROM decoy_read)
        WHERE n_name_stated AND a_shape = 'complete'
        """
    )
    con.unregister("decoy_read")


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


def _find_twins(con: duckdb.DuckDBPyConnection, model: Model, seed: str) -> None:
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


def _compose(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``decoy_composed``: what each decoy would ask that gives all that it can."""
    columns = ", ".join(f"{_changed(column)} AS {column}" for column in ASKED)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE decoy_composed AS
        SELECT kind, number, f.person AS person, f.record AS record, {columns}
        FROM decoy_drawn d JOIN decoy_filed f ON f.record = d.record
        JOIN decoy_filed o ON o.record = d.other
        LEFT JOIN decoy_twins g ON g.of = 'given' AND g.text = f.n_given
        LEFT JOIN decoy_twins l ON l.of = 'listed' AND l.text = f.n_given
        LEFT JOIN decoy_twins m ON m.of = 'middle' AND m.text = f.n_middle
        LEFT JOIN decoy_twins s ON s.of = 'surname' AND s.text = {LAST_WORD}
        LEFT JOIN decoy_twins w ON w.of = 'street' AND w.text = f.a_street
        WHERE {POSSIBLE}
        """
    )


def _changed(column: str) -> str:
    whens = " ".join(
        f"WHEN '{kind}' THEN {changes[column]}"
        for kind, changes in CHANGES.items()
        if column in changes
    )
    return f"CASE kind {whens} ELSE f.{column} END" if whens else f"f.{column}"


def _slipped(column: str) -> str:
    """Damage a surname only now: who of the true one lives there has been looked at."""
    if column not in {"n_surname", "n_surname_key"}:
        return column
    return f"CASE WHEN kind = 'misspelt-neighbour' THEN {SLIP.format(column)} ELSE {column} END"


# Somebody at the door whom the decoy might rightly be taken for. The short forms are looked up only
# where one of the two is any: the list of them is long.
_A_REAL_ONE = f"""CASE
    WHEN h.n_given = c.n_given OR h.n_middle = c.n_given
         OR h.n_given_group <> '' AND h.n_given_group = c.n_given_group THEN TRUE
    WHEN h.given_shares OR c.given_shares THEN {shared_form("h", "c")} ELSE FALSE END"""


def _keep_the_sound(con: duckdb.DuckDBPyConnection, many: float) -> None:
    """Make ``decoy_sound``: decoys that are surely wrong, of each kind as many as are wanted."""
    wanted = " ".join(f"WHEN '{one.name}' THEN {_wanted(one, many)}" for one in KINDS)
    absent, own_door = _among("leaves_out"), _among("own_door")
    by_middle = _among("by_middle", "c.kind")
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE decoy_sound AS
        WITH composed AS (
            SELECT kind, number, person, record, n_given, n_given_group,
                   n_given IN ({_SHORT_FORMS}) AS given_shares
            FROM decoy_composed
        ),
        looked_at AS (
            SELECT c.kind, c.number, bool_or(h.person <> c.person) AS in_company,
                   bool_or(({_A_REAL_ONE}) AND (NOT {by_middle} OR h.person <> c.person)
                           AND (NOT {own_door} OR h.record <> c.record)) AS real
            FROM composed c JOIN decoy_doors h USING (kind, number) GROUP BY ALL
        ),
        sound AS (
            SELECT c.kind, c.number, l.in_company
            FROM decoy_composed c LEFT JOIN looked_at l USING (kind, number)
            WHERE {absent} OR NOT coalesce(l.real, FALSE)
        ),
        ranked AS (
            SELECT *, row_number() OVER (
                PARTITION BY kind ORDER BY {absent} AND NOT coalesce(in_company, FALSE), number
            ) AS place
            FROM sound
        )
        SELECT kind, number FROM ranked
        WHERE place <= CASE kind {wanted} END
          AND (NOT {absent} OR in_company
               OR NOT EXISTS (SELECT 1 FROM sound WHERE {absent} AND in_company))
        """
    )


def _deal(con: duckdb.DuckDBPyConnection, requests: str, seed: str) -> None:
    """Make the results: each sound decoy in the manner of a request that it is dealt."""
    asked = ", ".join(f"{_slipped(one)} AS {one}" for one in ASKED if one not in _DEALT)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE decoys AS
        WITH {_shares(requests)}, {_manners(requests)}, {_dealt()}
        SELECT -row_number() OVER (ORDER BY kind, d.number) AS row, kind, c.person,
               {_in_manner()}, {asked}
        FROM dealt d JOIN decoy_composed c USING (kind, number)
        JOIN manners m ON m.number = d.manner JOIN manners s ON s.number = d.second
        CROSS JOIN shares
        """,
        {"seed": seed},
    )
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE decoys_left_out AS
        SELECT row, person FROM decoys WHERE {_among("leaves_out")}
        """
    )


_DEALT = {"n_middle", "birth_date", "tin"}


def _shares(requests: str) -> str:
    """Give SQL for ``shares``: how often requests, and people, have a middle name.

    ``middle`` is the share of requests that give one, ``initial`` the share of these that give the
    initial alone, ``filed`` the share of people who have one.
    """
    return f"""shares AS (
            SELECT avg(CAST(n_middle <> '' AS INTEGER)) AS middle,
                   coalesce(avg(CAST(length(n_middle) = 1 AS INTEGER))
                            FILTER (n_middle <> ''), 0) AS initial,
                   (SELECT avg(CAST(n_middle <> '' AS INTEGER)) FROM decoy_filed) AS filed
            FROM {requests}
        )"""


def _manners(requests: str) -> str:
    """Give SQL for ``manners``: what each request gives of a person, by its number."""
    return f"""manners AS (
            SELECT row_number() OVER (ORDER BY row) - 1 AS number,
                   n_middle <> '' AS middle, birth_date IS NOT NULL AS born,
                   coalesce(tin, '') <> '' AS tin
            FROM {requests}
        )"""


def _dealt() -> str:
    """Give SQL for ``dealt``: the requests, and the chances, that each sound decoy is dealt."""
    return f"""dealt AS (
            SELECT kind, number,
                   {_chance("manner")} % (SELECT greatest(count(*), 1) FROM manners) AS manner,
                   {_chance("second")} % (SELECT greatest(count(*), 1) FROM manners) AS second,
                   {_chance("middle")} / 18446744073709551616.0 AS chance_middle,
                   {_chance("initial")} / 18446744073709551616.0 AS chance_initial
            FROM decoy_sound
        )"""


def _in_manner() -> str:
    """Give SQL for what of :data:`_DEALT` a decoy gives.

    Who has a middle name gives it where the request does, and else with the chance that makes up
    for those who have none to give.
    """
    gives_middle = f"m.middle AND (s.middle OR NOT {_among('for_rate')})"
    return f"""
        CASE WHEN {_among("by_middle")} THEN n_middle
             WHEN NOT ({gives_middle}) AND ({_among("for_rate")}
                  OR chance_middle * filed * (1 - shares.middle) >= shares.middle * (1 - filed))
             THEN ''
             WHEN chance_initial < initial THEN left(n_middle, 1) ELSE n_middle END AS n_middle,
        CASE WHEN m.born OR kind = 'junior' THEN birth_date END AS birth_date,
        CASE WHEN m.tin THEN c.tin ELSE '' END AS tin
    """


_SHORT_FORMS = ", ".join(f"'{name}'" for name in sorted(SHARES))
