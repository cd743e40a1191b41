"""A call that two readers along the way would read differently: it has one meaning, or none."""

import gzip
import json

import pytest
from django.test import Client as DjangoClient

from officers import NEXT_DAY
from programs import PROGRAM, fresh_key, program, send_to_django, site_with_programs

SUBMITTED = json.dumps({"requests": [{"request_id": "R-1"}]}).encode()


@pytest.fixture
def served(office):
    with site_with_programs(office, NEXT_DAY) as (site, keys):
        yield site, program(site, PROGRAM, keys[PROGRAM])


def test_a_request_has_one_number_and_one_spelling_of_it(served):
    """``+7``, ``07`` and a blank were the request 7: one address under a rule, many around it."""
    site, ice = served
    mine = ice.submit([{"request_id": "R-1"}], key=fresh_key()).replies[0].entry
    for spelled in (f"0{mine}", f"+{mine}", f"{mine}.0", f"%20{mine}", f"{mine}%0A", f"0_{mine}"):
        address = f"{site.address}/api/v1/requests/{spelled}"
        status, content, _ = send_to_django("GET", address, ice.headers("GET", address), None)
        assert status == 422, (spelled, content)
    assert ice.status(mine).entry == mine


@pytest.mark.parametrize(
    ("coding", "body", "wanted"),
    [
        ("gzip", gzip.compress(SUBMITTED, mtime=0), 415),
        ("gzip", SUBMITTED, 415),  # was read as what it is not said to be
        ("identity, gzip", SUBMITTED, 415),
        ("identity", SUBMITTED, 200),
    ],
)
def test_a_submission_in_a_coding_is_refused_by_that(served, coding, body, wanted):
    site, ice = served
    address = f"{site.address}/api/v1/requests"
    sent = {"Content-Type": "application/json", "Idempotency-Key": fresh_key()}
    sent |= {"Content-Encoding": coding} | ice.headers("POST", address)
    status, _, back = send_to_django("POST", address, sent, body)
    assert status == wanted
    assert wanted == 200 or back["accept-encoding"] == "identity"


@pytest.mark.parametrize("path", ["/api/v1/log/checkpoint", "/sign-in/", "/nowhere"])
@pytest.mark.parametrize(
    ("target", "is_ours"),
    [("http://evil.example", False), ("ftp://evil.example:80", False), ("http://localhost", True)],
)
def test_the_host_in_the_first_line_counts_and_not_the_header(served, path, target, is_ours):
    """Else a name that is refused in ``Host`` comes in by a whole address (RFC 9112, 3.2.2)."""
    _, _ = served
    client = DjangoClient(SERVER_NAME="localhost")
    got = client.get(path, REQUEST_URI=f"{target}{path}?a=http://other.example/")
    assert (got.status_code != 400) is is_ours
