"""A receiver believes nothing that the office did not sign for it, just now."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ostiary.verifying.client import UnsoundWebhookError, verify_webhook
from ostiary.verifying.client.message_signatures import signature_headers
from ostiary.verifying.keys.files import new_signing_key

URL, NAME = "https://agency.example/hook", "0a" * 16
BODY = b'{"id":"1","type":"request.answered","request":7,"time":"2025-08-07T00:00:00Z","link":""}'


@pytest.fixture(params=["modern", "fips"])
def key(request):
    return new_signing_key(request.param)


def signed(key, url=URL, body=BODY, ago=0):
    return signature_headers(key, NAME, url, body, created=int(time.time()) - ago)


def test_a_sound_call_is_believed(key):
    event = verify_webhook(key.public_key(), URL, signed(key), BODY)
    assert (event.request, event.type) == (7, "request.answered")


@pytest.mark.parametrize("profile", ["modern", "fips"])
def test_another_key(key, profile):
    with pytest.raises(UnsoundWebhookError):
        verify_webhook(key.public_key(), URL, signed(new_signing_key(profile)), BODY)


def test_another_content(key):
    other = BODY.replace(b"7", b"8")
    headers = signed(key)
    with pytest.raises(UnsoundWebhookError, match="content is not"):
        verify_webhook(key.public_key(), URL, headers, other)
    headers["Content-Digest"] = signed(key, body=other)["Content-Digest"]
    with pytest.raises(UnsoundWebhookError, match="signature is not"):
        verify_webhook(key.public_key(), URL, headers, other)


def test_a_call_for_another_receiver(key):
    with pytest.raises(UnsoundWebhookError):
        verify_webhook(key.public_key(), "https://other.example/hook", signed(key), BODY)


@pytest.mark.parametrize("ago", [301, -301])
def test_a_call_of_another_time(key, ago):
    with pytest.raises(UnsoundWebhookError, match="another time"):
        verify_webhook(key.public_key(), URL, signed(key, ago=ago), BODY)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Signature", ""),
        ("Signature", "ostiary=::"),
        ("Signature", "ostiary=:AAAA:"),
        ("Signature", "ostiary=:=A=:"),
        ("Signature-Input", 'ostiary=();created=1;keyid="0a0a0a0a";alg="ed25519"'),
        ("Signature-Input", ""),
        ("Content-Type", "text/plain"),
        ("Content-Digest", "sha-256=::"),
    ],
)
def test_headers_that_were_changed(key, name, value):
    with pytest.raises(UnsoundWebhookError):
        verify_webhook(key.public_key(), URL, signed(key) | {name: value}, BODY)


def test_fewer_parts_signed_than_expected(key):
    headers = signed(key)
    headers["Signature-Input"] = headers["Signature-Input"].replace(' "content-digest"', "")
    with pytest.raises(UnsoundWebhookError):
        verify_webhook(key.public_key(), URL, headers, BODY)


def test_a_content_that_is_no_event(key):
    for body in (b"", b"[]", b"{}", b"no json"):
        with pytest.raises(UnsoundWebhookError, match="no event"):
            verify_webhook(key.public_key(), URL, signed(key, body=body), body)


_FOREIGN = st.sampled_from(
    [
        ("proxy", '("@method" "host");created=1;keyid="p,q"', ":AAAA:"),
        ("sig1", '("@authority";req);created=7;tag="a, ostiary=()"', ":BBBB:"),
        ("other-ostiary", "()", ":CCCC:"),
        ("escapes", '();keyid="a\\\\"', ":DDDD:"),
        ("quotes", '();keyid="a\\", ostiary=()"', ":EEEE:"),
    ]
)
_ADDED = st.lists(_FOREIGN, max_size=2, unique_by=lambda one: one[0])


@settings(max_examples=60)
@given(
    before=_ADDED,
    after=_ADDED,
    comma=st.sampled_from([",", ", ", " ,\t"]),
    blanks=st.booleans(),
    sound=st.booleans(),
)
def test_what_a_proxy_adds_changes_no_verdict(before, after, comma, blanks, sound):
    """Further members, another order and legal blanks (RFC 9421, 4.1 to 4.3; RFC 9651)."""
    key = new_signing_key("modern")
    headers = signed(key if sound else new_signing_key("modern"))
    ours = [headers["Signature-Input"], headers["Signature"]]
    if blanks:
        ours[0] = ours[0].replace(";", "; ").replace('("', '(  "').replace('" "', '"  "')
    for place, name in enumerate(("Signature-Input", "Signature")):
        added = [[f"{one[0]}={one[place + 1]}" for one in some] for some in (before, after)]
        headers[name] = comma.join([*added[0], ours[place], *added[1]])
    if sound:
        assert verify_webhook(key.public_key(), URL, headers, BODY).request == 7
    else:
        with pytest.raises(UnsoundWebhookError):
            verify_webhook(key.public_key(), URL, headers, BODY)


def test_a_field_that_is_no_dictionary_is_believed_in_nothing(key):
    headers = signed(key)
    headers["Signature-Input"] = 'proxy=();tag="never ends, ' + headers["Signature-Input"]
    with pytest.raises(UnsoundWebhookError, match="expected form"):
        verify_webhook(key.public_key(), URL, headers, BODY)


def test_another_label_is_not_ours(key):
    headers = signed(key)
    for name in ("Signature-Input", "Signature"):
        headers[name] = headers[name].replace("ostiary=", "ostiary2=", 1)
    with pytest.raises(UnsoundWebhookError, match="no signature of the expected form"):
        verify_webhook(key.public_key(), URL, headers, BODY)
