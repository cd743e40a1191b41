"""Attack: files, or officers' steps, at the same moment, so that each is taken as if it were alone.

All files have asked the office's history before any of them commits: what is stored must be what
the same files leave one after another, in the order in which they were committed. An officer's key
signs only when the others are about to sign too: nobody acts as two, and no case changes under a
vote.
"""

import json
import re
import threading
from collections import Counter
from datetime import date
from functools import partial

import pytest

from at_once import Meeting, MeetingKey, at_once
from casedb import ask
from officers import NEXT_DAY, approve_twice, equip, key_of, look_at_all
from ostiary.domain.errors import InputError, NotAllowedError
from ostiary.office.administration.changing import prepare, put_into_force
from ostiary.office.administration.governed_files import digest_of
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.batches.running import run_batch
from ostiary.office.cases.key_changes import accept_key, pending_keys
from ostiary.office.cases.states import CaseState
from ostiary.office.cases.steps import at_desk, order_look
from ostiary.office.oversight.access_audit import check_openings, check_signatures
from ostiary.office.oversight.annual_report import count_year, put_into_log
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.disposal import dispose, due
from ostiary.office.release.release import release
from ostiary.verifying.keys.files import key_text, new_signing_key
from walks import RECEIVED, about, lawful_of, written

pytestmark = pytest.mark.both_stores

WHY = "The agency explained this."
REASON = "This same text is given for everybody in the matter, whatever the matter may be about."
MOST = 3
OTHER = {"agency": "dhs", "recipients": "dhs-officer"}


@pytest.fixture(scope="module")
def fresh(world, stores, files, tmp_path_factory):
    """An office that has loaded the world's people, and run one other file."""
    root = tmp_path_factory.mktemp("fresh") / "office"
    equip(stores.new_office(root, training=True).root, world)
    text = (root / "office.toml").read_text()
    limit = r"(?m)^(addresses_per_person|addresses_of_all_agencies) = .*$"
    (root / "office.toml").write_text(re.sub(limit, rf"\1 = {MOST}", text))
    registers = root / "registers"
    with (registers / "officers.csv").open("a") as file:
        file.write(f"{OTHER['recipients']},{OTHER['agency']},true,2025-01-01,,,\n")
    safeguards = (registers / "safeguards.csv").read_text()
    (registers / "safeguards.csv").write_text(safeguards.replace("2025-05-01", ""))
    with at_work(root, on=RECEIVED) as place:
        load_people(place, world / "people.parquet")
        run_batch(place, files[-1], RECEIVED)  # it draws the decoys for the others as well
    return root


@pytest.fixture(scope="module")
def files(world, tmp_path_factory):
    """Files about one person, by one recipient, with one reason, under one id; of two agencies.

    The last one has nothing to do with the others, and is for officers.
    """
    by_agency, target = lawful_of(world)
    rows, folder = by_agency["dhs-ice"], tmp_path_factory.mktemp("files")
    shared = {"recipients": rows[0]["recipients"], "reason": REASON}
    one, two, three, four, five = (about(target, row, n) | shared for n, row in enumerate(rows[:5]))
    true = about(target, rows[5], 99, address=True) | shared
    content = [
        [one, two, rows[6] | shared | {"request_id": "TAKEN"}],
        [three, four, one, rows[7] | shared | {"request_id": "TAKEN"}],
        [five | OTHER, true | OTHER],
        rows[40:54],
    ]
    return [written(folder / f"{n}.csv", asked) for n, asked in enumerate(content)]


def take(root, path, on_stage=lambda _: None):
    with at_work(root, on=RECEIVED) as place:
        return run_batch(place, path, RECEIVED, determined=True, on_stage=on_stage)


def stored(root):
    """Everything that was decided, by file in the order of commit."""
    with at_work(root, on=RECEIVED) as place:
        found = []
        for batch in list(reversed(place.store.latest_batches(100)))[1:]:
            cases = place.store.cases([one.id for one in place.store.requests_of(batch.id)])
            found.append((batch.file_name, batch.row_errors, [decided(case) for case in cases]))
        return found


def decided(case):
    request, seen = case.request, case.verification
    return (
        (request.agency, request.request_id, request.status, request.mask),
        json.loads(request.facts or "{}"),
        seen and (seen.outcome, seen.rule, seen.person_id),
    )


@pytest.fixture(scope="module")
def left(fresh, files, stores, tmp_path_factory):
    """What the files left that were sent at once."""
    root = stores.copy(fresh, tmp_path_factory.mktemp("together") / "office").root
    meeting = Meeting(len(files[:-1]), "accounting")
    ended = at_once([partial(take, root, path, meeting) for path in files[:-1]])
    assert not [one for one in ended if isinstance(one, BaseException)]
    return stored(root)


