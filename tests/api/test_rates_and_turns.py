"""How often, and who together: buckets that fill again, and submissions that share a run."""

import hashlib
import threading
import time

import pytest
from django.db import connections

from ostiary.faces.api.gathering import Gathering, Submission
from ostiary.faces.api.orm import KeptResponse
from ostiary.faces.api.problems import ProblemError
from ostiary.faces.api.rates import Buckets
from ostiary.faces.api.replay_guard import _spend, _Use, spend
from ostiary.faces.api.shared_work import SharedWork
from ostiary.faces.api.submitting import (
    KEPT_SECONDS,
    SubmissionQueue,
    _keep,
    _kept,
    _mac,
    _own_key,
)
from ostiary.verifying.client import RefusedError
from programs import ICE, OTHER, OTHER_PROGRAM, PROGRAM, program
from web_office import opened


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def taken(buckets, agency, per_minute):
    try:
        buckets.take(agency, per_minute)
    except ProblemError as error:
        return error.problem
    return None


def test_a_bucket_empties_and_fills_again_with_time():
    clock = Clock()
    buckets = Buckets(clock)
    assert [taken(buckets, ICE, 3) for _ in range(3)] == [None] * 3
    problem = taken(buckets, ICE, 3)
    assert (problem.status, problem.headers["Retry-After"]) == (429, "20")
    clock.now += 20
    assert taken(buckets, ICE, 3) is None
    assert taken(buckets, ICE, 3) is not None
    clock.now += 3600
    assert [taken(buckets, ICE, 3) is None for _ in range(4)] == [True, True, True, False]


def test_one_agency_never_empties_anothers_bucket():
    buckets = Buckets(Clock())
    while taken(buckets, ICE, 5) is None:
        pass
    assert taken(buckets, OTHER, 5) is None


def test_a_call_too_many_is_refused_with_how_long_to_wait(served):
    site, keys = served
    text = (site.office.root / "office.toml").read_text()
    (site.office.root / "office.toml").write_text(
        text.replace("calls_per_minute = 600", "calls_per_minute = 3")  # the token is a call, too
    )
    with opened(site.office.root, site.on) as slow:
        client = program(slow, PROGRAM, keys[PROGRAM])
        codes = []
        for _ in range(3):
            with pytest.raises(RefusedError) as refused:
                client.status(10**9)
            codes.append(refused.value.code)
        assert codes == ["not-found", "not-found", "too-many-calls"]
        with pytest.raises(RefusedError) as refused:
            program(slow, OTHER_PROGRAM, keys[OTHER_PROGRAM]).status(10**9)
        assert refused.value.code == "not-found"


def in_threads(calls):
    """Make calls at once, each in a thread; give what came of each."""
    found = [None] * len(calls)
    ready = threading.Barrier(len(calls))

    def run(place, call):
        ready.wait()
        try:
            found[place] = call()
        except ProblemError as error:
            found[place] = error.problem.code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(calls)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return found


def test_many_at_once_each_get_their_own_reply_and_nothing_is_lost(site):
    counter = SubmissionQueue()
    size = site.office.store.log_size()

    def one(agency, n):
        rows = [{"request_id": f"{agency}-T{n}", "surname": "Sample"}]
        return lambda: counter.submit(site, agency, f"key-{agency}-{n}", rows)

    calls = [one(agency, n) for n in range(4) for agency in (ICE, OTHER)]
    found = in_threads(calls)
    names = [result["replies"][0]["request_id"] for result in found]
    assert names == [f"{agency}-T{n}" for n in range(4) for agency in (ICE, OTHER)]
    batches = {result["batch"] for result in found}
    assert len(batches) < len(calls)  # some went together
    for result in found:
        entry = result["replies"][0]["receipt"]["entry"]
        stored = site.office.store.request_at(entry)
        assert f"{stored.agency}-T" in stored.request_id
    agencies = {
        (one.batch, one.agency) for batch in batches for one in site.office.store.requests_of(batch)
    }
    assert len(agencies) == len(batches)  # and never two agencies
    requests = sum(1 for batch in batches for _ in site.office.store.requests_of(batch))
    assert requests == len(calls)
    assert site.office.store.log_size() > size


@pytest.mark.parametrize(
    ("answered", "came", "begins"),
    [
        (3, [], 100.13),  # they were answered just now: 0.1 s, and 0.01 for each
        (3, [99.0, 99.5], 100.13),  # who came before was not answered then
        (3, [100.02, 100.03], 100.13),
        (3, [100.02, 100.03, 100.04], 100.04),  # all three are back: at once
        (3, [99.5, 100.02, 100.03, 100.04], 100.04),
        (3, [100.02, 100.12], 100.17),  # who is not back by then comes later or never
        (3, [100.02, 101.0], 100.27),
        (0, [100.02], 100.07),  # nobody was answered: as long as somebody comes
        (0, [100.02, 100.06], 100.11),
        (0, [100.02, 100.26], 100.27),  # a quarter of a second at most
    ],
)
def test_a_run_waits_for_company_and_for_the_programs_that_the_last_one_answered(
    answered, came, begins
):
    gathering = Gathering(_answered={ICE: (100.0, answered)} if answered else {})
    gathering._waiting = [Submission(ICE, str(at), "", [], came=at) for at in came]
    gathering._waiting.append(Submission(OTHER, "k", "", [], came=100.01))  # never one of theirs
    until = max([100.0, *came[:1]]) + 0.25  # the lead was taken no sooner than they were answered
    assert gathering.begins(ICE, until) == pytest.approx(begins)
    assert gathering.begins(OTHER, 101.0) == pytest.approx(100.06)


