"""Other spellings of names, and what a file knows of names, put together once for its look-ups."""

from collections.abc import Iterable
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from ostiary.deciding.standardisation.vocabulary.transliterations import OTHER_GIVEN, OTHER_SURNAMES


def with_bars(others: Iterable[str]) -> str:
    """Write names with a bar around each."""
    return f"|{'|'.join(others)}|"


@cache
def spellings() -> pa.Table:
    """Give the other spellings of names, which only a birth date lets agree.

    Returns:
        ``kind`` (``given`` or ``surname``), ``name``, and ``others`` with a bar around each.
    """
    rows = [
        {"kind": kind, "name": name, "others": with_bars(others)}
        for kind, table in (("given", OTHER_GIVEN), ("surname", OTHER_SURNAMES))
        for name, others in table.items()
    ]
    return pa.Table.from_pylist(rows)


def with_spellings(names: pa.Table) -> pa.Table:
    """Put the other spellings of names beside what a file knows of names, each name once.

    Args:
        names: ``kind``, ``name`` and ``known`` of each name that a list or anybody in the file has.

    Returns:
        The same with ``borne`` (true) and ``others`` (empty where there are none); behind them the
        names that only have other spellings, neither known nor borne.
    """
    listed = spellings()
    at = _places(names, listed)
    others = listed["others"].combine_chunks().take(at)
    unheard = listed.filter(pc.invert(pc.is_in(_every(listed), value_set=at)))
    told = names.select(["kind", "name", "known"])
    told = told.append_column("borne", [_all(len(told), value=True)])
    no = [_all(len(unheard), value=False)]
    more = unheard.select(["kind", "name"]).append_column("known", no).append_column("borne", no)
    return pa.concat_tables(
        [
            told.append_column("others", [pc.fill_null(others, "")]),
            more.append_column("others", unheard["others"]),
        ]
    )


def _places(names: pa.Table, listed: pa.Table) -> pa.Array:
    """Give for each name its place in ``listed``, NULL where it has no other spellings there."""
    at = pa.nulls(len(names), pa.int32())
    for kind in pc.unique(listed["kind"]):
        of_kind = pc.indices_nonzero(pc.equal(listed["kind"], kind))
        found = pc.index_in(names["name"], value_set=listed["name"].take(of_kind).combine_chunks())
        of_kind = of_kind.cast(pa.int32()).take(found.combine_chunks())
        at = pc.if_else(pc.equal(names["kind"], kind).combine_chunks(), of_kind, at)
    return at


def _every(table: pa.Table) -> pa.Array:
    return pa.array(range(len(table)), pa.int32())


def _all(many: int, *, value: bool) -> pa.Array:
    return pa.repeat(value, many)
