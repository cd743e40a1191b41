"""How a record lies on disk: one cache line of numbers for each person and address.

Texts are places in a sorted list of all texts of their column (its *vocabulary*; the empty text is
place 0). Records stand in order of their person's id, so all records of a person are neighbours and
are read with one look at the disk; that is also why a record is one row and not twenty columns.
"""

import struct
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Rows = npt.NDArray[np.void]
Numbers = npt.NDArray[np.int64]

_WIDTHS: Mapping[str, str] = {
    "n_given": "<u4",
    "n_middle": "<u4",
    "n_surname": "<u4",
    "n_surname_key": "<u4",
    "n_given_group": "<u4",
    "a_number": "<u4",
    "a_street": "<u4",
    "a_unit": "<u4",
    "a_city": "<u4",
    "a_zip5": "<u4",
    "a_type": "<u2",
    "n_suffix": "u1",
    "a_kind": "u1",
    "a_pre": "u1",
    "a_post": "u1",
    "a_state": "u1",
    "a_shape": "u1",
}
TEXTS = tuple(_WIDTHS)
"""Standard columns of text that a record has. A country is not among them: it is in the shape."""

RECORD = np.dtype(
    [
        *_WIDTHS.items(),
        ("n_name_stated", "?"),
        ("hold", "?"),
        ("first_period", "u1"),
        ("last_period", "u1"),
        ("born", "<i4"),
        ("tin", "<u4"),
        ("person", "<u4"),
    ]
)
"""``born``: days since 1970-01-01, :data:`UNBORN` when unknown. ``tin``: the number plus one, 0
when unknown. Periods: years since 1899, 0 when unknown; a record is of every year from the first to
the last. ``person``: counted from 0, in order of ids."""

UNBORN = -(1 << 31)
EPOCH = 1899

SOURCES = ("", "return", "information-return", "postal-update")
"""Where an address came from; its place here is its number on disk, and 0 is unknown.

A record has *spans* beside it: for each source the runs of years that it was filed for by it, as
three numbers of one byte each: first and last period, and the source."""

_CODES = {"<u4": "I", "<u2": "H", "u1": "B", "?": "?", "<i4": "i"}
PACKED = struct.Struct(
    "<"
    + "".join(
        _CODES[_code] for _code in (*_WIDTHS.values(), "?", "?", "u1", "u1", "<i4", "<u4", "<u4")
    )
)
"""The same for one record: its fields in the order of :data:`RECORD`."""

_NOT_CONTENT = ("hold", "first_period", "last_period", "person")
_WORDS = RECORD.itemsize // 8


def content(rows: Rows) -> npt.NDArray[np.uint64]:
    """Give what makes two records of a person the same one: a row of words for each record.

    Holds and periods are not part of it: a hold is gathered from all rows of the person, and rows
    that are the same in years without a gap become one record.
    """
    bare = rows.copy()
    for name in _NOT_CONTENT:
        bare[name] = 0
    return bare.view("<u8").reshape(len(rows), _WORDS)


def born_text(days: npt.NDArray[np.int32]) -> pa.Array:
    """Write days since 1970-01-01 as ``YYYY-MM-DD``; empty when unknown."""
    dates = pa.array(days, mask=days == UNBORN).cast(pa.date32())
    return dates.cast(pa.string()).fill_null("")


def unique(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Give the different numbers in order, by sorting: several times as fast as ``numpy.unique``.

    The array that is handed in is sorted on the way.
    """
    numbers.sort()
    new = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=new[1:])
    return numbers[new]
