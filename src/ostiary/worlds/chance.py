"""Chance: whether something happens, row by row."""

import numpy as np

from ostiary.worlds.texts import Flags


def happens(rng: np.random.Generator, share: float, rows: int) -> Flags:
    """Give a flag a row, set with the probability ``share``."""
    flags: Flags = rng.random(rows) < share
    return flags
