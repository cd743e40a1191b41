"""An office of an older Ostiary opens, and nothing in it is lost."""

import json
import shutil
import sqlite3

import pytest

from filled_office import RECEIVED
from officers import equip, key_of
from older_office import make_older, older_guards
from ostiary.domain.errors import OfficeError
from ostiary.domain.words import Outcome
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.batches.running import run_batch
from ostiary.office.cases.dossier import case_file
from ostiary.office.cases.states import CaseState
from ostiary.office.cases.steps import at_desk, determine
from ostiary.office.folder.layout import create_office, open_office
from ostiary.office.oversight.access_audit import check_openings
from ostiary.office.recovery.entering import at_work
from ostiary.office.store.migrating import SCHEMA
from ostiary.office.store.schema import _OLD_GUARDS, _OLDEST, guards_digest
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log
from request_parts import in_parts


@pytest.fixture(scope="module")
def made(world, tmp_path_factory):
    """An office that has run a small file, compared whole."""
    root = tmp_path_factory.mktemp("older") / "office"
    equip(create_office(root, training=True).root, world)
    part = in_parts(world / "requests.csv", root.parent / "parts", rows=60)[0]
    with at_work(root, on=RECEIVED) as place:
        load_people(place, world / "people.parquet")
        run_batch(place, part, RECEIVED, determined=True)
    return root


@pytest.fixture
def older(made, tmp_path):
    root = tmp_path / "office"
    shutil.copytree(made, root)
    make_older(root)
    return root


def everything(root):
    """All that is stored, but for what an upgrade changes."""
    with sqlite3.connect(root / "cases.db") as con:
        tables = ("log_entry", "batch", "person_asked")
        rows = {name: con.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
        asked = "SELECT id, agency, request_id, content, salt, mask, payload, facts FROM request"
        looked = "SELECT request, outcome, rule, person_id, weight, margin FROM verification"
        law = "SELECT id, book, orders, registers, derivations, at, entry_index FROM law_adopted"
        return rows | {one: con.execute(one).fetchall() for one in (asked, looked, law)}


def test_the_guards_it_had_are_those_that_we_know():
    assert guards_digest(older_guards()) in _OLD_GUARDS


def test_the_guards_of_every_older_schema_are_known():
    """Else an office made by the build before is told that somebody has changed its guards."""
    of_two_stores = 2 * (SCHEMA - _OLDEST)
    assert len(_OLD_GUARDS) == of_two_stores


def test_it_opens_and_nothing_is_lost(older):
    before = everything(older)
    with open_office(older).store as store:
        assert store.log_size() == len(before["log_entry"])
    assert everything(older) == before
    with sqlite3.connect(older / "cases.db") as con:
        assert con.execute("SELECT schema FROM office").fetchone() == (SCHEMA,)
    open_office(older).store.close()


def test_the_log_bears_out_what_it_holds(older):
    with at_work(older, on=RECEIVED) as place:
        faults = check_openings(place).faults
    # Of a confirmation made today the log says more than an older office could have; and what an
    # office of schema 6 was asked about has no rows by name, which nobody can tell from taken ones.
    of_its_age = ("the log commits to another outcome", "it asked about is not what it says")
    assert not [one for one in faults if not one.endswith(of_its_age)]


def test_the_keys_that_stand_in_its_registers_are_remembered_at_its_next_step(older):
    with open_office(older).store as store:
        assert store.keys_seen() == frozenset()
    with at_work(older, on=RECEIVED) as place, at_desk(place):
        seen = {one.key for one in place.store.keys_seen()}
        holders = {key.holder for key in seen if key.register == "reviewers"}
    assert holders == {"anna", "bert", "cora"}


def test_changed_guards_are_not_hidden_by_new_ones(older):
    with sqlite3.connect(older / "cases.db") as con:
        con.execute("DROP TRIGGER verification_update")
    with pytest.raises(OfficeError, match="triggers"):
        open_office(older)
    with sqlite3.connect(older / "cases.db") as con:
        assert con.execute("SELECT schema FROM office").fetchone() == (5,)


def test_what_was_compared_before_its_time_is_shown_in_its_time(older):
    with at_work(older, on=RECEIVED) as place:
        # Of a confirmation made today the log says more than an older office could have.
        case = next(
            one
            for one in place.store.queue()
            if place.store.case(one.id).verification.outcome is not Outcome.CONFIRMED
        )
        name = f"{case.agency}/{case.request_id}"
        found = place.store.case(case.id).verification
        shown = json.dumps(case_file(place, name, officer="anna"))
        for told in (str(found.outcome), found.rule, str(found.weight)):
            assert f'"{told}"' not in shown
        with at_desk(place) as desk:
            assert desk.state(desk.numbered(case.id)) is CaseState.AWAITS_DETERMINATION
        done = determine(place, name, "anna", key_of(older, "anna"), found=True)
        assert done.examined is None
        with at_desk(place) as desk:
            assert desk.state(desk.numbered(case.id)) is CaseState.AWAITS_APPROVAL
        assert case_file(place, name)["verification"]["rule"] == found.rule
    log = older / "accounting"
    with open_source(str(log)) as source:
        keys = [key.vkey for key in read_trust(log / TRUST_FILE).logs]
        assert verify_log(source, keys, every=True).is_sound
