"""Asking about one person on file, whatever the spelling: what is confirmed is counted by whom.

Before a confirmation stands, the addresses are counted at which its person was asked about: by
every request whose name the deciding levels accept for that person, and that nothing else which it
gives contradicts. Spelling, file, provision and moment make no difference.

1. Each agency has its own count, so that nobody can use up what another one may ask. A wider count
   over all agencies adds up what each was let through.
2. A name that several people on file bear is asked about for each of them: an address asked under
   it counts for one of them in so many, unless a birth date or TIN agrees with the person's own.
3. The first addresses stay the ones that count as asked; one beyond the limit stays beyond it.
4. Of a person beyond the limit, also those requests of the batch are stopped that were not
   confirmed: they are part of the same walk.

Names meet by their tokens (:mod:`.matching.name_tokens`); only where so many addresses meet
a person that the limit is in question, the levels are asked.
"""

from collections.abc import Collection
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from ostiary.deciding.matching.candidates import records_of_people
from ostiary.deciding.matching.model import Model
from ostiary.deciding.matching.name_counts import count_bearers
from ostiary.deciding.matching.name_tokens import NAMES, know_forms, make_coarse, make_tokens
from ostiary.deciding.matching.repeat_limit import ADDRESS
from ostiary.deciding.matching.rules import REPEATED, outcome_sql
from ostiary.deciding.matching.surname_levels import MOST_EDITS
from ostiary.deciding.matching.verify import compare_pairs, people_numbers
from ostiary.deciding.reference.layout import born_text
from ostiary.deciding.reference.reader import tin_text

# The levels forgive so many edits, of a given name two; tokens of a slip say only where it may be.
_CLOSE_SURNAMES = f"""(damerau_levenshtein(q.n_surname_key, f.n_surname_key) <= {MOST_EDITS}
    OR damerau_levenshtein(replace(q.n_surname, ' ', ''), replace(f.n_surname, ' ', '')) <= 2)"""
_CLOSE_GIVEN = """(length(q.n_given) = 1 OR length(f.n_given) = 1
    OR damerau_levenshtein(q.n_given, f.n_given) <= 2)"""
AS_STOPPED = f"""outcome = {outcome_sql(f"'{REPEATED}'")}, rule = '{REPEATED}', person_id = '',
    weight = 0, margin = 0"""
"""What an ``UPDATE`` sets where a request asks too often: nobody is named."""
_NEARLY = 1e-9  # three thirds are one
_GIVEN = "CASE WHEN n_given_group <> '' THEN n_given_group ELSE n_given END"


@dataclass(frozen=True, slots=True)
class Addresses:
    """At how many addresses one person may be asked about.

    Attributes:
        of_one: by one agency.
        of_all: by all agencies together.
    """

    of_one: int
    of_all: int


def people_confirmed(con: duckdb.DuckDBPyConnection, verified: str, model: Model) -> None:
    """Make ``held_names``: the records of who is confirmed.

    ``held_names`` has ``id`` (the record), ``person_id``, the columns of
    :data:`.matching.name_tokens.NAMES`, ``given_known`` and ``surname_known``, and ``born``
    and ``tin`` as text.
    """
    ids = con.sql(
        f"SELECT DISTINCT person_id FROM {verified} WHERE outcome = 'confirmed' ORDER BY person_id"
    ).to_arrow_table()["person_id"]
    people = people_numbers(model.opened, ids.combine_chunks())
    records = records_of_people(model.opened, people)
    rows, opened = model.opened.records[records], model.opened
    table = {
        "id": records,
        "person_id": opened.ids.take(pa.array(rows["person"])),
        **{name: opened.words[name].take(pa.array(rows[name])) for name in NAMES},
        "surname_known": opened.known["surname"][rows["n_surname_key"]],
        "given_known": opened.known["given"][rows["n_given"]],
        "born": born_text(rows["born"]),
        "tin": tin_text(rows["tin"]),
    }
    _put(con, "held_names", pa.table(table))


