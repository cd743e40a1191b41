"""Attack: many guesses are looked at in the same moment, so that the bound counts none of the rest.

Each look by itself lies below what the office bears, and all together above it. What is stored must
be what the same looks leave one after another, in the order in which they were committed.
"""

import json
from functools import partial

import pytest

from at_once import at_once
from casedb import ask
from officers import NEXT_DAY, key_of
from ostiary.deciding.decoys.control import Control, Limit, Tally
from ostiary.office.batches.overtaking import OvertakenError
from ostiary.office.batches.running import run_batch
from ostiary.office.batches.verification import SettledBefore
from ostiary.office.cases.steps import determine, sweep
from ostiary.office.recovery.entering import at_work
from walks import RECEIVED, lawful_of, written

LOOKS = 3


@pytest.fixture(scope="module")
def waiting(world, loaded_office, stores, tmp_path_factory):
    """An office whose officers found every reason specific, and looked at nothing yet."""
    folder = tmp_path_factory.mktemp("waiting")
    root = stores.copy(loaded_office, folder / "office").root
    by_agency, _ = lawful_of(world)
    rows = max(by_agency.values(), key=len)[: 2 * LOOKS]
    for row in rows[LOOKS:]:
        row.update(given_name="Zebulon", middle_name="", birth_date="", tin="")
    with at_work(root, on=RECEIVED) as place:
        run_batch(place, written(folder / "guesses.csv", rows), RECEIVED)
    ids, key = [row["request_id"] for row in rows], key_of(root, "anna")
    with at_work(root, on=NEXT_DAY) as place:
        for one in ids:
            determine(place, one, "anna", key, found=True, look=False)
    return root, [ids[start::LOOKS] for start in range(LOOKS)], rows[0]["agency"]


def look(root, requests):
    with at_work(root, on=NEXT_DAY) as place:
        return sweep(place, requests)


def stated(root):
    """What each look's decoys showed, in the order of commits; what they are drawn by left out."""
    told = [json.loads(decoys) for (decoys,) in ask(root, "SELECT decoys FROM examination")]
    return [(one["wrong_at_most"], one["confirmed_earlier"], one["exceeded"]) for one in told]


def in_order(root, parts):
    """The parts in the order in which their looks were committed."""
    entries = ask(
        root,
        "SELECT r.request_id, v.entry_index FROM verification v JOIN request r ON r.id = v.request",
    )
    return sorted(parts, key=lambda part: dict(entries)[part[0]])


def test_looks_at_once_are_bounded_as_one_after_another(waiting, stores, tmp_path):
    made, parts, _ = waiting
    root = stores.copy(made, tmp_path / "together").root
    ended = at_once([partial(look, root, part) for part in parts])
    assert not [one for one in ended if isinstance(one, BaseException)], ended
    in_turn = stores.copy(made, tmp_path / "in-turn").root
    for part in in_order(root, parts):
        look(in_turn, part)
    assert stated(root) == stated(in_turn)
    assert len({wrong for wrong, *_ in stated(root)}) == LOOKS  # each counts those before it


def test_a_look_between_the_question_and_the_commit_is_counted(waiting, stores, tmp_path):
    made, parts, agency = waiting
    root = stores.copy(made, tmp_path / "office").root
    with at_work(root, on=NEXT_DAY) as place:
        before = SettledBefore(place, [agency])
        then = before.ask()
        tally = Tally("neighbour", 100, 1, "name-disagrees", 99)
        control = Control("", (tally,), {"name-disagrees": 5, **then}, 1, 0, Limit())
        assert before.bound_again(control) is control
        for part in parts:
            sweep(place, part)
        again = before.bound_again(control)
        assert again.wrong > control.wrong
        assert again.earlier > control.earlier


def test_what_brings_a_look_above_the_limit_has_it_begin_anew(waiting, stores, tmp_path):
    made, parts, agency = waiting
    root = stores.copy(made, tmp_path / "office").root
    with at_work(root, on=NEXT_DAY) as place:
        before = SettledBefore(place, [agency])
        then = before.ask()
        tally = Tally("neighbour", 1_000, 100, "name-disagrees", 900)
        most = next(
            many
            for many in range(1, 100)
            if Control("", (tally,), {"name-disagrees": many + 1}, 1, 0, Limit()).exceeded
        )
        control = Control("", (tally,), {**then, "name-disagrees": most}, 1, 0, Limit())
        assert not control.exceeded
        for part in parts:
            sweep(place, part)
        with pytest.raises(OvertakenError):
            before.bound_again(control)
