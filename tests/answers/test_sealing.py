"""Sealing: each ciphertext opens with one key, for one purpose, and tells nothing by its size."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.verifying.answers.faults import SealError
from ostiary.verifying.answers.sealing import (
    P256_KEM,
    X25519_KEM,
    Purpose,
    pad,
    seal,
    unpad,
    unseal,
)
from ostiary.verifying.keys.files import fingerprint, new_opening_key

PURPOSE = Purpose("statement", "ostiary.invalid/office", "answer-1")


@pytest.fixture(params=["modern", "fips"])
def key(request):
    return new_opening_key(request.param)


def test_what_is_sealed_opens_again(key):
    sealed = seal(b"confirmed", key.public_key(), PURPOSE, block=4096)
    assert sealed.recipient == fingerprint(key.public_key())
    assert sealed.kem in (X25519_KEM, P256_KEM)
    assert unseal(sealed, key, PURPOSE) == b"confirmed"


def test_each_profile_has_its_mechanism():
    kems = [
        seal(b"", new_opening_key(profile).public_key(), PURPOSE, block=64).kem
        for profile in ("modern", "fips")
    ]
    assert kems == [X25519_KEM, P256_KEM]


@pytest.mark.parametrize(
    "other",
    [
        replace(PURPOSE, part="entry"),
        replace(PURPOSE, origin="ostiary.invalid/other"),
        replace(PURPOSE, answer_id="answer-2"),
    ],
)
def test_it_opens_for_no_other_purpose(key, other):
    sealed = seal(b"confirmed", key.public_key(), PURPOSE, block=4096)
    with pytest.raises(SealError, match="for another answer"):
        unseal(sealed, key, other)


def test_it_opens_with_no_other_key(key):
    sealed = seal(b"confirmed", key.public_key(), PURPOSE, block=4096)
    for other in (new_opening_key("modern"), new_opening_key("fips")):
        with pytest.raises(SealError):
            unseal(sealed, other, PURPOSE)
        renamed = replace(sealed, recipient=fingerprint(other.public_key()))
        with pytest.raises(SealError):
            unseal(renamed, other, PURPOSE)


def test_no_bit_of_it_can_be_changed(key):
    sealed = seal(b"confirmed", key.public_key(), PURPOSE, block=64)
    for place in range(0, len(sealed.ciphertext), 7):
        changed = bytearray(sealed.ciphertext)
        changed[place] ^= 1
        with pytest.raises(SealError):
            unseal(replace(sealed, ciphertext=bytes(changed)), key, PURPOSE)


@pytest.mark.parametrize("length", [0, 1, 31, 32, 64, 65, 66, 80])
def test_a_truncated_ciphertext_is_refused(key, length):
    sealed = seal(b"confirmed", key.public_key(), PURPOSE, block=64)
    with pytest.raises(SealError):
        unseal(replace(sealed, ciphertext=sealed.ciphertext[:length]), key, PURPOSE)


def test_content_that_was_never_padded_is_refused(key):
    sealed = seal(b"", key.public_key(), PURPOSE, block=4)
    assert unseal(sealed, key, PURPOSE) == b""
    with pytest.raises(SealError, match="padded"):
        unpad(b"\x00\x00\x00\x09four")
    with pytest.raises(SealError, match="padded"):
        unpad(b"\x00\x00\x00\x01xy")


def test_a_mislabelled_ciphertext_is_refused(key):
    sealed = seal(b"confirmed", key.public_key(), PURPOSE, block=4096)
    for label in ({"kem": "DHKEM(X448, HKDF-SHA512)"}, {"recipient": "0" * 16}):
        with pytest.raises(SealError, match="not sealed to the key given"):
            unseal(replace(sealed, **label), key, PURPOSE)


@given(st.binary(max_size=300), st.sampled_from([1, 16, 256]))
def test_padding_is_undone_and_fills_whole_blocks(content, block):
    padded = pad(content, block=block)
    assert len(padded) % block == 0
    assert len(padded) < len(content) + 4 + block
    assert unpad(padded) == content


@given(st.binary(max_size=64))
def test_unpadding_never_crashes(padded):
    try:
        content = unpad(padded)
    except SealError:
        return
    assert padded.startswith(len(content).to_bytes(4) + content)
