"""What each of few requests commits to, one by one: the same rows as by tables.

To plan the statement that writes all facts of a request as JSON, and commits to them, takes 20 ms
of processor time; it was planned twice.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import duckdb
import pyarrow as pa

from ostiary.deciding.intake.tables import FACTS, REQUESTS
from ostiary.deciding.law.tables import DETERMINATIONS
from ostiary.deciding.matching.tables import VERIFICATIONS
from ostiary.domain.facts import VOCABULARY
from ostiary.office.batches.tables import CONTENTS, NUMBERED, RECORDED
from ostiary.office.rulings.content_digests import stored_content
from ostiary.office.rulings.few_requests import put
from ostiary.office.store.records.looks import outcome_text
from ostiary.verifying.log.commitments import commit

FACTS_AS_JSON = (
    f"CAST(to_json(struct_pack({', '.join(f'{n} := f.{n}' for n in VOCABULARY)})) AS VARCHAR)"
)
"""What a request's facts commit to, over a row ``f`` of ``facts``."""

_FACTS = ", ".join(f'"{name}"' for name in VOCABULARY)
_ESCAPED = re.compile(r"[\x00-\x1f\x7f]")  # signs that JSON has several ways to write
_ENGINES = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=date.isoformat)
_KINDS: Mapping[str, pa.DataType] = dict.fromkeys(("row", "ordinal", "examined"), pa.int64())


def facts_texts(con: duckdb.DuckDBPyConnection, rows: Sequence[int]) -> dict[int, str]:
    """Give the facts of a few requests as JSON, by row: :data:`FACTS_AS_JSON`, to the byte."""
    these = f"WHERE row IN ({', '.join(map(str, rows)) or 'NULL'})"
    found = con.execute(f"SELECT row, {_FACTS} FROM {FACTS} {these}").fetchall()
    try:
        return {row: as_json(dict(zip(VOCABULARY, values, strict=True))) for row, *values in found}
    except SeveralWaysError:
        asked = f"SELECT row, {FACTS_AS_JSON} FROM {FACTS} f {these}"
        return dict(con.execute(asked).fetchall())


class SeveralWaysError(Exception):
    """A text has a sign that JSON may write in several ways: only the engine writes it as ever."""


def as_json(values: Mapping[str, object]) -> str:
    """Write values of a request or of its facts as the engine writes them, to the byte.

    Raises:
        SeveralWaysError: one of them has a sign that may be written otherwise.
    """
    text = _ENGINES.encode(values)
    if "\\" in text or "\x7f" in text:  # next to no text has one
        _check_ways(values)
    return text


def _check_ways(values: Mapping[str, object]) -> None:
    if any(_ESCAPED.search(text) for value in values.values() for text in _texts_in(value)):
        raise SeveralWaysError


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (entry for entry in value if isinstance(entry, str))


def put_recorded(con: duckdb.DuckDBPyConnection, provisions: frozenset[str]) -> None:
    """Make :data:`RECORDED` of the few requests in :data:`NUMBERED`.

    Args:
        con: holds the tables of a batch.
        provisions: those that the log may name.
    """
    rows = list(_recorded(con, provisions))
    columns = zip(*rows, strict=True) if rows else ((),) * len(_COLUMNS)
    table = {
        name: pa.array(values, _KINDS.get(name, pa.string()))
        for name, values in zip(_COLUMNS, columns, strict=True)
    }
    put(con, str(RECORDED), table)


_COLUMNS = (
    *("row", "ordinal", "examined", "salt", "status", "mask", "content", "request_id"),
    *("given_agency", "reason_digest", "agency", "provision"),
    *("c_request", "c_content", "c_facts", "c_outcome"),
)


def _recorded(
    con: duckdb.DuckDBPyConnection, provisions: frozenset[str]
) -> Iterator[tuple[object, ...]]:
    """Give the columns of each, in the order of the file."""
    found = con.execute(
        f"""
        SELECT n.row, n.ordinal, n.examined, n.salt, d.status, d.mask, c.content, c.request_id,
               c.agency, r.reason_digest, f.agency, f.provision, c.payload
        FROM {NUMBERED} n JOIN {DETERMINATIONS} d USING (row) JOIN {CONTENTS} c USING (row)
        JOIN {FACTS} f USING (row) JOIN {REQUESTS} r USING (row) ORDER BY n.ordinal
        """
    ).fetchall()
    facts = facts_texts(con, [row for row, *_ in found])
    outcomes = _outcomes(con)
    for row, ordinal, examined, salt, status, mask, keyed, name, *of_it, payload in found:
        given, reason, agency, provision = of_it
        yield (
            *(row, ordinal, examined, salt, status, mask, stored_content(salt, keyed), name),
            *(given, reason, agency, provision if provision in provisions else "other"),
            *committed(salt, name, payload, facts[row]),
            commit(salt, "outcome", outcomes[row]) if row in outcomes else None,
        )


def committed(salt: str, name: str, payload: str, facts: str) -> tuple[str, str, str]:
    """Commit to a request's id, to what it says and to its facts."""
    return (
        commit(salt, "request", name),
        commit(salt, "content", payload),
        commit(salt, "facts", facts),
    )


def _outcomes(con: duckdb.DuckDBPyConnection) -> dict[int, str]:
    """Give what the entry of each look commits to, by row."""
    found = con.execute(
        f"SELECT row, outcome, rule, person_id, basis FROM {VERIFICATIONS}"
    ).fetchall()
    return {row: outcome_text(*told) for row, *told in found}
