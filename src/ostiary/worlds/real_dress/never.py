"""Pairs that must not be confirmed: sisters and brothers, neighbours, other units, other roads."""

from ostiary.worlds.real_dress import alike
from ostiary.worlds.real_dress.deck import TYPES, Deck, cities_of_several
from ostiary.worlds.real_dress.pairs import Pair, Words, listed, never

_MARKERS = (
    # a marker that half a family bears, and own names that go with it
    ("MD", listed("KARIM RAFIQ SHAHID JAMAL FARUK SELIM ANWAR HABIB")),
    ("MOHD", listed("AZLAN FAIZAL HAFIZ RIZAL SYAFIQ ZAKI")),
    ("SHEIKH", listed("IMRAN SAJID TARIQ WASIM YASIR")),
    ("BIBI", listed("AISHA FATIMA KHADIJA MARYAM ZAINAB")),
    ("THI", listed("HOA LAN MAI NGA THAO TRANG TUYET XUAN")),
    ("SYED", listed("ARIF BILAL FAISAL HASSAN KASHIF NADEEM")),
    ("MST", listed("ROKEYA SALMA SHIRIN TAHMINA")),
)
_PARTICLES = (
    (
        "VAN",
        listed("""
LOON LOAN HORN HOORN BERG BURG HOVEN HAVEN DALEN DELEN RIJN RYAN WERT WERF
"""),
    ),
    ("DE", listed("LEON LEAN SOTO SOUTO LUNA LANA PAZ PAEZ ROSA ROJA")),
    ("DEL", listed("RIO REO VALLE VILLE CAMPO CARPO")),
    ("DA", listed("SILVA SILVIA COSTA CESTA ROCHA ROSHA")),
    ("DI", listed("MARCO MARZO PIETRO PINTO MEO MAIO")),
)
_COMPASS = (
    ("NORTH", "SOUTH"), ("EAST", "WEST"),
)  # fmt: skip
_BEHIND_COMPASS = listed("GATE VIEW BROOK FIELD LAND WOOD PORT RIDGE SIDE MOOR")
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII")
_BEFORE_NUMERAL = listed("PHASE PLAT SECTION COLONY TRACT")
_REAL_TWINS = (
    ("GARNETT", "GARRETT"), ("ARMITAGE", "HERMITAGE"), ("CARLTON", "CARLSON"),
    ("HARRISON", "HARRINGTON"), ("MARSHALL", "MARCHALL"), ("STANFORD", "STAFFORD"),
    ("WELLINGTON", "WILLINGTON"), ("HAMILTON", "HAMBLETON"), ("SHERIDAN", "SHERIDEN"),
    ("BRADFORD", "BRANFORD"), ("CRAWFORD", "CRANFORD"), ("LEXINGTON", "LEVINGTON"),
)  # fmt: skip
_LETTERS = "ABCDFGHIJKLMOPQRTUVXYZ"
_LETTERED = (
    ("AVENUE {}", "Avenue {}"), ("COUNTY ROAD {}", "County Rd {}"), ("ROAD {}", "Road {}"),
    ("STATE HIGHWAY {}", "State Hwy {}"), ("STREET {}", "Street {}"),
)  # fmt: skip


def siblings(deck: Deck) -> Pair:
    """Two given names one inner letter apart; one of them is on file."""
    filed, asked = deck.one(alike.pairs())
    if deck.chance(0.5):
        filed, asked = asked, filed
    home = deck.home().but(given_name=filed)
    return never(home, home.without_birth().but(given_name=asked.title()))


def markers(deck: Deck) -> Pair:
    """Two of a family whose names begin with the same title or marker."""
    marker, owns = deck.one(_MARKERS)
    filed, asked = deck.two(owns)
    home = deck.home()
    on_file = (
        home.but(given_name=marker, middle_name=filed)
        if deck.chance(0.5)
        else home.but(given_name=f"{marker} {filed}")
    )
    if deck.chance(0.3):
        on_file = home.but(given_name=marker, middle_name="")
    asks = on_file.without_birth().but(
        given_name=marker.title(), middle_name=asked.title() if deck.chance(0.7) else ""
    )
    if not asks.middle_name and not on_file.middle_name and on_file.given_name == marker:
        asks = asks.but(middle_name=asked.title())
    return never(on_file, asks)


