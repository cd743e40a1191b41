"""Pairs that are to be confirmed: units, boxes, routes, posts and islands in another dress."""

from ostiary.worlds.real_dress.deck import TYPES, Deck, Place
from ostiary.worlds.real_dress.pairs import Pair, Words, same

_UNITS = (
    ("APT {}", ("Apartment {}", "# {}", "#{}", "Apt. No. {}", "{}", "Apt #{}")),
    ("STE {}", ("Suite {}", "Ste. {}", "Ste #{}")),
    ("LOT {}", ("Lot {}", "LT {}", "Lot No. {}")),
    ("SPC {}", ("Space {}", "Sp {}", "Spc #{}")),
    ("UNIT {}", ("Unit {}", "UT {}", "Unit #{}", "# {}")),
    ("FL {}", ("Floor {}", "Fl. {}")),
    ("RM {}", ("Room {}", "Rm. {}")),
    ("TRLR {}", ("Trailer {}", "Trl {}")),
)
_FLOORS = (
    ("FL 2", ("Second Floor",)), ("FL 3", ("3rd Floor",)), ("FL 4", ("4th Fl",)),
    ("FL 12", ("Twelfth Floor",)),
)  # fmt: skip
_BUILDINGS = ("Midtown Plaza", "Carter Building", "The Arbors", "Lakeside Towers", "Union Mission")
_PUERTO_RICO = (
    Place("SAN JUAN", "PR", "00926"), Place("BAYAMON", "PR", "00959"),
    Place("CAROLINA", "PR", "00979"), Place("PONCE", "PR", "00716"),
    Place("CAGUAS", "PR", "00725"), Place("MAYAGUEZ", "PR", "00680"),
    Place("GUAYNABO", "PR", "00969"), Place("ARECIBO", "PR", "00612"),
)  # fmt: skip
_ISLAND = (
    ("URB LAS GLADIOLAS {n} CALLE {s}", "Urb. Las Gladiolas, {n} Calle {t}"),
    ("{n} CALLE {s}", "Calle {t} #{n}"),
    ("{n} CALLE {s}", "Calle {t} {n}"),
    ("A{m} CALLE {s}", "A-{m} Calle {t}"),
    ("COND {s} APT {m}", "Condominio {t} Apto {m}"),
    ("{n} AVE {s}", "{n} Avenida {t}"),
    ("RES {s} EDIF {m} APT {n}", "Residencial {t} Edificio {m} Apto {n}"),
)
_POSTS = (
    ("UNIT {a} BOX {b}", "Unit {a}", "Box {b}"), ("PSC {a} BOX {b}", "P.S.C. {a}, Box {b}", ""),
    ("CMR {a} BOX {b}", "CMR {a} Box {b}", ""), ("UNIT {a} BOX {b}", "Unit #{a} Box {b}", ""),
    ("PSC {a} BOX {b}", "PSC {a}", "Box {b}"),
)  # fmt: skip
_OVERSEAS = (
    Place("APO", "AE", "09012"), Place("APO", "AP", "96278"), Place("FPO", "AP", "96349"),
    Place("DPO", "AE", "09825"),
)  # fmt: skip
_BOXES = (
    "P.O. Box {}", "Post Office Box {}", "Box {}", "PO Drawer {}", "Lock Box {}", "P O Bx {}",
    "Caller {}", "PO Box No. {}", "Box No. {}", "POB {}",
)  # fmt: skip
_ROUTES = (
    ("RR {a} BOX {b}", ("RR {a} # {b}", "Rural Route {a} Box {b}", "R.R. {a}, Box {b}",
                        "RFD {a} Box {b}")),
    ("HC {a} BOX {b}", ("HC {a} # {b}", "HC Route {a} Box {b}", "Highway Contract {a} Box {b}",
                        "HCR {a} Box {b}", "Star Route {a} Box {b}")),
)  # fmt: skip


