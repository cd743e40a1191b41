"""The edges of what is read as a signed note; found by `make mutants`."""

import pytest

from log_story import ORIGIN
from ostiary.verifying.keys.files import new_signing_key
from ostiary.verifying.log.checkpoints import open_checkpoint, sign_checkpoint
from ostiary.verifying.log.faults import NoteError
from ostiary.verifying.log.notes import (
    open_note,
    sign_note,
    signature_line,
    split_note,
    split_signatures,
)
from ostiary.verifying.log.tree import EMPTY_ROOT
from ostiary.verifying.log.vkeys import Signer

LINE = "— key.example AAAAAAAA\n"


@pytest.mark.parametrize(
    "line",
    [
        "key.example AAAAAAAA\n",
        "-" + LINE,
        "x" + LINE,
        "— key+example AAAAAAAA\n",
        "—  AAAAAAAA\n",
    ],
)
def test_a_line_that_is_no_signature_line_is_called_malformed(line: str) -> None:
    with pytest.raises(NoteError, match="malformed"):
        split_signatures(line)


@pytest.mark.parametrize("block", [LINE[:-1], LINE.replace("A", "\t", 1), "\x00\n", ""])
def test_signature_lines_end_and_hold_no_control_character(block: str) -> None:
    with pytest.raises(NoteError, match="does not end with a newline"):
        split_signatures(block)


def test_a_note_has_a_hundred_signatures_at_most() -> None:
    lines = [f"— key{n}.example AAAAAAAA\n" for n in range(101)]
    assert len(split_signatures("".join(lines[:100]))) == 100
    with pytest.raises(NoteError, match="more than 100"):
        split_signatures("".join(lines))


def test_a_note_is_a_million_bytes_long_at_most() -> None:
    rest = f"\n\n{LINE}"
    longest = "t" * (1_000_000 - len(rest.encode())) + rest
    text, _ = split_note(longest.encode())
    assert len(text) == 1_000_000 - len(rest.encode()) + 1
    with pytest.raises(NoteError, match="longer than"):
        split_note(b"t" + longest.encode())


@pytest.mark.parametrize("note", [f"\n\n{LINE}", f"text\n{LINE}", f"text\n\n{LINE[:-1]}", "text"])
def test_a_note_has_text_a_blank_line_and_signatures(note: str) -> None:
    with pytest.raises(NoteError, match="no signatures after a blank line"):
        split_note(note.encode())


@pytest.mark.parametrize("control", ["\x00", "\t", "\r", "\x1f"])
def test_the_text_of_a_note_holds_no_control_character(control: str) -> None:
    with pytest.raises(NoteError, match="control characters"):
        split_note(f"te{control}xt\n\n{LINE}".encode())


def test_a_cosignature_says_nothing_of_time_unless_it_is_told_to() -> None:
    signer = Signer("w.example", new_signing_key(), cosigner=True)
    own = Signer(ORIGIN, new_signing_key())
    note = sign_checkpoint(ORIGIN, 0, EMPTY_ROOT, [own]).note
    text, _ = split_note(note)
    cosigned = note + signature_line(signer, text).encode()
    (signature,) = open_note(cosigned, [signer.verifier]).signatures
    assert signature.at == 0
    (signature,) = open_note(sign_note(text, [signer]), [signer.verifier]).signatures
    assert signature.at == 0


def test_one_of_the_log_s_keys_suffices_unless_every_one_is_asked_for() -> None:
    own, other = (Signer(ORIGIN, new_signing_key()) for _ in range(2))
    note = sign_checkpoint(ORIGIN, 0, EMPTY_ROOT, [own]).note
    keys = [own.verifier, other.verifier]
    assert open_checkpoint(note, keys).size == 0
    with pytest.raises(NoteError, match="has not signed this one"):
        open_checkpoint(note, keys, every=True)
