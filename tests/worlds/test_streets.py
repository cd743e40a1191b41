"""Addresses are varied, and those kept for people who are nowhere never turn up in the file."""

import numpy as np

from ostiary.worlds.places import LOTS, draw_map, load_places, streets
from ostiary.worlds.street_lists import BASES, ELSEWHERE_BASES, ordinal


def test_there_are_three_thousand_streets_and_none_twice():
    shorts = [short for short, _ in streets()]
    assert len(shorts) == len(set(shorts)) >= 3000


def test_streets_for_nowhere_are_not_streets_people_live_on():
    assert not set(BASES) & set(ELSEWHERE_BASES)


def test_ordinals():
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 93)] == [
        "1ST", "2ND", "3RD", "4TH", "11TH", "12TH", "13TH", "21ST", "22ND", "93RD",
    ]  # fmt: skip


def test_places_are_real_cities_with_their_zip_codes():
    places = load_places()
    assert len(places.city) > 25_000
    assert {len(code) for code in places.postal_code.to_pylist()} == {5}
    assert len(set(places.state.to_pylist())) == 51


def test_no_two_buildings_have_one_address():
    buildings = np.arange(200 * LOTS * 40)
    for box in (False, True):
        at = draw_map(3, 2_000).locate(
            buildings, np.zeros_like(buildings), np.full(len(buildings), box)
        )
        road = at.street if not box else np.zeros_like(at.street)
        assert len(set(zip(at.place, road, at.number, strict=True))) == len(buildings)
