"""Never: an approval that outlives a change of the request, the law or the decision."""

import re
from dataclasses import fields, replace

import pytest

from officers import approve_twice, desk_on, first_case, key_of
from order import order_text
from ostiary.domain.errors import NotAllowedError
from ostiary.domain.words import Status
from ostiary.office.folder.accounting_config import Countersigning, WitnessAddress
from ostiary.office.folder.config import OfficeConfig
from ostiary.office.folder.matching_config import MatchingLimits
from ostiary.office.release.release import release
from ostiary.office.rulings.decision_document import awaited_by

STAY = order_text("training", "2025-08-07", "agency = 'dhs-ice'")
UNRELATED = STAY.replace("agency = 'dhs-ice'", "agency = 'state-revenue'")


def approved(office):
    with desk_on(office) as (_, desk):
        request = first_case(desk).request.request_id
        approve_twice(desk, office, request)
        return request


def test_any_new_order_voids_approvals_not_yet_released(office):
    request = approved(office)
    (office / "orders" / "unrelated.md").write_text(UNRELATED)
    with (
        desk_on(office) as (place, _),
        pytest.raises(NotAllowedError, match="two officers have not yet approved"),
    ):
        release(place, request)


def test_a_stay_stops_release_even_when_it_is_approved_anew(office):
    request = approved(office)
    (office / "orders" / "stay.md").write_text(STAY)
    with desk_on(office) as (place, desk):
        approve_twice(desk, office, request)
        done = release(place, request)
    assert done.answers == ()
    assert [one.status for one in done.stopped] == [Status.SUSPENDED]
    assert done.stopped[0].findings[0].rule == "training.stay"
    assert not list((office / "answers").glob("*.answer"))


def test_the_order_is_in_the_log(office):
    before = sum(b'"type":"law.adopted"' in body for body in log(office))
    request = approved(office)
    (office / "orders" / "stay.md").write_text(STAY)
    with desk_on(office) as (place, desk):
        approve_twice(desk, office, request)
        release(place, request)
    after = log(office)
    assert sum(b'"type":"law.adopted"' in body for body in after) == before + 1
    assert sum(b'"type":"release.stopped"' in body for body in after) == 1


def log(office):
    with desk_on(office) as (place, _):
        return list(place.store.entries_from(0))


def test_an_order_that_came_and_went_leaves_no_approval_standing(office):
    """Law A, then B, then A again: two votes younger than the last change are needed."""
    request = approved(office)
    before = sum(b'"type":"law.adopted"' in body for body in log(office))
    order = office / "orders" / "stay.md"
    order.write_text(STAY)
    with desk_on(office) as (place, _), pytest.raises(NotAllowedError):
        release(place, request)
    order.unlink()
    with desk_on(office) as (place, _), pytest.raises(NotAllowedError, match="not yet approved"):
        release(place, request)
    assert sum(b'"type":"law.adopted"' in body for body in log(office)) == before + 2
    with desk_on(office) as (place, desk):
        approve_twice(desk, office, request)
        assert release(place, request).answers


def test_a_setting_that_decides_is_in_the_log_before_the_next_step(office):
    before = log(office)
    text = (office / "office.toml").read_text()
    for name, value in (("addresses_per_person", "1000"), ("confidence", "0.5")):
        text = re.sub(rf"^{name} = .*$", f"{name} = {value}", text, flags=re.MULTILINE)
        (office / "office.toml").write_text(text)
        after = log(office)
        assert [b'"type":"law.adopted"' in body for body in after[len(before) :]] == [True]
        before = after


def test_every_setting_that_decides_is_among_those_that_are_logged():
    """The others say where the office is, how it is reached, how much it takes: no outcome."""
    decides_nothing = {"origin", "profile", "database", "limits", "letterhead"}
    decides_nothing |= {"web", "mail", "oidc", "spark"}
    names = {one.name for one in fields(OfficeConfig)} - decides_nothing
    assert names == {"training", "matching", "accounting"}
    assert set(OfficeConfig("o").deciding()) == {"training", *MatchingLimits.__slots__}


def test_whom_answers_wait_for_is_logged_and_so_is_that_they_no_longer_do():
    """Whoever lets answers leave without witnesses for an hour leaves two entries."""
    one, other = (WitnessAddress(url="https://w.example", key=f"w+{n}+k") for n in "12")
    said = [
        Countersigning(),
        Countersigning(witnesses=(one,), quorum=1),
        Countersigning(witnesses=(other,), quorum=1),
        Countersigning(witnesses=(one, other), quorum=1),
        Countersigning(witnesses=(one, other), quorum=2),
        Countersigning(witnesses=(one, other), quorum=2, without_quorum="publish"),
    ]
    told = [OfficeConfig("o", accounting=each).deciding() for each in said]
    assert all(a != b for n, a in enumerate(told) for b in told[n + 1 :])
    moved = replace(one, url="https://elsewhere.example")
    assert OfficeConfig("o", accounting=replace(said[1], witnesses=(moved,))).deciding() == told[1]


def add_an_order(office):
    (office / "orders" / "unrelated.md").write_text(UNRELATED)


def end_an_officer(office):
    register = office / "registers" / "reviewers.csv"
    rows = register.read_text().splitlines()
    ended = [one + "2025-08-06" if one.startswith("bert,") else one for one in rows]
    register.write_text("\n".join(ended) + "\n")


def test_an_order_that_came_and_went_between_votes_leaves_no_earlier_vote(office):
    """A vote, an order that any step saw, no order again: the second vote stands alone."""
    with desk_on(office) as (_, desk):
        request = first_case(desk).request.request_id
        for fact in awaited_by(desk.case(request)):
            desk.determine(request, "anna", key_of(office, "anna"), found=True, fact=fact)
        desk.approve(request, "anna", key_of(office, "anna"))
    add_an_order(office)
    with desk_on(office):
        pass  # somebody enters, no more
    (office / "orders" / "unrelated.md").unlink()
    with desk_on(office) as (place, desk):
        desk.approve(request, "bert", key_of(office, "bert"))
        with pytest.raises(NotAllowedError, match="not yet approved"):
            release(place, request)


@pytest.mark.parametrize("change", [add_an_order, end_an_officer])
def test_nothing_leaves_when_what_was_voted_under_is_no_longer_so(office, change):
    """Of registers counts what they say on the day of release: who is no officer has no vote."""
    request = approved(office)
    change(office)
    with desk_on(office) as (place, _), pytest.raises(NotAllowedError):
        release(place, request)
    assert not list((office / "answers").glob("*.answer"))
