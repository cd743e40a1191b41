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
        assert sum(hidden) >= len(hidden) * THRESHOLD - 1


def test_a_row_of_large_counts_is_shown_whole() -> None:
    assert withheld({"a": 10, "b": 4000}) == {"a": 10, "b": 4000}


def test_a_reader_who_knows_the_method_cannot_tell_a_withheld_count() -> None:
    """Every row with the same shown cells and total is tried, also by who knows which are small.

    Each small count may then be anything below the threshold. A row that is withheld whole shows
    its total alone, and is not looked at.
    """
    most = 45
    by_sight: dict[tuple[object, ...], list[tuple[int, ...]]] = {}
    for counts in product(range(most), repeat=3):
        shown = tuple(withheld(dict(zip("abc", counts, strict=True))).values())
        if sum(counts) < most and None in shown and any(cell is not None for cell in shown):
            small = tuple(count < THRESHOLD for count in counts)
            by_sight.setdefault((shown, sum(counts), small), []).append(counts)
    assert len(by_sight) > 100
    for (_, _, small), fitting in by_sight.items():  # type: ignore[misc] # three, as they were put
        for place in (at for at, is_small in enumerate(small) if is_small):
            assert {counts[place] for counts in fitting} == set(range(THRESHOLD))


def test_the_shown_count_does_not_bound_what_is_withheld() -> None:
    assert withheld({"a": 10, "b": 9, "c": 9}) == {"a": None, "b": None, "c": None}
    assert withheld({"a": 30, "b": 9, "c": 30}) == {"a": 30, "b": None, "c": None}
