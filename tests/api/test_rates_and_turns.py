"""How often, and who together: buckets that fill again, and submissions that share a run."""

import threading

import pytest
from django.db import connections

from ostiary.api.problems import ProblemError
from ostiary.api.rates import Buckets
from ostiary.api.submitting import Counter
from ostiary.client import RefusedError
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
    counter = Counter()
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


def test_the_same_submission_many_times_at_once_is_done_once(site):
    counter = Counter()
    rows = [{"request_id": "ONCE-1", "surname": "Sample"}]
    found = in_threads([lambda: counter.submit(site, ICE, "the-same-key", rows)] * 5)
    done = [one for one in found if one != "idempotency-key-in-use"]
    assert len({one["replies"][0]["receipt"]["entry"] for one in done}) == 1
    assert site.office.store.find_request("ONCE-1").agency == ICE
