"""What was learned: how often each level is reached by the one meant, and by somebody else.

For each field and level three shares: ``same`` (the request is about this person; Fellegi and
Sunter's *m*), ``stranger`` (about anybody else; their *u*) and ``housemate`` (about somebody else
of this surname and address). The last one is what a linker with a single *u* cannot hold, and
nearly all wrong confirmations are relatives. Bits are integers, hundredths of log2(same / other),
so that every engine adds them up alike.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ostiary.domain.errors import InputError

VERSION = "1"
SILENT = frozenset({"not-stated", "asked-only", "filed-only", "absent", "incomplete", "unclear"})
"""Levels on which a side says nothing, or nothing clear; they weigh nothing."""

LEVELS_OF = {
    "given_level": (
        *("exact", "nickname", "shared", "spelling", "edit", "slip", "swapped", "initial"),
        "different",
    ),
    "surname_level": ("exact", "part", "swapped", "edit", "slip", "spelling", "different"),
    "middle_level": ("exact", "initial", "edit", "different"),
    "suffix_level": ("exact", "different"),
    "birth_level": ("exact", "different"),
    "tin_level": ("exact", "different"),
}
"""Field to its levels that weigh something."""

Shares = Mapping[str, Mapping[str, float]]

# Of requests about people in the file, by hand and keyboard. The start for learning, and what
# stands where nothing was learned.
USUAL: Shares = {
    "given_level": {
        "exact": 0.88,
        "nickname": 0.035,
        "shared": 0.012,
        "spelling": 0.004,
        "edit": 0.02,
        "slip": 0.006,
        "swapped": 0.008,
        "initial": 0.01,
        "different": 0.025,
    },
    "surname_level": {
        "exact": 0.93,
        "part": 0.01,
        "swapped": 0.008,
        "edit": 0.02,
        "slip": 0.005,
        "spelling": 0.002,
        "different": 0.025,
    },
    "middle_level": {"exact": 0.6, "initial": 0.37, "edit": 0.01, "different": 0.02},
    "suffix_level": {"exact": 0.98, "different": 0.02},
    "birth_level": {"exact": 0.97, "different": 0.03},
    "tin_level": {"exact": 0.98, "different": 0.02},
}


@dataclass(frozen=True, slots=True)
class Learned:
    """The learned shares.

    Attributes:
        same, stranger, housemate: field to level to share; the shares of a field add up to one.
        source: how ``same`` came about: ``usual`` (it was not learned) or ``requests``.
    """

    same: Shares
    stranger: Shares
    housemate: Shares
    source: str = "usual"

    def bits(self, field: str, level: str, *, against: str) -> int:
        """Give log2(same / other) in hundredths, against ``stranger`` or ``housemate``."""
        other: Shares = getattr(self, against)
        return round(100 * math.log2(self.same[field][level] / other[field][level]))

    def stated(self) -> dict[str, object]:
        """Give what ``model.json`` and a model file hold; shares to six digits."""
        shares = {"same": self.same, "stranger": self.stranger, "housemate": self.housemate}
        return {
            "version": VERSION,
            "source": self.source,
            **{
                name: {
                    field: {level: float(f"{share:.6g}") for level, share in levels.items()}
                    for field, levels in fields.items()
                }
                for name, fields in shares.items()
            },
        }


def read_stated(stated: Mapping[str, object]) -> Learned:
    """Read what :meth:`Learned.stated` gave.

    Raises:
        ValueError: another version, or a field, level or share that is none.
    """
    if stated.get("version") != VERSION:
        raise ValueError("another version")
    same, stranger, housemate = (
        _checked(stated.get(name)) for name in ("same", "stranger", "housemate")
    )
    return Learned(same, stranger, housemate, source=str(stated.get("source", "")))


def _checked(part: object) -> Shares:
    if not isinstance(part, dict) or set(part) != set(LEVELS_OF):
        raise ValueError("fields are missing")
    for field, levels in LEVELS_OF.items():
        shares = part[field]
        if not isinstance(shares, dict) or set(shares) != set(levels):
            raise ValueError("levels are missing")
        if not all(isinstance(each, float) and 0 < each <= 1 for each in shares.values()):
            raise ValueError("shares lie between 0 and 1")
    return part


def read_model_file(path: Path) -> Learned:
    """Read a model file: shares as :meth:`Learned.stated` gives them and `model.json` holds them.

    Raises:
        InputError: it cannot be read, or is no model of this version.
    """
    try:
        return read_stated(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, AttributeError) as fault:
        raise InputError(
            "this is no model of matching, or one of another version",
            where=str(path),
            cure="load without --model: what others look like is then counted in the file itself",
        ) from fault
