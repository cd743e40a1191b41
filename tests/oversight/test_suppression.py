"""Small counts stay unknown, also to a reader who adds, subtracts and knows the method."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from ostiary.office.oversight.suppression import THRESHOLD, withheld

rows = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 60), min_size=1)


@given(rows)
def test_no_small_count_is_shown_and_none_can_be_subtracted(row: dict[str, int]) -> None:
    shown = withheld(row)
    hidden = [row[name] for name, count in shown.items() if count is None]
    assert all(count is None or count >= THRESHOLD for count in shown.values())
    assert all(shown[name] in (None, row[name]) for name in row)
    if hidden and len(hidden) < len(row):
        assert len(hidden) > 1
        assert sum(hidden) >= THRESHOLD


def test_a_row_of_large_counts_is_shown_whole() -> None:
    assert withheld({"a": 10, "b": 4000}) == {"a": 10, "b": 4000}


def test_a_reader_who_knows_the_method_cannot_tell_a_withheld_count() -> None:
    """Every row with the same published cells and total is tried: two at least fit each cell."""
    most = 26
    by_sight: dict[tuple[object, ...], list[tuple[int, ...]]] = {}
    for counts in product(range(most), repeat=3):
        shown = withheld(dict(zip("abc", counts, strict=True)))
        by_sight.setdefault((*shown.values(), sum(counts)), []).append(counts)
    for sight, fitting in by_sight.items():
        *cells, total = sight
        for place, cell in enumerate(cells):
            if cell is None and 0 < total < most:  # type: ignore[operator]
                assert len({counts[place] for counts in fitting}) > 1
