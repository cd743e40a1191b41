"""Pairs that are to be confirmed: one house whose road or number is written in another custom."""

from ostiary.worlds.real_dress.deck import TYPES, Deck, Place
from ostiary.worlds.real_dress.pairs import Pair, Words, same

_NUMBERS = (
    (1, "One"), (2, "Two"), (3, "Three"), (4, "Four"), (5, "Five"), (6, "Six"), (7, "Seven"),
    (8, "Eight"), (9, "Nine"), (10, "Ten"), (12, "Twelve"), (15, "Fifteen"), (20, "Twenty"),
    (50, "Fifty"), (100, "One Hundred"),
)  # fmt: skip
_LETTERED = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NAMED_FOR = (
    ("{} L B J FWY", "{} LBJ Freeway"),
    ("{} MARTIN LUTHER KING JR BLVD", "{} MLK Jr Blvd"),
    ("{} MARTIN LUTHER KING BLVD", "{} M.L.K. Blvd"),
    ("{} JOHN F KENNEDY BLVD", "{} John F. Kennedy Boulevard"),
)
_ORDINALS = (
    ("FIRST", 1), ("SECOND", 2), ("THIRD", 3), ("FOURTH", 4), ("FIFTH", 5), ("SEVENTH", 7),
    ("TENTH", 10), ("TWELFTH", 12),
)  # fmt: skip
_ROADS = (
    ("US HIGHWAY {}", ("US-{}", "U.S. {}", "US Hwy {}", "U S Route {}", "US Rte {}")),
    ("COUNTY ROAD {}", ("CR {}", "Co Rd {}", "Cnty Rd {}", "County Rd. {}", "CR-{}")),
    ("STATE ROUTE {}", ("SR {}", "State Rte {}", "SR-{}", "St Rt {}")),
    ("STATE HIGHWAY {}", ("State Hwy {}", "St Hwy {}")),
    ("INTERSTATE {}", ("IH {}", "I-{}", "I {}", "Interstate {}")),
)
_TEXAN = (
    ("FM {}", ("Farm to Market {}", "FM Road {}", "F.M. {}", "Farm to Market Rd {}")),
    ("RM {}", ("Ranch to Market {}", "RM Road {}", "Ranch to Market Rd {}")),
)
_QUEENS = (
    Place("JACKSON HEIGHTS", "NY", "11372"), Place("FLUSHING", "NY", "11354"),
    Place("ASTORIA", "NY", "11103"), Place("JAMAICA", "NY", "11432"),
)  # fmt: skip
_CITIES = (
    (Place("NEW YORK", "NY", "10025"), "NYC"), (Place("SAINT LOUIS", "MO", "63103"), "St. Louis"),
    (Place("FORT WORTH", "TX", "76104"), "Ft Worth"),
    (Place("MOUNT VERNON", "NY", "10550"), "Mt. Vernon"),
    (Place("COEUR D ALENE", "ID", "83814"), "Coeur d'Alene"),
    (Place("SAINT PAUL", "MN", "55104"), "St Paul"),
    (Place("PORT SAINT LUCIE", "FL", "34952"), "Pt St Lucie"),
)  # fmt: skip


def _asked(home: Words, line: str, **parts: str) -> Pair:
    return same(home, home.without_birth().but(address_line=line, **parts))


def numbers_in_words(deck: Deck) -> Pair:
    """A house number in words."""
    place, (number, words) = deck.place(), deck.one(_NUMBERS)
    name, (short, full) = deck.street(place), deck.one(TYPES)
    return _asked(deck.at(place, f"{number} {name} {short}"), f"{words} {name.title()} {full}")


def lettered_streets(deck: Deck) -> Pair:
    """A street named by a letter, compass letters included, or by initials."""
    place, number = deck.place(), deck.number(100, 9899)
    if deck.chance(0.4):
        filed, asked = deck.one(_NAMED_FOR)
        return _asked(deck.at(place, filed.format(number)), asked.format(number))
    letter = deck.one(_LETTERED)
    home = deck.at(place, f"{number} AVENUE {letter}")
    return _asked(home, deck.one((f"{number} Ave {letter}", f"{number} Ave. {letter}")))


def ordinals(deck: Deck) -> Pair:
    """A numbered street without its ending, or in words."""
    place, number = deck.place(), deck.number(100, 9899)
    short, full = deck.one((("ST", "Street"), ("AVE", "Avenue")))
    if deck.chance(0.5):
        word, n = deck.one(_ORDINALS)
        home = deck.at(place, f"{number} {_ordinal(n)} {short}")
        return _asked(home, f"{number} {word.title()} {full}")
    n = deck.number(4, 99)
    return _asked(deck.at(place, f"{number} {_ordinal(n)} {short}"), f"{number} {n} {full}")


def _ordinal(n: int) -> str:
    teen = n % 100 in (11, 12, 13)
    ending = "TH" if teen else {1: "ST", 2: "ND", 3: "RD"}.get(n % 10, "TH")
    return f"{n}{ending}"


def numbered_roads(deck: Deck) -> Pair:
    """A numbered road in one of its dresses."""
    texan = deck.chance(0.2)
    place, number = (deck.place("TX") if texan else deck.place()), deck.number(100, 29899)
    filed, dresses = deck.one(_TEXAN if texan else _ROADS)
    road = deck.number(2, 99)
    home = deck.at(place, f"{number} {filed.format(road)}")
    return _asked(home, f"{number} {deck.one(dresses).format(road)}")


def directions(deck: Deck) -> Pair:
    """A direction as NO or SO, or left out where the ZIP code has one such street."""
    place, number = deck.place(), deck.number(100, 9899)
    name, (short, full) = deck.street(place), deck.one(TYPES)
    way, said = deck.one((("N", "No"), ("S", "So"), ("N", "No."), ("E", ""), ("W", "")))
    home = deck.at(place, f"{number} {way} {name} {short}")
    return _asked(home, " ".join(f"{number} {said} {name.title()} {full}".split()))


def grids(deck: Deck) -> Pair:
    """Grid numbers written apart or together."""
    if deck.chance(0.5):
        place = deck.place("WI")
        a, b, name = deck.number(40, 250), deck.number(1000, 19999), deck.street(place)
        home = deck.at(place, f"N{a}W{b} {name} DR")
        return _asked(home, deck.one((f"N{a} W{b}", f"N{a}-W{b}")) + f" {name.title()} Drive")
    place = deck.place("UT")
    a, b = deck.number(10, 99), deck.number(10, 99)
    home = deck.at(place, f"{a}1 S {b}00 E")
    return _asked(home, deck.one((f"{a}1 South {b}00 East", f"{a}1 So. {b}00 E.")))


def hyphens(deck: Deck) -> Pair:
    """A hyphenated number of Queens without its hyphen."""
    place = deck.one(_QUEENS)
    a, b, name = deck.number(30, 190), deck.number(10, 59), deck.street(place)
    home = deck.at(place, f"{a}-{b} {name} AVE")
    return _asked(home, f"{a} {b} {name.title()} Avenue")


def cities(deck: Deck) -> Pair:
    """A city in another dress, and no ZIP code given."""
    place, said = deck.one(_CITIES)
    home = deck.at(place, deck.line(place))
    return _asked(home, home.address_line.title(), city=said, postal_code="")
