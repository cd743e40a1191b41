"""What clients of others send, by the letter of the specifications: taken, or refused as they say.

Numbers in the tables are those of RFC 7523, section 3, and of RFC 9449, section 4.3.
"""

import gzip
import json
import re
import secrets
import time
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.integrations.requests_client.oauth2_session import OAuthError
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc import jwt

from ostiary.faces.api.calling import buckets
from ostiary.faces.api.nonces import current_nonce
from ostiary.verifying.client.signing import jose_key, new_key, proof
from programs import OTHER_PROGRAM, PROGRAM, fresh_key, send_to_django

KIND = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@pytest.fixture
def here(site):
    return f"{site.address}/api/v1/token"


def claims_for(here, **changed):
    now = time.time()
    claims = {"iss": PROGRAM, "sub": PROGRAM, "aud": here, "iat": int(now), "exp": int(now) + 60}
    claims |= {"jti": secrets.token_hex(8)} | changed
    return {name: value for name, value in claims.items() if value is not None}


def signed(key, claims, alg="Ed25519"):
    return jwt.encode({"alg": alg}, claims, jose_key(key), algorithms=[alg])


def post(address, form, **headers):
    sent = {"Content-Type": "application/x-www-form-urlencoded", **headers}
    status, content, back = send_to_django("POST", address, sent, urlencode(form).encode())
    return status, json.loads(content), back


def fresh_proof(here, **changed):
    """A proof for the token endpoint, with its claims changed."""
    key = new_key()
    if not changed:
        return proof("POST", here, key, nonce=current_nonce())
    claims = {"jti": secrets.token_hex(8), "htm": "POST", "htu": here, "iat": int(time.time())}
    claims |= {"nonce": current_nonce()} | changed
    public = {name: key.as_dict(private=False)[name] for name in ("kty", "crv", "x", "y")}
    header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": public}
    return jwt.encode(header, claims, key, algorithms=["ES256"])


def ask(here, said, *, dpop=None, **more):
    form = {"grant_type": "client_credentials", "client_assertion_type": KIND}
    form |= {"client_assertion": said, **more}
    return post(here, form, DPoP=dpop or fresh_proof(here))


def test_a_client_that_knows_nothing_finds_the_endpoint_and_its_terms(site, here):
    address = f"{site.address}/.well-known/oauth-authorization-server"
    status, content, headers = send_to_django("GET", address, {}, None)
    found = json.loads(content)
    assert status == 200
    assert headers["content-type"] == "application/json"
    assert (found["issuer"], found["token_endpoint"]) == (site.address, here)
    assert found["token_endpoint_auth_methods_supported"] == ["private_key_jwt"]
    assert set(found["dpop_signing_alg_values_supported"]) >= {"ES256", "EdDSA"}


def test_the_first_refusal_brings_the_nonce_in_the_form_that_retries_look_for(served, here):
    """As openid-client and oauth4webapi do: JSON by type, `error`, and the header (RFC 9449, 8)."""
    _, keys = served
    without = fresh_proof(here, nonce=None)
    said = signed(keys[PROGRAM], claims_for(here))
    status, told, headers = ask(here, said, dpop=without)
    assert (status, told["error"]) == (400, "use_dpop_nonce")
    assert headers["content-type"] == "application/json"
    again = fresh_proof(here, nonce=headers["dpop-nonce"])
    assert ask(here, said, dpop=again)[0] == 200


class ToDjango(requests.adapters.BaseAdapter):
    """Carries what a client sends to the office of this process, and its response back."""

    def send(self, request, **_kwargs):
        sent = (request.method, request.url, dict(request.headers))
        status, content, headers = send_to_django(*sent, (request.body or "").encode())
        back = requests.Response()
        back.status_code, back.url, back.request = status, request.url, request
        back.headers.update(headers)
        back._content = content
        return back

    def close(self):
        pass


def authlib_session(here, key, lifetime):
    known = jose_key(key)
    session = OAuth2Session(PROGRAM, known, token_endpoint_auth_method="private_key_jwt")
    claims = {"exp": int(time.time()) + lifetime}
    session.register_client_auth_method(PrivateKeyJWT(here, claims=claims, alg="Ed25519"))
    session.mount(here, ToDjango())
    return session


