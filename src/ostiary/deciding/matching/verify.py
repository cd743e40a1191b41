"""Verification: is what the request gives right, for exactly one person in the file?

The walk over a batch; each step is a table that the next one reads. What decides is in
:mod:`.matching.levels` and :mod:`.matching.decision`. A request is compared with
everybody near first; namesakes elsewhere are looked up only for those that nobody came close to.
They can change no confirmation, and in a large file they are many.

A batch is walked in parts, some at a time, each on a connection of its own: DuckDB and NumPy leave
each other's core idle when they take turns.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ostiary.deciding.matching import comparison, decision
from ostiary.deciding.matching.candidates import (
    BY_NAME,
    CLOSE,
    NAMESAKES,
    NEAR,
    Asked,
    Met,
    Numbers,
    ask_keys,
    known_streets,
    meet,
    records_of_people,
)
from ostiary.deciding.matching.model import Model, open_model
from ostiary.deciding.reference.layout import unique
from ostiary.deciding.reference.parallel import AT_ONCE, in_order
from ostiary.deciding.reference.reader import ReferenceReader

AT_A_TIME = 200_000
"""Requests that are verified together, at most: memory does not grow with the batch."""

_WORTH_LOOKING_TWICE = 10_000  # requests; for fewer, one statement costs more than all namesakes
_WORTH_PLANNING = 5_000  # requests; see planned_as_written
_WORTH_CUTTING = 50_000  # requests; each part costs a quarter of a second of its own

_BATCH = 32_768  # rows of an Arrow batch: what one thread of DuckDB takes at a time
_READ = ", ".join(("row", *comparison.ASKED))
_STEPS = "asked candidates streets compared further settled"


def verify_batch(
    con: duckdb.DuckDBPyConnection,
    requests_table: str,
    reference: Path,
    into: str,
    *,
    left_out: str | None = None,
    holds: bool = True,
) -> None:
    """Verify a batch of requests that the law has let through.

    Args:
        con: connection that holds the requests.
        requests_table: ``row`` BIGINT (unique), the standard columns, ``birth_date`` DATE and
            ``tin`` VARCHAR (NULL or empty when not given).
        reference: the office's ``reference/``.
        into: table to make, one row a request, in the order of ``row``: ``row`` BIGINT,
            ``outcome`` and ``rule`` (see :mod:`.matching.rules`), ``person_id`` (empty
            unless one person stands out), ``weight`` and ``margin`` DOUBLE, in bits (see
            :mod:`.matching.weights`); ``margin`` is the best person's weight less the next
            one's among those compared; ``records``, of a confirmed request alone: the number of
            each record that agrees, in order.
        left_out: table of ``row`` and ``person``: with whom a request is not compared, as if that
            person were not in the file.
        holds: whether holds on records are heeded; a gateway that the bar of 26 USC 6103(i)(6)
            does not reach is decided without them.

    Raises:
        OfficeError: there is no reference, or another version of the standard form wrote it.
    """
    model = open_model(reference)
    nobody = con.sql(f"SELECT row, person FROM {left_out}").to_arrow_table() if left_out else None
    con.execute(f"DROP TABLE IF EXISTS {into}")
    for verified in in_order(partial(_verified, model, nobody, holds), _parts(con, requests_table)):
        con.register("match_part", verified)
        con.execute(f"CREATE TABLE IF NOT EXISTS {into} AS FROM match_part LIMIT 0")
        con.execute(f"INSERT INTO {into} FROM match_part")
        con.unregister("match_part")


def _parts(con: duckdb.DuckDBPyConnection, requests: str) -> Iterator["_Part"]:
    """Cut a batch into parts, by its rows; one empty part of no requests at all."""
    rows = con.sql(f"SELECT row FROM {requests} ORDER BY row").to_arrow_table()["row"].to_numpy()
    many = max(1, -(-len(rows) // AT_A_TIME))
    if len(rows) > _WORTH_CUTTING:
        many += -many % AT_ONCE  # no core waits for the last part
    for part in np.array_split(rows, many):
        first, last = part[[0, -1]] if len(part) else (0, 0)
        some = f"SELECT {_READ} FROM {requests} WHERE row BETWEEN {first} AND {last}"
        yield _Part(con.cursor(), con.sql(some).to_arrow_table())


@dataclass(frozen=True, slots=True)
class _Part:
    """Some requests, and a connection of their own: its tables are nobody else's."""

    con: duckdb.DuckDBPyConnection
    requests: pa.Table


