"""What a program sends, seen by an office that checks it by the specifications, and nothing else.

Numbers are those of RFC 7523, section 3 (assertions) and RFC 9449, section 4 (proofs), 8 (nonces).
"""

import hashlib
import json
from base64 import urlsafe_b64encode
from urllib.parse import parse_qs

import pytest
from joserfc import jwk, jwt

from ostiary.verifying.client import Client, RefusedError
from ostiary.verifying.client.signing import jose_key
from ostiary.verifying.keys.files import new_signing_key

OFFICE = "https://office.example"
ALGORITHMS = ["ES256", "Ed25519"]
REPLY = {
    "request_id": "R-1",
    "status": "returned",
    "findings": [{"rule": "a.rule", "citation": "a law", "finding": "wrong", "cure": "mend it"}],
    "receipt": {"log": "office.example/log", "entry": 7, "tree_size": 9},
}


class SimulatedOffice:
    """An office as clients see it: gives tokens, asks for nonces, keeps what it was sent."""

    def __init__(self, key, lasts=300, nonce=""):
        self.key, self.lasts, self.nonce = key, lasts, nonce
        self.calls, self.tokens, self.seen = [], [], set()
        self.answer = (200, json.dumps(REPLY).encode(), {})

    def send(self, method, address, headers, body):
        claims = self._proof_of(method, address, headers)
        if self.nonce and claims.get("nonce") != self.nonce:
            return 401, b'{"error": "use_dpop_nonce"}', {"dpop-nonce": self.nonce}
        if address.endswith("/token"):
            return self._token(address, body)
        assert headers["Authorization"] == f"DPoP {self.tokens[-1]}"
        digest = hashlib.sha256(self.tokens[-1].encode()).digest()
        assert claims["ath"] == urlsafe_b64encode(digest).rstrip(b"=").decode()
        self.calls.append((method, address, headers, body))
        return self.answer

    def _proof_of(self, method, address, headers):
        found = jwt.decode(headers["DPoP"], _key_in, algorithms=ALGORITHMS)
        assert found.header["typ"] == "dpop+jwt"
        assert "d" not in found.header["jwk"], "a private key left the program"
        claims = found.claims
        assert (claims["htm"], claims["htu"]) == (method, address.partition("?")[0])
        assert claims["jti"] not in self.seen
        self.seen.add(claims["jti"])
        return claims

    def _token(self, address, body):
        form = parse_qs(body.decode())
        assert form["grant_type"] == ["client_credentials"]
        said = jwt.decode(form["client_assertion"][0], self.key, algorithms=ALGORITHMS).claims
        assert (said["iss"], said["sub"], said["aud"]) == ("program", "program", address)
        assert said["exp"] - said["iat"] <= 300
        self.tokens.append(f"token-{len(self.tokens)}")
        token = {"access_token": self.tokens[-1], "expires_in": self.lasts}
        return 200, json.dumps(token).encode(), {}


def _key_in(token):
    return jwk.import_key(token.headers()["jwk"])


@pytest.fixture(params=["modern", "fips"])
def key(request):
    return new_signing_key(request.param)


def office_and_client(key, **told):
    office = SimulatedOffice(jose_key(key), **told)
    return office, Client(OFFICE, "program", key, send=office.send)


def test_one_token_serves_many_calls_and_each_has_a_proof_of_its_own(key):
    office, client = office_and_client(key)
    assert [client.status(7).entry for _ in range(3)] == [7, 7, 7]
    assert len(office.tokens) == 1
    assert len(office.seen) == 4


def test_a_token_is_renewed_before_it_ends(key):
    office, client = office_and_client(key, lasts=20)
    client.status(7)
    client.status(7)
    assert len(office.tokens) == 2


def test_a_nonce_that_is_asked_for_is_given_and_kept(key):
    office, client = office_and_client(key, nonce="fresh")
    client.status(7)
    client.status(7)
    assert len(office.seen) == 4, "refused once, token, two calls"


def test_an_office_that_always_wants_another_nonce_is_left(key):
    wanting = (401, b'{"error": "use_dpop_nonce"}', {"dpop-nonce": "another"})
    client = Client(OFFICE, "program", key, send=lambda *_: wanting)
    with pytest.raises(RefusedError) as refused:
        client.status(7)
    assert refused.value.status == 401


def test_a_submission_is_one_json_text_under_its_idempotency_key(key):
    office, client = office_and_client(key)
    error = {"row": 1, "column": "tin", "code": "bad-digits", "message": "wrong", "cure": "mend"}
    told = {"batch": "2025-08-06-001", "replies": [REPLY], "errors": [error]}
    office.answer = (200, json.dumps(told).encode(), {})
    found = client.submit([{"request_id": "R-1"}], key="2025-08-06-0001")
    [(method, address, headers, body)] = office.calls
    assert (method, address) == ("POST", f"{OFFICE}/api/v1/requests")
    assert headers["Idempotency-Key"] == "2025-08-06-0001"
    assert json.loads(body) == {"requests": [{"request_id": "R-1"}]}
    assert (found.batch, found.replies[0].findings[0].cure) == ("2025-08-06-001", "mend it")
    assert found.replies[0].findings[0].layer == ""
    assert found.errors[0].code == "bad-digits"


def test_whose_rule_a_finding_is_stands_beside_it_and_what_is_not_known_is_passed_over(key):
    office, client = office_and_client(key)
    later = [one | {"of_later": 1} for one in REPLY["findings"]]
    told = REPLY | {"findings": later, "layers": {"a.rule": "policy"}, "of_later": 1}
    office.answer = (200, json.dumps(told).encode(), {})
    [found] = client.status(7).findings
    assert (found.rule, found.layer) == ("a.rule", "policy")


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        (b'{"type": "urn:x:problem:no-such-request", "title": "No such request", "cure": "Ask."}',
         "no-such-request", "404 No such request. Ask."),
        (b'{"title": "No such request"}', "", "404 No such request"),
        (b"[]", "", "404 the call was refused"),
        (b"<html>a proxy</html>", "", "404 the call was refused"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_the_office_said(key, body, code, said):
    office, client = office_and_client(key)
    office.answer = (404, body, {})
    with pytest.raises(RefusedError) as refused:
        client.answer(7)
    assert (refused.value.status, refused.value.code, str(refused.value)) == (404, code, said)


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://office.example", True),
        ("http://localhost:8000", True),
        ("http://office.example", False),
        ("http://localhost.example", False),
        ("ftp://localhost", False),
        ("office.example", False),
    ],
)
def test_a_key_is_shown_over_https_or_on_this_machine_alone(address, may):
    if may:
        Client(address, "program", new_signing_key("modern"))
        return
    with pytest.raises(ValueError, match="https"):
        Client(address, "program", new_signing_key("modern"))