def test_authlib_gets_a_token_and_reads_in_a_refusal_what_to_do(served, here):
    """As it is: its errors are ours by the letter, and it is told that its hour is too long."""
    _, keys = served
    for lifetime, dpop, refused in (
        (240, fresh_proof(here, nonce=None), "use_dpop_nonce"),
        (3600, fresh_proof(here), "invalid_client: .* its exp may lie 300 seconds ahead"),
    ):
        session = authlib_session(here, keys[PROGRAM], lifetime)
        with pytest.raises(OAuthError, match=refused):
            session.fetch_token(here, grant_type="client_credentials", headers={"DPoP": dpop})
    session = authlib_session(here, keys[PROGRAM], 240)
    sent = {"grant_type": "client_credentials", "headers": {"DPoP": fresh_proof(here)}}
    token = session.fetch_token(here, **sent)
    assert (token["token_type"].lower(), token["expires_in"]) == ("dpop", 300)


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_what_the_specifications_allow_is_taken(served, site, here):
    _, keys = served
    now = time.time()
    for changed in (
        {"aud": [here]},
        {"aud": ["https://elsewhere.example/", site.address]},
        {"nbf": int(now) - 5},
        {"exp": now + 60.5, "iat": now - 0.25},
    ):
        assert ask(here, signed(keys[PROGRAM], claims_for(here, **changed)))[0] == 200, changed
    old_name = signed(keys[PROGRAM], claims_for(here), "EdDSA")
    assert ask(here, old_name, client_id=PROGRAM)[0] == 200
    for changed in (
        {"htu": here + "?for=nothing#here"},
        {"htu": here.replace("http://localhost", "HTTP://LOCALHOST")},
        {"htu": here.replace("/token", "/%74oken")},
        {"htu": here.replace("/token", "/./x/../token")},
        {"iat": now - 1.5},
    ):
        said = signed(keys[PROGRAM], claims_for(here))
        assert ask(here, said, dpop=fresh_proof(here, **changed))[0] == 200, changed


@pytest.mark.parametrize(
    ("claim", "value", "named"),
    [
        ("iss", "nobody", ""),  # 1: the register knows no such program; nothing more is told
        ("sub", OTHER_PROGRAM, "sub"),  # 2
        ("aud", ["https://elsewhere.example/"], "aud"),  # 3
        ("aud", None, "aud"),
        ("exp", timedelta(seconds=-60), "exp"),  # 4
        ("exp", timedelta(hours=1), "300 seconds"),
        ("exp", "soon", "exp"),
        ("exp", True, "exp"),
        ("nbf", timedelta(seconds=200), "nbf"),  # 5
        ("iat", timedelta(seconds=200), "iat"),  # 6
        ("iat", None, "iat"),
        ("jti", None, "jti"),  # 7
    ],
    ids=str,
)
def test_each_rule_of_an_assertion_is_asked_and_named(served, here, claim, value, named):
    _, keys = served
    said = time.time() + value.total_seconds() if isinstance(value, timedelta) else value
    status, told, headers = ask(here, signed(keys[PROGRAM], claims_for(here, **{claim: said})))
    assert (status, told["error"]) == (400, "invalid_client")
    assert named in told.get("detail", "")
    assert bool(told.get("detail")) == bool(named)
    assert headers["content-type"] == "application/json"


def test_a_program_cannot_call_itself_by_anothers_name(served, here):
    _, keys = served
    said = signed(keys[PROGRAM], claims_for(here))
    status, told, _ = ask(here, said, client_id=OTHER_PROGRAM)
    assert (status, told["error"]) == (400, "invalid_client")


def test_every_refusal_of_the_token_endpoint_has_the_form_of_oauth(served, here):
    _, keys = served
    good = {"grant_type": "client_credentials", "client_assertion_type": KIND,
            "client_assertion": signed(keys[PROGRAM], claims_for(here))}  # fmt: skip
    calls = [
        ({**good, "grant_type": "password"}, {}, "unsupported_grant_type"),
        ({k: v for k, v in good.items() if k != "grant_type"}, {}, "invalid_request"),
        ({k: v for k, v in good.items() if k != "client_assertion"}, {}, "invalid_request"),
        (good, {"DPoP": None}, "invalid_request"),
        (good, {"DPoP": "no.jwt.at-all"}, "invalid_dpop_proof"),
        (good, {"DPoP": fresh_proof(here, htm="GET")}, "invalid_dpop_proof"),
        (good, {"DPoP": fresh_proof(here, ath="x")}, "invalid_dpop_proof"),
    ]
    for form, changed, error in calls:
        headers = {"DPoP": fresh_proof(here)} | changed
        headers = {name: value for name, value in headers.items() if value}
        status, told, back = post(here, form, **headers)
        assert (status, told["error"]) == (400, error), form
        assert told["error_description"]
        assert back["content-type"] == "application/json"
        assert back["cache-control"] == "no-store"


