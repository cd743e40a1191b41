"""A program that is not who it says, or says again what another said: refused, and told how."""

import base64
import json
import secrets
import time
from datetime import timedelta

import pytest
from joserfc import jwk, jwt

from ostiary.faces.api.jose import digest_text
from ostiary.faces.api.nonces import current_nonce
from ostiary.faces.api.orm import SpentIdentifier
from ostiary.verifying.client import RefusedError
from ostiary.verifying.client.signing import assertion, jose_key, new_key, proof
from ostiary.verifying.keys.files import key_text, new_signing_key
from programs import OTHER_PROGRAM, PROGRAM, program, register, send_to_django


@pytest.fixture
def keys(served):
    return served[1]


@pytest.fixture
def mine(site, keys):
    """A program with a token, and the address of one of its requests."""
    found = program(site, PROGRAM, keys[PROGRAM])
    entry = next(iter(site.office.store.queue()))
    number = site.office.store.request(entry.id).entry_index
    found.status(number)
    return found, f"{site.address}/api/v1/requests/{number}"


def ask(address, headers, method="GET", body=None):
    status, content, _ = send_to_django(method, address, headers, body)
    return status, json.loads(content)["type"].rpartition(":")[2] if status != 200 else ""


def own_proof(client, address, *, header=None, key=None, **changed):
    """Sign a proof with a claim or the header changed; None takes a claim out."""
    key = key or client._proof_key
    claims = {
        "jti": secrets.token_urlsafe(8),
        "htm": "GET",
        "htu": address,
        "iat": int(time.time()),
        "ath": digest_text(client._token),
        "nonce": client._nonce,
    } | changed
    claims = {name: from_now(value) for name, value in claims.items() if value is not None}
    head = {"typ": "dpop+jwt", "alg": "ES256", "jwk": public(key)} | (header or {})
    return jwt.encode(head, claims, key, algorithms=["ES256", "HS256", "Ed25519"])


def from_now(value):
    """Give a claim; a span stands for the second that lies so far from now."""
    span = isinstance(value, timedelta)
    return int(time.time() + value.total_seconds()) if span else value


def public(key):
    return {name: key.as_dict(private=False)[name] for name in ("kty", "crv", "x", "y")}


def with_proof(client, signed):
    return {"Authorization": f"DPoP {client._token}", "DPoP": signed}


def test_a_proof_opens_one_call_only(mine):
    client, address = mine
    headers = client.headers("GET", address)
    assert ask(address, headers) == (200, "")
    assert ask(address, headers) == (401, "proof-replayed")


@pytest.mark.parametrize(
    "changed",
    [
        {"htm": "POST"},
        {"htu": "http://localhost:8000/api/v1/requests/1"},
        {"htu": "https://elsewhere.example/api/v1/requests/3"},
        {"iat": timedelta(hours=-1)},
        {"iat": timedelta(hours=1)},
        {"iat": "now"},
        {"iat": True},
        {"iat": None},
        {"jti": None},
        {"jti": ""},
        {"jti": "x" * 201},
        {"jti": 7},
        {"ath": None},
        {"ath": digest_text("another token")},
        {"htu": None},
    ],
    ids=str,
)
def test_a_proof_of_something_else_is_refused(mine, changed):
    client, address = mine
    signed = own_proof(client, address, **changed)
    assert ask(address, with_proof(client, signed)) == (401, "proof-unsound")


@pytest.mark.parametrize("nonce", [None, "", "x", 7, True, "\u00e9", "A" * 24], ids=str)
def test_a_proof_made_before_the_office_spoke_is_refused_and_spends_nothing(mine, nonce):
    client, address = mine
    signed = own_proof(client, address, nonce=nonce)
    assert ask(address, with_proof(client, signed)) == (401, "nonce-wanted")
    assert ask(address, with_proof(client, signed)) == (401, "nonce-wanted")


