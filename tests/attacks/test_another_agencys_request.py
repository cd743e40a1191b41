"""A program asks for what is another agency's, under any name it can think of."""

import json

import pytest

from officers import approve_twice, first_case
from ostiary.office.cases.steps import at_desk
from ostiary.office.release.release import release
from ostiary.verifying.client import RefusedError
from programs import (
    PROGRAM,
    fresh_key,
    program,
    send_to_django,
)


def refused(call, *arguments):
    with pytest.raises(RefusedError) as found:
        call(*arguments)
    return found.value.status, found.value.problem


def test_anothers_request_looks_like_one_that_does_not_exist(site, other):
    with at_desk(site.place()) as desk:
        case = first_case(desk)
        approve_twice(desk, site.office.root, case.request.request_id)
    with site.working() as place:
        release(place, case.request.request_id)
    for call in (other.status, other.answer, other.receipt, other.letter):
        theirs = refused(call, case.request.entry_index)
        for number in (0, 10**7, 2**63 - 1, 2**63, 10**40):
            assert refused(call, number) == theirs
        assert theirs[0] == 404
        assert case.request.request_id not in json.dumps(theirs[1])


def test_a_submission_cannot_name_another_agency(site, other):
    body = {"request_id": "X-1", "agency": "dhs-ice"}
    status, problem = refused(lambda: other.submit([body], key=fresh_key()))
    assert status == 422
    assert problem["errors"][0]["code"] == "extra_forbidden"
    assert site.office.store.log_size() == site.office.store.log_size()


@pytest.mark.parametrize(
    "extra", ["status", "row", "mask", "received", "facts", "salt", "id", "person_id", "__proto__"]
)
def test_nothing_but_the_columns_of_a_request_is_taken(site, other, extra):
    size = site.office.store.log_size()
    status, _ = refused(lambda: other.submit([{"request_id": "X-1", extra: 1}], key=fresh_key()))
    assert status == 422
    assert site.office.store.log_size() == size


def test_an_id_of_another_agency_is_free_for_ones_own(served, other):
    site, keys = served
    ice = program(site, PROGRAM, keys[PROGRAM])
    first = ice.submit([{"request_id": "SAME-1"}], key=fresh_key()).replies[0]
    second = other.submit([{"request_id": "SAME-1"}], key=fresh_key()).replies[0]
    assert first.entry != second.entry
    assert refused(other.status, first.entry)[0] == 404
    assert other.status(second.entry).request_id == "SAME-1"


@pytest.mark.parametrize(
    "name",
    [
        "../office.toml",
        "..%2foffice.toml",
        "0/../../../office.toml",
        "%2e%2e/%2e%2e/keys/log.key",
        "/etc/passwd",
        "0/000%00",
        "entries/000/../../../cases.db",
        "0/x",
        "0/0001",
        "00000/000",
        "0/000.p/1000",
        "0/000\\..\\..",
    ],
)
def test_only_tiles_come_out_of_the_log(site, name):
    address = f"{site.address}/api/v1/log/tile/{name}"
    status, content, _ = send_to_django("GET", address, {}, None)
    assert status in {404, 422}
    assert b"[office]" not in content
    assert b"PRIVATE KEY" not in content
