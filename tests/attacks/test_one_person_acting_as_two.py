"""Never: one person acting as two."""

from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from officers import desk_on, first_case, key_of
from ostiary.domain.errors import BookError, NotAllowedError, OstiaryError
from ostiary.office.cases.key_changes import accept_key, pending_keys
from ostiary.office.cases.officers import Reviewer, check_another_person
from ostiary.office.release.release import release
from ostiary.verifying.keys.files import key_text


def determined(desk, office):
    request = first_case(desk).request.request_id
    desk.determine(request, "anna", key_of(office, "anna"), found=True)
    return request


def test_the_same_officer_twice(office):
    with desk_on(office) as (place, desk):
        request = determined(desk, office)
        desk.approve(request, "anna", key_of(office, "anna"))
        with pytest.raises(NotAllowedError, match="two different officers"):
            desk.approve(request, "anna", key_of(office, "anna"))
        with pytest.raises(NotAllowedError, match="two officers have not yet approved"):
            release(place, request)
    assert not list((office / "answers").glob("*.answer"))


def reviewers_of(office):
    return office / "registers" / "reviewers.csv"


@pytest.mark.parametrize("days", ["2025-01-01,", "2020-01-01,2020-12-31"])
def test_the_same_key_under_another_id(office, days):
    """Whatever the days, nobody takes any step while the register says so."""
    text = key_text(key_of(office, "anna").public_key())
    with reviewers_of(office).open("a") as register:
        register.write(f"anna-again,{text},{days}\n")
    with pytest.raises(BookError, match="one key stands under two ids") as refused, desk_on(office):
        pass
    assert "reviewers.csv" in refused.value.where


def test_the_same_key_is_one_person_whatever_the_register_let_through():
    rows = [Reviewer(officer, "key", date(2025, 1, 1), None) for officer in ("anna", "anna-again")]
    with pytest.raises(NotAllowedError, match="two different officers"):
        check_another_person(rows, ["anna"], rows[1])


def test_the_same_key_under_an_id_of_a_later_day(office):
    """The first id is taken out between the votes, and the second one put in."""
    text = key_text(key_of(office, "anna").public_key())
    with desk_on(office) as (_, desk):
        request = determined(desk, office)
        desk.approve(request, "anna", key_of(office, "anna"))
    rows = reviewers_of(office).read_text().replace(f"anna,{text}", f"anna-again,{text}")
    reviewers_of(office).write_text(rows)
    with desk_on(office) as (place, desk), pytest.raises(OstiaryError):
        vote_again(place, desk, office, request)
    assert not list((office / "answers").glob("*.answer"))


def vote_again(place, desk, office, request):
    desk.approve(request, "anna-again", key_of(office, "anna"))
    release(place, request)


def entered(office, *officers):
    """Enter officers who are new, all with keys of one hand; give the keys."""
    keys = {officer: ed25519.Ed25519PrivateKey.generate() for officer in officers}
    with reviewers_of(office).open("a") as register:
        for officer, key in keys.items():
            register.write(f"{officer},{key_text(key.public_key())},2025-01-01,\n")
    return keys


def test_who_keeps_the_register_makes_two_officers_of_two_keys(office):
    keys = entered(office, "dora", "emil")
    with desk_on(office) as (place, desk):
        request = first_case(desk).request.request_id
        assert [one.key.holder for one in pending_keys(place)] == ["dora", "emil"]
        with pytest.raises(NotAllowedError, match="no disclosure officer"):
            desk.determine(request, "dora", keys["dora"], found=True)
        for officer, holder in (("dora", "emil"), ("emil", "dora"), ("dora", "dora")):
            with pytest.raises(NotAllowedError):
                accept_key(place, "reviewers", holder, officer, keys[officer])
        assert not desk.case(request).determinations


def test_who_keeps_the_register_and_is_an_officer_makes_no_second_one(office):
    keys = entered(office, "dora")
    with desk_on(office) as (place, _):
        assert not accept_key(place, "reviewers", "dora", "anna", key_of(office, "anna")).counts
        with pytest.raises(NotAllowedError, match="two different officers"):
            accept_key(place, "reviewers", "dora", "anna", key_of(office, "anna"))
    with desk_on(office) as (_, desk), pytest.raises(NotAllowedError, match="no disclosure"):
        desk.determine(first_case(desk).request.request_id, "dora", keys["dora"], found=True)


def test_no_new_beginning_by_taking_the_officers_out(office):
    """The register is emptied for a step, and comes back with two keys of one hand."""
    rows = reviewers_of(office).read_text()
    reviewers_of(office).write_text(f"{rows.splitlines()[0]}\n")
    with desk_on(office):
        pass
    entered(office, "dora", "emil")
    with desk_on(office) as (place, _):
        assert [one.key.holder for one in pending_keys(place)] == ["dora", "emil"]


def test_one_officer_alone_lets_the_next_one_in_and_goes_on(office):
    """What must go on: of two officers one has left. The log shows who was accepted by one."""
    head, *rows = reviewers_of(office).read_text().splitlines()
    left = [row if row.startswith("anna") else f"{row}2025-08-05" for row in rows]
    reviewers_of(office).write_text("\n".join((head, *left, "")))
    keys = entered(office, "dora")
    with desk_on(office) as (place, _):
        assert accept_key(place, "reviewers", "dora", "anna", key_of(office, "anna")).counts
    with desk_on(office) as (_, desk):
        desk.determine(first_case(desk).request.request_id, "dora", keys["dora"], found=True)


def test_an_officer_named_in_the_matter(office):
    with desk_on(office) as (_, desk):
        case = first_case(desk)
    recipient = case.request.payload.split('"recipients":["')[1].split('"')[0]
    key = ed25519.Ed25519PrivateKey.generate()
    with reviewers_of(office).open("a") as register:
        register.write(f"{recipient},{key_text(key.public_key())},2025-01-01,\n")
    with desk_on(office) as (place, _):
        for officer in ("anna", "bert"):
            accept_key(place, "reviewers", recipient, officer, key_of(office, officer))
    with (
        desk_on(office) as (_, desk),
        pytest.raises(NotAllowedError, match="named in the matter"),
    ):
        desk.determine(case.request.request_id, recipient, key, found=True)