def test_each_rule_holds_over_all_files(left):
    cases = [case for _, _, cases in left for case in cases]
    of_target = [case for case in cases if case[0][1].startswith("WALK")]
    compared = [one for one in of_target if one[2][1] != "repeated-asking"]
    assert len(of_target) == 6
    assert sum(one[0][0] == "dhs-ice" for one in compared) == MOST
    assert any(one[2][0] == "confirmed" for one in compared) == (left[0][0] == "2.csv")
    assert [case[0][1] for case in cases].count("TAKEN") == 1  # once, and other words refused
    assert sum(errors for _, errors, _ in left) == 1
    facts = [known for _, known, _ in cases]
    assert max(known["reason_shared"] for known in facts) == len(cases) - 1 == 6
    assert max(known["recipient_open_matters"] for known in facts) >= 5


def test_files_at_once_are_decided_as_one_after_another(left, fresh, files, stores, tmp_path):
    root = stores.copy(fresh, tmp_path / "office").root
    by_name = {path.name: path for path in files}
    for name, *_ in left:
        take(root, by_name[name])
    assert stored(root) == left


@pytest.fixture(scope="module")
def root(fresh, stores, tmp_path_factory):
    """An office whose officers have begun on the file for them."""
    return stores.copy(fresh, tmp_path_factory.mktemp("officers") / "office").root


@pytest.fixture(scope="module")
def place(root):
    with at_work(root, on=NEXT_DAY) as place:
        yield place


@pytest.fixture(scope="module")
def undetermined(place):
    return name_of(list(place.store.queue())[-1])


@pytest.fixture(scope="module")
def cases(place, undetermined, two_words):  # noqa: ARG001 - the words come first
    """The names of cases that wait for votes, one after another."""
    look_at_all(place)
    with at_desk(place) as desk:
        return iter([name_of(item) for item in place.store.queue() if is_open(desk, item)])


def name_of(item):
    return f"{item.agency}/{item.request_id}"


def is_open(desk, item):
    return desk.state(desk.numbered(item.id)) is CaseState.AWAITS_APPROVAL


def together(place, steps):
    """Take steps at once, each at a desk of its own; give what they gave."""

    def at_own_desk(step):
        try:
            with at_desk(place) as desk:
                return step(desk)
        finally:
            place.store.close()

    return at_once([partial(at_own_desk, step) for step in steps])


def meeting_keys(root, officers):
    meeting = threading.Barrier(len(officers))
    return [MeetingKey(key_of(root, officer), meeting) for officer in officers]


def voting(root, name, votes):
    """Steps of ``(officer, how)``, ready to be taken at once."""
    keys = meeting_keys(root, [officer for officer, _ in votes])

    def step(officer, how, key, desk):
        if how == "approve":
            return desk.approve(name, officer, key)
        return desk.refuse(name, officer, key, WHY)

    return [partial(step, *vote, key) for vote, key in zip(votes, keys, strict=True)]


def refused(ended):
    return [one for one in ended if isinstance(one, InputError)]


@pytest.fixture(scope="module")
def two_words(root, place, undetermined):
    """What became of two officers who said different things of one element at once."""
    officers = ("anna", "bert")
    steps = [
        partial(
            lambda officer, key, found, desk: desk.determine(
                undetermined, officer, key, found=found
            ),
            officer,
            key,
            found,
        )
        for officer, key, found in zip(
            officers, meeting_keys(root, officers), (True, False), strict=True
        )
    ]
    return together(place, steps)


def test_two_words_on_one_element(place, undetermined, two_words):
    """Lacking ends the case: nothing is said after it."""
    with at_desk(place) as desk:
        said = desk.case(undetermined).determinations
    assert [one.found for one in said] in ([False], [True, False])
    assert len(refused(two_words)) == 2 - len(said)


@pytest.mark.parametrize(
    ("officers", "stored"), [(["anna"] * 3, 1), (["anna", "anna", "bert", "bert"], 2)]
)
def test_an_officer_votes_once(root, place, cases, officers, stored):
    name = next(cases)
    ended = together(place, voting(root, name, [(one, "approve") for one in officers]))
    assert len([one for one in ended if isinstance(one, int)]) == stored
    late = "two different officers|two officers have approved this decision already"
    assert all(re.search(late, str(one)) for one in refused(ended))
    with at_desk(place) as desk:
        assert len(desk.case(name).approvals) == stored
        is_approved = desk.state(desk.case(name)) is CaseState.APPROVED
    assert is_approved == (stored == 2)


@pytest.mark.parametrize("second", ["anna", "bert"])
def test_approval_beside_refusal(root, place, cases, second):
    """An approval after the refusal is one of *no answer*; one before it is void."""
    name = next(cases)
    together(place, voting(root, name, [("anna", "approve"), (second, "refuse")]))
    with at_desk(place) as desk:
        case = desk.case(name)
        (refusal,), now = case.refusals, desk.decision(case).digest
        for approval in case.approvals:
            is_later = approval.entry_index > refusal.entry_index
            assert (approval.digest == now) == is_later
            assert (approval.digest == refusal.digest) != is_later


def ordering(root, place, name, officers):
    keys = meeting_keys(root, officers)

    def order(officer, key):
        try:
            return order_look(place, name, officer, key, WHY)
        finally:
            place.store.close()

    return [partial(order, officer, key) for officer, key in zip(officers, keys, strict=True)]


