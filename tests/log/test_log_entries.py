"""Entries: one vocabulary, and three ways to the same bytes."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import duckdb
import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from ostiary.domain.errors import FaultError, InputError
from ostiary.verifying.log.entries import entry_sql, instant, make_entry, match_entry, read_entry
from ostiary.verifying.log.faults import CanonicalFormError, EntryError
from ostiary.verifying.log.vocabulary import (
    ACCESS_ACTS,
    CLOCK_CAUSES,
    COUNTED_STATUSES,
    DECIDED_STATUSES,
    ENTRY_TYPES,
    KINDS,
    LATE_CAUSES,
    STAFF_ROLES,
    SUSPENSION_STEPS,
    fields_of,
)

dates = st.dates(date(1990, 1, 1), date(2100, 12, 31)).map(date.isoformat)
hexes = st.binary(min_size=32, max_size=32).map(bytes.hex)
counts = st.integers(0, 10**15 - 1)
some = st.integers(1, 10**15 - 1)
digests = hexes.map("sha256:{}".format)
OF_KIND: dict[str, st.SearchStrategy[Any]] = {
    "instant": st.integers(0, 4_000_000_000).map(
        lambda second: instant(datetime.fromtimestamp(second, UTC))
    ),
    "date": dates,
    "name": st.text("abcxyz019/.-", min_size=1, max_size=80),
    "profile": st.sampled_from(["modern", "fips"]),
    "status": st.sampled_from(DECIDED_STATUSES),
    "role": st.sampled_from(STAFF_ROLES),
    "act": st.sampled_from(ACCESS_ACTS),
    "cause": st.sampled_from(CLOCK_CAUSES),
    "late": st.sampled_from(LATE_CAUSES),
    "step": st.sampled_from(SUSPENSION_STEPS),
    "digest": digests,
    "commitment": digests,
    "root": hexes,
    "provision": st.sampled_from(["other", "/us/usc/t26/s6103/i/2", "/us/usc/t26/s6103/i/3/B"]),
    "mask": st.integers(0, 2**256 - 1).map("{:x}".format),
    "signature": st.sampled_from(["QUJD" * 22, "QUJD" * 10 + "QQ==", "QUJD" * 24 + "QUI="]),
    "flag": st.booleans(),
    "count": counts,
    "index": counts,
    "year": st.integers(1000, 2999),
    "counts": st.fixed_dictionaries(
        dict.fromkeys(COUNTED_STATUSES, counts), optional={"to-counsel": some}
    ),
    "names": st.lists(st.text("abc-", min_size=1, max_size=40), min_size=1, max_size=10).map(
        " ".join
    ),
}


def own_fields(entry_type: str) -> dict[str, str]:
    return {name: kind for name, kind in fields_of(entry_type).items() if name not in ("v", "type")}


def values_of(entry_type: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {name: OF_KIND[kind] for name, kind in own_fields(entry_type).items()}
    )


any_entry = st.sampled_from(sorted(ENTRY_TYPES)).flatmap(
    lambda entry_type: st.tuples(st.just(entry_type), values_of(entry_type))
)
EXAMPLE = {
    "batch": "2025-08-06-0001",
    "agency": "dhs-ice",
    "provision": "/us/usc/t26/s6103/i/2",
    "received": "2025-08-06",
    "status": "accepted",
    "mask": "0",
    "book": "sha256:" + "0" * 64,
    "request": "sha256:" + "1" * 64,
    "content": "sha256:" + "2" * 64,
    "facts": "sha256:" + "3" * 64,
    "at": "2025-08-06T09:00:00Z",
}


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@given(any_entry)
def test_what_is_made_is_canonical_and_read_again(made: tuple[str, dict[str, Any]]) -> None:
    entry_type, fields = made
    data = make_entry(entry_type, **fields)
    assert data == rfc8785.dumps({**fields, "v": 1, "type": entry_type})
    entry = read_entry(data)
    assert (entry.type, {**entry.fields, "at": entry.at}) == (entry_type, fields)


@settings(max_examples=30)
@given(any_entry)
def test_sql_builds_the_very_same_bytes(
    database: duckdb.DuckDBPyConnection, made: tuple[str, dict[str, Any]]
) -> None:
    entry_type, fields = made
    columns = {
        name: rfc8785.dumps(value).decode() if isinstance(value, dict) else value
        for name, value in fields.items()
    }
    selected = ", ".join(f'? AS "c {name}"' for name in columns)
    sql = entry_sql(entry_type, {name: f'"c {name}"' for name in columns})
    rows = database.execute(f"SELECT {sql} FROM (SELECT {selected})", list(columns.values()))
    assert rows.fetchall()[0][0].encode() == make_entry(entry_type, **fields)


def test_sql_takes_dates_and_numbers_as_columns_have_them(
    con: duckdb.DuckDBPyConnection,
) -> None:
    texts = {name: f"'{value}'" for name, value in EXAMPLE.items()}
    sql = entry_sql("request.decided", {**texts, "received": "DATE '2025-08-06'", "mask": "hex(0)"})
    made = con.execute(f"SELECT {sql.replace('hex(0)', 'lower(to_hex(0))')}").fetchall()[0][0]
    assert made.encode() == make_entry("request.decided", **EXAMPLE)


@pytest.mark.parametrize(
    ("field", "expression"),
    [
        ("agency", "'TESTPERSON, A.'"),
        ("agency", '\'a","b":"c\''),
        ("agency", "NULL"),
        ("status", "'confirmed'"),
        ("mask", "'A0'"),
        ("received", "'6 August 2025'"),
        ("content", "'sha256:'"),
    ],
)
def test_sql_cannot_bring_into_the_log_what_python_could_not(
    con: duckdb.DuckDBPyConnection, field: str, expression: str
) -> None:
    texts = {name: f"'{value}'" for name, value in EXAMPLE.items()} | {field: expression}
    with pytest.raises(duckdb.Error, match="a field is not of its kind") as refusal:
        con.execute(f"SELECT {entry_sql('request.decided', texts)}").fetchall()
    assert "TESTPERSON" not in str(refusal.value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("agency", "Dhs-Ice"),
        ("agency", "testperson, a."),
        ("agency", ""),
        ("agency", "a" * 81),
        ("agency", "dhs-ice\n"),
        ("provision", "§ 6103"),
        ("provision", "Elm Street 12"),
        ("provision", "/uk/act/1"),
        ("received", "2025-02-29"),
        ("received", "2025-8-6"),
        ("received", "2025-08-06T00:00:00Z"),
        ("at", "2025-08-06T24:00:00Z"),
        ("at", "2025-08-06T09:00:00+00:00"),
        ("at", "2025-08-06T09:00:00.5Z"),
        ("status", "confirmed"),
        ("mask", 0),
        ("mask", "FF"),
        ("mask", ""),
        ("book", "0" * 64),
        ("request", "sha256:" + "A" * 64),
        ("request", None),
        ("facts", ["sha256:" + "3" * 64]),
    ],
)
def test_a_value_of_another_kind_is_refused_and_not_repeated(field: str, value: Any) -> None:
    with pytest.raises(InputError) as refusal:
        make_entry("request.decided", **(EXAMPLE | {field: value}))
    assert f"request.decided.{field}" in str(refusal.value)
    assert not value or str(value) not in str(refusal.value)


@pytest.mark.parametrize("count", [-1, 1.0, True, "1", 10**15, None])
def test_a_count_is_a_whole_number(count: Any) -> None:
    with pytest.raises(InputError):
        make_entry(
            "reference.loaded", at=EXAMPLE["at"], model=EXAMPLE["book"], people=count, addresses=0
        )


def test_unknown_types_and_wrong_sets_of_fields_are_refused() -> None:
    without = {name: value for name, value in EXAMPLE.items() if name != "facts"}
    for entry_type, fields in (
        ("request.forgotten", EXAMPLE),
        ("request.decided", without),
        ("request.decided", {**EXAMPLE, "surname": "x"}),
        ("request.decided", {**EXAMPLE, "v": 1}),
        ("request.decided", {**EXAMPLE, "type": "request.decided"}),
    ):
        with pytest.raises(InputError):
            make_entry(entry_type, **fields)
        with pytest.raises(InputError):
            entry_sql(entry_type, dict.fromkeys(fields, "'x'"))


def test_statuses_that_did_not_occur_and_repeats_may_be_left_out() -> None:
    made = make_entry(
        "batch.received",
        at=EXAMPLE["at"],
        batch="b",
        file=EXAMPLE["request"],
        received="2025-08-06",
        rows=2,
        row_errors=0,
        root="0" * 64,
        counts={"accepted": 2},
    )
    entry = read_entry(made)
    assert entry["counts"] == {"accepted": 2, "returned": 0, "suspended": 0}
    assert entry["repeats"] == 0
    with pytest.raises(InputError):
        make_entry(
            "batch.received", **({**entry.fields, "at": entry.at, "counts": {"confirmed": 1}})
        )


@given(st.integers(0, 10_000), st.binary(min_size=0, max_size=3))
def test_no_change_of_bytes_is_read_as_canonical_unless_it_is(at: int, instead: bytes) -> None:
    data = make_entry("request.decided", **EXAMPLE)
    at %= len(data)
    changed = data[:at] + instead + data[at + 1 :]
    try:
        read_entry(changed)
    except FaultError:
        return
    assert rfc8785.dumps(json.loads(changed)) == changed


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        (lambda data: data + b"\n", CanonicalFormError),
        (lambda data: data.replace(b'"v":1', b'"v": 1'), CanonicalFormError),
        (lambda data: data.replace(b'"v":1', b'"v":2'), EntryError),
        (lambda data: data.replace(b'"mask":"0",', b""), EntryError),
        (lambda data: data.replace(b'"v":1', b'"v":1,"z":1'), EntryError),
        (lambda data: data.replace(b"request.decided", b"request.unknown"), EntryError),
        (lambda data: data.replace(b"dhs-ice", b"DHS-ICE"), EntryError),
        (lambda data: data.replace(b"request.decided", b"answer.opened"), EntryError),
        (lambda _: b"[]", EntryError),
        (lambda _: b'"type"', EntryError),
        (lambda _: b"", CanonicalFormError),
    ],
)
def test_a_damaged_entry_is_refused_for_the_right_reason(damage: Any, error: Any) -> None:
    with pytest.raises(error):
        read_entry(damage(make_entry("request.decided", **EXAMPLE)))


def test_the_date_pattern_knows_the_calendar() -> None:
    pattern = re.compile(KINDS["date"].pattern)
    for year in (1900, 1999, 2000, 2024, 2025, 2100):
        for month in range(14):
            for day in range(33):
                text = f"{year:04}-{month:02}-{day:02}"
                try:
                    date.fromisoformat(text)
                    exists = True
                except ValueError:
                    exists = False
                assert bool(pattern.fullmatch(f'"{text}"')) == exists, text


def test_moments_are_written_in_utc() -> None:
    berlin = timezone(timedelta(hours=2))
    assert instant(datetime(2025, 8, 6, 11, 30, 9, 999, berlin)) == "2025-08-06T09:30:09Z"
    with pytest.raises(InputError):
        instant(datetime(2025, 8, 6))  # noqa: DTZ001 - this is the mistake


def test_every_kind_in_use_is_known_and_every_known_kind_is_in_use() -> None:
    used = {kind for entry_type in ENTRY_TYPES for kind in fields_of(entry_type).values()}
    assert used == set(KINDS)


def test_the_quick_way_and_the_careful_way_agree() -> None:
    data = make_entry("request.decided", **EXAMPLE)
    found = match_entry(data)
    assert found is not None
    assert found["agency"] == b'"dhs-ice"'
    assert match_entry(data.replace(b"dhs", b"DHS")) is None
    assert match_entry(b"nothing") is None
