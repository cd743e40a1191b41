"""Attack: a correction of the clock is written into the case store in the names of two officers.

The published log shows two names, which an operator can write; what shows that they signed is the
office's register, and `accounting signatures` asks it.
"""

import base64
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from commands import ostiary
from officers import equip, key_of
from ostiary.domain.words import Moment
from ostiary.office.cases.officers import Reviewer
from ostiary.office.cases.signed_entries import signed_entry_faults
from ostiary.office.folder.layout import create_office, open_office
from ostiary.office.recovery import clock_correction, entering
from ostiary.office.recovery.clock_correction import first_word
from ostiary.office.recovery.entering import at_work
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.keys.assertions import signed_by
from ostiary.verifying.log.entries import instant
from ostiary.verifying.log.vocabulary import ENTRY_TYPES


@pytest.fixture
def leapt(tmp_path, monkeypatch):
    """An office whose clock was years ahead for one step, and is right again."""
    off = [timedelta()]

    def now(_on=None):
        clock = datetime.now(UTC) + off[0]
        return Moment(at=instant(clock), today=clock.date())

    for room in (entering, clock_correction):
        monkeypatch.setattr(room, "now", now)
    root = create_office(tmp_path / "office").root
    (tmp_path / "world" / "registers").mkdir(parents=True)
    equip(root, tmp_path / "world")
    for days in (0, 1_900):
        off[0] = timedelta(days=days)
        enter(root)
    off[0] = timedelta()
    return root


def enter(root):
    with at_work(root) as place, place.law_at_hand() as (_, law), place.store.write() as txn:
        place.adopt(txn, law)
        txn.log(journal_entry("log.read", at=place.moment.at, reader="aud", size=0))


def word_of(root):
    return first_word(root, "battery", "anna", key_of(root, "anna"))


def written_by_hand(root, word, **changed):
    """Write a correction as somebody does who has the case store and no officer's key."""
    second = base64.b64encode(signed_by(key_of(root, "bert"), word.says("bert"))).decode()
    said = {
        "at": word.right,
        "stood": word.stood,
        "right": word.right,
        "why": word.why,
        "officer": "anna",
        "signature": word.signature,
        "second": "bert",
        "second_signature": second,
    }
    with open_office(root).store as store, store.write() as txn:
        txn.log(journal_entry("clock.corrected", **(said | changed)))


def checked(root):
    done = ostiary("accounting", "signatures", root, "--json")
    return done.status, json.loads(done.out)["faults"]


def test_what_two_officers_signed_is_found_sound(leapt):
    written_by_hand(leapt, word_of(leapt))
    assert checked(leapt) == (0, [])


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"signature": base64.b64encode(bytes(64)).decode()}, 1),
        ({"second_signature": base64.b64encode(bytes(64)).decode()}, 1),
        ({"why": "virtual-machine"}, 2),
        ({"officer": "cora"}, 1),
        ({"second": "cora"}, 1),
        ({"second": "nobody"}, 1),
    ],
)
def test_a_correction_written_into_the_case_store_in_officers_names(leapt, changed, faults):
    """`accounting verify` sees two names; the register shows that they did not sign."""
    written_by_hand(leapt, word_of(leapt), **changed)
    status, found = checked(leapt)
    assert status == 1
    assert len(found) == faults
    assert all("signed this correction" in fault for fault in found)


def test_a_correction_signed_twice_with_one_key(leapt):
    register = leapt / "registers" / "reviewers.csv"
    key = register.read_text().splitlines()[1].split(",")[1]
    word = word_of(leapt)
    own = base64.b64encode(signed_by(key_of(leapt, "anna"), word.says("anna2"))).decode()
    written_by_hand(leapt, word, second="anna2", second_signature=own)
    rows = (Reviewer("anna", key, date(2025, 1, 1), None),)
    rows += (Reviewer("anna2", key, date(2025, 1, 1), None),)
    with open_office(leapt).store as store:
        name = open_office(leapt).config.origin
        (fault,) = signed_entry_faults(name, store.entries_from(0), rows)
    assert "one person signed" in fault


def test_a_correction_signed_by_one_person_with_an_earlier_and_a_present_key(leapt):
    """The other id's key was the first officer's own before: the desk refuses it, so must we."""
    register = leapt / "registers" / "reviewers.csv"
    keys = dict(row.split(",")[:2] for row in register.read_text().splitlines()[1:])
    word = word_of(leapt)
    other = next(one for one in keys if one != "anna")
    signed = base64.b64encode(signed_by(key_of(leapt, other), word.says(other))).decode()
    written_by_hand(leapt, word, second=other, second_signature=signed)
    rows = tuple(Reviewer(one, key, date(2025, 1, 1), None) for one, key in keys.items())
    rows += (Reviewer("anna", keys[other], date(2024, 1, 1), date(2024, 12, 31)),)
    with open_office(leapt).store as store:
        name = open_office(leapt).config.origin
        (fault,) = signed_entry_faults(name, store.entries_from(0), rows)
    assert "one person signed" in fault


def test_a_key_that_the_officer_no_longer_had(leapt):
    written_by_hand(leapt, word_of(leapt))
    text = (leapt / "registers" / "reviewers.csv").read_text().splitlines()
    gone = date(2025, 12, 31)
    keys = {row.split(",")[0]: row.split(",")[1] for row in text[1:]}
    rows = (
        Reviewer("anna", keys["anna"], date(2025, 1, 1), gone),
        Reviewer("bert", keys["bert"], date(2025, 1, 1), None),
    )
    with open_office(leapt).store as store:
        name = open_office(leapt).config.origin
        (fault,) = signed_entry_faults(name, store.entries_from(0), rows)
    assert "anna" in fault


SIGNED = {
    "key.accepted": "openings",
    "clock.corrected": "signatures",
    "receipt.explained": "signatures",
}
ON_A_CASE = {"reason.determined", "element.determined", "answer.voted", "counsel.answered"}


def test_every_kind_of_entry_that_is_signed_is_one_that_a_command_checks():
    signed_kinds = {kind for kind, told in ENTRY_TYPES.items() if "signature" in told.values()}
    assert signed_kinds == SIGNED.keys() | ON_A_CASE
