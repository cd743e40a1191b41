"""Whatever happens to one row, no other row is lost; `make fuzz-files` does the same at length."""

import pytest

from fuzz_files import FORMATS, LONGEST_SECONDS, WHOLE, fuzz, fuzz_whole


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_damaged_row_costs_no_other(name, seed):
    lost, refused, slowest = fuzz(name, 1_000, seed)
    assert lost == 0
    assert slowest < LONGEST_SECONDS
    assert refused == 0 or name == "json-array"


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_is_damaged_anywhere_is_refused_or_keeps_its_rows(name, tmp_path):
    """With this seed a footer is among them at which Arrow, asked of its columns, ends Python."""
    lost, refused, slowest = fuzz_whole(name, 300, 3, tmp_path)
    assert lost == 0
    assert refused > 0
    assert slowest < LONGEST_SECONDS
