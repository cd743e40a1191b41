"""Attack: an agency files a request under an id that reads like another agency's case."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_stores import SqliteStores
from filled_office import add_batch
from ostiary.domain.errors import InputError

AGENCIES = ("dhs-ice", "state-revenue", "fbi")


@pytest.mark.both_stores
def test_an_id_that_names_another_agency_hides_nothing_of_it(store):
    (ours,) = add_batch(store, "batch-1", ["ICE-1"])
    (theirs,) = add_batch(
        store, "batch-2", ["dhs-ice/ICE-1"], agency="state-revenue", status="returned"
    )
    assert store.find_request("dhs-ice/ICE-1").id == ours
    assert store.find_request("ICE-1").id == ours
    assert store.find_request("state-revenue/dhs-ice/ICE-1").id == theirs


@pytest.mark.both_stores
def test_only_a_bare_id_of_several_agencies_asks_whose(store):
    add_batch(store, "batch-1", ["R-1"])
    (theirs,) = add_batch(store, "batch-2", ["R-1"], agency="state-revenue", status="returned")
    with pytest.raises(InputError, match="several agencies") as refused:
        store.find_request("R-1")
    assert "agency/id" in refused.value.cure
    assert store.find_request("state-revenue/R-1").id == theirs


_PARTS = st.lists(st.sampled_from([*AGENCIES, "R-1", "R-2"]), min_size=1, max_size=3)
_FILED = st.lists(
    st.tuples(st.sampled_from(AGENCIES), _PARTS.map("/".join)), min_size=1, max_size=6, unique=True
)


@settings(max_examples=25)
@given(filed=_FILED)
def test_whatever_others_file_a_request_stays_within_reach(pattern, tmp_path_factory, filed):
    """`agency/id` gives the request of that agency, for every request that is there.

    Where `a/b/c` is the id `b/c` of `a`, it is not the id `c` of somebody called `a/b`: no agency
    has a slash in its id.
    """
    root = tmp_path_factory.mktemp("filed") / "office"
    with SqliteStores().copy(pattern.root, root).store as store:
        numbers = {
            (agency, request): add_batch(
                store, f"batch-{n}", [request], agency=agency, status="returned"
            )[0]
            for n, (agency, request) in enumerate(filed)
        }
        for (agency, request), number in numbers.items():
            assert store.find_request(f"{agency}/{request}").id == number
