"""Questions that span requests are answered from what is stored."""

import pytest

from filled_office import add_batch, answer
from ostiary.domain.words import Status
from ostiary.office.store.cases import CaseStore

pytestmark = pytest.mark.both_stores


def test_a_repeated_request_is_known_by_agency_and_id(store: CaseStore) -> None:
    add_batch(store, "batch-1", ["A-1", "A-2"])
    add_batch(store, "batch-2", ["A-1"], agency="other", status="returned")
    asked = [("dhs-ice", "A-1"), ("other", "A-1"), ("other", "A-2"), ("nobody", "A-1")]
    known = {(one.agency, one.request_id): one for one in store.known_requests(asked)}
    assert set(known) == {("dhs-ice", "A-1"), ("other", "A-1")}
    returned = known["other", "A-1"]
    assert (returned.status, returned.mask, returned.batch) == (Status.RETURNED, "5", "batch-2")
    assert returned.content == "content of A-1"
    assert returned.entry_index == store.request(returned.id).entry_index


def test_ids_of_any_shape_are_looked_up_as_they_are(store: CaseStore) -> None:
    strange = ['"quoted"', "it's", "ünï", "1", "null", "a,b", "%s", "[]", "\\", "x\ny"]
    add_batch(store, "batch-1", strange)
    found = {one.request_id for one in store.known_requests(("dhs-ice", i) for i in strange)}
    assert found == set(strange)


def test_many_ids_are_looked_up_from_an_iterator_in_pieces(store: CaseStore) -> None:
    ids = [f"R-{n:06}" for n in range(12_000)]
    add_batch(store, "batch-1", ids, status="returned")
    asked = (("dhs-ice", f"R-{n:06}") for n in range(6_000, 30_000))
    assert sum(1 for _ in store.known_requests(asked)) == 6_000
    assert [case.request_id for case in store.requests_of("batch-1")] == ids


ALL: dict[str, list[str]] = {"officer-1": [], "officer-2": [], "officer-3": []}


def test_open_matters_count_what_is_accepted_and_not_answered(store: CaseStore) -> None:
    one, _ = add_batch(store, "batch-1", ["A-1", "A-2"], recipients=["officer-1", "officer-2"])
    add_batch(store, "batch-2", ["A-3"], recipients="officer-2;officer-3; officer-2")
    add_batch(store, "batch-3", ["A-4"], status="returned")
    assert store.open_matters(ALL) == {"officer-1": 2, "officer-2": 3, "officer-3": 1}
    answer(store, one)
    assert store.open_matters(ALL) == {"officer-1": 1, "officer-2": 2, "officer-3": 1}
    assert store.carrying() == set(ALL)


def test_several_people_of_one_matter_are_one_open_matter(store: CaseStore) -> None:
    one, two = add_batch(store, "batch-1", ["A-1", "A-2"], matter="M-1")
    add_batch(store, "batch-2", ["A-3"], matter="M-2")
    assert store.open_matters(ALL) == {"officer-1": 2}
    answer(store, one)
    assert store.open_matters(ALL) == {"officer-1": 2}
    answer(store, two)
    add_batch(store, "batch-3", ["A-4"], matter="M-2")
    assert store.open_matters(ALL) == {"officer-1": 1}


def test_a_matter_that_the_file_names_too_is_counted_with_the_file(store: CaseStore) -> None:
    add_batch(store, "batch-1", ["A-1", "A-2"], matter="M-1", recipients="officer-1;officer-2")
    add_batch(store, "batch-2", ["A-3"], matter="M-2")
    add_batch(store, "batch-3", ["A-4"])
    guessed = [f"request {n}" for n in range(9)]  # a request of no matter is one of its own
    named = {
        "officer-1": ["M-1", "M-1", "M-9", *guessed],
        "officer-2": ["M-1"],
        "officer-4": ["M-1"],
    }
    assert store.open_matters(named) == {"officer-1": 2}


def test_reasons_are_counted_over_all_batches(store: CaseStore) -> None:
    add_batch(store, "batch-1", ["A-1", "A-2"], reason="boilerplate")
    add_batch(store, "batch-2", ["A-3"], reason="boilerplate", status="returned")
    add_batch(store, "batch-3", ["A-4"], reason="own")
    add_batch(store, "batch-4", ["A-5"], reason="", status="returned")
    assert store.shared_reasons() == {"boilerplate": 3, "own": 1}
    assert store.shared_reasons(at_least=2) == {"boilerplate": 3}
