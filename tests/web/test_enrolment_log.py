"""Who may come in: nobody is added, confirmed or ended without an entry in the log."""

import sqlite3

import pytest

from ostiary.domain.errors import InputError, OstiaryError
from ostiary.faces.server.enrolment_log import LABEL, requester_salt
from ostiary.faces.server.orm import Enrolment, Person
from ostiary.faces.server.people import add_person, confirm, end, everybody
from ostiary.faces.server.roles import Role
from ostiary.verifying.log.commitments import open_commitment
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log
from web_office import AGENCY, Browser, requester_of


def told(site) -> list[dict]:
    """Give what the log says of people's access, in order."""
    entries = (read_entry(body) for body in site.office.store.entries_from(0))
    return [
        {"type": one.type, **one.fields}
        for one in entries
        if one.type in {"staff.changed", "requester.changed"}
    ]


@pytest.mark.both_stores
def test_every_change_of_access_is_in_the_log_and_the_log_verifies(site):
    Browser(site, Role.OFFICER, "anna").enrol()
    end(site, Role.OFFICER, "anna")
    staff = {"type": "staff.changed", "role": "officer", "person": "anna"}
    acts = ("added", "confirmed", "ended")
    assert told(site) == [{**staff, "act": act} for act in acts]
    with open_source(site.office.accounting) as source:
        keys = [key.vkey for key in site.place().log_keys]
        report = verify_log(source, keys, every=True)
    assert report.faults == ()
    assert report.by_type["staff.changed"] == len(acts), "it is published at once"


def test_a_requester_is_a_commitment_that_the_office_can_open(site):
    name = requester_of(site)
    add_person(site, Role.REQUESTER, name, AGENCY)
    end(site, Role.REQUESTER, name, AGENCY)
    added, ended = told(site)
    assert (added["type"], added["agency"]) == ("requester.changed", AGENCY)
    assert (added["act"], ended["act"]) == ("added", "ended")
    salt = requester_salt(Person.objects.get())
    assert added["person"] == ended["person"] == open_commitment(salt, LABEL, name)
    bodies = b"".join(site.office.store.entries_from(0))
    assert name.encode() not in bodies


def test_another_link_for_the_same_person_is_an_entry_too(site):
    for _ in range(2):
        add_person(site, Role.COUNSEL, "counsel-1")
    assert [one["act"] for one in told(site)] == ["added", "added"]
    assert Person.objects.count() == 1


def test_what_is_refused_leaves_no_entry(site):
    add_person(site, Role.AUDITOR, "auditor-1")
    with pytest.raises(InputError, match="no passkey with this fingerprint"):
        confirm(site, Role.AUDITOR, "auditor-1", "0000-0000-0000-0000")
    with pytest.raises(InputError, match="nobody of this role"):
        end(site, Role.AUDITOR, "auditor-2")
    assert [one["act"] for one in told(site)] == ["added"]


def test_without_its_entry_no_access_changes(site):
    """The case store refuses every entry from now on: nobody comes in, and nobody is shut out."""
    add_person(site, Role.AUDITOR, "auditor-1")
    with sqlite3.connect(site.office.root / "cases.db") as con:
        con.execute(
            "CREATE TRIGGER refuses BEFORE INSERT ON log_entry"
            " BEGIN SELECT RAISE(ABORT, 'no entry today'); END"
        )
    con.close()
    for step in (
        lambda: add_person(site, Role.COUNSEL, "counsel-1"),
        lambda: add_person(site, Role.AUDITOR, "auditor-1"),
        lambda: end(site, Role.AUDITOR, "auditor-1"),
    ):
        with pytest.raises(OstiaryError):
            step()
    assert [(one.name, one.state) for one in everybody()] == [("auditor-1", "has not enrolled yet")]
    assert Enrolment.objects.count() == 1
