"""What the registers say on a day, kept by a process that asks on the same days again and again."""

from functools import partial
from typing import Final

import duckdb

from ostiary.deciding.intake.facts import Days
from ostiary.deciding.intake.facts_of_one import RegistersOnADay
from ostiary.deciding.intake.registers import Registers, put_registers
from ostiary.domain.kept import Kept

_MOST: Final = 64


class RegisterDays:
    """Registers asked on days, each once; several threads may ask at the same time."""

    def __init__(self) -> None:
        """Know no day yet."""
        self._kept: Kept[tuple[str, Days], RegistersOnADay] = Kept(_MOST)

    def of(self, registers: Registers, days: Days) -> RegistersOnADay:
        """Give what some registers say on the days of a step."""
        return self._kept.get((str(registers.digest), days), partial(_asked, registers, days))


def _asked(registers: Registers, days: Days) -> RegistersOnADay:
    with duckdb.connect(config={"threads": 1}) as con:
        put_registers(con, registers)
        return RegistersOnADay(con, days)


REGISTER_DAYS: Final = RegisterDays()
"""Those of this process."""
