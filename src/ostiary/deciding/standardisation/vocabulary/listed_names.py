"""Names that people of the present day bear, as lists of the United States count them.

``names.parquet`` holds 265,207 names in 0.66 MB: given names and surnames of the 2020 census,
surnames of the 2010 census, and given names that the Social Security Administration has counted
since 1880. ``tools/names_table.py`` writes it and says where each list comes from; decision 0024
says on what terms. Nothing else of the lists is in it.
"""

import hashlib
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_FILE = Path(__file__).with_name("names.parquet")


@cache
def listed_names() -> pa.Table:
    """Give the names: ``kind`` (``given`` or ``surname``), ``name``, ``doublings``, ``sex``.

    ``doublings`` is how many bearers the largest list counts, as a whole power of two, rounded
    down. ``sex`` is ``M`` or ``F``: who bears a given name more often; empty for a surname.
    """
    return pq.read_table(_FILE)


@cache
def listed_digest() -> str:
    """Compute the SHA-256 (hexadecimal) of the table, a part of the standard form's digest."""
    return hashlib.sha256(_FILE.read_bytes()).hexdigest()
