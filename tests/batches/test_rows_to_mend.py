"""What failed comes back as a file to mend; sent alone, it is read; and no row goes uncounted."""

import csv
import json
import random
from collections import Counter
from datetime import date

import pytest

from ostiary.domain.mending import MENDING
from ostiary.office.batches.law_check import check_file
from ostiary.office.batches.rows_of_others import _agencies
from ostiary.office.batches.rows_to_mend import ready_to_mend
from ostiary.office.batches.running import run_batch
from ostiary.office.batches.workbooks import write_rows
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.disposal import _clear_batch
from request_file import REQUEST_COLUMNS, csv_bytes, put

RECEIVED = date(2025, 8, 6)
STATUSES = ("accepted", "returned", "suspended", "to-counsel", "unreadable", "repeated")


def rows_in(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def lawful_rows(world, tmp_path_factory):
    """Rows of the world that the law lets through."""
    with (world / "requests.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["request_id"]: row for row in csv.DictReader(file)}
    out = tmp_path_factory.mktemp("lawful") / "checked"
    check_file(world / "requests.csv", RECEIVED, registers=[world / "registers"], out=out)
    replies = map(json.loads, (out / "replies.jsonl").read_text().splitlines())
    found = [rows[one["request_id"]] for one in replies if one["status"] == "accepted"]
    return [row | {"request_id": f"M-{n}"} for n, row in enumerate(found[:60])]


def damaged(rows, seed):
    """Some rows with something wrong, of each kind, and the bytes of the file."""
    chance = random.Random(seed)
    wrong = [
        {"signed_on": "1 August"},
        {"matter_number": "N/A"},
        {"tin": "000-00-0000", "birth_date": "1900-01-01"},
        {"reason": "", "matter_number": ""},
        {"request_id": ""},
        {"matter_number": "2.02516E+13"},
        {"surname": "=cmd()", "signed_on": "soon"},
        {"surname": "'-quoted", "signed_on": "soon"},
        {"given_name": 'Ann "Nan", née Ó\nDuff', "matter_number": ""},
    ]
    rows = [row | chance.choice([{}, {}, chance.choice(wrong)]) for row in rows]
    rows += [rows[0], rows[1] | {"reason": "another one altogether"}]
    lines = csv_bytes(*rows).split(b"\n")
    broken = [b'x,"open,1', b"too,few", b",".join([b"x"] * 60)]
    lines[1:1] = chance.sample(broken, chance.randint(0, 3))
    return b"\n".join(lines)


@pytest.mark.parametrize("seed", range(8))
def test_each_row_is_accounted_for_exactly_once(world, lawful_rows, tmp_path, seed):
    path = put(tmp_path / "requests.csv", damaged(lawful_rows, seed))
    out = tmp_path / "out"
    summary = check_file(path, RECEIVED, registers=[world / "registers"], out=out)
    accounted(summary, out)
    again = check_file(
        out / "to_mend.csv", RECEIVED, registers=[world / "registers"], out=tmp_path / "again"
    )
    accounted(again, tmp_path / "again")
    assert again["sums"]["sent"] == summary["sums"]["returned"] + summary["sums"]["unreadable"]


def accounted(summary, folder):
    """Hold the sums against the files, row by row."""
    sums = summary["sums"]
    assert set(sums) == {"sent", *STATUSES}
    assert sums["sent"] == sum(sums[name] for name in STATUSES)
    told = {(int(line["row"]), line["status"]) for line in rows_in(folder / "findings.csv")}
    assert sorted(row for row, _ in told) == list(range(1, sums["sent"] + 1))
    counted = Counter(status for _, status in told)
    assert {name: counted[name] for name in STATUSES} == {name: sums[name] for name in STATUSES}
    to_mend = rows_in(folder / "to_mend.csv")
    assert [int(one["row"]) for one in to_mend] == sorted(
        row for row, status in told if status in {"returned", "unreadable"}
    )


@pytest.mark.both_stores
@pytest.mark.parametrize("seed", [1, 2])
def test_repeats_are_accounted_for_and_new_ids_are_free(office, lawful_rows, tmp_path, seed):
    path = put(tmp_path / "requests.csv", damaged(lawful_rows, seed))
    some = put(tmp_path / "some.csv", csv_bytes(*lawful_rows[:20]))
    with at_work(office, on=RECEIVED) as place:
        run_batch(place, some, RECEIVED)
        summary = run_batch(place, path, RECEIVED)
        folder = office / "batches" / summary["batch"]
        assert summary["sums"]["repeated"] == summary["repeats"] > 0
        accounted(summary, folder)
        to_mend = rows_in(folder / "to_mend.csv")
        renamed = [one for one in to_mend if one["sent_as"]]
        assert {one["status"] for one in renamed} <= {"returned", "unreadable"}
        assert all(one["sent_as"] for one in to_mend if one["status"] == "returned")
        ids = [(one["agency"], one["request_id"]) for one in renamed]
        assert len(set(ids)) == len(ids)
        assert not list(place.store.known_requests(iter(ids)))
        assert all("is a new one" in one["cure"] for one in renamed)


def test_mended_rows_sent_alone_are_taken_and_nothing_else_is(office, lawful_rows, tmp_path):
    rows = [dict(row) for row in lawful_rows[:6]]
    rows[1]["matter_number"] = ""
    rows[4]["signed_on"] = "soon"
    with at_work(office, on=RECEIVED) as place:
        first = run_batch(place, put(tmp_path / "a.csv", csv_bytes(*rows)), RECEIVED)
        to_mend = office / "batches" / first["batch"] / "to_mend.csv"
        found = rows_in(to_mend)
        assert [(one["row"], one["line"], one["status"]) for one in found] == [
            ("2", "3", "returned"),
            ("5", "6", "unreadable"),
        ]
        found[0]["matter_number"] = lawful_rows[1]["matter_number"]
        found[1]["signed_on"] = lawful_rows[4]["signed_on"]
        mended = put(tmp_path / "b.csv", csv_bytes(*found, columns=list(found[0])))
        second = run_batch(place, mended, RECEIVED)
    assert second["sums"] == dict.fromkeys(STATUSES, 0) | {"sent": 2, "accepted": 2}


def test_the_row_stands_there_as_it_was_sent(world, lawful_rows, tmp_path):
    row = lawful_rows[0] | {
        "signed_on": "01/08/2025",
        "surname": "  O'Neil ",
        "postal_code": "02138",
        "middle_name": "=1+1",
        "given_name": "'+A",
    }
    out = tmp_path / "out"
    path = put(tmp_path / "a.csv", csv_bytes(row))
    check_file(path, RECEIVED, registers=[world / "registers"], out=out)
    (found,) = rows_in(out / "to_mend.csv")
    assert found["middle_name"] == "'=1+1"
    assert found["given_name"] == "''+A"
    plain = {name: found[name] for name in row if name not in {"middle_name", "given_name"}}
    assert plain == {name: row[name] for name in plain}
    check_file(out / "to_mend.csv", RECEIVED, registers=[world / "registers"], out=tmp_path / "b")
    (once_more,) = rows_in(tmp_path / "b" / "to_mend.csv")
    assert {name: once_more[name] for name in row} == {name: found[name] for name in row}


def test_a_row_that_could_not_be_cut_is_told_as_it_was_sent(world, lawful_rows, tmp_path):
    more = csv_bytes(lawful_rows[2]).split(b"\n", 1)[1]
    content = csv_bytes(*lawful_rows[:2]) + b'R9,"dhs-ice,no end\n' + more
    out = tmp_path / "out"
    summary = check_file(
        put(tmp_path / "a.csv", content), RECEIVED, registers=[world / "registers"], out=out
    )
    accounted(summary, out)
    (found,) = rows_in(out / "to_mend.csv")
    assert found["as_sent"] == 'R9,"dhs-ice,no end'
    assert not any(found[name] for name in REQUEST_COLUMNS if name in found)


@pytest.mark.parametrize("form", ["jsonl", "json", "parquet", "xlsx"])
def test_every_form_comes_back_to_mend(world, lawful_rows, tmp_path, form, con):
    rows = [dict(row) for row in lawful_rows[:5]]
    rows[2]["matter_number"] = ""
    rows[3]["signed_on"] = "soon"
    path = tmp_path / f"requests.{form}"
    if form == "jsonl":
        put(path, "".join(json.dumps(row) + "\n" for row in rows).encode())
    elif form == "json":
        put(path, json.dumps(rows, indent=1).encode())
    elif form == "xlsx":
        write_rows(put(tmp_path / "a.csv", csv_bytes(*rows)), path, "requests")
    else:
        source = put(tmp_path / "a.csv", csv_bytes(*rows))
        con.execute(f"COPY (FROM read_csv('{source}', all_varchar = true)) TO '{path}'")
    out = tmp_path / "out"
    summary = check_file(path, RECEIVED, registers=[world / "registers"], out=out)
    accounted(summary, out)
    found = rows_in(out / "to_mend.csv")
    assert [one["row"] for one in found] == ["3", "4"]
    for one, row in zip(found, rows[2:4], strict=True):
        assert {name: one[name] for name in row if row[name]} == {k: v for k, v in row.items() if v}


def test_a_workbook_to_mend_goes_back_as_it_is(world, lawful_rows, tmp_path):
    rows = [row | {"signed_on": "soon", "postal_code": "02138"} for row in lawful_rows[:3]]
    out = tmp_path / "out"
    check_file(
        put(tmp_path / "a.csv", csv_bytes(*rows)),
        RECEIVED,
        registers=[world / "registers"],
        out=out,
    )
    book = tmp_path / "to_mend.xlsx"
    write_rows(out / "to_mend.csv", book, "to mend")
    again = tmp_path / "again"
    check_file(book, RECEIVED, registers=[world / "registers"], out=again)
    first, second = rows_in(out / "to_mend.csv"), rows_in(again / "to_mend.csv")
    assert [one["postal_code"] for one in second] == ["02138"] * 3
    names = [name for name in first[0] if name not in MENDING]
    assert [[one[n] for n in names] for one in first] == [[one[n] for n in names] for one in second]


def test_rows_to_mend_go_with_the_first_of_the_batch_that_is_destroyed(office):
    batch = next(path for path in (office / "batches").iterdir() if path.is_dir())
    assert (batch / "to_mend.csv").exists()
    with at_work(office, on=RECEIVED) as place:
        _clear_batch(place, batch.name, whole=False)
    assert not (batch / "to_mend.csv").exists()


def test_too_many_rows_to_mend_by_hand_are_not_given_back(con, tmp_path, monkeypatch):
    monkeypatch.setattr("ostiary.office.batches.rows_to_mend.MOST_TO_MEND", 1)
    con.execute(
        "CREATE TABLE row_errors AS SELECT range AS row, '' AS \"column\", 1 AS line FROM range(2)"
    )
    con.execute("CREATE TABLE determinations (row BIGINT, status VARCHAR)")
    ready_to_mend(con, tmp_path / "never-read.csv", careful=True)
    made = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    assert not made & {"told", "to_mend"}


def test_an_agency_that_wrote_another_dash_or_capitals_is_no_other_one(tmp_path):
    file = tmp_path / "to_mend.csv"
    names = ("dhs-ice", "DHS\u2013ICE", " dhs\u2011ice")
    file.write_text("status,agency\n" + "".join(f"unreadable,{name}\n" for name in names), "utf-8")
    assert _agencies(file) == {"dhs-ice"}
