"""Checkpoints (C2SP tlog-checkpoint)."""

import base64

import pytest

from ostiary.verifying.keys.files import new_signing_key
from ostiary.verifying.log.checkpoints import (
    open_checkpoint,
    parse_checkpoint,
    sign_checkpoint,
    unverified_checkpoint,
)
from ostiary.verifying.log.faults import NoteError
from ostiary.verifying.log.notes import sign_note
from ostiary.verifying.log.tree import EMPTY_ROOT
from ostiary.verifying.log.vkeys import Signer

ORIGIN = "log.example/ostiary"
SIGNER = Signer(ORIGIN, new_signing_key())
STRANGER = Signer("other.example/log", new_signing_key())
ROOT = bytes(range(32))
ENCODED = base64.b64encode(ROOT).decode()


def test_a_checkpoint_is_three_lines_and_a_signature() -> None:
    made = sign_checkpoint(ORIGIN, 1234, ROOT, [SIGNER])
    assert made.note.decode().startswith(f"{ORIGIN}\n1234\n{ENCODED}\n\n— {ORIGIN} ")
    assert open_checkpoint(made.note, [SIGNER.verifier], origin=ORIGIN) == made


def test_an_empty_log_has_a_checkpoint_too() -> None:
    made = sign_checkpoint(ORIGIN, 0, EMPTY_ROOT, [SIGNER])
    assert open_checkpoint(made.note, [SIGNER.verifier]).size == 0
    with pytest.raises(NoteError, match="empty tree"):
        sign_checkpoint(ORIGIN, 0, ROOT, [SIGNER])


def test_a_key_of_another_log_cannot_speak_for_this_one() -> None:
    note = sign_note(f"{ORIGIN}\n5\n{ENCODED}\n", [STRANGER])
    with pytest.raises(NoteError, match="named after the log"):
        open_checkpoint(note, [SIGNER.verifier, STRANGER.verifier])


def test_a_checkpoint_of_another_log_is_refused_when_one_is_expected() -> None:
    made = sign_checkpoint(STRANGER.name, 5, ROOT, [STRANGER])
    with pytest.raises(NoteError, match="another log"):
        open_checkpoint(made.note, [SIGNER.verifier, STRANGER.verifier], origin=ORIGIN)


def test_an_unverified_checkpoint_names_no_signers() -> None:
    made = sign_checkpoint(ORIGIN, 5, ROOT, [SIGNER])
    assert unverified_checkpoint(made.note).signers == ()


def test_extension_lines_are_read_over() -> None:
    assert parse_checkpoint(f"{ORIGIN}\n5\n{ENCODED}\nextension\n").size == 5


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        f"{ORIGIN}\n5\n",
        f"{ORIGIN}\n5\n{ENCODED}",
        f"\n5\n{ENCODED}\n",
        f"{ORIGIN}\n5\n{ENCODED}\n\nextension\n",
        f"{ORIGIN}\n05\n{ENCODED}\n",
        f"{ORIGIN}\n+5\n{ENCODED}\n",
        f"{ORIGIN}\n-5\n{ENCODED}\n",
        f"{ORIGIN}\n5 \n{ENCODED}\n",
        f"{ORIGIN}\n\N{ARABIC-INDIC DIGIT FIVE}\n{ENCODED}\n",
        f"{ORIGIN}\n0x5\n{ENCODED}\n",
        f"{ORIGIN}\n{2**53}\n{ENCODED}\n",
        f"{ORIGIN}\n{'9' * 5000}\n{ENCODED}\n",
        f"{ORIGIN}\n5\n{ENCODED[:-1]}\n",
        f"{ORIGIN}\n5\n{base64.b64encode(ROOT[:-1]).decode()}\n",
        f"{ORIGIN}\n5\n{base64.b64encode(ROOT + b'x').decode()}\n",
        f"{ORIGIN}\n5\n{ENCODED[:-2]}9=\n",
        f"{ORIGIN}\n5\n{ENCODED} \n",
        f"{ORIGIN}\n5\n{'é' * 44}\n",
    ],
)
def test_hostile_checkpoints_are_refused(text: str) -> None:
    with pytest.raises(NoteError):
        parse_checkpoint(text)
