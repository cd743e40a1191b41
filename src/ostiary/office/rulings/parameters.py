"""Numbers that the law or the custodian sets: dated rows of the book, each with what it rests on.

They stand in ``parameters.csv``, which the digest of the registers covers, and an office may
overlay them. A row for one provision goes before one for all.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from ostiary.deciding.intake.registers import Registers
from ostiary.domain.errors import BookError
from ostiary.domain.period import Period


class _Row(NamedTuple):
    parameter: str
    provision: str | None
    value: str
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Parameters:
    """The rows of the register."""

    rows: tuple[_Row, ...]

    def days(self, parameter: str, provision: str, day: date) -> timedelta:
        """Give a number of days as it stands for a provision on a day.

        Raises:
            BookError: the register has none.
        """
        standing = [
            row
            for row in self.rows
            if row.parameter == parameter
            and row.provision in {provision, None}
            and day in Period(row.first, row.last)
        ]
        if not standing:
            raise BookError(
                f"no row gives `{parameter}` for {provision} on {day}",
                where="parameters.csv",
                cure="enter it in OFFICE/registers/parameters.csv",
            )
        chosen = max(standing, key=lambda row: (row.provision is not None, row.first))
        return timedelta(days=int(chosen.value))


def parameters_of(registers: Registers) -> Parameters:
    """Take the numbers out of the registers that were read with a law."""
    rows = registers.tables["parameters"].to_pylist()
    return Parameters(
        tuple(
            _Row(
                one["parameter"],
                one["provision"] or None,
                one["value"],
                date.fromisoformat(one["from"]),
                date.fromisoformat(one["until"]) if one["until"] else None,
            )
            for one in rows
        )
    )
