"""A submission by values is the submission by tables: each row, entry and file of it."""

import csv
import json
from collections import Counter
from dataclasses import replace

import duckdb
import pyarrow as pa
import pytest

from casedb import ask
from order import order_text
from ostiary.deciding.intake.facts import mark_reasons
from ostiary.deciding.intake.facts_of_few import History as Remembered
from ostiary.deciding.intake.facts_of_few import companies
from ostiary.deciding.intake.request_rows import RequestRows
from ostiary.deciding.intake.values_of_few import filed_values, read_values, reason_digest
from ostiary.domain.words import Moment
from ostiary.office.batches import recorded_requests, run_by_values, running
from ostiary.office.batches.asking_of_one import InDoubtError
from ostiary.office.batches.overtaking import OvertakenError
from ostiary.office.batches.running import run_batch
from ostiary.office.recovery.entering import at_work
from walks import RECEIVED, lawful_of

AT = Moment("2025-08-06T12:00:00Z", RECEIVED)
STORED = ("request", "batch", "log_entry", "asking", "verification", "law_adopted", "examination")
TIMED = frozenset({"seconds", "seconds_total", "peak_memory_mib"})
CUSTODY = ("requests", "determinations", "verifications")


@pytest.fixture(scope="module")
def rows(world):
    """Requests that can be read, as they are: most of them lack something."""
    with (world / "requests.csv").open(encoding="utf-8", newline="") as file:
        found = {(row["agency"], row["request_id"]): row for row in csv.DictReader(file)}
    return [one for one in found.values() if read_values(RequestRows.of("one", [one]), 1)]


@pytest.fixture(scope="module")
def lawful(world):
    by_agency, _ = lawful_of(world)
    return [row for rows in by_agency.values() for row in rows]


def went(monkeypatch, *, by_values):
    """Have submissions go one way, with the same salts each time; count which way they went."""
    ways, go = Counter(), run_by_values.run_by_values

    def drawn(count):
        return [f"{n:032x}" for n in range(1, count + 1)]

    def goes(*given):
        if not by_values:
            raise InDoubtError
        try:
            done = go(*given)
        except (InDoubtError, OvertakenError) as error:
            ways[type(error)] += 1
            raise
        ways["values"] += 1
        return done

    monkeypatch.setattr(running, "run_by_values", goes)
    for room in (running, run_by_values, recorded_requests):
        monkeypatch.setattr(room, "new_salts", drawn)
    return ways