def test_what_is_left_of_a_run_is_done_once_its_submissions_are_answered():
    gathering, told = Gathering(_answered={ICE: (0.0, 1)}), []
    mine = Submission(ICE, "k", "", [{"request_id": "A"}])

    def serve(group):
        told.append([one.key for one in group])
        return lambda: told.append([one.served and one.called.is_set() for one in group])

    gathering.ask(mine, serve)
    assert told == [["k"], [True]]
    with pytest.raises(ValueError, match="no"):
        gathering.ask(
            Submission(ICE, "l", "", []), lambda _: (_ for _ in ()).throw(ValueError("no"))
        )
    gathering.ask(Submission(ICE, "m", "", []), serve)  # the lead was handed on all the same
    assert told[2:] == [["m"], [True]]


def test_the_same_submission_many_times_at_once_is_done_once(site):
    counter = SubmissionQueue()
    rows = [{"request_id": "ONCE-1", "surname": "Sample"}]
    found = in_threads([lambda: counter.submit(site, ICE, "the-same-key", rows)] * 5)
    done = [one for one in found if one != "idempotency-key-in-use"]
    assert len({one["replies"][0]["receipt"]["entry"] for one in done}) == 1
    assert site.office.store.find_request("ONCE-1").agency == ICE


def test_who_comes_while_others_are_served_goes_along():
    groups, begun, go_on = [], threading.Event(), threading.Event()

    def work(asked):
        groups.append(list(asked))
        begun.set()
        go_on.wait(10)
        return [f"{one}!" for one in asked]

    shared = SharedWork(work)
    found = {}
    names = ["first", "a", "b", "c"]
    threads = [threading.Thread(target=lambda n=n: found.update({n: shared.ask(n)})) for n in names]
    threads[0].start()
    assert begun.wait(10)
    for one in threads[1:]:
        one.start()
    while len(shared._waiting) < 3:
        time.sleep(0.001)
    go_on.set()
    for one in threads:
        one.join()
    assert found == {name: f"{name}!" for name in names}
    assert [sorted(group) for group in groups] == [["first"], ["a", "b", "c"]]


def test_what_fails_fails_for_those_alone_whom_it_was_done_for():
    def work(asked):
        if "bad" in asked:
            raise ValueError("no")
        return asked

    shared = SharedWork(work)
    with pytest.raises(ValueError, match="no"):
        shared.ask("bad")
    assert shared.ask("good") == "good"


@pytest.mark.usefixtures("site")
def test_an_identifier_is_used_once_however_many_come_at_the_same_time():
    until = int(time.time()) + 60
    calls = [lambda n=n: spend("somebody", f"id-{n % 4}", until=until) for n in range(16)]
    found = in_threads(calls)
    assert [sum(found[n::4]) for n in range(4)] == [1, 1, 1, 1]
    assert spend("another", "id-0", until=until)
    assert not spend("another", "id-0", until=until)


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("used", "asked", "first"),
    [
        ("", "abc", [True, True, True]),
        ("", "aba", [True, True, False]),
        ("b", "abc", [True, False, True]),
        ("ab", "ab", [False, False]),
        ("c", "aabbc", [True, False, True, False, False]),
    ],
)
def test_of_those_used_together_each_is_told_whether_it_was_first(used, asked, first):
    until = int(time.time()) + 60
    for one in used:
        assert spend("group", one, until=until)
    digests = [hashlib.sha256(f"group\n{one}".encode()).hexdigest() for one in asked]
    assert _spend([_Use(digest, until) for digest in digests]) == first
    assert not any(spend("group", one, until=until) for one in asked)


@pytest.mark.usefixtures("site")
def test_a_key_that_stands_for_something_else_is_refused_to_its_own_submission_alone():
    """Two servers of one office: the other one kept its response first."""
    rows = [{"request_id": "ELSE-1", "surname": "Sample"}]
    mine = Submission(ICE, "k1", "body of mine", rows)
    other = Submission(ICE, "k2", "body of another", rows)
    KeptResponse.objects.create(agency=ICE, key="k1", body="theirs", response="{}", kept_at=2**40)
    results = [{"batch": "b", "replies": [], "errors": []}] * 2
    _keep([mine, other], results)
    assert isinstance(mine.error, ProblemError)
    assert other.error is None
    assert KeptResponse.objects.get(key="k2").body == "body of another"


@pytest.mark.usefixtures("site")
def test_a_response_is_kept_for_a_week_and_goes_with_the_next_run():
    old = int(time.time()) - KEPT_SECONDS - 1
    for key, at in (("old", old), ("new", old + 60)):
        kept = f"{_mac(_own_key(), ICE, key, 'b', '{}')}\n{{}}"
        KeptResponse.objects.create(agency=ICE, key=key, body="b", response=kept, kept_at=at)
    assert _kept(ICE, "old", "b") is None
    assert _kept(ICE, "new", "b") == {}
    result = {"batch": "b", "replies": [], "errors": []}
    _keep([Submission(ICE, "old", "another body", [])], [result])
    assert {one.key: one.body for one in KeptResponse.objects.all()} == {
        "new": "b",
        "old": "another body",
    }