def test_a_form_has_one_meaning_and_one_way_of_proving_who_sends_it(served, here):
    """RFC 6749, sections 2.3, 3.2, 3.3 and 5.2: what is sent twice, empty, or beside."""
    _, keys = served

    def asked(*more, **headers):
        said = signed(keys[PROGRAM], claims_for(here))
        form = [("grant_type", "client_credentials"), ("client_assertion_type", KIND)]
        sent = {"Content-Type": "application/x-www-form-urlencoded", "DPoP": fresh_proof(here)}
        body = urlencode([*form, ("client_assertion", said), *more]).encode()
        status, content, back = send_to_django("POST", here, sent | headers, body)
        return status, json.loads(content), back

    status, _, back = asked(("client_id", ""), ("scope", ""), ("colour", "red"))
    assert (status, back["cache-control"], back["pragma"]) == (200, "no-store", "no-cache")
    basic = {"Authorization": "Basic eDp5"}
    for more, headers, error in (
        ([("grant_type", "client_credentials")], {}, "invalid_request"),
        ([("client_assertion", "a.b.c")], {}, "invalid_request"),
        ([("colour", "red"), ("colour", "blue")], {}, "invalid_request"),
        ([("client_secret", "x")], {}, "invalid_request"),
        ([], basic, "invalid_request"),
        ([("scope", "everything")], {}, "invalid_scope"),
    ):
        status, told, back = asked(*more, **headers)
        assert (status, told["error"], back["pragma"]) == (400, error, "no-cache"), more
    without = {"Content-Type": "application/x-www-form-urlencoded", **basic}
    status, content, back = send_to_django("POST", here, without, b"grant_type=client_credentials")
    assert (status, json.loads(content)["error"]) == (401, "invalid_client")
    assert back["www-authenticate"].startswith("Basic ")


@pytest.mark.usefixtures("served")
def test_what_an_error_says_is_written_in_the_letters_that_oauth_takes(here):
    """RFC 6749, appendix A.7 and A.8."""
    allowed = re.compile(r"[\x20\x21\x23-\x5b\x5d-\x7e]+")
    many, large = {f"p{n}": "x" for n in range(2_000)}, {"p": "x" * 3_000_000}
    for form in ({}, {"grant_type": "x"}, {"scope": "a"}, {"client_secret": "x"}, many, large):
        _, told, _ = post(here, form, DPoP=fresh_proof(here))
        assert allowed.fullmatch(told["error"])
        assert allowed.fullmatch(told["error_description"])


@pytest.mark.usefixtures("served")
def test_who_brings_no_token_is_told_how_and_of_no_error(site):
    """RFC 9110, section 11.6.1; RFC 6750, section 3.1; RFC 9449, section 7.1."""
    address = f"{site.address}/api/v1/requests/1"
    _, _, back = send_to_django("GET", address, {}, None)
    assert back["www-authenticate"] == 'DPoP algs="ES256 Ed25519 EdDSA"'
    _, _, back = send_to_django("GET", address, {"Authorization": "DPoP x"}, None)
    assert 'error="invalid_token"' in back["www-authenticate"]


def test_too_many_calls_are_refused_in_the_same_form(served, site, here):
    _, keys = served
    limit = site.office.config.limits.calls_per_minute
    buckets()._clock = lambda: 0.0  # so that nothing fills the bucket meanwhile
    for _ in range(limit):
        buckets().take("dhs-ice", limit)
    status, told, back = ask(here, signed(keys[PROGRAM], claims_for(here)))
    assert (status, told["error"]) == (429, "temporarily_unavailable")
    assert int(back["retry-after"]) >= 1
    assert str(limit) not in told["title"]
    assert str(limit) in told["detail"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "",
                                  "application/json; charset=utf-16"])  # fmt: skip
def test_a_submission_is_json_and_nothing_else(ice, site, asked, kind):
    address = f"{site.address}/api/v1/requests"
    ice.submit(asked[:1], key=fresh_key())
    headers = ice.headers("POST", address)
    headers |= {"Idempotency-Key": fresh_key(), "Content-Type": kind}
    status, content, back = send_to_django("POST", address, headers, b'{"requests": []}')
    assert status == 415
    assert back["content-type"] == "application/problem+json"
    assert json.loads(content)["cure"]


