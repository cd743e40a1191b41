"""Attacks on the sign-in by a provider: forged tokens, replays, another's code, other addresses.

A stolen code meets a real provider in ``web/test_signing_in_at_a_provider.py``.
"""

import json
import time
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.contrib.sessions.models import Session
from joserfc import jwk

from hostile_provider import CLIENT, SUBJECT, hostile_provider
from officers import NEXT_DAY
from ostiary.faces.server.oidc import provider_of
from ostiary.faces.server.people import add_person, bind
from ostiary.faces.server.roles import Role
from web_office import Browser, name_provider, opened

BACK = "/sign-in/provider/back/"


@pytest.fixture
def hostile(office):
    """A lying provider before an office that trusts it, and knows one subject there."""
    with hostile_provider() as provider:
        name_provider(office, provider.issuer, CLIENT, "secret")
        with opened(office, NEXT_DAY) as site:
            add_person(site, Role.AUDITOR, "auditor-1")
            bind(site, Role.AUDITOR, "auditor-1", SUBJECT)
            provider.browser = Browser(site)
            provider.site = site
            yield provider


def begin(provider, browser=None) -> str:
    """Be sent to the provider, who learns the nonce; give the state."""
    sent = (browser or provider.browser).get("/sign-in/provider/")["Location"]
    query = parse_qs(urlsplit(sent).query)
    provider.nonce = query["nonce"][0]
    return query["state"][0]


def come_back(provider, browser=None, **query):
    return (browser or provider.browser).get(f"{BACK}?{urlencode(query)}")


def comes_in(provider, **query) -> bool:
    """Whether a whole sign-in ends with a session."""
    state = begin(provider)
    done = come_back(provider, **({"state": state, "code": "c"} | query))
    is_in = provider.browser.get("/audit/").status_code == 200
    assert (done.status_code == 302) == is_in
    assert is_in or done.status_code in {403, 503}
    return is_in


def test_a_sound_token_comes_in(hostile):
    assert comes_in(hostile)
    [form] = hostile.forms
    assert set(form) == {
        *("grant_type", "code", "redirect_uri"),
        *("client_id", "client_secret", "code_verifier"),
    }


@pytest.mark.parametrize("algorithm", ["PS256", "ES256", "Ed25519", "EdDSA"])
@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
def test_other_algorithms_with_public_keys_come_in(hostile, algorithm):
    key = {
        "PS256": hostile.key,
        "ES256": jwk.ECKey.generate_key("P-256", private=True),
    }.get(algorithm) or jwk.OKPKey.generate_key("Ed25519", private=True)
    hostile.published.append(key.as_dict(private=False) | {"kid": "k9"})
    hostile.token = lambda _nonce: hostile.signed(key, algorithm, {"kid": "k9"})
    assert comes_in(hostile)


def other_key(provider):
    return provider.signed(jwk.RSAKey.generate_key(2048, private=True))


def public_key_as_secret(provider):
    """HS256 with the published key as the secret: the confusion of RFC 8725, 2.1."""
    pem = provider.key.raw_value.public_key().public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    provider.published.append(
        {"kty": "oct", "kid": "k1", "k": jwk.OctKey.import_key(pem).as_dict()["k"]}
    )
    return provider.signed(jwk.OctKey.import_key(pem), "HS256")


def client_secret_as_key(provider):
    return provider.signed(jwk.OctKey.import_key(b"secret" * 8), "HS256")


def own_key_in_the_header(provider):
    key = jwk.RSAKey.generate_key(2048, private=True)
    return provider.signed(key, header={"jwk": key.as_dict(private=False)})


def key_elsewhere(provider):
    key = jwk.RSAKey.generate_key(2048, private=True)
    return provider.signed(key, header={"jku": "http://localhost:9/keys"})


def altered(provider):
    head, _, end = provider.signed().split(".")
    _, body, _ = provider.signed(sub="somebody-else").split(".")
    return f"{head}.{body}.{end}"


def encryption_key(provider):
    provider.published[0]["use"] = "enc"
    return provider.signed()


UNSOUND = (
    other_key,
    lambda provider: provider.unsigned(),
    public_key_as_secret,
    client_secret_as_key,
    own_key_in_the_header,
    key_elsewhere,
    altered,
    encryption_key,
    lambda provider: provider.signed(algorithm="RS512"),
    lambda provider: provider.signed(header={"kid": "k2"}),
    lambda provider: provider.signed() + "x" * 20_000,
    lambda _provider: "no token",
    lambda _provider: None,
    lambda provider: provider.signed(iss="https://login.example"),
    lambda provider: provider.signed(iss=None),
    lambda provider: provider.signed(aud="another-office"),
    lambda provider: provider.signed(aud=[CLIENT, "another-office"]),
    lambda provider: provider.signed(aud=None),
    lambda provider: provider.signed(azp="another-office"),
    lambda provider: provider.signed(nonce="another-nonce"),
    lambda provider: provider.signed(nonce=None),
    lambda provider: provider.signed(exp=int(time.time()) - 120),
    lambda provider: provider.signed(exp=None),
    lambda provider: provider.signed(exp=True),
    lambda provider: provider.signed(iat=int(time.time()) - 3600),
    lambda provider: provider.signed(iat=int(time.time()) + 3600),
    lambda provider: provider.signed(auth_time=int(time.time()) - 9 * 3600),
    lambda provider: provider.signed(auth_time=None),
    lambda provider: provider.signed(nbf=int(time.time()) + 3600),
    lambda provider: provider.signed(sub=None),
    lambda provider: provider.signed(sub=""),
    lambda provider: provider.signed(sub=["the-auditor"]),
    lambda provider: provider.signed(sub="somebody-else"),
    lambda provider: provider.signed(sub=SUBJECT.upper()),
)


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
def test_a_token_that_is_not_sound_opens_nothing(hostile):
    sound = dict(hostile.published[0])
    for number, token in enumerate(UNSOUND):
        hostile.published[:] = [dict(sound)]
        provider_of.cache_clear()  # its keys are read anew each time
        hostile.token = lambda _nonce, token=token: token(hostile)
        assert not comes_in(hostile), number
    hostile.published[:] = [sound]
    provider_of.cache_clear()
    hostile.token = lambda _nonce: hostile.signed()
    assert comes_in(hostile)


