"""The edges of the times and names that cosignatures state; found by `make mutants`."""

import pytest

from log_story import ORIGIN
from ostiary.verifying.keys.files import new_signing_key
from ostiary.verifying.log.checkpoints import sign_checkpoint
from ostiary.verifying.log.cosignatures import _short, sign_text, signed_at
from ostiary.verifying.log.faults import NoteError
from ostiary.verifying.log.notes import split_note
from ostiary.verifying.log.tree import EMPTY_ROOT
from ostiary.verifying.log.vkeys import Signer


def test_a_time_has_63_bits() -> None:
    witness = Signer("w.example", new_signing_key(), cosigner=True)
    own = Signer(ORIGIN, new_signing_key())
    text, _ = split_note(sign_checkpoint(ORIGIN, 0, EMPTY_ROOT, [own]).note)
    for at in (0, 1, 2**63 - 1):
        assert signed_at(witness.verifier, text, sign_text(witness, text, at)) == at
    for at in (-1, 2**63):
        with pytest.raises(NoteError, match="a time that is none"):
            sign_text(witness, text, at)


def test_a_name_has_one_byte_or_more_and_255_at_most() -> None:
    assert _short("w") == b"\x01w"
    assert _short("w" * 255) == b"\xff" + b"w" * 255
    for name in ("", "w" * 256):
        with pytest.raises(NoteError, match="255 bytes"):
            _short(name)
