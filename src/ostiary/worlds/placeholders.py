"""What stands in a request when the person's name or address is not stated.

The forms are those that the record of August 2025 describes, and their near relatives.
"""

from collections.abc import Callable
from functools import partial

import numpy as np
import pyarrow.compute as pc

from ostiary.worlds.chance import happens
from ostiary.worlds.texts import Text, constant, pick, where, words

Columns = dict[str, Text]
Spoiler = Callable[[np.random.Generator, Columns], Columns]

_PLACE = ("city", "state", "postal_code")

_LINES: dict[str, tuple[str, ...]] = {
    "address-failed-to-provide": ("FAILED TO PROVIDE", "Failed to Provide", "FAILED TO PROVIDE."),
    "address-unknown": ("UNKNOWN ADDRESS", "Unknown", "ADDRESS UNKNOWN", "UNKNOWN"),
    "address-na-na": ("NA NA", "N/A N/A", "NA", "N/A"),
    "address-jail": (
        "COUNTY JAIL",
        "STATE PRISON",
        "Detention Center",
        "CORRECTIONAL FACILITY",
        "COUNTY DETENTION FACILITY",
    ),
    "address-homeless": ("HOMELESS", "Homeless", "NO FIXED ADDRESS", "TRANSIENT"),
}
_NO_NAMES = (("UNKNOWN", "UNKNOWN"), ("FNU", "LNU"), ("Unknown", "Unknown"))


def _nothing(columns: Columns, *names: str) -> Columns:
    rows = len(columns["surname"])
    return {**columns, **{name: constant("", rows) for name in names}}


def _line(texts: tuple[str, ...], rng: np.random.Generator, columns: Columns) -> Columns:
    codes = rng.integers(len(texts), size=len(columns["surname"]))
    return _nothing(columns, "unit") | {"address_line": pick(words(texts), codes)}


def _dont_care(_: np.random.Generator, columns: Columns) -> Columns:
    line = pc.binary_join_element_wise("DON'T CARE", columns["postal_code"], " ")
    return _nothing(columns, "unit", "city", "state", "postal_code") | {"address_line": line}


def _zeros(_: np.random.Generator, columns: Columns) -> Columns:
    zeros = constant("00000", len(columns["surname"]))
    bare = _nothing(columns, "unit", "city", "state")
    return bare | {"address_line": zeros, "postal_code": zeros}


def _zip_only(_: np.random.Generator, columns: Columns) -> Columns:
    bare = _nothing(columns, "unit", "city", "state")
    return bare | {"address_line": columns["postal_code"]}


def _city_only(_: np.random.Generator, columns: Columns) -> Columns:
    return _nothing(columns, "unit") | {"address_line": columns["city"]}


def _no_number(_: np.random.Generator, columns: Columns) -> Columns:
    road = pc.replace_substring_regex(columns["address_line"], r"^\d+ +", "")
    return _nothing(columns, "unit") | {"address_line": road}


def _no_street(_: np.random.Generator, columns: Columns) -> Columns:
    number = pc.replace_substring_regex(columns["address_line"], r"^(\d+) .*$", r"\1")
    return _nothing(columns, "unit") | {"address_line": number}


def _no_address(_: np.random.Generator, columns: Columns) -> Columns:
    return _nothing(columns, "address_line", "unit", *_PLACE)


def _no_name(rng: np.random.Generator, columns: Columns) -> Columns:
    given = happens(rng, 0.5, len(columns["surname"]))
    return columns | {
        "given_name": where(given, "", columns["given_name"]),
        "surname": where(given, columns["surname"], ""),
    }


def _placeholder_name(rng: np.random.Generator, columns: Columns) -> Columns:
    codes = rng.integers(len(_NO_NAMES), size=len(columns["surname"]))
    return _nothing(columns, "middle_name", "name_suffix") | {
        "given_name": pick(words([given for given, _ in _NO_NAMES]), codes),
        "surname": pick(words([surname for _, surname in _NO_NAMES]), codes),
    }


_SHAPES: dict[str, Spoiler] = {
    **{name: partial(_line, texts) for name, texts in _LINES.items()},
    "address-dont-care": _dont_care,
    "address-zeros": _zeros,
    "address-zip-only": _zip_only,
    "address-city-only": _city_only,
    "address-no-number": _no_number,
    "address-no-street": _no_street,
    "address-empty": _no_address,
}


SPOILERS: dict[str, Spoiler] = {
    **_SHAPES,
    "tin-without-address": _no_address,
    **{name.replace("address-", "tin-"): shape for name, shape in _SHAPES.items()},
    "name-missing": _no_name,
    "name-placeholder": _placeholder_name,
}
