"""A slip is one slip, and never turns a name into another name."""

import numpy as np
import pyarrow as pa

from ostiary.worlds.spelling import misspelt
from ostiary.worlds.vocabulary import load_names


def one_slip_apart(left: str, right: str) -> bool:
    if len(left) > len(right):
        left, right = right, left
    if len(right) - len(left) == 1:
        return any(right[:n] + right[n + 1 :] == left for n in range(len(right)))
    differ = [n for n in range(len(left)) if left[n] != right[n]]
    if len(differ) == 2:
        first, second = differ
        return second == first + 1 and left[first] + left[second] == right[second] + right[first]
    return len(left) == len(right) and len(differ) == 1


def test_each_result_is_one_slip_away_and_no_name():
    surnames = load_names().surnames
    long = [name for name in surnames.to_pylist()[:20_000] if name.isalpha() and len(name) >= 6]
    wrong = misspelt(np.random.default_rng(5), pa.array(long), surnames).to_pylist()
    assert all(one_slip_apart(was, now) for was, now in zip(long, wrong, strict=True))
    assert all(was[0] == now[0] for was, now in zip(long, wrong, strict=True))
    assert not set(wrong) & set(surnames.to_pylist())


def test_all_four_slips_happen():
    was = ["JOHNSON"] * 400
    now = misspelt(np.random.default_rng(6), pa.array(was), pa.array(["JOHNSTON"])).to_pylist()
    assert {len(text) for text in now} == {6, 7, 8}
    assert any(sorted(text) == sorted("JOHNSON") for text in now)
    assert "JOHNSTON" not in now
