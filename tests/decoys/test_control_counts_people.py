"""One person who is confirmed repeatedly makes no room for near misses."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ostiary.deciding.decoys.control import Control, Limit, Tally

TALLY = Tally("absent", made=10_000, confirmed=10, near_rule="name-disagrees", near=9_000)


@given(st.integers(0, 50_000), st.integers(0, 3_000), st.integers(0, 5_000))
def test_repeats_leave_the_bound_as_it_was(repeats, near, people):
    once = Control("", (TALLY,), {"name-disagrees": near}, people, 0, Limit(), people)
    again = replace(once, agreeing=people + repeats)
    assert again.borne == once.borne
    assert again.exceeded == once.exceeded
