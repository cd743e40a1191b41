"""Attack: an order comes while a long step is under way, which goes on under the law that it read.

A file of millions, a release of a thousand answers and a disposal take minutes; a stay works at
once, and what a court has the office keep is not destroyed.
"""

import os
from contextlib import nullcontext

import pytest

from officers import NEXT_DAY, approve_twice, desk_on, first_case, look_at_all
from order import order_text
from ostiary.domain.errors import NotAllowedError
from ostiary.domain.words import Status
from ostiary.office.batches import running
from ostiary.office.batches.overtaking import OvertakenError, committing_alone, entered_as_found
from ostiary.office.batches.running import run_batch
from ostiary.office.cases import examination
from ostiary.office.folder import session
from ostiary.office.folder.session import LawChangedError
from ostiary.office.recovery.entering import at_work
from ostiary.office.release import release as releasing
from ostiary.office.release.disposal import dispose, due
from ostiary.office.release.release import release

STAY = order_text("training", "2025-08-07", "true")
HOLD = STAY.split("---")[1].replace("layer: order", "layer: order\nkind: litigation-hold")
HOLD = f"---{HOLD}scope:\n  people: true\n---\n\n# Keep it\n"


def entries(office, kind):
    with desk_on(office) as (place, _):
        return [body for body in place.store.entries_from(0) if f'"{kind}"'.encode() in body]


def once(monkeypatch, module, name, act):
    """Do something just after a function of a module was called for the first time."""
    counted(monkeypatch, module, name, act)


def counted(monkeypatch, module, name, act):
    """Do something just after the first call, as :func:`once`; give a list as long as the calls."""
    real, done = getattr(module, name), []

    def also(*args, **kwargs):
        found = real(*args, **kwargs)
        done.append(True)
        if len(done) == 1:
            act()
        return found

    monkeypatch.setattr(module, name, also)
    return done


def lay(office, text=STAY):
    (office / "orders" / "stay.md").write_text(text)


def test_a_stay_that_comes_between_two_answers_of_one_release_keeps_the_second(office, monkeypatch):
    with desk_on(office) as (_, desk):
        one = first_case(desk).request.request_id
        other = first_case(desk, "no-answer", [one]).request.request_id
        for request in (one, other):
            approve_twice(desk, office, request)
    once(monkeypatch, releasing, "_store", lambda *_: lay(office))
    with desk_on(office) as (place, _):
        ((answered, _),) = release(place).answers
        kept = other if answered.endswith(one) else one
        with pytest.raises(NotAllowedError, match="not yet approved"):
            release(place, kept)
    assert len(entries(office, "answer.released")) == 1


def test_a_stay_that_comes_before_the_one_answer_asked_for_keeps_it(office, monkeypatch):
    with desk_on(office) as (_, desk):
        request = first_case(desk).request.request_id
        approve_twice(desk, office, request)
    once(monkeypatch, releasing, "rule_on", lambda: lay(office))
    with desk_on(office) as (place, _), pytest.raises(NotAllowedError, match="not yet approved"):
        release(place, request)
    assert entries(office, "answer.released") == []


def test_a_file_that_is_under_way_when_a_stay_comes_is_decided_under_it(
    loaded_office, stores, world, tmp_path, monkeypatch
):
    office = stores.copy(loaded_office, tmp_path / "office").root
    once(monkeypatch, running, "add_commitments", lambda: lay(office))
    with at_work(office, on=NEXT_DAY) as place:
        batch = run_batch(place, world / "requests.csv", NEXT_DAY)
        assert not any(place.store.ready_to_look())
    assert batch["counts"].get(str(Status.ACCEPTED), 0) == 0
    assert batch["counts"][str(Status.SUSPENDED)] > 0
    assert len(entries(office, "batch.received")) == 1  # the first attempt left nothing


def test_a_sweep_that_is_under_way_when_a_stay_comes_looks_at_nothing(office, monkeypatch):
    once(monkeypatch, examination, "compare", lambda: lay(office))
    with desk_on(office) as (place, _):
        look_at_all(place, most=3)
        assert place.store.law().orders != ""
    assert entries(office, "record.examined") == []


def test_a_step_does_not_adopt_a_law_that_is_over(office):
    """Else the log would tell of a law that came back, and a record be entered under it."""
    with desk_on(office) as (place, _), place.law_at_hand() as (_, law):
        lay(office)
        with pytest.raises(LawChangedError, match="do it again"), place.store.write() as txn:
            place.adopt(txn, law)
    adopted = entries(office, "law.adopted")  # and the first step after it sees the stay
    assert len(adopted) == len({body.partition(b'"at"')[2][30:] for body in adopted})


def test_whoever_changes_the_law_without_end_keeps_no_step_running():
    tried = []

    def step():
        tried.append(True)
        raise LawChangedError

    with pytest.raises(LawChangedError):
        session.under_standing_law(step)
    assert len(tried) == session.MOST_CHANGES