def particles(deck: Deck) -> Pair:
    """Two surnames behind one particle."""
    particle, stems = deck.one(_PARTICLES)
    pair = deck.number(0, len(stems) // 2 - 1) * 2
    home = deck.home().but(surname=f"{particle} {stems[pair]}")
    asked = f"{particle.title()} {stems[pair + 1].title()}"
    return never(home, home.without_birth().but(surname=asked))


def misspelt_elsewhere(deck: Deck) -> Pair:
    """A name with a slip in it, at a house number in the same street that is not the person's."""
    home = deck.home()
    while len(home.surname) < 7:  # noqa: PLR2004 - long enough for a slip
        home = home.but(surname=deck.surname())
    number, rest = home.address_line.split(" ", 1)
    place = deck.number(2, len(home.surname) - 3)
    slipped = home.surname[:place] + deck.one("QXZ") + home.surname[place + 1 :]
    asked = home.without_birth().but(
        surname=slipped, address_line=f"{int(number) + 2 * deck.number(1, 40)} {rest}"
    )
    return never(home, asked)


def _other_than(deck: Deck, home: Words, unit: str) -> Words:
    """Give somebody else in the same building."""
    return home.but(
        given_name=deck.given(), surname=deck.surname(), birth_date=deck.birth(), unit=unit
    )


def units(deck: Deck) -> Pair:
    """The building and the unit run together otherwise, or another kind of the same identifier."""
    a, b, c = deck.number(1, 9), deck.number(1, 9), deck.number(1, 9)
    home = deck.home()
    filed, asked = deck.one(
        (
            (f"BLDG {a} APT {b}{c}", f"Bldg {a}{b} Apt {c}"),
            (f"BLDG {a} UNIT {b}{c}", f"Building {a}{b}, Unit {c}"),
            (f"FL {a} APT {b + 10}", f"Floor {a + 10} Apt {b}"),
            (f"APT {a}{b}", f"Apt {a} Rm {b}" if a != b else f"Apt {a}{b}{c}"),
            (f"STE {a}0{b} UNIT {c}", f"Suite {a} Unit {b}0{c}"),
            (f"BLDG A APT {b}", f"Bldg B Apt {b}"),
            (f"TRLR {a}{b}", f"Trlr {a}{b}{c}"),
        )
    )
    filed_home = home.but(unit=filed)
    if deck.chance(0.3):
        kind, other = deck.two(("APT", "STE", "LOT", "PH", "FL", "BLDG"))
        filed_home = home.but(unit=f"{kind} {a}")
        asks = filed_home.without_birth().but(unit=f"{other.title()} {a}")
        return never(filed_home, asks, _other_than(deck, home, f"{other} {a}"))
    if deck.chance(0.4):
        line = f"{home.address_line.title()} {asked}"
        return never(filed_home, filed_home.without_birth().but(address_line=line, unit=""))
    return never(filed_home, filed_home.without_birth().but(unit=asked))


def lettered_roads(deck: Deck) -> Pair:
    """Two roads whose whole name is a letter."""
    filed, asked = deck.one(_LETTERED)
    one, other = deck.two(_LETTERS)
    if filed.startswith("COUNTY") and deck.chance(0.5):
        other = one + deck.one("ABDGKMVW")
    place, number = deck.place(), deck.number(100, 9899)
    home = deck.at(place, f"{number} {filed.format(one)}")
    return never(home, home.without_birth().but(address_line=f"{number} {asked.format(other)}"))


def named_roads(deck: Deck) -> Pair:
    """Compass words and numerals inside a name; two names that both are streets on file."""
    place, number = deck.place(), deck.number(100, 9899)
    short, full = deck.one(TYPES)
    which = deck.number(0, 2)
    if which == 0:
        one, other = deck.one(_COMPASS)
        behind = deck.one(_BEHIND_COMPASS)
        one, other = one + behind, other + behind
    elif which == 1:
        before = deck.one(_BEFORE_NUMERAL)
        a, b = deck.two(_NUMERALS)
        one, other = f"{before} {a}", f"{before} {b}"
    else:
        one, other = deck.one(_REAL_TWINS)
    if deck.chance(0.5):
        one, other = other, one
    home = deck.at(place, f"{number} {one} {short}")
    asked = home.without_birth().but(address_line=f"{number} {other.title()} {full}")
    beyond = deck.place()
    return never(home, asked, deck.at(beyond, f"{deck.number(100, 9899)} {other} {short}"))


def numbered_roads(deck: Deck) -> Pair:
    """Two numbered roads: another number, another system, another type."""
    place, number = deck.place(), deck.number(100, 29899)
    a, b = deck.two(range(2, 99))
    line, other = deck.one(
        (
            (f"US HIGHWAY {a}", f"US Hwy {b}"),
            (f"STATE ROUTE {a}", f"County Road {a}"),
            (f"US HIGHWAY {a}", f"State Hwy {a}"),
            (f"COUNTY ROAD {a}", f"County Road {a}{b % 10}"),
            (f"INTERSTATE {a}", f"US {a}"),
            (f"{a}TH ST" if a % 10 > 3 or 10 < a < 14 else f"{a}0TH ST", f"{b}00th Street"),  # noqa: PLR2004
            (f"{10 * a}TH AVE", f"{10 * a}th Street"),
        )
    )
    home = deck.at(place, f"{number} {line}")
    return never(home, home.without_birth().but(address_line=f"{number} {other}"))


def unsaid_direction(deck: Deck) -> Pair:
    """A direction or a type is left out where the file has both streets."""
    place, number = deck.place(), deck.number(100, 9899)
    name, (short, full) = deck.street(place), deck.one(TYPES)
    if deck.chance(0.6):
        way = deck.one(("N", "S", "E", "W"))
        bare, said = f"{name} {short}", f"{way} {name} {short}"
    else:
        other = deck.one([t for t, _ in TYPES if t != short])
        bare, said = f"{name} {short}", f"{name} {other}"
    home = deck.at(place, f"{number} {bare}")
    there = deck.at(place, f"{number if deck.chance(0.5) else number + 2} {said}")
    asked = f"{number} {said.title()}"
    if deck.chance(0.5):
        way, name_and_type = deck.one(("N", "S", "E", "W")), f"{name} {short}"
        home = home.but(address_line=f"{number} {way} {name_and_type}")
        opposite = {"N": "S", "S": "N", "E": "W", "W": "E"}[way]
        there = there.but(address_line=f"{number} {opposite} {name_and_type}")
        asked = f"{number} {name.title()} {full}"
    return never(home, home.without_birth().but(address_line=asked), there)


def other_post_office(deck: Deck) -> Pair:
    """The same box or counter at another post office of the city."""
    here, beyond = deck.two(deck.one(cities_of_several()))
    line, asked = deck.one((("PO BOX {}", "P.O. Box {}"), ("RR 2 BOX {}", "RR 2 Box {}")))
    number = deck.number(20, 9899)
    home = deck.at(here, line.format(number))
    return never(
        home,
        home.without_birth().but(address_line=asked.format(number), postal_code=beyond.postal_code),
    )


def torn_place(deck: Deck) -> Pair:
    """City and state of the record, with a ZIP code of another state; or the other way round."""
    home, elsewhere = deck.home(), deck.place()
    while elsewhere.postal_code[0] == home.postal_code[0]:
        elsewhere = deck.place()
    asked = home.without_birth().but(address_line=home.address_line.title())
    if deck.chance(0.5):
        return never(home, asked.but(postal_code=elsewhere.postal_code))
    return never(home, asked.but(city=elsewhere.city, state=elsewhere.state))


def next_house(deck: Deck) -> Pair:
    """Another house number in a grid, in Queens, with a letter or a fraction behind."""
    place = deck.place()
    name, number = deck.street(place), deck.number(10, 989)
    filed, asked = deck.one(
        (
            (f"{number} {name} ST", f"{number + 2} {name.title()} St"),
            (f"{number}A {name} ST", f"{number}B {name.title()} St"),
            (f"{number} 1/2 {name} AVE", f"{number} {name.title()} Ave"),
            (f"N{number}W18855 {name} DR", f"N{number}W18865 {name.title()} Dr"),
            (f"{number}-12 {name} BLVD", f"{number}-21 {name.title()} Blvd"),
            (f"{number} S 400 E", f"{number} S 500 E"),
            (f"{number}0 {name} RD", f"{number} {name.title()} Rd"),
        )
    )
    home = deck.at(place, filed)
    return never(home, home.without_birth().but(address_line=asked))
