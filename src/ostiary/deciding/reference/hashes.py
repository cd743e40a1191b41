"""Hashes of numbers: those of SplitMix64 (Steele, Lea and Flood 2014), one by one and by column."""

import numpy as np
import numpy.typing as npt

from ostiary.deciding.reference.blocking_keys import Hashes, hash_text

_ALL = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15
_FIRST, _SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


def hash_number(part: str, number: int) -> int:
    """Hash a number that stands in a part."""
    x = (number + _SALTS[part]) * _STEP & _ALL
    x = (x ^ (x >> 30)) * _FIRST & _ALL
    x = (x ^ (x >> 27)) * _SECOND & _ALL
    return x ^ (x >> 31)


def hash_numbers(part: str, numbers: npt.NDArray[np.int64]) -> Hashes:
    """Do the same for a column."""
    x = (numbers.astype(np.uint64) + np.uint64(_SALTS[part])) * np.uint64(_STEP)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(_FIRST)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(_SECOND)
    return x ^ (x >> np.uint64(31))


_SALTS = {part: hash_text("salt", part) >> 1 for part in ("born", "tin")}
