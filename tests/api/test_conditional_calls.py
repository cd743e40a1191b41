"""Conditional calls (RFC 9110, section 13): what comes, and what is not done."""

import json
from contextlib import suppress

import pytest

from ostiary.verifying.client import RefusedError
from programs import PROGRAM, fresh_key, program, send_to_django

CHECKPOINT = "/api/v1/log/checkpoint"
OTHER = '"0123456789abcdef0123456789abcdef"'


def get(site, verb, path, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return send_to_django(verb, f"{site.address}{path}", named, None)


@pytest.fixture
def tag(site):
    status, _, headers = get(site, "GET", CHECKPOINT)
    assert status == 200
    return headers["etag"]


@pytest.mark.parametrize("verb", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("If_None_Match", "{tag}", 304),
        ("If_None_Match", "W/{tag}", 304),  # compared weakly, 13.1.2
        ("If_None_Match", f"{OTHER}, {{tag}}", 304),
        ("If_None_Match", "*", 304),
        ("If_None_Match", OTHER, 200),
        ("If_Match", "{tag}", 200),
        ("If_Match", f"{OTHER}, {{tag}}", 200),
        ("If_Match", "*", 200),
        ("If_Match", OTHER, 412),
        ("If_Match", "W/{tag}", 412),  # compared strongly, 13.1.1
        *(
            (f"If_{way}_Since", f"{day} 00:00:00 GMT", 200)  # no date is known, 13.1.3, 13.1.4
            for way in ("Modified", "Unmodified")
            for day in ("Thu, 01 Jan 1970", "Thu, 01 Jan 2026", "Thu, 01 Jan 2037")
        ),
        ("Range", "bytes=0-3", 200),  # 14.2
    ],
)
def test_what_a_condition_brings(site, tag, verb, header, value, status):
    got, content, headers = get(site, verb, CHECKPOINT, **{header: value.format(tag=tag)})
    assert got == status
    if status == 304 or verb == "HEAD":
        assert content == b""
    if status == 412 and verb == "GET":
        assert headers["content-type"] == "application/problem+json"
        assert json.loads(content)["type"].endswith(":no-match")
    if status != 412:
        assert headers["etag"] == tag


def test_if_match_goes_before_if_none_match(site, tag):
    got, *_ = get(site, "GET", CHECKPOINT, If_Match=OTHER, If_None_Match=tag)
    assert got == 412  # 13.2.2


@pytest.mark.parametrize("header", ["If_Match", "If_None_Match"])
@pytest.mark.parametrize(
    ("verb", "path", "status"),
    [
        ("GET", "/api/v1/requests/1", 401),
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/log/tile/0/999", 404),
        ("DELETE", CHECKPOINT, 405),
    ],
)
def test_a_call_that_is_refused_anyhow_is_refused_as_ever(site, header, verb, path, status):
    plain = get(site, verb, path)
    got = get(site, verb, path, **{header: "*"})
    assert (got[0], got[1]) == (plain[0], plain[1])
    assert got[0] == status


class Sender:
    """Sends a program's calls to Django, with further headers, and keeps what came."""

    def __init__(self):
        self.more, self.got = {}, None

    def __call__(self, method, address, headers, body):
        more = {} if address.endswith("/token") else self.more
        self.got = send_to_django(method, address, headers | more, body)
        return self.got


@pytest.fixture
def sending(served):
    site, keys = served
    sender = Sender()
    return sender, program(site, PROGRAM, keys[PROGRAM], sender)


@pytest.mark.parametrize("value", ["*", OTHER])
def test_nothing_is_submitted_under_a_condition_that_holds_for_nothing(site, sending, asked, value):
    sender, client = sending
    body = [asked[0] | {"request_id": "API-conditional"}]
    client.submit([asked[1] | {"request_id": "API-before"}], key=fresh_key())
    size = site.office.store.log_size()
    sender.more = {"If-Match": value}
    with pytest.raises(RefusedError) as refused:
        client.submit(body, key=fresh_key())
    assert (refused.value.status, refused.value.code) == (412, "no-match")
    assert site.office.store.log_size() == size
    sender.more = {"If-None-Match": value}
    assert client.submit(body, key=fresh_key()).replies


def test_a_status_that_is_as_it_was_is_not_sent_again(sending, asked):
    """A reply that is fetched twice is the same, to the byte, and has the same name."""
    sender, client = sending
    [reply] = client.submit([asked[0] | {"request_id": "API-twice"}], key=fresh_key()).replies
    seen = []
    for _ in range(2):
        assert client.status(reply.entry) == reply
        seen.append((sender.got[1], sender.got[2]["etag"]))
    assert seen[0] == seen[1]
    sender.more = {"If-None-Match": seen[0][1]}
    with suppress(RefusedError):
        client.status(reply.entry)
    status, content, headers = sender.got
    assert (status, content) == (304, b"")
    assert headers["dpop-nonce"]
    assert headers["cache-control"] == "no-store"


def test_what_a_call_says_is_judged_before_its_condition(site, sending):
    """A body that cannot be read, and a request that is not there, are told as ever (13.2.1)."""
    sender, client = sending
    size = site.office.store.log_size()

    def told():
        seen = []
        for call in (
            lambda: client.submit([{"request_id": ["no text"]}], key=fresh_key()),
            lambda: client.report_use(10**6, "used"),
        ):
            with pytest.raises(RefusedError) as refused:
                call()
            seen.append((refused.value.status, refused.value.code))
        return seen

    plain = told()
    sender.more = {"If-Match": "*"}
    assert told() == plain
    assert [status for status, _ in plain] == [422, 404]
    assert site.office.store.log_size() == size
