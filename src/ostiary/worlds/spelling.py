"""Slips of the pen: one letter exchanged, left out, added, or two letters swapped."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ostiary.worlds.texts import Text

_WIDTH = 40
_EXCHANGE, _LEAVE_OUT, _ADD, _SWAP = range(4)
_ATTEMPTS = 50


def misspelt(rng: np.random.Generator, texts: Text, known: Text) -> Text:
    """Make one slip in each text (ASCII, four letters or more), never in its first letter.

    The result is never a word of ``known``: PAUL and PAULA are two names, not one and a slip.
    """
    result = _slip(rng, texts)
    for _ in range(_ATTEMPTS):
        again = pc.or_(pc.is_in(result, known), pc.equal(result, texts))
        if not pc.any(again).as_py():
            return result
        result = pc.if_else(again, _slip(rng, texts), result)
    return pc.if_else(again, pc.utf8_replace_slice(texts, 2, 2, "Q"), result)


def _slip(rng: np.random.Generator, texts: Text) -> Text:
    letters = _matrix(texts)
    rows, column = np.arange(len(letters)), np.arange(_WIDTH)
    length = (letters > 0).sum(axis=1)
    where = 1 + rng.integers(length - 2)  # from the second letter to the last but one
    what = rng.choice(4, size=len(letters), p=(0.4, 0.2, 0.2, 0.2))
    letter = rng.integers(ord("A"), ord("Z") + 1, size=len(letters))
    shift = np.where(what == _LEAVE_OUT, 1, np.where(what == _ADD, -1, 0))
    behind = column[None, :] >= (where + (what == _ADD))[:, None]
    source = np.clip(column[None, :] + behind * shift[:, None], 0, _WIDTH - 1)
    swap = what == _SWAP
    source[rows[swap], where[swap]] += 1
    source[rows[swap], where[swap] + 1] -= 1
    changed = letters[rows[:, None], source]
    new = (what == _EXCHANGE) | (what == _ADD)
    changed[rows[new], where[new]] = letter[new]
    return pa.array(np.ascontiguousarray(changed).view(f"S{_WIDTH}").ravel().astype(str))


def _matrix(texts: Text) -> npt.NDArray[np.uint8]:
    """Lay the letters of each text in a row of its own, zeros behind."""
    fixed = texts.to_numpy(zero_copy_only=False).astype(f"S{_WIDTH}")
    letters: npt.NDArray[np.uint8] = fixed.view(np.uint8).reshape(len(fixed), _WIDTH)
    return letters