def test_an_answer_counts_once(hostile):
    state = begin(hostile)
    assert come_back(hostile, state=state, code="c").status_code == 302
    hostile.browser.post("/sign-out/")
    assert come_back(hostile, state=state, code="c").status_code == 403


def test_a_wrong_state_spends_the_question(hostile):
    state = begin(hostile)
    for said in ("another", "", state):
        assert come_back(hostile, state=said, code="c").status_code == 403
    assert hostile.forms == []


def test_a_replayed_token_of_an_earlier_sign_in_opens_nothing(hostile):
    begin(hostile)
    earlier = hostile.signed()
    hostile.token = lambda _nonce: earlier
    assert not comes_in(hostile)


def test_an_attackers_answer_in_another_browser_opens_nothing(hostile):
    """The victim would else work in the attacker's session (RFC 9700, 4.7)."""
    state, victim = begin(hostile), Browser(hostile.site)
    begin(hostile, victim)
    assert come_back(hostile, victim, state=state, code="c").status_code == 403
    assert come_back(hostile, Browser(hostile.site), state=state, code="c").status_code == 403
    assert hostile.forms == []


def test_an_answer_that_comes_late_opens_nothing(hostile, monkeypatch):
    state, later = begin(hostile), time.time() + 601
    monkeypatch.setattr("ostiary.faces.server.oidc.time.time", lambda: later)
    assert come_back(hostile, state=state, code="c").status_code == 403


def test_an_answer_of_another_provider_opens_nothing(hostile):
    assert not comes_in(hostile, iss="https://login.example")
    assert comes_in(hostile, iss=hostile.issuer)


def test_a_provider_that_names_itself_must_do_so_each_time(hostile):
    hostile.metadata["authorization_response_iss_parameter_supported"] = True
    assert not comes_in(hostile)
    assert comes_in(hostile, iss=hostile.issuer)


def test_parameters_given_twice_open_nothing(hostile):
    state = begin(hostile)
    twice = f"{BACK}?{urlencode([('state', state), ('code', 'c'), ('code', 'd')])}"
    assert hostile.browser.get(twice).status_code == 403
    state = begin(hostile)
    twice = f"{BACK}?{urlencode([('state', 'x'), ('state', state), ('code', 'c')])}"
    assert hostile.browser.get(twice).status_code == 403


@pytest.mark.parametrize(
    "lie",
    [
        {"issuer": "https://login.example"},
        {"token_endpoint": "http://login.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"token_endpoint": None},
    ],
)
def test_a_provider_that_points_elsewhere_is_not_followed(hostile, lie):
    hostile.metadata.update(lie)
    assert hostile.browser.get("/sign-in/provider/").status_code == 503
    assert hostile.forms == []


@pytest.mark.parametrize("name", ["next", "redirect_uri", "return_to", "target_link_uri"])
def test_no_parameter_says_where_the_browser_goes(hostile, name):
    elsewhere = {name: "https://evil.example/"}
    sent = hostile.browser.get(f"/sign-in/provider/?{urlencode(elsewhere)}")["Location"]
    assert "evil.example" not in sent
    assert sent.startswith(f"{hostile.issuer}/authorize?")
    state = begin(hostile)
    done = come_back(hostile, state=state, code="c", **elsewhere)
    assert (done.status_code, done["Location"]) == (302, "/")


def test_nothing_that_the_provider_gave_is_kept(hostile):
    assert comes_in(hostile)
    held = json.dumps([one.get_decoded() for one in Session.objects.all()])
    for text in ("a-token-kept", SUBJECT, hostile.nonce):
        assert text not in held


CAUSES = (
    ("RS512", lambda provider: provider.signed(algorithm="RS512"), {}),
    ("signature", lambda provider: provider.signed(header={"kid": "k2"}), {}),
    ("somebody else", lambda provider: provider.signed(aud="another-office"), {}),
    ("nobody is bound", lambda provider: provider.signed(sub="somebody-else"), {}),
    ("request_not_supported", None, {"error": "request_not_supported"}),
    ("unnamed", None, {"error": "<script>x</script>"}),
    ("without a code", None, {"code": ""}),
)


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
def test_the_administrator_is_told_the_cause_and_the_browser_the_same_each_time(hostile, caplog):
    told = set()
    for cause, token, query in CAUSES:
        provider_of.cache_clear()
        if token:
            hostile.token = lambda _nonce, token=token: token(hostile)
        caplog.clear()
        answer = {name: value for name, value in ({"code": "c"} | query).items() if value}
        done = come_back(hostile, state=begin(hostile), **answer)
        assert done.status_code == 403
        assert cause in caplog.text, cause
        assert "script" not in caplog.text
        assert SUBJECT not in caplog.text
        if "bound" not in cause:
            told.add(b"does not open this office" in done.content)
    assert told == {True}
