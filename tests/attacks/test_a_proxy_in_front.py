"""Attack: headers that a proxy might add, or leave twice, say who calls, from where, or for what.

Any caller can send them as well. What a proxy tells is not believed: with each of them the office
answers byte for byte as without. What stands twice in one call has one meaning, or none.
"""

import re
import socket
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connections

from bounded_server import served
from officers import NEXT_DAY
from ostiary.faces.api.calling import buckets
from ostiary.faces.server.patience import Bounds
from ostiary.faces.server.roles import Role
from ostiary.faces.server.serving import application
from programs import OTHER_PROGRAM, PROGRAM, fresh_key, program, site_with_programs
from web_office import person

ADDED = [
    "X-Forwarded-Host: evil.example",
    "X-Forwarded-Server: evil.example",
    "X-Host: evil.example",
    "X-Original-Host: evil.example",
    "X-HTTP-Host-Override: evil.example",
    "Forwarded: for=127.0.0.1;host=evil.example;proto=https",
    "X-Forwarded-Proto: https",
    "X-Forwarded-Protocol: https",
    "X-Forwarded-Scheme: https",
    "X-Forwarded-Ssl: on",
    "X-Url-Scheme: https",
    "Front-End-Https: on",
    "X-Forwarded-Port: 8443",
    "X-Forwarded-Prefix: /evil",
    "X-Script-Name: /evil",
    "Script-Name: /evil",
    "Path-Info: /people/",
    "X-Forwarded-Path: /people/",
    "X-Original-URL: /people/",
    "X-Rewrite-URL: /people/",
    "X-Forwarded-For: 127.0.0.1",
    "X-Real-IP: 127.0.0.1",
    "X-Client-IP: 127.0.0.1",
    "True-Client-IP: 127.0.0.1",
    "Remote-Addr: 127.0.0.1",
    "X-HTTP-Method-Override: DELETE",
    "X-HTTP-Method: POST",
    "X-Method-Override: POST",
    "Remote-User: anna",
    "X-Remote-User: anna",
    "X-Forwarded-User: anna",
    "X-Auth-Request-User: anna",
    "X-Authenticated-User: anna",
    "X-Webauth-User: anna",
    "X-Forwarded-Groups: officer",
    "X-SSL-Client-Verify: SUCCESS",
    "X-SSL-Client-S-DN: CN=anna",
    "X-Forwarded-Client-Cert: Hash=00;Subject=anna",
    "SSL-Client-Cert: -----BEGIN",
    "Via: 1.1 127.0.0.1",
    "REMOTE_USER: anna",
    "HTTP_HOST: evil.example",
    "X_FORWARDED_HOST: evil.example",
    "wsgi.url_scheme: https",
    "Cookie2: session=anna",
    "X-Csrftoken: anna",
    "Upgrade-Insecure-Requests: 1",
]
OPEN = [
    "/.well-known/oauth-authorization-server",
    "/cases/",
    "/people/",
    "/api/v1/requests/1",
    "/nowhere",
]


@pytest.fixture(scope="module")
def front(served_office, stores, tmp_path_factory):
    """The office behind its own server: site, keys of two programs, port."""
    buckets.cache_clear()
    root = stores.copy(served_office, tmp_path_factory.mktemp("front") / "office").root
    with site_with_programs(root, NEXT_DAY) as (site, keys):
        inner = application()

        def tidy(environ, start):
            try:
                return list(inner(environ, start))
            finally:
                connections.close_all()

        with served(Bounds(), tidy) as port:
            yield site, keys, port


def called(port, first, *lines, body=b""):
    """Send a call as it stands; give status, head and body of what comes back."""
    told = [first, "Host: localhost", *lines, "Connection: close"]
    if body:
        told.append(f"Content-Length: {len(body)}")
    said = "\r\n".join(f"{line}" for line in told) + "\r\n\r\n"
    with closing(socket.create_connection(("127.0.0.1", port), timeout=60)) as client:
        client.sendall(said.encode("latin-1") + body)
        got = b""
        while some := client.recv(65_536):
            got += some
    head, _, content = got.partition(b"\r\n\r\n")
    return int(head.split()[1]), head.decode("latin-1"), content


def without_chance(got):
    """What came, but for what is drawn or dated anew each time."""
    status, head, content = got
    kept = [
        line
        for line in head.split("\r\n")
        if not re.match("(?i)(date|set-cookie|dpop-nonce):", line)
    ]
    cookies = re.findall(r"(?i)set-cookie: ([^=]+)=[^;]*;(.*)", head)
    flags = [(name, re.sub("(?i)expires=[^;]*", "", rest)) for name, rest in cookies]
    drawn = rb'(?<=csrfmiddlewaretoken" value=")[^"]*|challenge&quot;: ?&quot;[^&]*|nonce-[\w-]*'
    return status, kept, flags, re.sub(drawn, b"", content)


