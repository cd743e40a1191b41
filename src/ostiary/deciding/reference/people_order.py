"""People in the order of their ids: an ordered file costs nothing, an addition what it adds."""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Places = npt.NDArray[np.uint32]

_MANY_ADDED = 20  # one in so many is not looked up by itself: to sort all is quicker


def number_people(runs: Sequence[pa.Array]) -> tuple[pa.Array, Places | None]:
    """Put people in order.

    Args:
        runs: the ids of runs of rows, one array behind the other.

    Returns:
        The ids in order, each once; and for each run the place of its person, or ``None`` when the
        runs are the people in order already.
    """
    ids = pa.concat_arrays(runs) if runs else pa.array([], pa.large_string())
    new = _begin(ids)
    if new.all():
        return _numbered(ids)
    # a person whose rows lie on both sides of a border between stretches has two runs there
    everybody, place = _numbered(ids.filter(pa.array(new)))
    person = np.cumsum(new) - 1
    return everybody, (person if place is None else place[person]).astype(np.uint32)


def _begin(ids: pa.Array) -> npt.NDArray[np.bool_]:
    """Tell which ids are another than the one before."""
    new = np.ones(len(ids), np.bool_)
    new[1:] = pc.not_equal(ids[1:], ids[:-1]).to_numpy(zero_copy_only=False)
    return new


def _numbered(ids: pa.Array) -> tuple[pa.Array, Places | None]:
    """Do what :func:`number_people` does, of one array."""
    ordered = _ordered_until(ids)
    if ordered == len(ids):
        return ids, None
    if _MANY_ADDED * (len(ids) - ordered) > len(ids):
        everybody, place = _different(ids)
        return everybody, place.astype(np.uint32)
    first, later = ids.slice(0, ordered), ids.slice(ordered)
    added, place_of_later = _different(later)
    stands = np.array([_place(first, text) for text in added.to_pylist()], np.int64)
    known = _at(first, stands, added)
    # What is added stands before the one at its place; all behind it move on.
    before = np.zeros(ordered + 1, np.int64)
    np.add.at(before, stands[~known], 1)
    moved = np.arange(ordered) + np.cumsum(before)[:ordered]
    place_of_added = stands + np.cumsum(~known) - ~known
    place_of_added[known] = moved[stands[known]]
    together = pa.concat_arrays([first, added.filter(pa.array(~known))])
    order = np.empty(len(together), np.int64)
    order[moved] = np.arange(ordered)
    order[place_of_added[~known]] = ordered + np.arange(int((~known).sum()))
    person = np.concatenate([moved, place_of_added[place_of_later]]).astype(np.uint32)
    return together.take(pa.array(order)), person


def _ordered_until(ids: pa.Array) -> int:
    """Give how many ids from the first on are in order, none of them twice."""
    falls = pc.index(pc.less(ids[:-1], ids[1:]), value=False).as_py()
    return len(ids) if falls < 0 else falls + 1


def _different(ids: pa.Array) -> tuple[pa.Array, npt.NDArray[np.int64]]:
    """Give the different ids in order, and for each id its place among them."""
    order = pc.sort_indices(ids)
    ordered = ids.take(order)
    new = _begin(ordered)
    place = np.empty(len(ids), np.int64)
    place[order.to_numpy()] = np.cumsum(new) - 1
    return ordered.filter(pa.array(new)), place


def _place(ids: pa.Array, text: str) -> int:
    return bisect_left(range(len(ids)), text, key=lambda place: ids[place].as_py())


def _at(ids: pa.Array, place: npt.NDArray[np.int64], added: pa.Array) -> npt.NDArray[np.bool_]:
    """Tell which ids stand at their place already."""
    there = ids.take(pa.array(np.minimum(place, len(ids) - 1)))
    same = pc.equal(there, added).to_numpy(zero_copy_only=False)
    known: npt.NDArray[np.bool_] = same & (place < len(ids))
    return known