def test_a_store_of_proofs_made_in_advance_ends_with_the_nonce(mine, monkeypatch):
    """A thief who had the key for a moment signs ahead: the dates fit, the nonce does not."""
    client, address = mine
    later = int(time.time()) + 180
    stored = own_proof(client, address, iat=later)
    monkeypatch.setattr(time, "time", lambda: later)
    assert ask(address, with_proof(client, stored)) == (401, "nonce-wanted")


def test_a_nonce_of_the_minute_before_still_counts(mine, monkeypatch):
    client, address = mine
    later = int(time.time()) + 60
    monkeypatch.setattr(time, "time", lambda: later)
    assert ask(address, with_proof(client, own_proof(client, address, iat=later))) == (200, "")


def test_the_refusal_brings_the_nonce_and_a_client_goes_on(mine, monkeypatch):
    client, address = mine
    signed = own_proof(client, address, nonce="old")
    status, content, headers = send_to_django("GET", address, with_proof(client, signed), None)
    assert status == 401
    assert 'error="use_dpop_nonce"' in headers["www-authenticate"]
    assert json.loads(content)["error"] == "use_dpop_nonce"
    again = own_proof(client, address, nonce=headers["dpop-nonce"])
    assert ask(address, with_proof(client, again)) == (200, "")
    monkeypatch.setattr(client, "_nonce", "old")
    assert client.status(int(address.rpartition("/")[2])).entry


def test_for_want_of_a_nonce_no_assertion_is_spent(site, keys):
    address = f"{site.address}/api/v1/token"
    said = assertion(PROGRAM, address, jose_key(keys[PROGRAM]))
    assert get_token(site, said, nonce="") == (400, "nonce-wanted")
    assert get_token(site, said) == (200, "")


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "JWT"},
        {"jwk": None},
        {"jwk": {"kty": "oct", "k": "c2VjcmV0"}},
        {"jwk": {"kty": "EC", "crv": "P-256"}},
        {"jwk": {"kty": "RSA", "n": "AQAB", "e": "AQAB"}},
        {"jwk": "https://elsewhere.example/key"},
        {"crit": ["x"], "x": 1},
    ],
    ids=str,
)
def test_a_proof_with_another_header_is_refused(mine, header):
    client, address = mine
    head = {"typ": "dpop+jwt", "alg": "ES256", "jwk": public(client._proof_key)} | header
    signed = _raw(head, {"iat": int(time.time())})
    assert ask(address, with_proof(client, signed)) == (401, "proof-unsound")


def test_a_header_that_shows_a_private_key_is_refused(mine):
    client, address = mine
    private = client._proof_key.as_dict(private=True)
    signed = own_proof(client, address, header={"jwk": private})
    assert ask(address, with_proof(client, signed)) == (401, "proof-unsound")


def test_a_stolen_token_is_useless_without_its_key(mine):
    client, address = mine
    signed = own_proof(client, address, key=new_key())
    assert ask(address, with_proof(client, signed)) == (401, "proof-of-another-key")
    assert ask(address, {"Authorization": f"DPoP {client._token}"}) == (401, "proof-unsound")
    assert ask(address, {"Authorization": f"Bearer {client._token}"}) == (401, "token-missing")
    assert ask(address, {}) == (401, "token-missing")


def test_a_signature_by_another_key_than_the_header_shows_is_refused(mine):
    client, address = mine
    signed = own_proof(client, address, key=new_key(), header={"jwk": public(client._proof_key)})
    assert ask(address, with_proof(client, signed)) == (401, "proof-unsound")


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS256"])
def test_other_algorithms_are_refused(mine, algorithm):
    client, address = mine
    head = {"typ": "dpop+jwt", "alg": algorithm, "jwk": public(client._proof_key)}
    signed = _raw(head, {"htm": "GET", "htu": address, "iat": int(time.time()), "jti": "a"})
    assert ask(address, with_proof(client, signed)) == (401, "proof-unsound")


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é.é.é", "." * 3, "e" * 20_000])
def test_what_is_no_token_is_none(mine, token):
    client, address = mine
    signed = proof("GET", address, client._proof_key, token)
    headers = {"Authorization": f"DPoP {token}", "DPoP": signed}
    assert ask(address, headers) == (401, "token-unsound")


