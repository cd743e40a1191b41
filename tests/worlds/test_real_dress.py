"""The scenario `real-dress`: people and places as they are, with a truth beyond dispute."""

import numpy as np
import pyarrow.parquet as pq
import pytest
from told_world import tell

from ostiary.domain.errors import InputError
from ostiary.worlds.real_dress import alike
from ostiary.worlds.real_dress.dressing import DRESSED, NEVER, NOBODY, SAME, dress
from ostiary.worlds.world import make_world

PEOPLE, REQUESTS = 5_000, 1_500


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("real-dress") / "world"
    told = tell(make_world(folder, people=PEOPLE, requests=REQUESTS, scenario="real-dress"))
    yield told
    told.con.close()


def test_the_file_holds_as_many_people_as_were_wanted_those_of_the_requests_among_them(world):
    assert world.count("SELECT DISTINCT person_id FROM people") == PEOPLE
    assert world.rows("SELECT max(person_id) FROM people") == [(f"P{PEOPLE:09}",)]


def test_every_kind_is_asked_and_nobody_is_meant_where_nothing_is_to_be_confirmed(world):
    kinds = {kind for (kind,) in world.rows("SELECT DISTINCT kind FROM truth")}
    assert set(DRESSED) <= kinds
    assert not world.count("FROM truth WHERE kind LIKE 'never-%' AND person_id <> ''")
    assert not world.count(
        "FROM truth WHERE kind LIKE 'never-%' AND expected_outcome NOT IN ('mismatch', 'ambiguous')"
    )


def test_whoever_is_to_be_confirmed_stands_on_file_in_the_same_place(world):
    same = """SELECT t.request_id FROM truth t JOIN requests r USING (request_id)
        JOIN people p USING (person_id) WHERE t.kind LIKE 'same-%'"""
    assert world.count(same) == world.count("FROM truth WHERE kind LIKE 'same-%'")
    assert not world.count(
        f"{same} AND t.kind <> 'same-cities' AND (p.postal_code, p.state, upper(p.city))"
        " <> (r.postal_code, r.state, upper(r.city))"
    )
    assert not world.count(f"{same} AND r.birth_date NOT IN ('', p.birth_date)")


def test_a_transliteration_or_an_exchange_never_comes_without_its_birth_date(world):
    kinds = "('same-transliterations', 'same-exchanged')"
    assert not world.count(
        f"FROM truth JOIN requests USING (request_id) WHERE kind IN {kinds} AND birth_date = ''"
    )


def test_a_request_that_must_not_be_confirmed_gives_no_birth_date(world):
    """So that nothing but the name and the address can tell the two people apart."""
    assert not world.count(
        "FROM truth JOIN requests USING (request_id) WHERE kind LIKE 'never-%' AND birth_date <> ''"
    )


def _one_letter_apart(one: str, other: str) -> bool:
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def test_names_that_are_alike_differ_within_the_word_by_one_letter():
    assert len(alike.pairs()) > 5_000
    for one, other in alike.pairs():
        assert _one_letter_apart(one, other), (one, other)
        assert (one[0], one[-1]) == (other[0], other[-1])


@pytest.mark.parametrize("kind", NEVER)
def test_what_is_asked_is_not_what_is_on_file(kind):
    dressed = dress(np.random.default_rng(7), {kind: 50})
    meant, columns = dressed.asked[kind]
    assert set(meant) == {NOBODY}
    names = [name for name in columns if name not in {"birth_date", "year"}]
    filed = {tuple(str(row[name]).upper() for name in names) for row in dressed.filed.to_pylist()}
    asked = zip(*(columns[name].to_pylist() for name in names), strict=True)
    assert not filed & {tuple(text.upper() for text in row) for row in asked}


@pytest.mark.parametrize("kind", SAME)
def test_who_is_asked_for_is_the_first_on_file(kind):
    dressed = dress(np.random.default_rng(7), {kind: 20})
    meant, _ = dressed.asked[kind]
    assert list(meant) == list(range(20))


def test_the_same_seed_makes_the_same_people(tmp_path):
    for name in ("one", "other"):
        make_world(tmp_path / name, people=3_000, requests=700, seed=4, scenario="real-dress")
    for file in ("people.parquet", "truth.parquet"):
        assert pq.read_table(tmp_path / "one" / file) == pq.read_table(tmp_path / "other" / file)
    one, other = (tmp_path / name / "requests.csv" for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()


def test_a_file_without_room_for_the_people_of_its_requests_is_refused(tmp_path):
    with pytest.raises(InputError, match="no room") as refused:
        make_world(tmp_path / "w", people=500, requests=1_000, scenario="real-dress")
    assert "make at least" in refused.value.cure
    assert not (tmp_path / "w").exists()
