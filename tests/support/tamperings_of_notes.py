"""Tamperings by whoever also chooses which of the log's notes to show."""

import base64
import shutil

from ostiary.verifying.keys.files import new_signing_key
from ostiary.verifying.log.checkpoints import sign_checkpoint, unverified_checkpoint
from ostiary.verifying.log.notes import add_signatures, sign_note
from ostiary.verifying.log.vkeys import Signer
from tampered_log import CHECKPOINT, Case, Found, Tampering


def cosignature_missing(case: Case) -> Found:
    lines = case.log.note.decode().splitlines(keepends=True)
    witnesses = [line for line in lines if line.startswith("— witness.example/")]
    lines.remove(case.random.choice(witnesses))
    case.put(CHECKPOINT, "".join(lines).encode())
    return "witness", CHECKPOINT


def cosignature_forged(case: Case) -> Found:
    """Random bits under the witness's name and key id."""
    known = case.random.choice(case.log.policy.witnesses).verifier
    text = case.log.note.partition(b"\n\n")[0].decode() + "\n"
    own = Signer(known.name, new_signing_key())
    forged = sign_note(text, [own]).decode().splitlines(keepends=True)[-1]
    swapped = replaced_key_id(forged, known.key_id)
    case.put(CHECKPOINT, add_signatures(case.log.note, swapped))
    return "witness", CHECKPOINT


def cosignature_of_yesterday(case: Case) -> Found:
    yesterday = (case.log.yesterday / CHECKPOINT).read_text().splitlines(keepends=True)
    old = [line for line in yesterday if line.startswith("— witness.example/")]
    case.put(CHECKPOINT, add_signatures(case.log.note, case.random.choice(old)))
    return "witness", CHECKPOINT


def checkpoint_of_another_log(case: Case) -> Found:
    """A checkpoint that the log's very key signed, for a log of another name."""
    present = unverified_checkpoint(case.log.note)
    origin = f"{present.origin}{case.random.randrange(10)}"
    signers = [Signer(origin, signer.key) for signer in case.log.signers]
    made = sign_checkpoint(origin, present.size, present.root, signers)
    case.put(CHECKPOINT, made.note)
    return "checkpoint", CHECKPOINT


def checkpoint_of_yesterday(case: Case) -> Found:
    case.put(CHECKPOINT, (case.log.yesterday / CHECKPOINT).read_bytes())
    return "rollback", CHECKPOINT


def whole_log_of_yesterday(case: Case) -> Found:
    shutil.rmtree(case.folder)
    shutil.copytree(case.log.yesterday, case.folder)
    return "rollback", CHECKPOINT


def replaced_key_id(line: str, key_id: bytes) -> str:
    """Give a signature line with another key id before the signature."""
    dash, name, encoded = line.split(" ")
    raw = key_id + base64.b64decode(encoded)[len(key_id) :]
    return f"{dash} {name} {base64.b64encode(raw).decode()}\n"


NOTES: tuple[Tampering, ...] = (
    cosignature_missing,
    cosignature_forged,
    cosignature_of_yesterday,
    checkpoint_of_another_log,
    checkpoint_of_yesterday,
    whole_log_of_yesterday,
)