def _submit(ice, site, body, **more):
    address = f"{site.address}/api/v1/requests"
    headers = ice.headers("POST", address) | {"Content-Type": "application/json", **more}
    status, content, _ = send_to_django("POST", address, headers, body)
    return status, json.loads(content)


def test_how_a_submission_is_written_has_one_meaning(ice, site, asked):
    rows = asked[:1]
    ice.submit(rows, key=fresh_key())
    body = json.dumps({"requests": rows})
    key = fresh_key()
    assert _submit(ice, site, body.encode("utf-16"), **{"Idempotency-Key": key})[0] == 400
    twice = '{"requests": [], ' + body[1:]
    assert _submit(ice, site, twice.encode(), **{"Idempotency-Key": key})[0] == 400
    status, told = _submit(ice, site, body.encode())
    assert (status, told["errors"]) == (
        400, [{"in": "header", "parameter": "Idempotency-Key", "code": "missing"}],
    )  # fmt: skip
    plain = _submit(ice, site, body.encode(), **{"Idempotency-Key": key})
    quoted = _submit(ice, site, body.encode(), **{"Idempotency-Key": f'"{key}"'})
    assert plain == quoted
    assert plain[0] == 200


def test_a_wrong_field_is_pointed_to_in_what_was_sent(ice, site, asked):
    rows = asked[:1]
    ice.submit(rows, key=fresh_key())
    body = {"requests": [rows[0] | {"sole_use": "yes", "a/b~c": 1}]}
    status, told = _submit(ice, site, json.dumps(body).encode(), **{"Idempotency-Key": fresh_key()})
    assert status == 422
    assert {one["pointer"] for one in told["errors"]} == {
        "/requests/0/sole_use", "/requests/0/a~1b~0c",
    }  # fmt: skip


def test_head_says_what_get_would(ice, site, asked):
    entry = ice.submit(asked[:1], key=fresh_key()).replies[0].entry
    for path in (f"requests/{entry}", f"requests/{entry}/receipt", "log/checkpoint"):
        address = f"{site.address}/api/v1/{path}"
        by_get = send_to_django("GET", address, ice.headers("GET", address), None)
        by_head = send_to_django("HEAD", address, ice.headers("HEAD", address), None)
        assert (by_head[0], by_head[1]) == (200, b"")
        assert by_head[2]["content-length"] == str(len(by_get[1]))
        assert by_head[2]["content-type"] == by_get[2]["content-type"]


def test_the_scheme_of_a_token_is_known_in_any_case(ice, site, asked):
    entry = ice.submit(asked[:1], key=fresh_key()).replies[0].entry
    address = f"{site.address}/api/v1/requests/{entry}"
    headers = ice.headers("GET", address)
    headers["Authorization"] = headers["Authorization"].replace("DPoP", "dpop")
    assert send_to_django("GET", address, headers, None)[0] == 200


def test_a_wrong_verb_is_a_problem_that_names_the_right_ones(site):
    for path, verb in (("token", "GET"), ("requests", "PUT"), ("requests/1", "DELETE"),
                       ("log/checkpoint", "POST")):  # fmt: skip
        address = f"{site.address}/api/v1/{path}"
        status, content, back = send_to_django(verb, address, {}, None)
        assert status == 405
        kind = "application/json" if path == "token" else "application/problem+json"
        assert back["content-type"] == kind
        assert verb not in back["allow"]
        assert json.loads(content)["cure"]


def test_a_tile_may_be_kept_for_good_and_comes_compressed(ice, site, asked):
    ice.submit(asked[:3], key=fresh_key())
    bundle = next((site.office.accounting / "tile" / "entries").rglob("*.p/*"))
    name = bundle.relative_to(site.office.accounting)
    address = f"{site.address}/api/v1/log/{name}"
    for said in ("identity", "gzip;q=0", "*;q=0", "br, gzip; q=0.0"):
        _, plain, back = send_to_django("GET", address, {"Accept-Encoding": said}, None)
        assert (plain, back.get("content-encoding")) == (bundle.read_bytes(), None), said
    status, content, back = send_to_django("GET", address, {"Accept-Encoding": "br, *"}, None)
    assert (status, back["content-encoding"]) == (200, "gzip")
    assert "immutable" in back["cache-control"]
    assert gzip.decompress(content) == bundle.read_bytes()
    checkpoint = send_to_django("GET", f"{site.address}/api/v1/log/checkpoint", {}, None)
    assert checkpoint[2]["cache-control"] == "no-store"