def in_order(client, verb, address):
    return [f"{name}: {value}" for name, value in client.headers(verb, address).items()]


@pytest.mark.parametrize("path", OPEN)
def test_nothing_that_a_proxy_tells_of_a_stranger_is_believed(front, path):
    _, _, port = front
    plain = without_chance(called(port, f"GET {path} HTTP/1.1"))
    for line in ADDED:
        assert without_chance(called(port, f"GET {path} HTTP/1.1", line)) == plain, line
    assert without_chance(called(port, f"GET {path} HTTP/1.1", *ADDED)) == plain


def test_nothing_that_a_proxy_tells_changes_who_signed_in_or_what_they_may(front):
    site, _, port = front
    auditor = person(site, Role.AUDITOR, "auditor-1")
    cookie = "; ".join(f"{name}={one.value}" for name, one in auditor.client.cookies.items())
    assert called(port, "GET /audit/ HTTP/1.1", f"Cookie: {cookie}")[0] == 200
    for line in ADDED:
        for path in ("/cases/", "/people/"):
            assert called(port, f"GET {path} HTTP/1.1", f"Cookie: {cookie}", line)[0] == 403, line


def test_a_proof_is_of_the_address_that_the_office_has_whatever_a_proxy_says(front):
    site, keys, port = front
    ice = program(site, PROGRAM, keys[PROGRAM])
    path = "/api/v1/requests/1"
    ice.headers("GET", f"{site.address}{path}")
    for line in ADDED[:16]:
        elsewhere = in_order(ice, "GET", f"https://evil.example{path}")
        assert called(port, f"GET {path} HTTP/1.1", *elsewhere, line)[0] == 401, line


def doubled(line, other):
    return {"twice": (line, line), "ours first": (line, other), "ours last": (other, line)}


@pytest.mark.parametrize("order", ["twice", "ours first", "ours last"])
@pytest.mark.parametrize("which", ["authorization", "dpop"])
def test_two_tokens_or_two_proofs_are_none(front, which, order):
    """One reader would take the first of them, another the last."""
    site, keys, port = front
    number = site.office.store.request(next(iter(site.office.store.queue())).id).entry_index
    path = f"/api/v1/requests/{number}"
    ice, other = (program(site, name, keys[name]) for name in (PROGRAM, OTHER_PROGRAM))
    mine, theirs = (in_order(one, "GET", f"{site.address}{path}") for one in (ice, other))
    same = [line for line in mine if not line.lower().startswith(f"{which}:")]
    [own], [foreign] = (
        [line for line in lines if line.lower().startswith(f"{which}:")] for lines in (mine, theirs)
    )
    sent = [*same, *doubled(own, foreign)[order]]
    assert called(port, f"GET {path} HTTP/1.1", *sent)[0] == 401
    assert called(port, f"GET {path} HTTP/1.1", *in_order(ice, "GET", f"{site.address}{path}"))[
        0
    ] in {200, 404}


@pytest.mark.parametrize(
    ("name", "values", "status"),
    [
        ("Idempotency-Key", ("{}", "other-key-of-one"), 400),
        ("Idempotency-Key", ("{}", "{}"), 400),
        ("Content-Type", ("application/json", "text/plain"), 415),
        ("Content-Type", ("text/plain", "application/json"), 415),
        ("Content-Encoding", ("identity", "gzip"), 415),
    ],
)
def test_a_submission_of_which_a_header_stands_twice_has_one_reading_or_none(
    front, name, values, status
):
    site, keys, port = front
    ice = program(site, PROGRAM, keys[PROGRAM])
    key = fresh_key()
    usual = {"Idempotency-Key": key, "Content-Type": "application/json"}
    usual.pop(name, None)
    lines = [f"{one}: {value}" for one, value in usual.items()]
    lines += [f"{name}: {value.format(key)}" for value in values]
    lines += in_order(ice, "POST", f"{site.address}/api/v1/requests")
    body = b'{"requests": [{"request_id": "PROXY-1"}]}'
    size = site.office.store.log_size()
    assert called(port, "POST /api/v1/requests HTTP/1.1", *lines, body=body)[0] == status
    assert site.office.store.log_size() == size


def test_of_two_sessions_in_one_call_no_more_is_seen_than_by_one(front):
    """A cookie that somebody sets for a whole domain comes beside the office's own."""
    site, _, port = front
    auditor = person(site, Role.AUDITOR, "auditor-2")
    session = settings.SESSION_COOKIE_NAME
    own = auditor.client.cookies[session].value
    forged = ("0" * 32, "", f"a; {session}")
    for other in forged:
        for pair in ((own, other), (other, own)):
            both = "; ".join(f"{session}={one}" for one in pair)
            for path, allowed in (("/audit/", {200, 302}), ("/cases/", {302, 403})):
                assert called(port, f"GET {path} HTTP/1.1", f"Cookie: {both}")[0] in allowed
