"""Cosignatures (C2SP tlog-cosignature): Ed25519 and ML-DSA-44, checked against others' signatures.

The vector is the key and the signed checkpoint of the ML-DSA-44 log in the tests of
filippo.io/torchwood (litewitness).
"""

import base64
import hashlib
import struct
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, mldsa
from hypothesis import given, settings
from hypothesis import strategies as st

from ostiary.domain.errors import KeyFileError
from ostiary.verifying.keys.files import new_post_quantum_key, new_signing_key
from ostiary.verifying.log.checkpoints import open_checkpoint, sign_checkpoint
from ostiary.verifying.log.faults import NoteError
from ostiary.verifying.log.notes import (
    add_signatures,
    open_note,
    sign_note,
    signature_line,
    split_note,
)
from ostiary.verifying.log.tree import EMPTY_ROOT
from ostiary.verifying.log.vkeys import Signer, Verifier, read_vkey

VECTORS = Path(__file__).parent / "vectors"
ORIGIN, NAME, AT = "log.example/one", "witness.example/w1", 1_754_470_800
ROOT = hashlib.sha256(b"root").digest()
TEXT = f"{ORIGIN}\n5\n{base64.b64encode(ROOT).decode()}\n"
LOG = Signer(ORIGIN, new_signing_key())
LOG_ML_DSA = Signer(ORIGIN, new_post_quantum_key())
ED25519 = Signer(NAME, new_signing_key(), cosigner=True)
ML_DSA = Signer(NAME, new_post_quantum_key())
COSIGNERS = pytest.mark.parametrize("cosigner", [ED25519, ML_DSA], ids=["ed25519", "ml-dsa-44"])


def raw_signature(line: str) -> bytes:
    return base64.b64decode(line.split(" ")[2])


def test_the_signature_of_a_foreign_post_quantum_log_verifies() -> None:
    vkey, _, note = (VECTORS / "ml-dsa-log.txt").read_text().partition("\n\n")
    log = read_vkey(vkey)
    opened = open_checkpoint(note.encode(), [log], origin="example.com/mldsa-log")
    assert (opened.size, opened.signers) == (1, ("example.com/mldsa-log",))
    assert log.vkey == vkey
    with pytest.raises(NoteError, match="false"):
        open_checkpoint(note.replace("log\n1\n", "log\n2\n").encode(), [log])


