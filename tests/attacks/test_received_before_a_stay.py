"""A file is said to have come before a stay, so that its records are looked at under the older law.

Not in a training office, which sets its day, but in a real one, by its own clock; and under a
gateway that awaits no person, so that the run itself would compare.
"""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from commands import ostiary
from officers import equip, key_of
from order import order_text
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import InputError
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.batches.running import run_batch
from ostiary.office.cases.late_receipts import LateReceipt
from ostiary.office.folder.layout import create_office
from ostiary.office.oversight.access_audit import check_signatures
from ostiary.office.recovery.entering import at_work
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.keys.files import private_pem
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log
from request_file import PERSON, REFERENCE_COLUMNS, as_cells, csv_bytes, csv_file, put

# For what lies days away from a bound; a day at the bound itself is counted from the office's own,
# since midnight may pass between the reading of this file and a test.
TODAY = date.today()  # noqa: DTZ011
RECEIVED, SINCE = TODAY - timedelta(20), TODAY - timedelta(10)


def stay(root: Path) -> None:
    text = order_text("later", str(SINCE), "agency = 'state-revenue'")
    (root / "orders" / "later.md").write_text(text)


def suspend(root: Path) -> None:
    register = root / "registers" / "safeguards.csv"
    rows = [
        f"state-revenue,{RECEIVED.year}-01-01,,{SINCE},"
        if one.startswith("state-revenue,")
        else one
        for one in register.read_text().splitlines()
    ]
    register.write_text("\n".join(rows) + "\n")


def end_the_agreement(root: Path) -> None:
    register = root / "registers" / "agreements.csv"
    register.write_text(register.read_text().replace(",2099-12-31", f",{SINCE}"))


def leave_it(_root: Path) -> None:
    pass


@pytest.fixture(scope="module")
def real_office(tmp_path_factory):
    """A real office that knows the State's agency, of today, and has the taxpayer on file."""
    folder = tmp_path_factory.mktemp("real")
    registers = folder / "registers"
    shutil.copytree(shipped_book() / "cases" / "registers", registers)
    agreements = registers / "agreements.csv"
    agreements.write_text(
        agreements.read_text().replace("2025-01-01,2025-12-31", "2025-01-01,2099-12-31")
    )
    safeguards = registers / "safeguards.csv"
    safeguards.write_text(safeguards.read_text().replace("2025-01-31", f"{RECEIVED.year}-01-01"))
    root = create_office(folder / "office").root
    equip(root, folder)
    names = ("given_name", "surname", "address_line", "unit", "city", "state", "postal_code")
    asked = yaml.safe_load((shipped_book() / "cases" / "base.yaml").read_text())["state-tax"][
        "request"
    ]
    person = (
        PERSON | {n: str(asked[n]) for n in names} | {"birth_date": "", "tin": "", "period": "2023"}
    )
    with at_work(root) as place:
        load_people(place, put(folder / "p.csv", csv_bytes(person, columns=REFERENCE_COLUMNS)))
    return root, csv_file(folder, as_cells(asked) | {"request_id": "R-1"})


@pytest.mark.parametrize(
    ("change", "looks"),
    [(leave_it, 1), (stay, 0), (suspend, 0), (end_the_agreement, 0)],
    ids=["control", "stay", "suspension", "agreement"],
)
def test_no_record_is_looked_at_that_the_law_of_today_keeps_closed(
    real_office, tmp_path, change, looks
):
    made, requests = real_office
    root = tmp_path / "office"
    shutil.copytree(made, root)
    change(root)
    with at_work(root) as place:
        run_explained(place, requests, RECEIVED, "bert")
        kinds = [read_entry(body).type for body in place.store.entries_from(0)]
        [case] = [place.store.case(place.store.find_request("R-1").id)]
    assert kinds.count("record.examined") == looks
    assert (case.verification is not None) == bool(looks)


@pytest.fixture(scope="module")
def explained(real_office, tmp_path_factory):
    """An office in which an officer signed why a file came late."""
    made, requests = real_office
    folder = tmp_path_factory.mktemp("explained")
    root = folder / "office"
    shutil.copytree(made, root)
    key = folder / "anna.pem"
    key.write_bytes(private_pem(key_of(root, "anna")))
    said = ("--received", RECEIVED, "--why", "paper", "--officer", "anna", "--key", key)
    done = ostiary("run", root, requests, *said)
    assert (done.status, done.err) == (0, "")
    return root


def test_outsiders_are_told_who_signed_why_a_file_came_so_late(explained):
    with at_work(explained) as place, open_source(explained / "accounting") as source:
        keys = [place.signer.verifier.vkey]
        (late,) = verify_log(source, keys).remarks
    assert "anna signed why: paper" in late


def test_a_word_that_was_signed_for_one_file_is_good_for_no_other(explained):
    """The second file of the day is refused, as the first would have been without a word."""
    second = put(explained.parent / "again.csv", b"nothing of it is read")
    done = ostiary("run", explained, second, "--received", RECEIVED)
    assert (done.status, done.out) == (2, "")
    assert "an officer signs why the file is entered so late" in done.err


def test_a_word_moved_to_another_place_of_the_log_is_found(explained):
    with at_work(explained) as place:
        assert check_signatures(place).faults == ()
        kind = "receipt.explained"
        [entry] = [one for one in map(read_entry, place.store.entries_from(0)) if one.type == kind]
        with place.store.write() as txn:
            index = txn.log(journal_entry(kind, at=place.moment.at, **entry.fields))
        (fault,) = check_signatures(place).faults
    assert f"entry {index}: no key that anna had on that day signed this" in fault


def run_explained(place, requests, day, officer):
    word = LateReceipt(place, day, officer, key_of(place.office.root, "bert"), "paper")
    return run_batch(place, requests, day, explained=word.enter)


def run_unexplained(place, requests, day, _officer):
    return run_batch(place, requests, day)


@pytest.mark.parametrize(
    ("run", "back", "officer", "named"),
    [
        (run_explained, 20, "anna", "this key is not the officer's"),
        (run_explained, 20, "nobody", "no disclosure officer of this id"),
        (run_explained, 14, "bert", "wants a reason"),
        (run_unexplained, 15, "", r"--received: .* an officer signs why"),
        (run_unexplained, 480, "", r"--received: .* an officer signs why"),
    ],
)
def test_a_day_that_nobody_answers_for_stops_the_file(real_office, run, back, officer, named):
    root, requests = real_office
    with at_work(root) as place:
        day = place.moment.today - timedelta(back)
        size = place.store.log_size()
        with pytest.raises(InputError, match=named):
            run(place, requests, day, officer)
        assert place.store.log_size() == size
    assert not list(root.glob("batches/*"))


def test_a_file_of_a_fortnight_ago_is_taken_on_nobodys_word(real_office, tmp_path):
    made, requests = real_office
    root = tmp_path / "office"
    shutil.copytree(made, root)
    with at_work(root) as place:
        assert run_batch(place, requests, place.moment.today - timedelta(14))["batch"]
