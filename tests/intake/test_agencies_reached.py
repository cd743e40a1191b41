"""Who asks, who receives, whom an order names: an order binds what reaches an agency it names."""

import csv
from datetime import date
from itertools import product

import pytest

from order import order_text
from ostiary.deciding.intake.facts import Days, derive_facts, mark_reasons, no_history
from ostiary.deciding.intake.registers import load_registers
from ostiary.deciding.intake.requests import read_requests
from ostiary.deciding.law.decide import decide_batch, mask_one
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.masks import mask_text
from ostiary.deciding.law.orders import may_cover
from ostiary.deciding.law.reading import read_orders
from ostiary.deciding.law.shipped import shipped_book
from ostiary.deciding.standardisation import standardise
from ostiary.domain.columns import REQUEST
from ostiary.domain.facts import REACHED
from ostiary.domain.words import Stage
from request_alone import facts_alone

DAY = date(2025, 8, 6)
ABOVE = {"house": "", "wing": "house", "room": "wing", "desk": "room", "drawer": "desk", "barn": ""}
"""Agencies, each with the one that it is a component of: five deep, and a stranger."""


def chain(agency):
    """Give an agency and all that it is within."""
    return [agency, *chain(ABOVE[agency])] if agency else []


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Registers of these agencies, one officer of each, a contractor, and the orders."""
    root = tmp_path_factory.mktemp("reached")
    for folder in ("registers", "orders"):
        (root / folder).mkdir()
    agencies = "".join(f"{one},{one},true,2024-01-01,,{up}\n" for one, up in ABOVE.items())
    officers = "".join(f"{one}-officer,{one},true,2024-01-01,,\n" for one in ABOVE)
    officers += "contractor,desk,false,2024-01-01,,\nsame-id,wing,true,2024-01-01,,\n"
    officers += "same-id,barn,true,2024-01-01,,\ngone,desk,true,2024-01-01,2025-08-05,\n"
    (root / "registers" / "agencies.csv").write_text(
        f"agency,name,federal,from,until,parent\n{agencies}"
    )
    (root / "registers" / "officers.csv").write_text(
        f"officer,agency,employee,from,until,certified_until\n{officers}"
    )
    for one in ABOVE:
        scope = f"cites: /us/court/training/1\nscope: {{agencies: [{one}]}}\nkind: stay\n"
        text = order_text(one, "2025-08-01", "TRUE")
        text = text.replace("cites: /us/court/training/1\n", scope, 1)
        (root / "orders" / f"{one}.md").write_text(text)
    return root


def asked_by(con, office, requests):
    """Give the facts of requests (agency, recipients), from one file and each alone."""
    rows = (
        {"request_id": f"R-{n}", "agency": asks, "recipients": ";".join(told)}
        for n, (asks, told) in enumerate(requests)
    )
    with (office / "requests.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, [column.name for column in REQUEST])
        writer.writeheader()
        writer.writerows(rows)
    load_registers(con, [shipped_book() / "registers", office / "registers"])
    read_requests(con, office / "requests.csv")
    standardise(con, "requests", "standard")
    no_history(con)
    mark_reasons(con, "standard", "secret")
    days = Days(DAY)
    derive_facts(con, days, requests="standard", into="facts")
    cursor = con.execute("FROM facts ORDER BY row")
    names = [column[0] for column in cursor.description]
    facts = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    alone = facts_alone(con, "requests", days)
    assert [[one[name] for name in REACHED] for one in facts] == [
        [one[name] for name in REACHED] for one in alone
    ]
    return facts


TOLD = {
    **{f"{one}-officer": one for one in ABOVE},
    "contractor": "desk",
    "same-id": "wing",
    "gone": "",
}


def test_an_order_binds_who_asks_and_who_receives_and_nobody_else(con, book, office):
    """324 of agency, recipient and named agency, decided in a batch and alone.

    That Spark decides all facts alike, these among them, is held in ``law/test_readers_agree.py``.
    """
    requests = [(asks, [told]) for asks, told in product(ABOVE, TOLD)]
    facts = asked_by(con, office, requests)
    law = book.extended(read_orders(office / "orders"))
    day = Day(Stage.ADMISSION, DAY)
    decide_batch(con, law, day, facts="facts", into="decided")
    masks = [mask for (mask,) in con.execute("SELECT mask FROM decided ORDER BY row").fetchall()]
    bits = {rule.id: bit for bit, (_, rule) in enumerate(law.rules)}
    orders = {one.id: one for one in law.instruments}
    for (asks, (told,)), known, mask in zip(requests, facts, masks, strict=True):
        alone = mask_one(law, known, day)
        assert mask_text(alone) == mask
        places = set(chain(asks))
        if asks in chain(TOLD[told]):  # within the one that asks; else a stranger, and returned
            places |= set(chain(TOLD[told]))
        bound = {one for one in ABOVE if alone >> bits[f"{one}.stay"] & 1}
        assert bound == places, (asks, told)
        assert {one for one in ABOVE if may_cover(orders[one], known)} == places


def test_several_recipients_reach_all_their_agencies(con, office):
    (found,) = asked_by(con, office, [("house", ["desk-officer", "wing-officer", "house-officer"])])
    assert [found[name] for name in REACHED] == ["desk", "room", "wing", *["none"] * 5]


@pytest.mark.parametrize("many", [8, 9])
def test_nine_agencies_are_more_than_there_is_room_for_and_every_order_binds(con, office, many):
    rooms = [f"cellar-{one}" for one in range(many)]
    with (office / "registers" / "agencies.csv").open("w") as register:
        register.write("agency,name,federal,from,until,parent\nhouse,house,true,2024-01-01,,\n")
        register.writelines(f"{one},{one},true,2024-01-01,,house\n" for one in rooms)
    with (office / "registers" / "officers.csv").open("w") as register:
        register.write("officer,agency,employee,from,until,certified_until\n")
        register.writelines(f"{one}-officer,{one},true,2024-01-01,,\n" for one in rooms)
    (found,) = asked_by(con, office, [("house", [f"{one}-officer" for one in rooms])])
    assert [found[name] for name in REACHED] == [*rooms[:7], rooms[7] if many == 8 else None]
    (order,) = (one for one in read_orders(office / "orders") if one.id == "barn")
    assert may_cover(order, found) == (many == 9)