def test_what_a_court_has_kept_since_it_was_found_due_is_not_destroyed(office):
    later = NEXT_DAY.replace(year=2035)
    with at_work(office, on=later) as place:
        chosen = due(place)
        assert chosen.requests
        lay(office, HOLD)
        dispose(place, chosen)
        held = due(place)
    assert held.under_hold > 0
    with at_work(office, on=later) as place:
        kept = sum(1 for _ in place.store.openable(later))
    assert kept >= held.under_hold


def registers_of(office):
    return sorted((office / "registers").glob("*.csv"))


def linked(office):
    """What a backup by hard links does to a file: another name, and a new time of its inode."""
    for number, one in enumerate([*registers_of(office), office / "orders" / "stay.md"]):
        os.link(one, office.parent / f"kept-{number}")


def with_other_modes(office):
    (office / "orders" / "stay.md").chmod(0o400)


def opened_in_editors(office):
    for name in (".stay.md.swp", "stay.md~", "#stay.md#", ".~lock.stay.md#", "~$stay.md"):
        (office / "orders" / name).write_text("")
    (office / "registers" / ".agencies.csv.swx").write_text("")


def written_anew(office):
    for one in (*registers_of(office), office / "orders" / "stay.md"):
        words = one.read_bytes()
        one.unlink()
        one.write_bytes(words)


def with_another_word(office):
    order = office / "orders" / "stay.md"
    order.write_text(order.read_text().replace("training", "Training"))


def with_another_register(office):
    rows = "kind,years,authority\nanswered,90,policy\n"
    (office / "registers" / "retention.csv").write_text(rows)


def with_an_order_under_a_wrong_name(office):
    (office / "orders" / "other.md.txt").write_text(STAY)


def without_the_order(office):
    (office / "orders" / "stay.md").unlink()


TOUCHED = [linked, with_other_modes, opened_in_editors, written_anew]


@pytest.mark.parametrize("touched", TOUCHED)
def test_a_law_whose_files_say_the_same_stands(office, touched):
    lay(office)
    with desk_on(office) as (place, _), place.law_at_hand() as (_, law):
        touched(office)
        assert law.stands()


@pytest.mark.parametrize(
    "changed",
    [
        with_another_word,
        with_another_register,
        with_an_order_under_a_wrong_name,
        without_the_order,
    ],
)
@pytest.mark.parametrize("before", [lambda _: None, linked, opened_in_editors])
def test_a_law_whose_files_say_something_else_is_over(office, before, changed):
    lay(office)
    with desk_on(office) as (place, _), place.law_at_hand() as (_, law):
        before(office)
        changed(office)
        assert not law.stands()


@pytest.mark.parametrize("touched", TOUCHED)
def test_a_file_is_not_decided_again_where_the_law_says_the_same(
    loaded_office, stores, world, tmp_path, monkeypatch, touched
):
    office = stores.copy(loaded_office, tmp_path / "office").root
    lay(office)
    tried = counted(monkeypatch, running, "add_commitments", lambda: touched(office))
    with at_work(office, on=NEXT_DAY) as place:
        run_batch(place, world / "requests.csv", NEXT_DAY)
        assert (len(tried), len(place.store.batches())) == (1, 1)


def test_a_file_is_decided_again_where_one_word_of_an_order_is_another(
    loaded_office, stores, world, tmp_path, monkeypatch
):
    office = stores.copy(loaded_office, tmp_path / "office").root
    lay(office)
    tried = counted(monkeypatch, running, "add_commitments", lambda: with_another_word(office))
    with at_work(office, on=NEXT_DAY) as place:
        run_batch(place, world / "requests.csv", NEXT_DAY)
        assert (len(tried), len(place.store.batches())) == (2, 1)


OVER, PAST = LawChangedError, OvertakenError


@pytest.mark.parametrize(
    ("before", "by_itself"),
    [
        ([], [False]),
        ([PAST], [False, True]),
        ([OVER, OVER], [False, False, False]),
        ([PAST, OVER, PAST], [False, True, False, True]),
        ([OVER, OVER, OVER, PAST], [False, False, False, False, True]),
        ([OVER, OVER, OVER, OVER, OVER], [False, False, False, False, True]),
        ([PAST, OVER, PAST, OVER, OVER], [False, True, False, True, True]),
    ],
)
def test_both_reasons_to_begin_anew_count_together_and_others_commit_between(
    office, before, by_itself
):
    left, held = [kind() for kind in before], []
    with at_work(office, on=NEXT_DAY) as place:

        def run(turn):
            with turn() if turn is not nullcontext else nullcontext():
                held.append(turn is nullcontext)
                if left:
                    raise left.pop(0)
            return "entered"

        if len(before) < session.MOST_CHANGES:
            assert entered_as_found(place, run) == "entered"
        else:
            with pytest.raises(LawChangedError):
                entered_as_found(place, run)
        assert held == by_itself
        with committing_alone(place):  # nobody keeps it
            pass
