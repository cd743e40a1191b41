"""Twins: what stands in the file beside a record, so that silence about it settles nothing.

=====================  =========================================================================
``street_twin_zip``    another street of the same name in the record's ZIP Code: S MAIN ST beside
                       MAIN ST, OAK AVE beside OAK ST
``street_twin_city``   the same in its city
``unit_twin``          another unit with the same identifier in the building: LOT 7 beside APT 7
``box_twin``           the same box or route under another ZIP Code of its city
``door_twin``          another household at the same number and street under another ZIP Code of its
                       city
``unsaid_unit_twin``   another household of the building with a unit, where the record has none; one
                       without, where the record has one
=====================  =========================================================================

A twin is found by sorting: two records of one group that differ in what tells twins apart. A
household is told by its surname: what one of a family leaves out of an address is no other door.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ostiary.deciding.reference.layout import Rows
from ostiary.deciding.standardisation.vocabulary.units import LONE_UNITS, UNIT_KINDS

Flags = npt.NDArray[np.uint8]
Keys = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.uint32]

TWINS = (
    *("street_twin_zip", "street_twin_city", "unit_twin", "box_twin", "door_twin"),
    "unsaid_unit_twin",
)
"""The flags of a record, from the lowest bit up."""

BOXED = ("box", "route", "military", "general-delivery")
"""Kinds of addresses that belong to a post office."""

_MIXED = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)
_KIND = re.compile(f"(?:{'|'.join(UNIT_KINDS)}) ")


def identifiers(unit: str) -> str:
    """Give the identifiers of a unit without their kinds: ``1 23`` of BLDG 1 APT 23."""
    return _KIND.sub("", unit)


def says_no_kind(unit: str) -> bool:
    """Tell whether a unit is a bare identifier."""
    return identifiers(unit) == unit and unit not in LONE_UNITS.entries


def find_twins(records: Rows, building: Numbers, texts: dict[str, list[str]]) -> Flags:
    """Find the twins of records.

    Args:
        records: all records.
        building: building of each.
        texts: the vocabulary of each column.

    Returns:
        For each record one bit for each of :data:`TWINS`.
    """
    street = _among(records["a_kind"], texts["a_kind"], ("street",))
    boxed = _among(records["a_kind"], texts["a_kind"], BOXED)
    zipped = records["a_zip5"] != 0
    name = records["a_street"].astype(np.uint64)
    variant = _variant(records)
    in_city = _mixed(records["a_city"], records["a_state"])
    told_by = np.where(street, variant, records["a_unit"])
    door = _mixed(*(records[c] for c in ("a_kind", "a_number", "a_street")), told_by)
    zip5 = records["a_zip5"].astype(np.uint32)
    elsewhere = _with_twins(in_city * _MIXED ^ door, zip5, street | boxed)
    found = (
        _with_twins(records["a_zip5"].astype(np.uint64) << _HALF | name, variant, street & zipped),
        _with_twins(in_city * _MIXED ^ name, variant, street),
        _unit_twins(records["a_unit"], building, texts["a_unit"], street),
        elsewhere & boxed,
        _of_others(records, in_city * _MIXED ^ door, zip5, elsewhere & street, said=zip5 != 0),
        _unsaid_units(records, building, street | boxed),
    )
    flags = np.zeros(len(records), np.uint8)
    for bit, each in enumerate(found):
        flags |= each.astype(np.uint8) << np.uint8(bit)
    return flags


def _among(
    places: npt.NDArray[np.generic], words: Sequence[str], wanted: Sequence[str]
) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = np.array([word in wanted for word in words], np.bool_)[places]
    return found


def _variant(records: Rows) -> Numbers:
    pre, post = (records[name].astype(np.uint32) for name in ("a_pre", "a_post"))
    joined: Numbers = pre << np.uint32(24) | post << np.uint32(16) | records["a_type"]
    return joined


def _mixed(*columns: npt.NDArray[np.generic]) -> Keys:
    mixed = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        mixed = (mixed ^ column.astype(np.uint64)) * _MIXED
        mixed ^= mixed >> np.uint64(29)
    return mixed


def _with_twins(
    group: Keys,
    variant: Numbers,
    among: npt.NDArray[np.bool_],
    silent: npt.NDArray[np.bool_] | None = None,
) -> npt.NDArray[np.bool_]:
    """Tell which rows are in a group that has more than one variant.

    ``silent`` rows say no variant themselves: one that another row says is enough for them.
    """
    found = np.zeros(len(group), np.bool_)
    rows = np.flatnonzero(among)
    if not len(rows):
        return found
    rows = rows[np.argsort(group[rows])]
    ordered, said = group[rows], variant[rows]
    quiet = silent[rows] if silent is not None else np.zeros(len(rows), np.bool_)
    new = np.ones(len(rows), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    starts = np.flatnonzero(new)
    highest = np.uint32(0xFFFFFFFF)
    lowest = np.minimum.reduceat(np.where(quiet, highest, said), starts)
    largest = np.maximum.reduceat(np.where(quiet, np.uint32(0), said), starts)
    place = np.cumsum(new) - 1
    some, several = (lowest <= largest)[place], (lowest < largest)[place]
    found[rows] = np.where(quiet, some, several)
    return found


def _unit_twins(
    unit: Numbers, building: Numbers, words: Sequence[str], street: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    last: dict[str, int] = {}
    ends = [last.setdefault(word.rpartition(" ")[2], len(last)) for word in words]
    bare = np.array([says_no_kind(word) for word in words], np.bool_)
    group = building.astype(np.uint64) << _HALF | np.array(ends, np.uint64)[unit]
    return _with_twins(group, unit.astype(np.uint32), street & (unit != 0), bare[unit])


def _unsaid_units(
    records: Rows, building: Numbers, among: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    has_unit = records["a_unit"] != 0
    with_some, with_none = np.zeros((2, int(building.max(initial=0)) + 1), np.bool_)
    with_some[building[has_unit & among]] = True
    with_none[building[~has_unit & among]] = True
    of_both = among & (with_some & with_none)[building]
    every = np.ones(len(records), np.bool_)
    return _of_others(records, building, has_unit, of_both, said=every)


def _of_others(
    records: Rows,
    group: npt.NDArray[np.unsignedinteger[Any]],
    variant: npt.NDArray[np.generic],
    among: npt.NDArray[np.bool_],
    *,
    said: npt.NDArray[np.bool_],
) -> npt.NDArray[np.bool_]:
    """Tell which rows have in their group another variant, ``said`` by another household.

    What differs from a row in both is counted as all of its group less those of its variant, less
    those of its household, and those of both again.
    """
    found = np.zeros(len(group), np.bool_)
    rows = np.flatnonzero(among)
    household = np.asarray(records["n_surname_key"])[rows]
    whole = _numbered(group[rows], variant[rows], household)
    _, first = np.unique(whole, return_index=True)
    once = rows[first]
    weight = said[once].astype(np.int64)
    ours = weight.copy()
    for sign, told_by in ((1, ()), (-1, (variant[once],)), (-1, (household[first],))):
        same = _numbered(group[once], *told_by)
        ours += sign * np.bincount(same, weight).astype(np.int64)[same]
    found[rows] = (ours > 0)[whole]
    return found


def _numbered(*columns: npt.NDArray[np.generic]) -> npt.NDArray[np.int64]:
    """Number what is equal in all columns, from 0."""
    order = np.lexsort(columns)
    new = np.zeros(len(order), np.bool_)
    for column in columns:
        ordered = column[order]
        new[1:] |= ordered[1:] != ordered[:-1]
    numbered = np.empty(len(order), np.int64)
    numbered[order] = np.cumsum(new)
    return numbered
