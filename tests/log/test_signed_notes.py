"""Signed notes: who signed is certain, or the text is not given out."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from hypothesis import given
from hypothesis import strategies as st

from ostiary.domain.errors import KeyFileError
from ostiary.verifying.keys.files import Profile, new_signing_key
from ostiary.verifying.log.faults import NoteError
from ostiary.verifying.log.notes import MAX_NOTE, open_note, sign_note, split_note
from ostiary.verifying.log.vkeys import Signer, Verifier, read_vkey

NAME = "log.example/one"
TEXT = "three\nlines\n\nwith a blank one, and ünïcode\n"
MODERN = Signer(NAME, new_signing_key("modern"))
FIPS = Signer("log.example/two", new_signing_key("fips"))
BOTH = [MODERN.verifier, FIPS.verifier]


@pytest.mark.parametrize("profile", ["modern", "fips"])
def test_a_note_opens_with_the_key_that_signed_it(profile: Profile) -> None:
    signer = Signer(NAME, new_signing_key(profile))
    opened = open_note(sign_note(TEXT, [signer]), [read_vkey(signer.verifier.vkey)])
    assert (opened.text, opened.signers) == (TEXT, (NAME,))


def test_several_keys_sign_one_text_in_order() -> None:
    note = sign_note(TEXT, [FIPS, MODERN])
    assert open_note(note, BOTH).signers == ("log.example/two", "log.example/one")
    assert open_note(note, [MODERN.verifier]).signers == ("log.example/one",)


def test_key_ids_are_those_of_the_specification() -> None:
    raw = MODERN.key.public_key().public_bytes(
        serialization.Encoding.Raw, serialization.PublicFormat.Raw
    )
    named = hashlib.sha256(NAME.encode() + b"\n\x01" + raw).digest()[:4]
    assert MODERN.verifier.key_id == named
    expected = f"{NAME}+{named.hex()}+{base64.b64encode(bytes([1]) + raw).decode()}"
    assert MODERN.verifier.vkey == expected
    spki = FIPS.key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    assert FIPS.verifier.key_id == hashlib.sha256(spki).digest()[:4]
    assert FIPS.verifier.vkey.endswith(base64.b64encode(bytes([2]) + spki).decode())


def test_a_note_of_unknown_keys_only_says_nothing() -> None:
    with pytest.raises(NoteError, match="no key that you named"):
        open_note(sign_note(TEXT, [MODERN]), [FIPS.verifier])
    with pytest.raises(NoteError, match="no key that you named"):
        open_note(sign_note(TEXT, [MODERN]), [])


def test_a_known_name_with_an_unknown_key_is_an_unknown_signature() -> None:
    impostor = Signer(NAME, new_signing_key())
    with pytest.raises(NoteError, match="no key that you named"):
        open_note(sign_note(TEXT, [impostor]), [MODERN.verifier])
    both = sign_note(TEXT, [impostor, MODERN])
    assert open_note(both, [MODERN.verifier]).signers == (NAME,)


def test_one_false_signature_of_a_known_key_condemns_the_note() -> None:
    other = sign_note("another text\n", [FIPS]).decode().rsplit("\n\n")[1]
    note = sign_note(TEXT, [MODERN]) + other.encode()
    with pytest.raises(NoteError, match="is false"):
        open_note(note, BOTH)


@given(st.integers(0, len(sign_note(TEXT, [MODERN])) - 1), st.integers(1, 255))
def test_no_changed_byte_goes_unseen(at: int, change: int) -> None:
    note = bytearray(sign_note(TEXT, [MODERN]))
    note[at] ^= change
    with pytest.raises(NoteError):
        open_note(bytes(note), [MODERN.verifier])


LINE = sign_note(TEXT, [MODERN]).decode().rsplit("\n\n")[1]
ENCODED = LINE.split(" ")[2].strip()


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        "text only\n",
        f"text\n{LINE}",
        f"\n\n{LINE}",
        f"text\n\n{LINE[:-1]}",
        f"text\n\n{LINE}\n",
        f"text\n\n{LINE} ",
        "text\n\n",
        f"te\rxt\n\n{LINE}",
        f"te\x00xt\n\n{LINE}",
        f"te\txt\n\n{LINE}",
        f"text\n\n- {NAME} {ENCODED}\n",
        f"text\n\n—{NAME} {ENCODED}\n",
        f"text\n\n—  {ENCODED}\n",
        f"text\n\n— a+b {ENCODED}\n",
        f"text\n\n— a\u2003b {ENCODED}\n",
        f"text\n\n— {NAME}  {ENCODED}\n",
        f"text\n\n— {NAME} {ENCODED} more\n",
        f"text\n\n— {NAME} \n",
        f"text\n\n— {NAME} AAAA\n",
        f"text\n\n— {NAME} AAAAAA==\n",
        f"text\n\n— {NAME} {ENCODED.rstrip('=')}\n",
        f"text\n\n— {NAME} AAAAAAB=\n",
        f"text\n\n— {NAME} AA-_AAAA\n",
        f"text\n\n{LINE * 101}",
        "x" * MAX_NOTE + f"\n\n{LINE}",
    ],
)
def test_hostile_notes_are_refused_before_any_signature_is_looked_at(note: str) -> None:
    with pytest.raises(NoteError):
        split_note(note.encode())


def test_a_note_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(NoteError, match="UTF-8"):
        split_note(b"te\xffxt\n\n" + LINE.encode())


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fail_in_another_way(note: bytes) -> None:
    with pytest.raises(NoteError):
        open_note(note, BOTH)


def test_sixteen_signatures_are_accepted_as_the_specification_demands() -> None:
    signers = [Signer(f"witness.example/{n}", new_signing_key()) for n in range(16)]
    opened = open_note(sign_note(TEXT, [*signers, MODERN]), [MODERN.verifier])
    assert opened.signers == (NAME,)


@pytest.mark.parametrize("text", ["", "no newline", "tab\there\n", "\r\n"])
def test_what_cannot_stand_in_a_note_is_not_signed(text: str) -> None:
    with pytest.raises(NoteError):
        sign_note(text, [MODERN])


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u00a0b"])
def test_no_key_signs_under_a_name_that_breaks_the_line(name: str) -> None:
    with pytest.raises(NoteError):
        sign_note(TEXT, [Signer(name, MODERN.key)])


def test_nobody_signing_is_no_note() -> None:
    with pytest.raises(NoteError):
        sign_note(TEXT, [])


def test_a_verifier_key_with_any_letter_changed_is_refused() -> None:
    # The key ID of an ECDSA key does not cover the name, so there the name is left as it is.
    for vkey, start in ((MODERN.verifier.vkey, 0), (FIPS.verifier.vkey, len(FIPS.name))):
        for at in range(start, len(vkey)):
            for letter in "A0+b/":
                if letter != vkey[at]:
                    with pytest.raises(KeyFileError):
                        read_vkey(vkey[:at] + letter + vkey[at + 1 :])


def test_keys_that_are_not_in_use_here_are_refused() -> None:
    p384 = ec.generate_private_key(ec.SECP384R1()).public_key()
    spki = p384.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    ed = ed25519.Ed25519PrivateKey.generate().public_key()
    ed_spki = ed.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    for kind, material in ((2, spki), (2, ed_spki), (1, bytes(31)), (4, bytes(32)), (2, b"x")):
        encoded = base64.b64encode(bytes([kind]) + material).decode()
        with pytest.raises(KeyFileError):
            read_vkey(f"{NAME}+00000000+{encoded}")
    for text in ("", "a+b", "++", f"{NAME}+00000000+", f"{NAME}+00000000+?"):
        with pytest.raises(KeyFileError):
            read_vkey(text)


def test_a_verifier_names_its_key_the_same_way_every_time() -> None:
    assert Verifier(NAME, MODERN.key.public_key()).vkey == MODERN.verifier.vkey
