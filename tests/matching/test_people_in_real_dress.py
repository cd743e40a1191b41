"""People and places as they are: no stranger is confirmed, whatever their dress; the same are.

The world of each seed draws other siblings, titles, particles, units, roads, directions and boxes.
The law is not asked: the requests are those that it lets through.
"""

import duckdb
import pytest

from judged_world import judge

SEEDS = (3, 20, 77)


@pytest.fixture(scope="module", params=SEEDS)
def judged(request, tmp_path_factory):
    """4,000 requests of every kind against 6,000 people: kind, outcome, rule, who was meant."""
    folder = tmp_path_factory.mktemp("dressed") / "world"
    with duckdb.connect() as con:
        judge(con, folder, people=6_000, requests=4_000, scenario="real-dress", seed=request.param)
        yield con.execute(
            "SELECT kind, outcome, rule, expected, person_id = meant, row FROM judged"
        ).fetchall()


def test_no_stranger_is_confirmed(judged):
    wrong = [
        (kind, rule, row)
        for kind, outcome, rule, expected, is_meant, row in judged
        if outcome == "confirmed" and (expected != "confirmed" or not is_meant)
    ]
    assert wrong == []


def test_the_same_person_is_confirmed_in_every_dress(judged):
    told: dict[str, list[bool]] = {}
    for kind, outcome, _, expected, _, _ in judged:
        if expected == "confirmed":
            told.setdefault(kind, []).append(outcome == "confirmed")
    shares = {kind: sum(each) / len(each) for kind, each in told.items() if len(each) >= 20}
    assert len(shares) > 10
    assert {kind: share for kind, share in shares.items() if share < 0.9} == {}