def _verified(model: Model, left_out: pa.Table | None, holds: bool, part: _Part) -> pa.Table:
    """Walk over one part; give its rows of the result."""
    with part.con as con:
        know_names(con, model.opened)
        show(con, "told", part.requests)
        comparison.ask(con, "match_told")
        if left_out is not None:
            show(con, "left_out", left_out)
        with planned_as_written(con, len(part.requests)):
            _verify(con, model, "match_left_out" if left_out is not None else None, holds=holds)
            decision.decide(con, "match_verified")
            return con.sql("FROM match_verified ORDER BY row").to_arrow_table()


@contextmanager
def planned_as_written(con: duckdb.DuckDBPyConnection, requests: int) -> Iterator[None]:
    """Have statements about few requests run as they are written, on this connection alone.

    To look for a better plan of a comparison takes DuckDB as long as 5,000 requests do.
    """
    if requests > _WORTH_PLANNING:
        yield
        return
    con.execute("PRAGMA disable_optimizer")
    try:
        yield
    finally:
        con.execute("PRAGMA enable_optimizer")


def know_names(con: duckdb.DuckDBPyConnection, opened: ReferenceReader) -> None:
    """Show ``match_known``: names that anybody bears, which are known, and other spellings."""
    show(con, "known", opened.asked_names)


def _verify(
    con: duckdb.DuckDBPyConnection, model: Model, left_out: str | None, *, holds: bool
) -> None:
    """Make ``match_counts`` and ``match_crowded`` for the requests of ``match_asked``."""
    table = con.sql("SELECT * FROM match_asked ORDER BY row").to_arrow_table()
    asked = ask_keys(table)
    near = meet(model.opened, asked, NEAR)
    look = _look_twice if len(table) > _WORTH_LOOKING_TWICE else _look_once
    elsewhere = look(con, model, table, asked, near, left_out)
    if not holds:
        con.execute("UPDATE match_people SET held = FALSE")
    decision.count_people(con)
    crowded = [*near.crowded.items(), *elsewhere.items()]
    rows = np.concatenate([table["row"].to_numpy()[found] for _, found in crowded])
    kinds = pa.array([kind for kind, found in crowded for _ in found], pa.string())
    put(con, "crowded", pa.table({"row": rows, "kind": kinds}))


def _look_twice(
    con: duckdb.DuckDBPyConnection,
    model: Model,
    requests: pa.Table,
    asked: Asked,
    near: Met,
    left_out: str | None,
) -> dict[str, Numbers]:
    """Make ``match_people``: of namesakes elsewhere only where nobody came close.

    Returns:
        By kind of key, the requests whose namesakes elsewhere are crowded.
    """
    _look_at(con, model, requests, near, left_out)
    con.execute("ALTER TABLE match_people RENAME TO match_near")
    settled = con.sql(f"SELECT DISTINCT row FROM match_near WHERE tier >= {CLOSE}")
    elsewhere = meet(model.opened, asked.of(_not_among(requests, settled)), NAMESAKES)
    _look_at(con, model, requests, _beyond(elsewhere, near), left_out)
    con.execute("INSERT INTO match_people FROM match_near")
    return elsewhere.crowded


