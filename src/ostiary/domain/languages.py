"""The languages that people outside an office are told something in, and days in them."""

from datetime import date
from enum import StrEnum

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_MESES = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"),
    *("septiembre", "octubre", "noviembre", "diciembre"),
)


class Language(StrEnum):
    """A language that letters to a person and the public site are written in."""

    ENGLISH = "en"
    SPANISH = "es"


def day_in(language: Language, day: date) -> str:
    """Write a day as it is written in a language: 6 August 2025, 6 de agosto de 2025.

    It is the same under every locale.
    """
    if language is Language.ENGLISH:
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.day} de {_MESES[day.month - 1]} de {day.year}"