def told(root, files, monkeypatch, *, by_values, moment=AT):
    """Submit each file; give which way they went and all that is stored, logged and written."""
    ways = went(monkeypatch, by_values=by_values)
    done = []
    with at_work(root, on=RECEIVED) as place:
        here = replace(place, moment=moment)
        for number, rows in enumerate(files):
            summary = run_batch(here, RequestRows.of(f"{number}.jsonl", rows), RECEIVED)
            summary = {name: said for name, said in summary.items() if name not in TIMED}
            done.append((summary, written_in(root / "batches" / summary["batch"])))
    monkeypatch.undo()
    tables = {table: ask(root, f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in STORED}
    checkpoint = (root / "accounting" / "checkpoint").read_bytes()
    return ways, (done, tables, checkpoint.splitlines()[:3])  # signatures have chance in them


def written_in(folder):
    """Give the files of a batch: texts as they are, tables as what they hold."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.*")}
    texts = {
        name: path.read_bytes()
        for name, path in files.items()
        if path.suffix != ".parquet" and name not in {"summary.json", "report.html"}
    }
    tables = {}
    with duckdb.connect() as con:
        for name in CUSTODY:
            read = con.read_parquet(str(files[f"custody/{name}.parquet"]))
            tables[name] = (read.columns, read.types, read.fetchall())
    return sorted(files), texts, tables


def both(loaded_office, stores, tmp_path, monkeypatch, *files):
    """Submit by values and by tables; see that all is the same, and give how the former went."""
    told_by = []
    for by_values in (True, False):
        root = stores.copy(loaded_office, tmp_path / f"office-{by_values}").root
        told_by.append(told(root, files, monkeypatch, by_values=by_values))
    (ways, values), (_, tables) = told_by
    assert values[1] == tables[1]
    for (one, other), name in zip(zip(values[0], tables[0], strict=True), files, strict=True):
        assert one[0] == other[0], name
        assert one[1] == other[1], name
    assert values == tables
    return ways, values


def named(rows, **changes):
    """Give rows ids of their own, and some columns other values."""
    return [{**row, "request_id": f"V-{n:02}", **changes} for n, row in enumerate(rows)]


def odd(rows):
    """Requests that lack something, share something, or are written in an odd way."""
    changes = (
        {"reason": "", "matter_number": "", "signer": ""},
        {"recipients": rows[0]["recipients"], "reason": rows[0]["reason"]},
        {"recipients": ";".join(f"NOBODY-{n}" for n in range(6)), "reason": rows[0]["reason"]},
        {
            "surname": "Núñez",
            "reason": "of LUCJA: Lucja (the)",
            "given_name": "Lucja",
            "signer": "",
        },
        {"agency": ""},
        {"provision": "/us/usc/t26/s6103/z/9", "items": ""},
        {"address_line": "", "postal_code": "", "taxable_periods": ""},
        {"given_name": "Łucja-Ann O'Neil", "name_suffix": "Jr.", "matter_number": ""},
        {"request_id": "Z" * 120, "signer": ""},
        {"request_id": "V-00-2", "signer": ""},
        {"request_id": "V,1", "signer": ""},
        {"request_id": "V#1"},
        {"sole_use": True, "ai_analysis": False, "signed_on": ""},
        {"recipients": rows[0]["recipients"], "matter_number": "row 2", "reason": "so it was"},
        {"recipients": rows[0]["recipients"], "matter_number": "", "reason": "so it was"},
    )
    found = [{**row, **change} for row, change in zip(named(rows[1:]), changes, strict=False)]
    return [{**rows[0], "request_id": "FIRST"}, *found]


@pytest.mark.both_stores
def test_it_is_the_same(rows, lawful, loaded_office, stores, tmp_path, monkeypatch):
    first = odd(lawful)
    again = [{**row, "request_id": f"A-{n}"} for n, row in enumerate(first[:6])]
    again.append({**lawful[20], "signer": "", "request_id": "V-00"[:-1]})
    files = [first, again, rows[:24], [{"request_id": "B-1", "surname": "Sample"}]]
    ways, (done, *_) = both(loaded_office, stores, tmp_path, monkeypatch, *files)
    assert ways == {"values": len(files)}
    counts = Counter()
    for summary, _ in done:
        counts.update(summary["counts"])
    assert {"accepted", "returned"} <= set(counts)
    mended = [texts["to_mend.csv"].decode() for _, (_, texts, _) in done]
    assert all(told in mended[0] for told in ('"V-00-3"', "Núñez"))


def test_an_order_stops_it_the_same(lawful, loaded_office, stores, tmp_path, monkeypatch):
    office = stores.copy(loaded_office, tmp_path / "ordered").root
    (office / "orders" / "stay.md").write_text(order_text("stay", "2025-08-01", "true"))
    ways, (done, *_) = both(office, stores, tmp_path, monkeypatch, named(lawful[:4]))
    assert ways == {"values": 1}
    assert done[0][0]["counts"] == {"suspended": 4}


@pytest.fixture
def submitted(loaded_office, stores, tmp_path, monkeypatch):
    """Submit to an office that has one request; give which way all went, and the summary."""
    root = stores.copy(loaded_office, tmp_path / "office").root

    def submit(*files):
        ways = went(monkeypatch, by_values=True)
        with at_work(root, on=RECEIVED) as place:
            return ways, [run_batch(place, RequestRows.of("x", each), RECEIVED) for each in files]

    return submit


def test_what_is_in_doubt_goes_by_tables(lawful, submitted, monkeypatch):
    known, *others = named(lawful[:4])
    many = [{"request_id": f"M-{n}", "surname": "Sample"} for n in range(4)]
    monkeypatch.setattr(run_by_values, "MOST", 3)
    ways, done = submitted(
        [known],
        [known],
        [{**others[0], "request_id": known["request_id"]}],
        [{**others[0], "signed_on": "soon"}],
        [{**others[1], "surname": "\tŽ\u200bX "}, {**others[1], "request_id": "V-09"}],
        [others[2], others[2]],
        many[:3],
        [{**one, "request_id": f"T{one['request_id']}"} for one in many],
    )
    assert ways == {"values": 2, InDoubtError: 6}
    assert [(one["repeats"], one["row_errors"]) for one in done[:4]] == [
        *((0, 0), (1, 0)),
        *((0, 1), (0, 1)),
    ]


@pytest.mark.parametrize("by_values", [True, False])
def test_a_matter_that_is_open_already_is_counted_once(
    lawful, loaded_office, stores, tmp_path, monkeypatch, by_values
):
    """Four files of one recipient in two matters."""
    matters = ("M-1", "M-1", "M-2", "M-1")
    files = [
        [{**lawful[0], "request_id": f"N-{n}", "matter_number": m}] for n, m in enumerate(matters)
    ]
    root = stores.copy(loaded_office, tmp_path / "office").root
    told(root, files, monkeypatch, by_values=by_values)
    stored = ask(root, "SELECT facts FROM request WHERE request_id LIKE 'N-%' ORDER BY id")
    carried = [json.loads(facts)["recipient_open_matters"] for (facts,) in stored]
    assert carried == [1, 1, 2, 2]


@pytest.mark.parametrize("text", ["row 2", "2", "request 2"])
def test_a_request_of_no_matter_shares_it_with_none_that_names_its_row(lawful, text):
    """A stated matter may read as anything; whoever states none is in a matter of their own."""
    rows = named([lawful[0], lawful[0]])
    stated = [
        {**one, "matter_number": matter} for one, matter in zip(rows, (text, ""), strict=True)
    ]
    filed = list(filed_values(read_values(RequestRows.of("x", stated), 2), "secret"))
    assert [(one.open_matters, one.matters) for one in companies(filed, Remembered())] == [
        (2, 1)
    ] * 2


def test_decoys_that_have_to_be_drawn_are_drawn_by_tables(lawful, submitted, monkeypatch):
    monkeypatch.setattr(run_by_values, "are_ready", lambda *_: False)
    ways, _ = submitted(named(lawful[:1]))
    assert ways == {InDoubtError: 1}


LONE = {"surname": "Sample", "agency": "ssa", "request_id": "OTHER"}
NOBODYS = {"surname": "Sample", "request_id": "OF-NOBODY"}


@pytest.mark.parametrize(
    ("which", "by_values"),
    [("shared", True), ("apart", True), ("of no agency", True), ("of no agency", False)],
)
def test_who_is_overtaken_begins_anew(
    lawful, loaded_office, stores, tmp_path, monkeypatch, which, by_values
):
    """As if they had come one after the other: what the other asked is counted, its id taken."""
    mine = [{**lawful[0], "request_id": "MINE"}]
    other = [{**lawful[0], "surname": "Other", "request_id": "OTHER"}]
    if which == "of no agency":  # requests that name none share their ids
        mine, other = [NOBODYS], [{**NOBODYS, "surname": "Other"}]
    elif which == "apart":
        other = [LONE]
    stored, ways = [], Counter()
    for overtaken in (False, True):
        root = stores.copy(loaded_office, tmp_path / f"office-{overtaken}").root
        ways = went(monkeypatch, by_values=by_values)
        waiting = [other]
        room, step = (run_by_values, "decide_values") if by_values else (running, "_facts")
        decide = getattr(room, step)
        with at_work(root, on=RECEIVED) as place:
            here = replace(place, moment=AT)

            def deciding(*given, here=here, waiting=waiting, decide=decide):
                found = decide(*given)
                if waiting:
                    run_batch(here, RequestRows.of("other", waiting.pop()), RECEIVED)
                return found

            if overtaken:
                monkeypatch.setattr(room, step, deciding)
            else:
                run_batch(here, RequestRows.of("other", waiting.pop()), RECEIVED)
            run_batch(here, RequestRows.of("mine", mine), RECEIVED)
        monkeypatch.undo()
        stored.append(ask(root, "SELECT * FROM request ORDER BY id"))
    assert stored[0] == stored[1]
    if by_values:
        begun = {} if which == "apart" else {OvertakenError: 1}
        doubtful = {InDoubtError: 1} if which == "of no agency" else {}  # its id came before
        assert ways == {"values": 2 - len(doubtful), **begun, **doubtful}


def test_the_digest_of_a_reason_is_that_of_tables():
    """Of every sign that a clean row may hold, and of names and numbers that are struck out."""
    signs = "".join(map(chr, (*range(0x20, 0x7F), *range(0xC0, 0x180))))
    texts = [f"a{sign}b  c" for sign in signs] + [f"x{12 * sign}y" for sign in ".-'!é "]
    rows = [
        (n, text, own, own, own) for n, text in enumerate(texts) for own in (None, "ab", "b  c")
    ]
    names = ("row", "reason", "matter_number", "given_name", "surname")
    with duckdb.connect() as con:
        columns = [pa.array(values) for values in zip(*rows, strict=True)]
        con.register("told", pa.table(dict(zip(names, columns, strict=True))))
        con.execute(
            "CREATE TABLE asked AS SELECT row_number() OVER () AS row, * EXCLUDE (row) FROM told"
        )
        mark_reasons(con, "asked", "secret")
        found = con.execute(f"SELECT reason_digest, {', '.join(names)} FROM asked").fetchall()
    for digest, *values in found:
        assert digest == reason_digest(dict(zip(names, values, strict=True)), "secret"), values
