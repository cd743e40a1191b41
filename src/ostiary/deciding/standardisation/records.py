"""The executor for one record: plain Python."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from ostiary.deciding.standardisation.definition import python_function
from ostiary.deciding.standardisation.folding import fold
from ostiary.deciding.standardisation.names import NAMES
from ostiary.deciding.standardisation.shapes import ADDRESSES


@cache  # written when first asked for: many programs put nothing into standard form
def _name() -> Callable[..., tuple[Any, ...]]:
    return python_function(NAMES)


@cache
def _address() -> Callable[..., tuple[Any, ...]]:
    return python_function(ADDRESSES)


@dataclass(frozen=True, slots=True)
class StandardName:
    """A name in standard form; see :mod:`.standardisation.names` for the columns."""

    n_given: str
    n_middle: str
    n_surname: str
    n_suffix: str
    n_surname_key: str
    n_given_group: str
    n_name_stated: bool


@dataclass(frozen=True, slots=True)
class StandardAddress:
    """An address in standard form.

    Attributes:
        a_kind: ``street``, ``box``, ``route``, ``military``, ``general-delivery``, ``other`` or
            ``none``.
        a_number: of the house, of the box, of the route or of the military post.
        a_pre: direction before the street.
        a_street: name of the street; ``RR``, ``HC``, ``PSC``, ``CMR`` or ``UNIT`` on a route.
        a_type: street type, abbreviated as in Publication 28.
        a_post: direction behind the street.
        a_unit: the identifier alone (``4B``); on a route the box, and
            the unit behind it (``2 APT 4``).
        a_city: capitals, ``SAINT`` and directions short; empty when none is given.
        a_state: two letters, empty when it is none.
        a_zip5: five digits, empty when it is no ZIP Code.
        a_country: ``US``, or the ISO 3166-1 code of another country.
        a_shape: see :mod:`ostiary.deciding.standardisation.shapes`.
    """

    a_kind: str
    a_number: str
    a_pre: str
    a_street: str
    a_type: str
    a_post: str
    a_unit: str
    a_city: str
    a_state: str
    a_zip5: str
    a_country: str
    a_shape: str

    @property
    def line(self) -> str:
        """The delivery line as it is written in standard form, without the unit of a building."""
        if self.a_kind == "box":
            return f"PO BOX {self.a_number}".strip()
        if self.a_kind in {"route", "military"}:
            return f"{self.a_street} {self.a_number} BOX {self.a_unit}".strip()
        parts = (self.a_number, self.a_pre, self.a_street, self.a_type, self.a_post)
        return " ".join(part for part in parts if part)


def standard_name(
    given_name: str | None = None,
    middle_name: str | None = None,
    surname: str | None = None,
    name_suffix: str | None = None,
) -> StandardName:
    """Put a name into standard form. Nothing that is given makes it fail."""
    return StandardName(
        *_name()(fold(given_name), fold(middle_name), fold(surname), fold(name_suffix))
    )


def standard_address(
    address_line: str | None = None,
    unit: str | None = None,
    city: str | None = None,
    state: str | None = None,
    postal_code: str | None = None,
    country: str | None = None,
) -> StandardAddress:
    """Put an address into standard form. Nothing that is given makes it fail."""
    return StandardAddress(
        *_address()(
            fold(address_line),
            fold(unit),
            fold(city),
            fold(state),
            fold(postal_code),
            fold(country),
        )
    )


def address_shape(
    address_line: str | None = None,
    unit: str | None = None,
    city: str | None = None,
    state: str | None = None,
    postal_code: str | None = None,
    country: str | None = None,
) -> str:
    """Say what kind of thing was given as an address: ``complete`` or what it is instead."""
    return standard_address(address_line, unit, city, state, postal_code, country).a_shape
