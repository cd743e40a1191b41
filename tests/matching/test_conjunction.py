"""Never: a confirmation where the name or the address disagrees, whatever else agrees.

Names and addresses are put together in every combination; which ones belong to whom is known
beforehand and apart from the code.
"""

from itertools import product

from small_file import Told, born, filed, said

# Each form of a name, and the people on file who bear it.
NAMES: dict[str, set[str]] = {
    "Alexander Wojciechowsky": {"p1"},
    "Alexandre Wojciechowsky": {"p1"},
    "Alexandra Wojciechowsky": set(),
    "Alexander Wojciechowzky": {"p1"},
    "Wojciechowsky Alexander": {"p1"},
    "Bill Smith": {"p2", "p3"},
    "William Smith": {"p2", "p3"},
    "William Smyth": set(),
    "Wilma Smith": set(),
    "Maria Garcia-Lopez": {"p4"},
    "Maria Lopez": {"p4"},
    "Maria Lopes": set(),
    "Mario Garcia-Lopez": set(),
    "Ann Wu": {"p5"},
    "Anna Wu": set(),
    "Nan Wood": set(),
}

# Each form of an address, and the people on file who live or lived there.
ADDRESSES: dict[tuple[str, str, str], set[str]] = {
    ("100 Main St", "", "97301"): {"p1", "p5"},
    ("100 Main Street", "", "97302"): {"p1", "p5"},
    ("100 Main Ave", "", "97301"): set(),
    ("100 Maine St", "", "97301"): set(),
    ("101 Main St", "", "97301"): set(),
    ("7 Oak Ave", "Apt 1", "97301"): {"p2"},
    ("7 Oak Ave", "Apt 2", "97301"): {"p3", "p4"},
    ("7 Oak Ave", "", "97301"): set(),
    ("7 Oak Ave", "Apt 3", "97301"): set(),
    ("PO Box 12", "", "97301"): {"p4"},
    ("12 Box St", "", "97301"): set(),
    ("UNKNOWN", "", "97301"): set(),
}

FILE = [
    filed("p1", "Alexander Wojciechowsky", tin="000111111", birth_date=born("1960-01-01")),
    filed("p2", "William Smith", "7 Oak Ave", unit="Apt 1", tin="000222222"),
    filed("p3", "William Smith", "7 Oak Ave", unit="Apt 2", birth_date=born("1970-01-01")),
    filed("p4", "Maria Garcia-Lopez", "7 Oak Ave", unit="Apt 2", tin="000444444"),
    filed("p4", "Maria Garcia-Lopez", "PO Box 12"),
    filed("p5", "Ann Wu", tin="000555555"),
]

EXTRAS: list[Told] = [
    {},
    {"tin": "000111111"},
    {"tin": "000222222"},
    {"tin": "000444444", "birth_date": born("1960-01-01")},
    {"birth_date": born("1970-01-01")},
]


def test_name_and_address_must_both_belong_to_the_one_confirmed(town):
    town.load(*FILE)
    combined = list(product(NAMES, ADDRESSES, EXTRAS))
    requests = [
        said(name, line, unit=unit, postal_code=zip5, **extra)
        for name, (line, unit, zip5), extra in combined
    ]
    confirmed = 0
    for (name, address, _), verified in zip(combined, town.verify(*requests), strict=True):
        both = NAMES[name] & ADDRESSES[address]
        if verified.outcome == "confirmed":
            confirmed += 1
            assert both == {verified.person_id}
        if not both:
            assert verified.outcome in {"mismatch", "no-record"}, (name, address)
    assert confirmed > 30  # the test is about something


def test_nothing_depends_on_the_order_of_rows_or_the_number_of_threads(town):
    requests = [
        said(name, *[address[0]], unit=address[1]) for name, address in product(NAMES, ADDRESSES)
    ]
    town.con.execute("SET threads = 1")
    town.load(*FILE)
    first = town.verify(*requests)
    town.con.execute("SET threads = 4")
    town.load(*reversed(FILE))
    assert town.verify(*reversed(requests)) == first[::-1]


def test_a_request_is_settled_the_same_alone_and_in_a_batch(town):
    requests = [said(name, "7 Oak Ave", unit="Apt 2") for name in list(NAMES)[::3]]
    town.load(*FILE)
    assert [town.verify(request)[0] for request in requests] == town.verify(*requests)
