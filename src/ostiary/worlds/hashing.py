"""Deterministic mixing of whole numbers: what belongs to a building follows from its number."""

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


def mixed(*columns: npt.NDArray[np.int64]) -> Hashes:
    """Mix columns into one 64-bit number a row (finaliser of SplitMix64; Steele et al. 2014)."""
    state = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        state = state + column.astype(np.uint64) + _GOLDEN
        state = (state ^ (state >> np.uint64(30))) * _FIRST
        state = (state ^ (state >> np.uint64(27))) * _SECOND
        state = state ^ (state >> np.uint64(31))
    return state


def below(hashes: Hashes, limit: int, *, shift: int = 0) -> npt.NDArray[np.int64]:
    """Draw a number in ``[0, limit)`` from the bits of a hash above ``shift``."""
    return ((hashes >> np.uint64(shift)) % np.uint64(limit)).astype(np.int64)
