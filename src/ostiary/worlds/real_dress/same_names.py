"""Pairs that are to be confirmed: one person whose name is written in another custom."""

from ostiary.worlds.real_dress.deck import Deck
from ostiary.worlds.real_dress.pairs import Pair, listed, same

_SHORT = (
    ("ROBERT", "Robt"), ("WILLIAM", "Wm"), ("CHARLES", "Chas"), ("THOMAS", "Thos"),
    ("GEORGE", "Geo"), ("JAMES", "Jas"), ("FRANCISCO", "Fco"), ("MARIA", "Ma"),
    ("JOSEPH", "Jos"), ("SAMUEL", "Saml"), ("EDWARD", "Edw"), ("RICHARD", "Richd"),
    ("BENJAMIN", "Benj"), ("JONATHAN", "Jon"), ("ALEXANDER", "Alex"), ("DANIEL", "Danl"),
)  # fmt: skip
# One name in the letters of two systems of transliteration.
_TRANSLITERATED = (
    ("MOHAMMED", "Muhammad"), ("MOHAMED", "Mohammad"), ("AHMED", "Ahmad"), ("YOUSEF", "Yusuf"),
    ("HUSSEIN", "Husain"), ("KHALED", "Khalid"), ("OMAR", "Umar"), ("ABDULLAH", "Abdallah"),
    ("IBRAHIM", "Ebrahim"), ("FATIMA", "Fatemeh"), ("ALEXEY", "Aleksei"), ("SERGEY", "Sergei"),
    ("DMITRY", "Dmitri"), ("YEVGENY", "Evgeny"), ("NATALIA", "Nataliya"), ("YULIA", "Iuliia"),
    ("MIKHAIL", "Mihail"), ("OLEKSANDR", "Aleksandr"), ("ANDREY", "Andrei"), ("TATIANA", "Tatyana"),
)  # fmt: skip
_GROWN = (
    ("D ANGELO", "D'Angelo"), ("DU PONT", "Dupont"), ("LE BLANC", "LeBlanc"),
    ("O BRIEN", "O'Brien"),
    ("MC DONALD", "McDonald"), ("FITZ GERALD", "Fitzgerald"), ("DE SOUZA", "Desouza"),
    ("LA FONTAINE", "Lafontaine"), ("VANDER MEER", "Van der Meer"), ("EL SAYED", "El-Sayed"),
    ("AL MANSOUR", "Almansour"), ("BEN DAVID", "Ben-David"), ("SAN MARTIN", "Sanmartin"),
    ("D AMBROSIO", "D'Ambrosio"), ("DELLA ROSA", "Dellarosa"), ("ST CLAIR", "St. Clair"),
    ("TEN BROECK", "Tenbroeck"), ("ZUM WALT", "Zumwalt"), ("ABU BAKR", "Abubakr"),
)  # fmt: skip
_SUFFIXES = (
    ("JR", "Jr., M.D."), ("SR", "Senior"), ("II", "2"), ("III", "3rd"), ("JR", "Junior"),
    ("III", "III, Esq."), ("II", "2nd"), ("SR", "Sr., PhD"), ("IV", "4"), ("JR", "JR DDS"),
)  # fmt: skip
_RANKS = (
    "Sister", "Prof.", "Sr.", "Capt.", "Sgt.", "Rabbi", "Imam", "Father",
    "Lt. Col.",
)  # fmt: skip
_MIDDLES = listed("""
ANN JAMES LEE MARIE LYNN ALLEN LOUISE SCOTT RAY ELIZABETH WAYNE GRACE PAUL ROSE DEAN JEAN KEITH
FAYE GLENN RUTH
""")
_VIETNAMESE = ("THI HOA", "VAN ANH", "DUC MINH", "NGOC LAN", "QUANG HUY", "KIM CHI", "THANH TAM")


def middle_names(deck: Deck) -> Pair:
    """Several middle names against fewer of them, or their initials."""
    first, second = deck.two(_MIDDLES)
    home = deck.home().but(middle_name=f"{first} {second}")
    asked = deck.one((f"{first[0]} {second[0]}", first.title(), f"{first.title()} {second[0]}.",
                      f"{first[0]}.{second[0]}."))  # fmt: skip
    return same(home, home.without_birth().but(middle_name=asked))


def grown_particles(deck: Deck) -> Pair:
    """A particle apart, grown on or behind an apostrophe."""
    filed, asked = deck.one(_GROWN)
    if deck.chance(0.5):
        filed, asked = asked.upper(), filed.title()
    home = deck.home().but(surname=filed)
    return same(home, home.without_birth().but(surname=asked))


def double_surnames(deck: Deck) -> Pair:
    """Both surnames in the other order, or the first one as a middle name."""
    one, other = deck.surname(), deck.surname()
    home = deck.home().but(surname=f"{one} {other}")
    asked = home.without_birth()
    if deck.chance(0.5):
        return same(home, asked.but(surname=f"{other.title()} {one.title()}"))
    return same(home, asked.but(middle_name=one.title(), surname=other.title()))


def short_forms(deck: Deck) -> Pair:
    """A given name in its written short form."""
    filed, asked = deck.one(_SHORT)
    home = deck.home().but(given_name=filed)
    return same(home, home.without_birth().but(given_name=deck.one((asked, asked + "."))))


def suffixes(deck: Deck) -> Pair:
    """The suffix field as people fill it."""
    filed, asked = deck.one(_SUFFIXES)
    home = deck.home().but(name_suffix=filed)
    return same(home, home.without_birth().but(name_suffix=asked))


def ranks(deck: Deck) -> Pair:
    """A rank or an address before the given name."""
    home = deck.home()
    return same(
        home,
        home.without_birth().but(given_name=f"{deck.one(_RANKS)} {home.given_name.title()}"),
    )


def transliterations(deck: Deck) -> Pair:
    """One name in two systems of letters, and the birth date agrees."""
    filed, asked = deck.one(_TRANSLITERATED)
    if deck.chance(0.5):
        filed, asked = asked.upper(), filed.title()
    home = deck.home().but(given_name=filed)
    return same(home, home.but(given_name=asked))


def exchanged(deck: Deck) -> Pair:
    """Given and middle name in the other order, and the birth date agrees."""
    first, second = deck.one(_VIETNAMESE).split()
    if deck.chance(0.5):
        first, second = deck.two(_MIDDLES)
    home = deck.home().but(given_name=first, middle_name=second)
    return same(home, home.but(given_name=second.title(), middle_name=first.title()))
