"""The corridor end to end on a small synthetic world, held against the truth."""

import json
from datetime import date

import duckdb
import pyarrow.parquet as pq
import pytest

from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.office.batches.law_check import check_file
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log

BATCH = "2025-08-06-001"


pytestmark = pytest.mark.both_stores


@pytest.fixture(scope="module")
def compared(determined_office, world):
    """Every request: what was expected and what came of it."""
    folder = determined_office / "batches" / BATCH
    with duckdb.connect() as con:
        return con.execute(
            """
            SELECT t.kind, t.expected_status, r.status, t.expected_outcome, v.outcome,
                   t.person_id, v.person_id
            FROM read_parquet($1) t
            LEFT JOIN read_json($2, format = 'newline_delimited') r USING (request_id)
            LEFT JOIN read_parquet($3) v USING (request_id)
            """,
            [
                str(world / "truth.parquet"),
                str(folder / "replies.jsonl"),
                str(folder / "custody" / "verifications.parquet"),
            ],
        ).fetchall()


def test_every_request_gets_the_status_it_deserves(compared):
    wrong = {
        (kind, expected, status)
        for kind, expected, status, *_ in compared
        if expected not in {"row-error", status}
    }
    assert wrong == set()


def test_nobody_is_confirmed_wrongly_and_most_are_found(compared):
    could = [row for row in compared if row[3] == "confirmed"]
    found = [row for row in could if row[4] == "confirmed" and row[5] == row[6]]
    wrong = [
        row
        for row in compared
        if row[4] == "confirmed" and (row[3] != "confirmed" or row[5] != row[6])
    ]
    assert wrong == []
    # A slip that makes a name which somebody bears is another person's name, and not forgiven.
    assert len(found) >= 0.94 * len(could)


def test_only_what_the_law_let_through_was_compared(compared):
    for _, _, status, _, outcome, *_ in compared:
        assert (outcome is not None) == (status == "accepted")


def test_a_batch_leaves_what_the_contract_names(determined_office):
    folder = determined_office / "batches" / BATCH
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert names == {
        "replies.jsonl",
        "replies.csv",
        "row_errors.csv",
        "findings.csv",
        "to_mend.csv",
        "summary.json",
        "report.html",
        "custody/requests.parquet",
        "custody/determinations.parquet",
        "custody/verifications.parquet",
        "custody/decoys.json",
    }
    reply = json.loads((folder / "replies.jsonl").read_text().splitlines()[0])
    assert set(reply) == {"request_id", "status", "findings", "receipt"}
    assert set(reply["receipt"]) == {"log", "entry", "tree_size"}


def test_a_return_says_rule_citation_finding_cure_and_whose_rule_it_is(determined_office):
    layers = read_book(shipped_book()).layers
    lines = (determined_office / "batches" / BATCH / "replies.jsonl").read_text().splitlines()
    returned = [reply for reply in map(json.loads, lines) if reply["status"] == "returned"]
    assert returned
    for reply in returned:
        for finding in reply["findings"]:
            assert set(finding) == {"rule", "citation", "finding", "cure", "layer"}
            assert finding["layer"] == layers[finding["rule"]]
            assert all(finding.values())


def test_the_summary_counts_what_the_files_hold(determined_office):
    folder = determined_office / "batches" / BATCH
    summary = json.loads((folder / "summary.json").read_text())
    lines = (folder / "replies.jsonl").read_text().splitlines()
    assert sum(summary["counts"].values()) == len(lines)
    assert summary["rows"] == len(lines) + summary["row_errors"]
    assert sum(summary["outcomes"].values()) == summary["counts"]["accepted"]
    accepted = summary["counts"]["accepted"]
    taken = summary["steps"]["taken_as_found"]
    assert taken["reason_specific"] == accepted
    assert set(taken) <= {"reason_specific", "engaged"}
    assert summary["steps"]["looked_at"] == accepted
    assert (folder / "report.html").read_text().startswith("<!doctype html>")


def test_an_outsider_verifies_the_log_with_files_and_key_alone(determined_office):
    log = determined_office / "accounting"
    vkey = read_trust(log / TRUST_FILE).log.vkey
    with open_source(str(log)) as source:
        report = verify_log(source, [vkey])
    assert report.faults == ()
    summary = json.loads((determined_office / "batches" / BATCH / "summary.json").read_text())
    assert report.size == summary["log"]["size"]
    assert report.root == summary["log"]["root"]
    assert report.by_type["request.decided"] == sum(summary["counts"].values())
    assert report.by_type["record.examined"] == summary["counts"]["accepted"]
    assert report.by_type["element.taken"] == sum(summary["steps"]["taken_as_found"].values())


def test_the_law_alone_decides_as_the_office_did(determined_office, world, tmp_path):
    out = tmp_path / "out"
    check_file(world / "requests.csv", date(2025, 8, 6), registers=[world / "registers"], out=out)

    def replies(path):
        lines = map(json.loads, path.read_text().splitlines())
        return [(line["request_id"], line["status"], line["findings"]) for line in lines]

    assert replies(out / "replies.jsonl") == replies(
        determined_office / "batches" / BATCH / "replies.jsonl"
    )


def test_the_same_file_in_march_2026_is_suspended_and_the_orders_are_cited(world, tmp_path):
    out = tmp_path / "out"
    summary = check_file(
        world / "requests.csv", date(2026, 3, 2), registers=[world / "registers"], out=out
    )
    assert "accepted" not in summary["counts"]
    truth = pq.read_table(world / "truth.parquet").to_pylist()
    lawful = {row["request_id"] for row in truth if row["lawful"]}
    replies = map(json.loads, (out / "replies.jsonl").read_text().splitlines())
    stopped = [reply for reply in replies if reply["request_id"] in lawful]
    assert len(stopped) == len(lawful)
    for reply in stopped:
        assert reply["status"] == "suspended"
        assert "ddc-2025.stay" in [finding["rule"] for finding in reply["findings"]]