def _look_once(
    con: duckdb.DuckDBPyConnection,
    model: Model,
    requests: pa.Table,
    asked: Asked,
    near: Met,
    left_out: str | None,
) -> dict[str, Numbers]:
    """Do what :func:`_look_twice` does, for few requests: a look more costs them more than itself.

    All namesakes are compared, and those dropped again whom two looks would not have looked for.
    """
    everybody = meet(model.opened, asked, NAMESAKES)
    further = _beyond(everybody, near)
    request, person = (
        np.concatenate([getattr(met, part) for met in (near, further)])
        for part in ("request", "person")
    )
    _compare(con, model, requests, Met(request, person, {}), left_out)
    put(con, "further", _pairs(requests, further))
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE match_settled AS
        WITH far AS (SELECT row, record FROM match_further JOIN match_filed USING (person))
        SELECT DISTINCT row FROM match_compared ANTI JOIN far USING (row, record)
        WHERE tier >= {CLOSE}
        """
    )
    con.execute(
        """
        DELETE FROM match_compared
        WHERE row IN (FROM match_settled) AND (row, record) IN
            (SELECT row, record FROM match_further JOIN match_filed USING (person))
        """
    )
    decision.collapse_people(con)
    open_still = _not_among(requests, con.sql("FROM match_settled"))
    return {kind: found[open_still[found]] for kind, found in everybody.crowded.items()}


def _not_among(requests: pa.Table, settled: duckdb.DuckDBPyRelation) -> npt.NDArray[np.bool_]:
    """Tell of each request, in order, whether its row is not among those of a relation."""
    rows = settled.to_arrow_table()["row"].to_numpy()
    return ~np.isin(requests["row"].to_numpy(), rows)


def _beyond(met: Met, one: Met) -> Met:
    """Give the pairs that are not in the other one."""
    pairs, known = (each.request << 32 | each.person for each in (met, one))
    new = ~np.isin(pairs, known, assume_unique=True)
    return Met(met.request[new], met.person[new], {})


def _look_at(
    con: duckdb.DuckDBPyConnection,
    model: Model,
    requests: pa.Table,
    met: Met,
    left_out: str | None,
) -> None:
    """Make ``match_people`` for pairs of requests and people."""
    _compare(con, model, requests, met, left_out)
    decision.collapse_people(con)


def compare_pairs(model: Model, requests: pa.Table, pairs: pa.Table) -> pa.Table:
    """Give those pairs whose names agree, and that nothing which the request gives contradicts.

    Args:
        model: the reference.
        requests: table as for :func:`verify_batch`.
        pairs: ``row`` and ``person_id``.

    Returns:
        ``row`` and ``person_id``.
    """
    with duckdb.connect() as con:
        know_names(con, model.opened)
        show(con, "told", requests)
        comparison.ask(con, "match_told")
        table = con.sql("SELECT * FROM match_asked ORDER BY row").to_arrow_table()
        people = pc.unique(pairs["person_id"])
        numbers = people_numbers(model.opened, people)
        request = pc.index_in(pairs["row"], value_set=table["row"].combine_chunks()).to_numpy()
        person = numbers[pc.index_in(pairs["person_id"], value_set=people).to_numpy()]
        with planned_as_written(con, len(table)):
            _compare(con, model, table, Met(request.astype(np.int64), person, {}), None)
            decision.collapse_people(con)
        return con.sql(
            f"SELECT row, person_id FROM match_people WHERE tier >= {BY_NAME} AND NOT contradicted"
        ).to_arrow_table()


def people_numbers(opened: ReferenceReader, ids: pa.Array) -> Numbers:
    """Find people by id: all of them at once, halving the file until each is found.

    Args:
        opened: the reference.
        ids: of people who are in it.
    """
    asked = ids.cast(pa.large_string())
    low = np.zeros(len(ids), np.int64)
    high = np.full(len(ids), opened.people, np.int64)
    while (moving := low < high).any():
        middle = (low + high) // 2
        among = pa.array(np.minimum(middle, max(opened.people - 1, 0)))
        below = pc.less(opened.ids.take(among), asked).to_numpy(zero_copy_only=False)
        low = np.where(moving & below, middle + 1, low)
        high = np.where(moving & ~below, middle, high)
    return low


def compare_with(con: duckdb.DuckDBPyConnection, model: Model, person: int | None) -> None:
    """Make ``match_compared`` for the requests of ``match_asked`` and one person (or nobody)."""
    table = con.sql("SELECT * FROM match_asked ORDER BY row").to_arrow_table()
    request = np.arange(0 if person is None else len(table))
    _compare(con, model, table, Met(request, np.full(len(request), person or 0), {}), None)


def _compare(
    con: duckdb.DuckDBPyConnection,
    model: Model,
    requests: pa.Table,
    met: Met,
    left_out: str | None,
) -> None:
    put(con, "candidates", _pairs(requests, met))
    if left_out:
        con.execute(
            "DELETE FROM match_candidates"
            f" WHERE (row, person) IN (SELECT row, person FROM {left_out})"
        )
    file_people(con, model.opened, unique(met.person.astype(np.uint64)).astype(np.int64))
    put(con, "streets", known_streets(model.opened, requests))
    comparison.compare(con, model.learned)


def _pairs(requests: pa.Table, met: Met) -> pa.Table:
    return pa.table({"row": requests["row"].take(pa.array(met.request)), "person": met.person})


def file_people(con: duckdb.DuckDBPyConnection, opened: ReferenceReader, people: Numbers) -> None:
    """Make ``match_filed``: all records of people, as a comparison reads them."""
    show(con, "filed", opened.filed(records_of_people(opened, people)))


def show(con: duckdb.DuckDBPyConnection, step: str, table: pa.Table) -> None:
    """Let a step read an Arrow table where it lies, as if it were a table of its own."""
    batches = pa.Table.from_batches(table.to_batches(_BATCH), table.schema)
    con.register(f"match_{step}", batches)


def put(con: duckdb.DuckDBPyConnection, step: str, table: pa.Table) -> None:
    """Make the table of a step."""
    show(con, "put", table)
    con.execute(f"CREATE OR REPLACE TEMP TABLE match_{step} AS FROM match_put")
    con.unregister("match_put")


def drop_steps(con: duckdb.DuckDBPyConnection) -> None:
    """Drop every table of a comparison; a part of a batch takes its own with its connection."""
    for shown in ("match_filed", "match_known"):
        con.unregister(shown)
    for step in _STEPS.split():
        con.execute(f"DROP TABLE IF EXISTS match_{step}")
