"""A file of few requests is recorded one by one as one of many is by tables: the same bytes."""

import json

import pytest

from casedb import ask
from ostiary.office.batches import (
    batch_entries,
    recorded_requests,
    rows_to_mend_files,
    stored_rows,
)
from ostiary.office.batches.running import run_batch
from ostiary.office.recovery.entering import at_work
from walks import RECEIVED, lawful_of, written

WRONG = (
    {"signed_on": "1 August"},
    {"reason": "", "matter_number": ""},
    {"surname": "=cmd()", "signed_on": "soon"},
    {"surname": "'-quoted", "signed_on": "soon"},
    {"given_name": 'Ann "Nan", née Ó\nDuff', "matter_number": ""},
)


@pytest.fixture(scope="module")
def file(world, tmp_path_factory):
    """Requests that the law lets through, that it returns, and rows that cannot be read."""
    by_agency, _ = lawful_of(world)
    rows = [row for rows in by_agency.values() for row in rows[:3]]
    bad = [rows[0] | wrong | {"request_id": f"bad-{n}"} for n, wrong in enumerate(WRONG)]
    return written(tmp_path_factory.mktemp("few") / "few.csv", rows + bad)


@pytest.mark.parametrize("determined", [False, True])
def test_it_is_recorded_the_same(file, loaded_office, stores, tmp_path, monkeypatch, determined):
    monkeypatch.setattr(
        recorded_requests, "new_salts", lambda many: [f"{n:032x}" for n in range(many)]
    )
    told = []
    for most in (1_000, 0):
        monkeypatch.setattr(batch_entries, "FEW", most)
        monkeypatch.setattr(stored_rows, "FEW", most)
        monkeypatch.setattr(recorded_requests, "FEW", most)
        monkeypatch.setattr(rows_to_mend_files, "_FEW", most)
        root = stores.copy(loaded_office, tmp_path / f"office-{most}").root
        with at_work(root, on=RECEIVED) as place:
            before = place.store.log_size()
            batch = run_batch(place, file, RECEIVED, determined=determined)["batch"]
            entries = [json.loads(one) for one in place.store.entries_from(before)]
        for one in entries:
            for moment in ("at", "file", "outcome"):  # which hold a moment, or a salt of their own
                one.pop(moment, None)
        folder = root / "batches" / batch
        files = [(folder / name).read_bytes() for name in ("findings.csv", "to_mend.csv")]
        told.append((entries, ask(root, "SELECT * FROM request ORDER BY id"), files))
    few, many = told
    assert few == many
    statuses = {one.get("status") for one in few[0]}
    assert {"accepted", "returned"} <= statuses
    assert b'"\'=cmd()"' in few[2][1]
    assert b"\"''-quoted\"" in few[2][1]
