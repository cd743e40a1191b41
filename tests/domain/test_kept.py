"""What is kept is made once, and the value that nobody has asked for longest goes first."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from ostiary.domain.kept import Kept


def test_a_value_is_made_once_whoever_asks_at_the_same_time():
    kept: Kept[str, object] = Kept(2)
    together = Barrier(4)

    def ask(_):
        together.wait()
        return kept.get("a", object)

    with ThreadPoolExecutor(4) as pool:
        assert len({id(one) for one in pool.map(ask, range(4))}) == 1


def test_what_nobody_has_asked_for_longest_goes_first():
    kept: Kept[str, str] = Kept(2)
    made = []

    def make(name):
        return lambda: made.append(name) or name

    for name in ("a", "b", "a", "c", "a", "b"):
        assert kept.get(name, make(name)) == name
    assert made == ["a", "b", "c", "b"]


def test_what_could_not_be_made_is_not_kept():
    kept: Kept[str, int] = Kept(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 1) == 1


def test_who_asks_for_another_key_does_not_wait_for_a_slow_making():
    """The slow one ends only after the other value was given: with one lock it would never be."""
    kept: Kept[str, int] = Kept(2)
    begun, given = Event(), Event()

    def slow():
        begun.set()
        return 1 if given.wait(60) else 0

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(kept.get, "slow", slow)
        assert begun.wait(60)
        second = pool.submit(kept.get, "quick", lambda: 2)
        second.add_done_callback(lambda _: given.set())
        assert (first.result(), second.result()) == (1, 2)


def test_after_a_failure_whoever_waited_makes_it_anew_and_no_lock_is_left():
    kept: Kept[str, int] = Kept(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: kept.get("b", lambda: 3)) == 3
    assert not kept._made


def test_what_is_dropped_is_made_anew_and_nothing_else():
    kept: Kept[str, int] = Kept(2)
    assert (kept.get("a", lambda: 1), kept.get("b", lambda: 2)) == (1, 2)
    kept.drop("a")
    kept.drop("never asked for")
    assert (kept.get("a", lambda: 3), kept.get("b", lambda: 4)) == (3, 2)
