"""Other spellings of names, and what a file knows of names, put together once for its look-ups."""

from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from ostiary.deciding.standardisation.vocabulary.transliterations import OTHER_GIVEN, OTHER_SURNAMES


@cache
def spellings() -> pa.Table:
    """Give the other spellings of names, which only a birth date lets agree.

    Returns:
        ``kind`` (``given`` or ``surname``), ``name``, and ``others`` with a bar around each.
    """
    rows = [
        {"kind": kind, "name": name, "others": f"|{'|'.join(others)}|"}
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
    key, listed_key = (
        pc.binary_join_element_wise(one["kind"], one["name"], " ").combine_chunks()
        for one in (names, listed)
    )
    others = listed["others"].combine_chunks().take(pc.index_in(key, value_set=listed_key))
    unheard = listed.filter(pc.invert(pc.is_in(listed_key, value_set=key)))
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


def _all(many: int, *, value: bool) -> pa.Array:
    return pa.repeat(value, many)