def coarse_of_people(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``filed_coarse`` (``id``, ``token``) of ``held_names``."""
    know_forms(con)
    make_coarse(con, "held_names", filed=True)


def stop_persons(
    con: duckdb.DuckDBPyConnection,
    verified: str,
    asked: str,
    model: Model,
    most: Addresses,
    lifted: Collection[int] = (),
) -> int:
    """Take back confirmations about people who were asked about at too many addresses.

    Args:
        con: holds ``held_names``.
        verified: table as ``verify_batch`` makes it; those beyond the limit end by the rule
            ``repeated-asking``.
        asked: all requests that count, in the order of ``row``: those of ``verified``, and earlier
            ones under lower numbers; with ``agency`` and the columns that are compared.
        model: the reference.
        most: at how many addresses.
        lifted: rows that are not stopped whatever is counted: two officers said so. They count.

    Returns:
        How many requests of the batch are stopped.
    """
    _meet(con, asked, model)
    _collect(con, asked, most)
    if not con.execute("SELECT 1 FROM held_asks LIMIT 1").fetchall():
        return 0
    _weigh(con, model, most)
    _decide(con, asked, model, most)
    return _stop(con, verified, lifted)


def _meet(con: duckdb.DuckDBPyConnection, asked: str, model: Model) -> None:
    """Make ``held_pairs``: ``person_id`` and ``row`` of requests that share a token with them."""
    know_forms(con)
    _put(con, "held_known", model.opened.names.select(["kind", "name", "known"]))
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE held_asked AS
        SELECT row AS id, {", ".join(NAMES)},
               g.name IS NOT NULL AS given_known,
               s.name IS NOT NULL AND NOT contains(n_surname, ' ') AS surname_known
        FROM {asked}
        LEFT JOIN held_known g ON g.kind = 'given' AND g.name = n_given
        LEFT JOIN held_known s ON s.kind = 'surname' AND s.name = n_surname_key
        """
    )
    make_tokens(con, "held_names", filed=True)
    make_tokens(con, "held_asked", filed=False)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE held_pairs AS
        WITH met AS (
            SELECT DISTINCT t.id AS record, a.id AS row, upper(token[1]) AS kind
            FROM filed_tokens t JOIN asked_tokens a USING (token)
        )
        SELECT DISTINCT f.person_id, q.id AS row
        FROM met JOIN held_names f ON f.id = met.record JOIN held_asked q ON q.id = met.row
        WHERE CASE kind WHEN 'E' THEN {_CLOSE_SURNAMES} WHEN 'I' THEN {_CLOSE_GIVEN} ELSE TRUE END
        """
    )


def _collect(con: duckdb.DuckDBPyConnection, asked: str, most: Addresses) -> None:
    """Make ``held_asks``: requests about people who are met at more addresses than the limit."""
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE held_asks AS
        WITH asks AS (
            SELECT row, agency, hash({ADDRESS}) AS place, {_GIVEN} AS given,
                   n_surname_key AS surname, coalesce(tin, '') AS tin,
                   coalesce(strftime(birth_date, '%Y-%m-%d'), '') AS born
            FROM {asked} WHERE row IN (SELECT row FROM held_pairs)
        ),
        numbers AS (
            SELECT person_id, list_distinct(list(born) FILTER (born <> '')) AS borns,
                   list_distinct(list(tin) FILTER (tin <> '')) AS tins
            FROM held_names GROUP BY person_id
        ),
        paired AS (
            SELECT p.person_id, a.*,
                   list_contains(coalesce(borns, []), born)
                       OR list_contains(coalesce(tins, []), tin) AS supported,
                   born <> '' AND len(borns) > 0 AND NOT list_contains(borns, born)
                       OR tin <> '' AND len(tins) > 0 AND NOT list_contains(tins, tin) AS another
            FROM held_pairs p JOIN asks a USING (row) JOIN numbers USING (person_id)
        )
        SELECT * EXCLUDE (another, born, tin) FROM paired WHERE NOT coalesce(another, FALSE)
        QUALIFY len(list_distinct(list(place) OVER (PARTITION BY person_id))) > {most.of_one}
        """
    )