def test_a_stop_is_lifted_by_two_and_the_record_looked_at_once(root, place, cases):
    """Who comes after the look orders on what it showed, a first of two: or is refused."""
    name = next(cases)
    alone = at_once(ordering(root, place, name, ["anna", "anna"]))
    assert len(refused(alone)) == 1
    with at_desk(place) as desk:
        (stopped,) = desk.case(name).orders
    together = at_once(ordering(root, place, name, ["bert", "cora"]))
    with at_desk(place) as desk:
        case = desk.case(name)
        now = desk.decision(case).digest
    before = [one.officer for one in case.orders if one.digest == stopped.digest]
    later = [one.officer for one in case.orders if one.digest == now != stopped.digest]
    assert len(case.superseded) == 1
    assert len(before) == len(set(before)) == 2
    assert len(later) == len(case.orders) - 2 == 1 - len(refused(together))


def test_releases_beside_each_other_pass_over_what_is_done(root, place, cases):
    names = [next(cases) for _ in range(3)]
    with at_desk(place) as desk:
        for name in names:
            approve_twice(desk, root, name)

    def let_out():
        try:
            return release(place)
        finally:
            place.store.close()

    ended = at_once([let_out] * 3)
    assert not [one for one in ended if isinstance(one, BaseException)], ended
    assert Counter(ask(root, "SELECT request FROM answer")).most_common(1)[0][1] == 1
    assert len(list((root / "answers").rglob("*.answer"))) == len(place.store.answers()) >= 3


def test_a_release_by_name_is_told_that_it_came_late(root, place, cases):
    name = next(cases)
    with at_desk(place) as desk:
        approve_twice(desk, root, name)

    def let_out():
        try:
            return release(place, name)
        finally:
            place.store.close()

    ended = at_once([let_out] * 2)
    assert [type(one) for one in refused(ended)] == [NotAllowedError]


def test_a_key_is_accepted_by_two_and_once(root, place):
    register = root / "registers" / "reviewers.csv"
    text = key_text(new_signing_key().public_key())
    register.write_text(f"{register.read_text()}cora,{text},2025-01-01,\n")
    officers = ["anna", "anna", "bert", "bert"]
    (waiting,) = pending_keys(place)

    def accept(officer, key):
        try:
            return accept_key(place, *waiting.key[:2], officer, key)
        finally:
            place.store.close()

    keys = meeting_keys(root, officers)
    ended = at_once([partial(accept, *one) for one in zip(officers, keys, strict=True)])
    assert sorted(one.counts for one in ended if one not in refused(ended)) == [False, True]
    assert len(refused(ended)) == 2
    assert waiting.key in {one.key for one in place.store.keys_seen()}


def put_at_once(place, *numbers):
    """Have each of these changes put into force at once, by another than who prepared it."""

    def put(number):
        try:
            return put_into_force(place, number, "admin-2")
        finally:
            place.store.close()

    return at_once([partial(put, number) for number in numbers])


def changes_in(place, size):
    return [b"file.changed" in body for body in place.store.entries_from(size)].count(True)


def test_of_two_changes_of_one_file_at_once_one_comes_into_force(root, place):
    """Both were drawn from the file as it was: the later one would do away with the earlier."""
    register = root / "registers" / "webhooks.csv"
    text = "agency,url,from,until\ndhs-ice,https://{}.example/told,2025-01-01,\n"
    said = [text.format(name).encode() for name in ("one", "two")]
    drawn = [
        prepare(place, register.name, content, seen="", why="told of answers", by="admin-1")
        for content in said
    ]
    size = place.store.log_size()
    ended = put_at_once(place, *(one.number for one in drawn))
    assert len(refused(ended)) == 1
    assert register.read_bytes() == said[ended.index(refused(ended)[0]) - 1]
    assert changes_in(place, size) == 1


def test_a_change_comes_into_force_once_however_many_say_so(place):
    name = "webhooks.csv"
    register = place.office.root / "registers" / name
    seen, content = digest_of(register.read_bytes()), register.read_bytes().replace(b"told", b"new")
    drawn = prepare(place, name, content, seen=seen, why="a new address", by="admin-1")
    size = place.store.log_size()
    ended = put_at_once(place, *[drawn.number] * 4)
    assert len(refused(ended)) == 3
    assert changes_in(place, size) == 1
    assert register.read_bytes() == content


def test_figures_are_logged_once(place):
    def report():
        try:
            return put_into_log(place, count_year(place, RECEIVED.year))
        finally:
            place.store.close()

    place.publish()
    *later, first = sorted(at_once([report] * 3))
    assert later == [0, 0]
    assert first > 0


def test_what_is_due_is_destroyed_once_and_all_of_it_bears_out(root, place):
    assert check_signatures(place).faults == ()
    assert check_openings(place).faults == ()
    with at_work(root, on=date(2040, 1, 1)) as later:
        chosen = due(later)

        def destroy():
            try:
                return dispose(later, chosen)
            finally:
                later.store.close()

        assert not [one for one in at_once([destroy] * 3) if isinstance(one, BaseException)]
        disposals = later.store.disposals()
        assert [one.requests for one in disposals] == [len(chosen.requests)]
