"""DSSE envelopes, held against the specification's own vector."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from ostiary.verifying.answers.dsse import PAYLOAD_TYPE, envelop, pae, verify
from ostiary.verifying.answers.faults import SignatureError
from ostiary.verifying.keys.files import fingerprint, new_signing_key
from ostiary.verifying.keys.signatures import is_signed, sign

# "Test Vectors" of the DSSE protocol: a P-256 key and its raw signature (r, then s).
VECTOR_TYPE = "http://example.com/HelloWorld"
VECTOR_KEY = ec.EllipticCurvePublicNumbers(
    46950820868899156662930047687818585632848591499744589407958293238635476079160,
    5640078356564379163099075877009565129882514886557779369047442380624545832820,
    ec.SECP256R1(),
).public_key()
VECTOR_SIGNATURE = base64.b64decode(
    "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="
)


def test_the_encoding_is_that_of_the_specification():
    signed = pae(VECTOR_TYPE, b"hello world")
    assert signed == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    r, s = (int.from_bytes(half) for half in (VECTOR_SIGNATURE[:32], VECTOR_SIGNATURE[32:]))
    assert is_signed(VECTOR_KEY, encode_dss_signature(r, s), signed)


def test_lengths_count_bytes():
    assert pae("typ\u00e9", "\u00e9".encode()) == "DSSEv1 5 typ\u00e9 2 \u00e9".encode()


@pytest.fixture(params=["modern", "fips"])
def key(request):
    return new_signing_key(request.param)


def test_what_a_trusted_key_signed_is_given_back(key):
    signed = verify(envelop(b"{}", key), [new_signing_key().public_key(), key.public_key()])
    assert signed.payload == b"{}"
    assert signed.signer == fingerprint(key.public_key())


def test_an_untrusted_key_signs_nothing(key):
    with pytest.raises(SignatureError, match="no release key"):
        verify(envelop(b"{}", key), [new_signing_key().public_key()])


def test_an_empty_set_of_keys_trusts_nothing(key):
    with pytest.raises(SignatureError):
        verify(envelop(b"{}", key), [])


def test_the_key_id_never_decides(key):
    other = new_signing_key()
    envelope = envelop(b"{}", key)
    envelope["signatures"][0]["keyid"] = fingerprint(other.public_key())
    with pytest.raises(SignatureError):
        verify(envelope, [other.public_key()])
    assert verify(envelope, [key.public_key()]).payload == b"{}"


def test_bytes_signed_as_another_kind_of_thing_are_refused(key):
    kind = "application/json"
    envelope = envelop(b"{}", key)
    with pytest.raises(SignatureError, match="no release key"):
        verify(envelope | {"payloadType": kind}, [key.public_key()])
    signature = base64.b64encode(sign(key, pae(kind, b"{}"))).decode()
    really = envelope | {"payloadType": kind, "signatures": [{"keyid": "", "sig": signature}]}
    with pytest.raises(SignatureError, match="no in-toto statement"):
        verify(really, [key.public_key()])


def test_a_changed_payload_is_refused(key):
    envelope = envelop(b"{}", key) | {"payload": base64.b64encode(b"{ }").decode()}
    with pytest.raises(SignatureError):
        verify(envelope, [key.public_key()])


def test_url_safe_base64_is_read_too(key):
    envelope = envelop(b"\xfb\xff\xfe", key)
    assert "+" in envelope["payload"] or "/" in envelope["payload"]
    envelope["payload"] = base64.urlsafe_b64encode(b"\xfb\xff\xfe").decode()
    assert verify(envelope, [key.public_key()]).payload == b"\xfb\xff\xfe"


@pytest.mark.parametrize(
    "change",
    [
        {"payload": 1},
        {"payload": "\u00e9"},
        {"payload": "*"},
        {"payloadType": ""},
        {"payloadType": None},
        {"signatures": []},
        {"signatures": [{}]},
        {"signatures": ["sig"]},
        {"signatures": [{"keyid": "", "sig": "="}]},
        {"signatures": [{"keyid": "", "sig": ""}] * 17},
        {"more": 1},
    ],
)
def test_a_malformed_envelope_is_refused(key, change):
    assert PAYLOAD_TYPE == "application/vnd.in-toto+json"
    with pytest.raises(SignatureError, match="malformed"):
        verify(envelop(b"{}", key) | change, [key.public_key()])


@pytest.mark.parametrize("envelope", [None, [], "envelope", 7, {}])
def test_what_is_no_envelope_is_refused(key, envelope):
    with pytest.raises(SignatureError):
        verify(envelope, [key.public_key()])
