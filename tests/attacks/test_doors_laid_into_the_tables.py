"""Attack: whoever may edit the web office's database lays a passkey, a link or a binding there.

The row is as ours would be, and the person stands in the register. Also: a used link made unused,
the key under a row exchanged, a counter put back, and an administrator's own passkey given a
colleague's link. The log commits to each row, so none of it opens anything.
"""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db.models import F

from at_once import at_once
from authenticator import Device
from ostiary.domain.errors import InputError
from ostiary.faces.server import people
from ostiary.faces.server.counters import FILE, counter_of
from ostiary.faces.server.doors import binding_door, log_use, passkey_door, stands, waiting_door
from ostiary.faces.server.enrolment_log import enter_doors_found
from ostiary.faces.server.orm import Binding, Enrolment, Passkey, Person
from ostiary.faces.server.roles import Role
from ostiary.office.folder import log_marks
from ostiary.office.store.journal import journal_entry
from web_office import AGENCY, Browser, opened_copy, person, requester_of

ROLES = (Role.AUDITOR, Role.COUNSEL, Role.HEAD, Role.ADMINISTRATOR, Role.REQUESTER)


@pytest.fixture(scope="module")
def site(served_office, stores, tmp_path_factory):
    with opened_copy(served_office, stores, tmp_path_factory.mktemp("doors")) as found:
        yield found


def whom(site, role, name):
    return (requester_of(site), AGENCY) if role is Role.REQUESTER else (name, "")


def lay(one, **changed):
    """Lay a copy of a row beside it, or in its place, with some of it changed."""
    told = {field.attname: getattr(one, field.attname) for field in one._meta.fields}
    return type(one).objects.create(**told | {"id": None} | changed)


@pytest.mark.parametrize("role", ROLES)
def test_a_passkey_laid_beside_anothers_opens_nothing(site, role):
    thief = person(site, Role.AUDITOR, f"thief-of-{role.value}")
    own = Passkey.objects.latest("id")
    name, agency = whom(site, role, "honest-1")
    honest = person(site, role, name, agency)
    victim = Passkey.objects.latest("id").person
    keys = {"public_key": own.public_key, "cose": own.cose, "credential": own.credential}
    own.delete()  # one credential stands in the table once
    laid = lay(Passkey.objects.latest("id"), **keys)
    assert laid.person == victim
    assert thief.try_sign_in().status_code == 403
    assert honest.get("/").status_code in {200, 302}
    assert honest.sign_in()


def test_a_passkey_whose_key_was_exchanged_opens_nothing_in_an_officers_name_either(site):
    """`public_key` stays that of the register; `cose`, by which an answer is verified, does not."""
    officer = person(site, Role.OFFICER, "anna")
    row = Passkey.objects.latest("id")
    thief = Device()
    other = person(site, Role.AUDITOR, "owner-of-a-device", device=thief)
    cose = Passkey.objects.latest("id").cose
    Passkey.objects.filter(pk=row.pk).update(cose=cose, sign_count=0)
    thief.credential, thief_own = officer.device.credential, thief.credential
    assert other.try_sign_in().status_code == 403
    assert officer.get("/")["Location"] == "/sign-in/", "nor does a session go on by that row"
    thief.credential = thief_own


def test_a_person_given_another_role_is_let_in_nowhere(site):
    browser = person(site, Role.AUDITOR, "climber-1")
    Person.objects.filter(name="climber-1").update(role=Role.ADMINISTRATOR)
    assert browser.get("/people/")["Location"] == "/sign-in/"
    assert browser.try_sign_in().status_code == 403


def test_a_used_link_made_unused_makes_no_second_passkey(site):
    link = people.add_person(site, Role.COUNSEL, "counsel-9")
    token = link.rstrip("/").rpartition("/")[2]
    path = link.removeprefix(site.address)
    assert people.open_enrolment(site, token) is not None
    browser = Browser(site, Role.COUNSEL, "counsel-9")
    assert made_by(browser, path).status_code == 200
    Enrolment.objects.update(used_at=None)
    assert people.open_enrolment(site, token) is None
    assert Browser(site).get(path).status_code == 404


def test_of_many_who_use_one_link_at_once_one_makes_a_passkey(site):
    """Each has asked, and found that the link stands, before any of them uses it."""
    link = people.add_person(site, Role.COUNSEL, "counsel-8")
    found = people.open_enrolment(site, link.rstrip("/").rpartition("/")[2])
    waiting = [
        Passkey(
            person=found.person,
            credential=f"credential-{n}",
            public_key="key",
            cose=b"cose",
            enrolled_at=datetime.now(UTC),
            link_by=found.link_by,
        )
        for n in range(4)
    ]

    def use(passkey):
        try:
            return log_use(site, found, passkey)
        finally:
            site.office.store.close()

    ended = at_once([partial(use, one) for one in waiting])
    assert sum(isinstance(one, InputError) for one in ended) == 3
    assert sum(stands(site, found.person, waiting_door(one)) for one in waiting) == 1


