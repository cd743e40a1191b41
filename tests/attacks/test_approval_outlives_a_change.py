"""Never: an approval that outlives a change of the request, the law or the decision."""

import pytest

from officers import approve_twice, desk_on, first_case
from order import order_text
from ostiary.domain.errors import NotAllowedError
from ostiary.domain.words import Status
from ostiary.pipeline.releasing import release

STAY = order_text("training", "2025-08-07", "agency = 'dhs-ice'")
UNRELATED = STAY.replace("agency = 'dhs-ice'", "agency = 'another-agency'")


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