def test_a_token_that_a_program_made_itself_is_none(mine):
    client, address = mine
    claims = {"client": PROGRAM, "agency": "dhs-ice", "exp": int(time.time()) + 99}
    claims["cnf"] = {"jkt": client._proof_key.thumbprint()}
    guess = jwk.OctKey.import_key(b"\0" * 32)
    for token in (
        jwt.encode({"alg": "HS256"}, claims, guess),
        _raw({"alg": "none"}, claims),
        jwt.encode({"alg": "ES256"}, claims, client._proof_key),
    ):
        signed = proof("GET", address, client._proof_key, token)
        headers = {"Authorization": f"DPoP {token}", "DPoP": signed}
        assert ask(address, headers) == (401, "token-unsound")


def test_a_program_struck_from_the_register_gets_no_further(mine, office, keys):
    client, address = mine
    assert ask(address, client.headers("GET", address)) == (200, "")
    register(office, (OTHER_PROGRAM, "dhs", key_text(keys[OTHER_PROGRAM].public_key())))
    assert ask(address, client.headers("GET", address)) == (401, "token-ended")


def get_token(site, said, key=None, nonce=None):
    nonce = current_nonce() if nonce is None else nonce
    address = f"{site.address}/api/v1/token"
    kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    form = f"grant_type=client_credentials&client_assertion_type={kind}&client_assertion={said}"
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "DPoP": proof("POST", address, key or new_key(), nonce=nonce),
    }
    return ask(address, headers, "POST", form.encode())


def test_an_assertion_is_used_once(site, keys):
    said = assertion(PROGRAM, f"{site.address}/api/v1/token", jose_key(keys[PROGRAM]))
    assert get_token(site, said) == (200, "")
    assert get_token(site, said) == (400, "invalid-client")


def test_a_program_cannot_sign_for_another_nor_with_a_key_nobody_knows(site, keys):
    here = f"{site.address}/api/v1/token"
    for name, key in (
        (OTHER_PROGRAM, keys[PROGRAM]),
        (PROGRAM, new_signing_key()),
        ("nobody", keys[PROGRAM]),
    ):
        assert get_token(site, assertion(name, here, jose_key(key))) == (400, "invalid-client")


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "https://elsewhere.example/api/v1/token"},
        {"sub": OTHER_PROGRAM},
        {"exp": timedelta(minutes=-1)},
        {"exp": timedelta(days=1)},
        {"iat": timedelta(days=-1)},
        {"iat": timedelta(hours=1)},
        {"jti": None},
    ],
    ids=str,
)
def test_an_assertion_for_something_else_is_refused(site, keys, changed):
    now = int(time.time())
    claims = {"iss": PROGRAM, "sub": PROGRAM, "aud": site.address, "iat": now, "exp": now + 60}
    claims = claims | {"jti": secrets.token_hex(4)} | changed
    said = jwt.encode(
        {"alg": "Ed25519"},
        {name: from_now(value) for name, value in claims.items() if value is not None},
        jose_key(keys[PROGRAM]),
        algorithms=["Ed25519"],
    )
    assert get_token(site, said) == (400, "invalid-client")


def test_keys_of_the_other_profile_serve_as_well(office, site):
    key = new_signing_key("fips")
    register(office, (PROGRAM, "dhs-ice", key_text(key.public_key())))
    with pytest.raises(RefusedError) as refused:
        program(site, PROGRAM, key).status(999_999)
    assert refused.value.code == "not-found"


def test_identifiers_that_are_too_old_anyway_are_forgotten(mine):
    client, address = mine
    SpentIdentifier.objects.update(expires_at=int(time.time()) - 1)
    ask(address, client.headers("GET", address))
    assert SpentIdentifier.objects.count() == 1


def _raw(header, claims):
    """Put a token together without anybody's signature."""

    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{part(header)}.{part(claims)}.{'A' * 86}"