def made_by(browser, path):
    asked = browser.get(path).content.decode().partition("challenge&quot;: &quot;")[2]
    return browser.post(path, {"passkey": browser.device.create(asked.partition("&quot;")[0])})


@pytest.mark.parametrize(
    "changed",
    [
        {"token_hash": people.token_hash("chosen")},
        {"expires_at": datetime.now(UTC) + timedelta(hours=23)},
        {"link_by": "somebody-else"},
    ],
)
def test_a_link_that_was_changed_is_none(site, changed):
    link = people.add_person(site, Role.COUNSEL, "counsel-8")
    Enrolment.objects.filter(pk=Enrolment.objects.latest("id").pk).update(**changed)
    for token in (link.rstrip("/").rpartition("/")[2], "chosen"):
        assert people.open_enrolment(site, token) is None


def test_who_gave_a_link_cannot_be_written_over_so_that_one_lets_in_alone(site):
    path = people.add_person(site, Role.AUDITOR, "accomplice", by="admin-7")
    browser = Browser(site, Role.AUDITOR, "accomplice")
    assert made_by(browser, path.removeprefix(site.address)).status_code == 200
    row = Passkey.objects.latest("id")
    shown = people.print_of(row)
    Passkey.objects.filter(pk=row.pk).update(link_by="admin-8")
    with pytest.raises(InputError, match="was made by a link of this office"):
        people.confirm(site, Role.AUDITOR, "accomplice", shown, by="admin-7")
    Passkey.objects.filter(pk=row.pk).update(link_by="admin-7", confirmed_at=datetime.now(UTC))
    assert browser.try_sign_in().status_code == 403, "that it was compared is no row's word"


@pytest.mark.parametrize("count", [0, 1])
def test_a_copied_device_does_not_count_once_the_counter_is_put_back(site, count):
    browser = person(site, Role.AUDITOR, f"counted-{count}")
    row = Passkey.objects.latest("id")
    assert counter_of(site, row.credential) == browser.device.count > 0
    copied = browser.device.count - 1
    Passkey.objects.filter(pk=row.pk).update(sign_count=count)
    browser.device.count = copied
    assert browser.try_sign_in().status_code == 403
    kept = site.office.root / "web" / FILE
    assert kept.stat().st_mode & 0o077 == 0
    browser.device.count = copied + 5
    assert browser.sign_in()


def test_a_binding_laid_or_put_back_opens_nothing(site):
    browser = person(site, Role.HEAD, "head-9")
    one = Person.objects.get(name="head-9")
    issuer, now = "https://id.example.org", datetime.now(UTC)
    laid = Binding(person=one, issuer=issuer, subject="a digest", bound_at=now)
    assert not stands(site, one, binding_door(laid))
    laid.save()
    assert browser.get("/").status_code in {200, 302}, "the passkey counts as ever"
    laid.delete()


def test_what_an_earlier_version_let_in_is_entered_once_and_never_again(site):
    """As that version left it: the change in the log, the passkey in the tables, and no door."""
    browser = Browser(site, Role.AUDITOR, "of-before")
    browser.enrol()
    row, one = Passkey.objects.latest("id"), Person.objects.latest("id")
    forget_doors(site)
    with site.working() as place, place.store.write() as txn:
        at = site.place().moment.at
        told = {"at": at, "role": "auditor", "person": "of-before", "act": "confirmed"}
        txn.log(journal_entry("staff.changed", **told))
        Passkey.objects.filter(pk=row.pk).update(enrolled_at=F("enrolled_at") + timedelta(hours=1))
    row.refresh_from_db()
    assert not stands(site, one, passkey_door(row))
    enter_doors_found(site)
    assert stands(site, one, passkey_door(row))
    assert browser.sign_in()
    size = site.office.store.log_size()
    lay(row, credential="laid later", public_key="another")
    enter_doors_found(site)
    assert site.office.store.log_size() == size
    Passkey.objects.filter(credential="laid later").delete()


def forget_doors(site):
    """Let this program know the log as far as it is, and of no door."""
    log_marks.attach_marks(site.office.store, None, b"of a test")


def test_people_list_says_whom_the_log_does_not_let_in(site):
    person(site, Role.AUDITOR, "altered-1")
    Passkey.objects.filter(pk=Passkey.objects.latest("id").pk).update(link_by="x")
    said = people.state_of(site, Role.AUDITOR, "altered-1")
    assert "the log does not bear the passkey out" in said


def test_who_is_let_in_anew_uses_the_device_they_have(site):
    """The log may be behind the tables, after a restore: such a passkey keeps no other out."""
    browser = person(site, Role.AUDITOR, "let-in-anew")
    path = people.add_person(site, Role.AUDITOR, "let-in-anew").removeprefix(site.address)
    known = Passkey.objects.latest("id").credential
    assert known in browser.get(path).content.decode(), "a device makes one passkey that counts"
    Passkey.objects.filter(credential=known).update(link_by="x")
    assert known not in browser.get(path).content.decode()
