"""Fixtures for matching: an empty small file."""

import duckdb
import pytest

from small_file import SmallFile


@pytest.fixture
def town(con: duckdb.DuckDBPyConnection, tmp_path) -> SmallFile:
    """A reference folder that nothing has been loaded into yet."""
    return SmallFile(con, tmp_path / "reference")
