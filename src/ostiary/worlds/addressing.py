"""Addresses written out from codes, in the hands of different clerks."""

from functools import cache

import numpy as np
import pyarrow.compute as pc

from ostiary.worlds.places import Addresses, load_places, streets, units
from ostiary.worlds.street_lists import DIRECTIONS
from ostiary.worlds.texts import Codes, Flags, Text, joined, number_text, pick, where, words

AS_FILED, IN_FULL, WITH_POINTS, SMALL = range(
    4
)  # 12 N OAK ST | 12 NORTH OAK STREET | 12 N. Oak St. | 12 n oak street


@cache
def _vocabularies() -> tuple[Text, Text, Text, Text]:
    """List directions, streets, boxes and units, each once for every hand."""
    compass = (("", ""), *((f"{short} ", f"{full} ") for short, full in DIRECTIONS))
    return (
        words([word for hand in range(4) for word in _in_hand(compass, hand, ". ")]),
        words([word for hand in range(4) for word in _in_hand(streets(), hand, ".")]),
        words(["PO BOX ", "POST OFFICE BOX ", "P.O. Box ", "p o box "]),
        words([word for hand in range(4) for word in _in_hand(units(), hand, "")]),
    )


def _in_hand(pairs: tuple[tuple[str, str], ...], hand: int, point: str) -> list[str]:
    if hand == AS_FILED:
        return [short for short, _ in pairs]
    if hand == IN_FULL:
        return [full for _, full in pairs]
    if hand == SMALL:
        return [full.lower() for _, full in pairs]
    return [_pointed(short, point) for short, _ in pairs]


def _pointed(short: str, point: str) -> str:
    """Write OAK ST as ``Oak St.`` and ``N `` as ``N. ``; nothing stays nothing."""
    if point == ". ":
        return short.strip() + point if short else ""
    return short.title().replace("1St", "1st").replace("2Nd", "2nd").replace("3Rd", "3rd").replace(
        "Th ", "th "
    ) + (point if short else "")


def written(
    addresses: Addresses,
    hand: Codes,
    *,
    unit_in_line: Flags | None = None,
    plus_four: Codes | None = None,
) -> dict[str, Text]:
    """Write addresses out.

    Args:
        addresses: what to write.
        hand: ``AS_FILED``, ``IN_FULL``, ``WITH_POINTS`` or ``SMALL`` for each row.
        unit_in_line: rows whose unit stands at the end of the line.
        plus_four: four more digits of the ZIP code; below zero for none.

    Returns:
        ``address_line``, ``unit``, ``city``, ``state``, ``postal_code``.
    """
    directions, roads, boxes, flats = _vocabularies()
    number = number_text(addresses.number)
    road = joined(
        number,
        " ",
        pick(directions, hand * (len(DIRECTIONS) + 1) + addresses.direction),
        pick(roads, hand * len(streets()) + addresses.street),
    )
    line = where(addresses.box, joined(pick(boxes, hand), number), road)
    unit = pick(flats, hand * len(units()) + addresses.unit)
    if unit_in_line is not None:
        inside = unit_in_line & (addresses.unit > 0)
        line = where(inside, joined(line, unit, by=" "), line)
        unit = where(inside, "", unit)
    return {"address_line": line, "unit": unit, **_place(addresses.place, hand, plus_four)}


def _place(place: Codes, hand: Codes, plus_four: Codes | None) -> dict[str, Text]:
    places = load_places()
    city, postal_code = pick(places.city, place), pick(places.postal_code, place)
    if (hand == WITH_POINTS).any():
        city = where(hand == WITH_POINTS, pc.utf8_title(city), city)
    if (hand == SMALL).any():
        city = where(hand == SMALL, pc.utf8_lower(city), city)
    if plus_four is not None:
        longer = joined(postal_code, number_text(np.maximum(plus_four, 0), 4), by="-")
        postal_code = where(plus_four >= 0, longer, postal_code)
    return {"city": city, "state": pick(places.state, place), "postal_code": postal_code}
