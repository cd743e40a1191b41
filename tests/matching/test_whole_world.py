"""A synthetic world with known truth: nobody is confirmed wrongly, nearly all who should be are.

People who are not in the file have relatives, namesakes and neighbours in it, so a wrong answer is
always at hand. The law is not asked here: the requests are those that it lets through.
"""

import duckdb
import pytest

from judged_world import judge


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """5,000 people, 1,500 requests; ``judged`` has each lawful request's truth and result."""
    folder = tmp_path_factory.mktemp("worlds") / "world"
    with duckdb.connect() as con:
        judge(con, folder, people=5_000, requests=1_500, scenario="clean", seed=11)
        yield con


def _rows(con, query):
    return con.execute(query).fetchall()


def test_every_request_has_exactly_one_result(world):
    assert _rows(world, "SELECT count(*), count(DISTINCT row) FROM verified") == _rows(
        world, "SELECT count(*), count(*) FROM told"
    )


def test_nobody_is_confirmed_wrongly(world):
    wrong = _rows(
        world,
        "SELECT kind, rule FROM judged"
        " WHERE outcome = 'confirmed' AND (expected <> 'confirmed' OR person_id <> meant)",
    )
    assert wrong == []


def test_nearly_all_who_should_be_confirmed_are(world):
    """Left out are men with a bare name and a middle name on file, as many sons are namesakes here.

    And slips in names that nobody knows, which are two names as far as anybody can tell.
    """
    ((recall,),) = _rows(
        world, "SELECT avg((outcome = 'confirmed')::INT) FROM judged WHERE expected = 'confirmed'"
    )
    assert recall >= 0.93


def test_who_is_held_and_who_is_ambiguous_is_so(world):
    other = _rows(
        world,
        "SELECT kind, outcome, rule FROM judged"
        " WHERE expected IN ('held', 'ambiguous') AND outcome <> expected",
    )
    assert other == []
