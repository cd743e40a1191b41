"""Columns of text made whole columns at a time: no Python runs for each row.

Text is a pyarrow string array. Numbers and codes are numpy arrays.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Codes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
Text = Any  # pa.StringArray; pyarrow ships no types


def words(values: Sequence[str]) -> Text:
    """Make a vocabulary that codes point into."""
    return pa.array(values, pa.string())


def pick(vocabulary: Text, codes: npt.NDArray[Any]) -> Text:
    """Give the word of each code; a code below zero gives empty text."""
    chosen = vocabulary.take(pa.array(codes, mask=codes < 0))
    return pc.fill_null(chosen, "")


def joined(*parts: Text | str, by: str = "") -> Text:
    """Join columns (or constant strings) row by row."""
    return pc.binary_join_element_wise(*parts, by)


def number_text(numbers: npt.NDArray[Any], width: int = 0) -> Text:
    """Write whole numbers, with leading zeros up to ``width``."""
    return pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width, "0")


def day_text(days: Days) -> Text:
    """Write days as ISO dates; no date gives empty text."""
    return pc.fill_null(pa.array(days.astype("datetime64[D]")).cast(pa.string()), "")


def where(mask: Flags, yes: Text | str, no: Text | str) -> Text:
    """Take ``yes`` where the mask is set and ``no`` elsewhere."""
    return pc.if_else(pa.array(mask), yes, no)


def constant(value: str, rows: int) -> Text:
    """Repeat one text."""
    return pa.repeat(pa.scalar(value, pa.string()), rows)


def placed(column: Text, rows: Codes, texts: Text) -> Text:
    """Put ``texts`` at the given rows of a column, the rest unchanged."""
    source = np.arange(len(column))
    source[rows] = len(column) + np.arange(len(rows))
    return pa.concat_arrays([column, texts]).take(pa.array(source))
