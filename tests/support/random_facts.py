"""Random requests, as facts: half thoroughly random, half a lawful one with a few facts redrawn."""

import random
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from ostiary.domain.facts import VOCABULARY, Fact

ARROW = {
    "bool": pa.bool_(),
    "int": pa.int64(),
    "date": pa.date32(),
    "enum": pa.string(),
    "id": pa.string(),
}
DHS = ["dhs", "dhs-ice", "none", "other"]
ORDERS = ["ddc-2025-09-05", "ddc-2025-11-21", "dmass-2026-02-05", "none"]
IDS = {
    "agency": ["dhs", "dhs-ice", "other"],
    "agency_parent": DHS,
    "department": DHS,
    "reached_agency": DHS,
    "second_reached_agency": DHS,
    "third_reached_agency": DHS,
    "fourth_reached_agency": DHS,
    "fifth_reached_agency": DHS,
    "sixth_reached_agency": DHS,
    "seventh_reached_agency": DHS,
    "eighth_reached_agency": DHS,
    "leave_of_court": ORDERS,
    "second_leave_of_court": ORDERS,
    "notice_to_court": ORDERS,
    "second_notice_to_court": ORDERS,
    "person_in_order": ORDERS,
    "agreement": ["treasury-dhs-2025", "none", "cma-7"],
    "offense": ["/us/usc/t8/s1253/a/1", "/us/usc/t18/s1001"],
    "provision": [
        "none",
        "/us/usc/t26/s6103/i/5",
        *(f"/us/usc/t26/s6103/{part}" for part in ("d", "i/1", "i/2", "i/3/B", "i/7/A", "i/7/B")),
        *(f"/us/usc/t26/s6103/{part}" for part in ("l/7", "l/13", "l/21")),
    ],
}
COUNTS = [0, 1, 4, 5, 25, 26, 90, 91, 366, 367, 2024, 2025, 2_000_000, 2_000_001]


def any_value(fact: Fact, dice: random.Random) -> Any:
    """Draw a value of a fact, undetermined one time in ten."""
    if dice.random() < 0.1:
        return None
    match fact.kind:
        case "bool":
            return dice.random() < 0.8
        case "int":
            return dice.choice(COUNTS)
        case "date":
            return date(2025, 8, 6) + timedelta(days=dice.randint(-400, 400))
        case "enum":
            return dice.choice(fact.values)
        case _:
            return dice.choice(IDS[fact.name])


def random_facts(count: int, lawful: list[dict[str, Any]], seed: int) -> list[dict[str, Any]]:
    """Draw requests around each of the lawful ones in turn, and thoroughly random ones between."""
    dice = random.Random(seed)
    names = sorted(VOCABULARY)
    rows = []
    for number in range(count):
        redrawn = names if number % 2 else dice.sample(names, k=dice.randint(0, 4))
        near = lawful[number // 2 % len(lawful)]
        rows.append(near | {name: any_value(VOCABULARY[name], dice) for name in redrawn})
    return rows


def as_table(rows: list[dict[str, Any]]) -> pa.Table:
    """Give requests as a table of facts with ``row`` from 0."""
    columns = {
        name: pa.array([row[name] for row in rows], ARROW[fact.kind])
        for name, fact in VOCABULARY.items()
    }
    return pa.table({"row": pa.array(range(len(rows)), pa.int64()), **columns})
