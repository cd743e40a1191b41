"""What an answer may say beyond a confirmation: looked up for those confirmed, and for nobody else.

1. Only an item that the request asks for, that the gateway's file lists with the kinds of source it
   may come from, and that agreement and policies let through, is looked up at all.
2. Only of years of which a record may confirm there, and from the first kind of source listed that
   has the item: two sources of one income are not two incomes.
3. Where the request does not ask to have the address confirmed, and nothing it asks for is on file,
   nothing is confirmed: the answer would say no more than that somebody lives there.
"""

from collections.abc import Iterator, Mapping, Sequence

import duckdb
import pyarrow as pa

from ostiary.deciding.matching.rules import NOT_ON_FILE, outcome_sql
from ostiary.deciding.reference.reader import ReferenceReader

Answers = Mapping[str, Mapping[str, Sequence[str]]]
"""By provision the items that an answer may hold, each with its kinds of source, best first."""
CONFIRMATION = "address-confirmation"


def add_items(
    con: duckdb.DuckDBPyConnection,
    requests: str,
    verified: str,
    answers: Answers,
    opened: ReferenceReader,
    years: str,
) -> None:
    """Write behind each basis what is on file of the items asked for.

    Args:
        con: holds the tables.
        requests: ``row``, ``provision``, ``items`` and the columns that ``years`` reads.
        verified: ``row``, ``person_id``, ``outcome``, ``rule``, ``basis``.
        answers: see :data:`Answers`; under a provision that is not there nothing is looked up.
        opened: the reference that was compared with.
        years: SQL over ``r`` (a request), ``g`` (``rule``, of years) and ``f`` (``year``,
            ``newest``) that says whether a year counts; ``rules_of_years`` is there.
    """
    listed = list(_listed(answers))
    if not listed or not _is_any_asked(con, requests):
        return
    names = ("provision", "item", "source", "rank")
    columns = zip(names, zip(*listed, strict=True), strict=True)
    con.register("answered_items", pa.table({name: list(values) for name, values in columns}))
    con.register("items_filed", opened.items)
    _ask_items(con, requests, verified)
    _find_items(con, requests, years)
    _write_items(con, verified)
    con.execute("DROP TABLE asked_items; DROP TABLE items_found")
    con.unregister("answered_items")
    con.unregister("items_filed")


def _is_any_asked(con: duckdb.DuckDBPyConnection, requests: str) -> bool:
    """Whether any request asks for more than a confirmation, whatever was found of it."""
    asked = f"list_filter(items, lambda one: one IS DISTINCT FROM '{CONFIRMATION}')"
    found = con.execute(f"SELECT 1 FROM {requests} WHERE len({asked}) > 0 LIMIT 1").fetchall()
    return bool(found)


def _listed(answers: Answers) -> Iterator[tuple[str, str, str, int]]:
    """Give the items that may be answered, each with a source and how good that is."""
    for provision, items in answers.items():
        for item, sources in items.items():
            for rank, source in enumerate(sources):
                yield provision, item, source, rank


def _ask_items(con: duckdb.DuckDBPyConnection, requests: str, verified: str) -> None:
    """Make ``asked_items``: those of confirmed requests under a provision that answers any."""
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE asked_items AS
        SELECT v.row, v.person_id, r.provision, unnest(r.items) AS item
        FROM {verified} v JOIN {requests} r USING (row)
        WHERE v.outcome = 'confirmed'
          AND r.provision IN (SELECT provision FROM answered_items)
        """
    )


def _find_items(con: duckdb.DuckDBPyConnection, requests: str, years: str) -> None:
    """Make ``items_found``: by request what is on file of its items, each from its best source."""
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE items_found AS
        WITH filed AS (
            SELECT a.row, f.period AS year, max(f.period) OVER (PARTITION BY a.row) AS newest,
                   a.item, f.value, w.rank
            FROM asked_items a JOIN answered_items w USING (provision, item)
            JOIN items_filed f ON f.person_id = a.person_id AND f.item = a.item
                              AND f.source = w.source
        ),
        best AS (
            SELECT f.row, f.year, f.item, arg_min(f.value, f.rank) AS value
            FROM filed f JOIN {requests} r USING (row)
            LEFT JOIN rules_of_years g USING (provision) WHERE {years} GROUP BY ALL
        )
        SELECT row, string_agg(year || ':' || item || '=' || value, ';'
                               ORDER BY year DESC, item) AS said
        FROM best GROUP BY row
        """
    )


def _write_items(con: duckdb.DuckDBPyConnection, verified: str) -> None:
    """Write what was found behind the basis; confirm nothing that would say no more than that."""
    con.execute(
        f"""
        UPDATE {verified} v SET basis = basis || '|' || i.said FROM items_found i
        WHERE i.row = v.row;
        UPDATE {verified}
        SET rule = '{NOT_ON_FILE}', outcome = {outcome_sql(f"'{NOT_ON_FILE}'")}, basis = ''
        WHERE row IN (SELECT row FROM asked_items)
          AND row NOT IN (SELECT row FROM items_found)
          AND row NOT IN (SELECT row FROM asked_items WHERE item = '{CONFIRMATION}')
        """
    )
