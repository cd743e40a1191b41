"""The words of the shipped book that bind the recipients of an answer."""

from datetime import date
from functools import cache

from ostiary.deciding.intake.registers import Registers, read_registers
from ostiary.deciding.law.shipped import shipped_book
from ostiary.office.rulings.conditions_of_use import wording_of
from ostiary.verifying.answers.conditions import Wording

DAY = date(2025, 8, 6)


@cache
def shipped_registers() -> Registers:
    """The registers that come with the book."""
    return read_registers([shipped_book() / "registers"])


def worded(provision: str, *, federal: bool = True) -> Wording:
    """The words for an answer under a provision."""
    return wording_of(shipped_registers(), provision, federal=federal, day=DAY)
