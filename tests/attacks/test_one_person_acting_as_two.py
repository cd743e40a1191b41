"""Never: one person acting as two."""

from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from officers import desk_on, first_case, key_of
from ostiary.domain.errors import BookError, NotAllowedError, OstiaryError
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


def test_an_officer_named_in_the_matter(office):
    with desk_on(office) as (_, desk):
        case = first_case(desk)
    recipient = case.request.payload.split('"recipients":["')[1].split('"')[0]
    key = ed25519.Ed25519PrivateKey.generate()
    with reviewers_of(office).open("a") as register:
        register.write(f"{recipient},{key_text(key.public_key())},2025-01-01,\n")
    with (
        desk_on(office) as (_, desk),
        pytest.raises(NotAllowedError, match="named in the matter"),
    ):
        desk.determine(case.request.request_id, recipient, key, found=True)
