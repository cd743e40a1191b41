"""Names written out from codes."""

import numpy as np
import pyarrow.compute as pc

from ostiary.worlds.households import HYPHENED, SPACED
from ostiary.worlds.texts import Codes, Flags, Text, joined, pick, where
from ostiary.worlds.vocabulary import Names


def surname_text(names: Names, surname: Codes, second: Codes, joint: Codes) -> Text:
    """Write surnames: single, GARCIA LOPEZ, or GARCIA-LOPEZ."""
    first = pick(names.surnames, surname)
    rows = np.flatnonzero(joint)
    if not len(rows):
        return first
    other = pick(names.surnames, second)
    double = where(joint == HYPHENED, joined(first, other, by="-"), joined(first, other, by=" "))
    return where((joint == SPACED) | (joint == HYPHENED), double, first)


def middle_text(names: Names, middle: Codes, *, initial: Flags) -> Text:
    """Write middle names, or only their first letters."""
    full = pick(names.given, middle)
    return where(initial, pc.utf8_slice_codeunits(full, 0, 1), full)