def _weigh(con: duckdb.DuckDBPyConnection, model: Model, most: Addresses) -> None:
    """Make ``held_near``: ``row`` and ``person_id`` of people whose limit may be in question."""
    _count_bearers(con, model)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE held_near AS
        WITH weighed AS (
            SELECT person_id, row, place,
                   CASE WHEN supported THEN 1 ELSE 1 / greatest({_BEARERS}, 1) END AS weight
            FROM held_asks a JOIN held_own USING (person_id)
            LEFT JOIN held_bearers b ON b.given = a.given AND b.surname = a.surname
        ),
        summed AS (
            SELECT person_id, sum(weight) AS most
            FROM (SELECT person_id, place, max(weight) AS weight FROM weighed GROUP BY ALL)
            GROUP BY person_id
        )
        SELECT row, person_id, weight FROM weighed
        WHERE person_id IN (SELECT person_id FROM summed WHERE most > {most.of_one + _NEARLY})
        """
    )


_BEARERS = "coalesce(b.people, 1), own"


def _count_bearers(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make ``held_bearers`` (by ``given`` and ``surname``) and ``held_own`` (by ``person_id``)."""
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE held_own_names AS
        SELECT DISTINCT person_id, {_GIVEN} AS given, n_surname_key AS surname FROM held_names
        WHERE person_id IN (SELECT person_id FROM held_asks)
        """
    )
    names = con.sql(
        "SELECT given, surname FROM held_asks UNION SELECT given, surname FROM held_own_names"
        " ORDER BY ALL"
    ).to_arrow_table()
    given, surname = (names[name].combine_chunks() for name in ("given", "surname"))
    people = count_bearers(model.opened, given, surname)
    _put(con, "held_bearers", names.append_column("people", pa.array(people)))
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE held_own AS
        SELECT person_id, max(people) AS own
        FROM held_own_names JOIN held_bearers USING (given, surname) GROUP BY person_id
        """
    )


def _decide(con: duckdb.DuckDBPyConnection, asked: str, model: Model, most: Addresses) -> None:
    """Make ``held_beyond``: ``person_id`` and ``row`` of requests beyond the limit."""
    accepted = compare_pairs(
        model,
        con.sql(f"FROM {asked} WHERE row IN (SELECT row FROM held_near)").to_arrow_table(),
        con.sql("SELECT row, person_id FROM held_near").to_arrow_table(),
    )
    _put(con, "held_accepted", accepted)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE held_beyond AS
        WITH asks AS (
            SELECT a.person_id, a.agency, a.place, a.row, n.weight
            FROM held_accepted JOIN held_asks a USING (person_id, row)
            JOIN held_near n USING (person_id, row)
        ),
        places AS (
            SELECT person_id, agency, place, min(row) AS first, max(weight) AS weight
            FROM asks GROUP BY ALL
        ),
        counted AS (
            SELECT *, sum(weight) OVER (PARTITION BY person_id, agency ORDER BY first) AS reached
            FROM places
        ),
        let AS (
            SELECT person_id, place, min(first) AS first, max(weight) AS weight
            FROM counted WHERE reached <= {most.of_one + _NEARLY} GROUP BY ALL
        ),
        together AS (
            SELECT person_id, place,
                   sum(weight) OVER (PARTITION BY person_id ORDER BY first) AS reached_by_all
            FROM let
        )
        SELECT a.person_id, a.row
        FROM asks a JOIN counted USING (person_id, agency, place)
        LEFT JOIN together USING (person_id, place)
        WHERE reached > {most.of_one + _NEARLY} OR reached_by_all > {most.of_all + _NEARLY}
        """
    )


def _stop(con: duckdb.DuckDBPyConnection, verified: str, lifted: Collection[int]) -> int:
    _put(con, "held_lifted", pa.table({"row": pa.array(lifted, pa.int64())}))
    stopped = f"""
        SELECT DISTINCT row FROM held_beyond b JOIN {verified} v USING (row)
        WHERE (v.outcome IN ('mismatch', 'no-record')
               OR v.outcome = 'confirmed' AND v.person_id = b.person_id)
              AND row NOT IN (SELECT row FROM held_lifted)
    """
    rows = con.sql(stopped).to_arrow_table()
    _put(con, "held_stopped", rows)
    con.execute(
        f"""
        UPDATE {verified} SET {AS_STOPPED} WHERE row IN (SELECT row FROM held_stopped)
        """
    )
    return int(rows.num_rows)


def _put(con: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    con.register("held_given", table)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM held_given")
    con.unregister("held_given")
