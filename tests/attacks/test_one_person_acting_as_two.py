"""Never: one person acting as two."""

import pytest

from officers import desk_on, first_case, key_of
from ostiary.domain.errors import NotAllowedError
from ostiary.keys.files import key_text
from ostiary.pipeline.releasing import release


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


def test_the_same_key_under_another_id(office):
    text = key_text(key_of(office, "anna").public_key())
    with (office / "registers" / "reviewers.csv").open("a") as register:
        register.write(f"anna-again,{text},2025-01-01,\n")
    with desk_on(office) as (_, desk):
        request = determined(desk, office)
        desk.approve(request, "anna", key_of(office, "anna"))
        with pytest.raises(NotAllowedError, match="two different officers"):
            desk.approve(request, "anna-again", key_of(office, "anna"))


def test_an_officer_named_in_the_matter(office):
    with desk_on(office) as (_, desk):
        case = first_case(desk)
    recipient = case.request.payload.split('"recipients":["')[1].split('"')[0]
    key = key_of(office, "anna")
    with (office / "registers" / "reviewers.csv").open("a") as register:
        register.write(f"{recipient},{key_text(key.public_key())},2025-01-01,\n")
    with (
        desk_on(office) as (_, desk),
        pytest.raises(NotAllowedError, match="named in the matter"),
    ):
        desk.determine(case.request.request_id, recipient, key, found=True)