def _asked(home: Words, line: str, **parts: str) -> Pair:
    return same(home, home.without_birth().but(address_line=line, **parts))


def units(deck: Deck) -> Pair:
    """A unit in other words, in its column or in the line."""
    home, (filed, dresses) = deck.home(), deck.one(_FLOORS if deck.chance(0.15) else _UNITS)
    label = deck.one((str(deck.number(1, 499)), f"{deck.number(1, 40)}{deck.one('ABCDF')}"))
    home = home.but(unit=filed.format(label))
    said = deck.one(dresses).format(label)
    line = home.address_line.title()
    if said == label or deck.chance(0.5):
        return _asked(home, line, unit=said)
    return _asked(home, f"{line} {said}", unit="")


def unit_elsewhere(deck: Deck) -> Pair:
    """The unit before the street, between number and street, joined, or behind a bare name."""
    place, number = deck.place(), deck.number(100, 9899)
    name, (short, full) = deck.street(place), deck.one(TYPES)
    label = deck.number(2, 60)
    home = deck.at(place, f"{number} {name} {short}", f"APT {label}")
    road = f"{name.title()} {full}"
    said = deck.one(
        (
            f"Apt {label}, {number} {road}",
            f"{number} Apt {label} {road}",
            f"#{label} {number} {road}",
            f"{number} {road}, {label}",
            f"{number} {road} {label}",
        )
    )
    return _asked(home, said, unit="")


def two_units(deck: Deck) -> Pair:
    """A building and an apartment, or a private mailbox."""
    home, a, b = deck.home(), deck.number(1, 20), deck.number(1, 400)
    filed, asked = deck.one(
        (
            (f"BLDG {a} APT {b}", f"Building {a}, Apartment {b}"),
            (f"STE {b} UNIT {a}", f"Ste {b}, Unit {a}"),
            (f"PMB {b}", f"P.M.B. {b}"),
            (f"BLDG {a} APT {b}", f"Bldg. {a} #{b}"),
        )
    )
    home = home.but(unit=filed)
    if deck.chance(0.5):
        return _asked(home, f"{home.address_line.title()} {asked}", unit="")
    return _asked(home, home.address_line.title(), unit=asked)


def names_around(deck: Deck) -> Pair:
    """The name of a building before or behind number and street."""
    home, building = deck.home(), deck.one(_BUILDINGS)
    line = home.address_line.title()
    return _asked(home, deck.one((f"{building}, {line}", f"{line} ({building})", f"#{line}")))


def boxes(deck: Deck) -> Pair:
    """A post office box in other words."""
    number = deck.number(10, 9899)
    home = deck.at(deck.place(), f"PO BOX {number}")
    return _asked(home, deck.one(_BOXES).format(number))


def routes(deck: Deck) -> Pair:
    """A rural or a contract route in other words."""
    filed, dresses = deck.one(_ROUTES)
    parts = {"a": deck.number(1, 79), "b": deck.number(1, 899)}
    home = deck.at(deck.place(), filed.format(**parts))
    return _asked(home, deck.one(dresses).format(**parts))


def posts(deck: Deck) -> Pair:
    """A military or diplomatic post, in one column or in both."""
    filed, line, unit = deck.one(_POSTS)
    parts = {"a": deck.number(1000, 9899), "b": deck.number(10, 9899)}
    home = deck.at(deck.one(_OVERSEAS), filed.format(**parts))
    return _asked(home, line.format(**parts), unit=unit.format(**parts))


def islands(deck: Deck) -> Pair:
    """An address of Puerto Rico."""
    place, (filed, asked) = deck.one(_PUERTO_RICO), deck.one(_ISLAND)
    name = deck.street(place)
    parts = {"n": deck.number(10, 989), "m": deck.number(1, 40), "s": name, "t": name.title()}
    return _asked(deck.at(place, filed.format(**parts)), asked.format(**parts))