@pytest.mark.parametrize(
    "vkey",
    [
        "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ],
)
def test_keys_of_public_logs_and_witnesses_are_read(vkey: str) -> None:
    assert read_vkey(vkey).vkey == vkey


def test_cosignature_v1_signs_a_header_the_time_and_the_text() -> None:
    raw = raw_signature(signature_line(ED25519, TEXT, at=AT))
    public = ED25519.key.public_key()
    assert isinstance(public, ed25519.Ed25519PublicKey)
    named = NAME.encode() + b"\n\x04" + public.public_bytes_raw()
    assert raw[:4] == hashlib.sha256(named).digest()[:4]
    assert struct.unpack(">Q", raw[4:12]) == (AT,)
    public.verify(raw[12:], f"cosignature/v1\ntime {AT}\n{TEXT}".encode())


def test_subtree_v1_signs_the_structure_of_the_specification() -> None:
    raw = raw_signature(signature_line(ML_DSA, TEXT, at=AT))
    public = ML_DSA.key.public_key()
    assert isinstance(public, mldsa.MLDSA44PublicKey)
    named = NAME.encode() + b"\n\x06" + public.public_bytes_raw()
    assert raw[:4] == hashlib.sha256(named).digest()[:4]
    assert len(raw) == 4 + 8 + 2420
    message = b"subtree/v1\n\x00" + struct.pack(
        f">B{len(NAME)}sQB{len(ORIGIN)}sQQ32s",
        len(NAME), NAME.encode(), AT, len(ORIGIN), ORIGIN.encode(), 0, 5, ROOT,
    )  # fmt: skip
    public.verify(raw[12:], message)


@COSIGNERS
def test_a_cosignature_joins_the_logs_own(cosigner: Signer) -> None:
    note = sign_checkpoint(ORIGIN, 5, ROOT, [LOG, LOG_ML_DSA]).note
    cosigned = add_signatures(note, signature_line(cosigner, TEXT, at=AT))
    opened = open_note(cosigned, [cosigner.verifier])
    assert [(one.verifier.vkey, one.at) for one in opened.signatures] == [
        (read_vkey(cosigner.verifier.vkey).vkey, AT)
    ]
    known = [LOG.verifier, LOG_ML_DSA.verifier]
    assert open_checkpoint(cosigned, known, every=True).signers == (ORIGIN,)


@COSIGNERS
def test_a_later_cosignature_takes_the_earlier_ones_place(cosigner: Signer) -> None:
    note = sign_checkpoint(ORIGIN, 5, ROOT, [LOG]).note
    for at in (AT, AT + 60):
        note = add_signatures(note, signature_line(cosigner, TEXT, at=at))
    assert len(split_note(note)[1]) == 2
    (signed,) = open_note(note, [cosigner.verifier]).signatures
    assert signed.at == AT + 60


@COSIGNERS
def test_no_other_time_size_origin_or_root_goes_with_a_cosignature(cosigner: Signer) -> None:
    line = signature_line(cosigner, TEXT, at=AT)
    raw = raw_signature(line)
    later = raw[:4] + struct.pack(">Q", AT + 1) + raw[12:]
    texts = [TEXT.replace("\n5\n", "\n6\n"), TEXT.replace("one", "two"), f"x{TEXT}"]
    texts.append(
        TEXT.replace(base64.b64encode(ROOT).decode(), base64.b64encode(bytes(32)).decode())
    )
    notes = [f"{text}\n{line}" for text in texts]
    notes.append(f"{TEXT}\n— {NAME} {base64.b64encode(later).decode()}\n")
    for note in notes:
        with pytest.raises(NoteError, match="false"):
            open_note(note.encode(), [cosigner.verifier])


@settings(max_examples=200)
@given(st.data())
def test_no_changed_bit_of_a_cosignature_goes_unseen(data: st.DataObject) -> None:
    cosigner = data.draw(st.sampled_from([ED25519, ML_DSA]))
    raw = bytearray(raw_signature(LINES[cosigner.verifier.type]))
    at = data.draw(st.integers(4, len(raw) - 1))
    raw[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(NoteError, match="false"):
        open_note(
            f"{TEXT}\n— {NAME} {base64.b64encode(raw).decode()}\n".encode(), [cosigner.verifier]
        )


LINES = {one.verifier.type: signature_line(one, TEXT, at=AT) for one in (ED25519, ML_DSA)}


@COSIGNERS
@pytest.mark.parametrize("length", [5, 11, 12, 13, 75, 77, 2431, 2433])
def test_a_cosignature_of_another_length_is_false(cosigner: Signer, length: int) -> None:
    raw = (raw_signature(LINES[cosigner.verifier.type]) + bytes(3000))[:length]
    note = f"{TEXT}\n— {NAME} {base64.b64encode(raw).decode()}\n".encode()
    with pytest.raises(NoteError, match="false"):
        open_note(note, [cosigner.verifier])


@COSIGNERS
def test_a_time_beyond_63_bits_is_refused(cosigner: Signer) -> None:
    with pytest.raises(NoteError, match="time"):
        signature_line(cosigner, TEXT, at=2**63)
    raw = raw_signature(LINES[cosigner.verifier.type])
    forged = raw[:4] + struct.pack(">Q", 2**63) + raw[12:]
    note = f"{TEXT}\n— {NAME} {base64.b64encode(forged).decode()}\n".encode()
    with pytest.raises(NoteError, match="false"):
        open_note(note, [cosigner.verifier])


@COSIGNERS
@pytest.mark.parametrize(
    "text",
    ["no checkpoint\n", f"{ORIGIN}\n5\n", f"{ORIGIN}\n0\n{base64.b64encode(ROOT).decode()}\n"],
)
def test_only_checkpoints_are_cosigned(cosigner: Signer, text: str) -> None:
    with pytest.raises(NoteError):
        signature_line(cosigner, text, at=AT)


@COSIGNERS
def test_the_empty_tree_is_cosigned(cosigner: Signer) -> None:
    text = f"{ORIGIN}\n0\n{base64.b64encode(EMPTY_ROOT).decode()}\n"
    note = sign_note(text, [cosigner], at=AT)
    assert open_note(note, [cosigner.verifier]).signatures[0].at == AT


def test_names_of_256_bytes_cannot_be_cosigned_with_ml_dsa() -> None:
    long = "o" * 255
    head = f"5\n{base64.b64encode(ROOT).decode()}\n"
    assert signature_line(Signer(long, ML_DSA.key), f"{long}\n{head}", at=AT)
    for name, origin in ((f"{long}o", ORIGIN), (NAME, f"{long}o")):
        with pytest.raises(NoteError, match="255"):
            signature_line(Signer(name, ML_DSA.key), f"{origin}\n{head}", at=AT)


def test_extension_lines_are_signed_by_ed25519_and_left_out_by_ml_dsa() -> None:
    longer = f"{TEXT}extension\n"
    assert open_note(f"{longer}\n{LINES[6]}".encode(), [ML_DSA.verifier]).text == longer
    with pytest.raises(NoteError, match="false"):
        open_note(f"{longer}\n{LINES[4]}".encode(), [ED25519.verifier])


def test_one_ed25519_key_as_log_and_as_witness_is_two_keys() -> None:
    as_log = Verifier(NAME, ED25519.key.public_key())
    assert as_log.key_id != ED25519.verifier.key_id
    note = sign_note(TEXT, [ED25519], at=AT)
    with pytest.raises(NoteError, match="no key that you named"):
        open_note(note, [as_log])


def test_every_named_key_of_a_log_can_be_demanded() -> None:
    keys = [LOG.verifier, LOG_ML_DSA.verifier]
    alone = sign_checkpoint(ORIGIN, 5, ROOT, [LOG]).note
    assert open_checkpoint(alone, keys).size == 5
    with pytest.raises(NoteError, match="has not signed this one"):
        open_checkpoint(alone, keys, every=True)
    both = sign_checkpoint(ORIGIN, 5, ROOT, [LOG, LOG_ML_DSA])
    assert open_checkpoint(both.note, keys, every=True) == both


@pytest.mark.parametrize("length", [0, 31, 33, 1311, 1313])
def test_post_quantum_and_cosigning_keys_of_another_length_are_refused(length: int) -> None:
    for kind in (4, 6):
        encoded = base64.b64encode(bytes([kind]) + bytes(length)).decode()
        with pytest.raises(KeyFileError):
            read_vkey(f"{NAME}+00000000+{encoded}")
