"""What the registers say on a day, kept by a process that asks on the same days again and again."""

import threading
from collections import OrderedDict
from typing import Final

import duckdb

from ostiary.deciding.intake.facts import Days
from ostiary.deciding.intake.facts_of_one import RegistersOnADay
from ostiary.deciding.intake.registers import Registers, put_registers

_MOST: Final = 64


class RegisterDays:
    """Registers asked on days, each once; several threads may ask at the same time."""

    def __init__(self) -> None:
        """Know no day yet."""
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, Days], RegistersOnADay] = OrderedDict()

    def of(self, registers: Registers, days: Days) -> RegistersOnADay:
        """Give what some registers say on the days of a step."""
        key = (str(registers.digest), days)
        with self._lock:
            if key not in self._kept:
                while len(self._kept) >= _MOST:
                    self._kept.popitem(last=False)
                with duckdb.connect(config={"threads": 1}) as con:
                    put_registers(con, registers)
                    self._kept[key] = RegistersOnADay(con, days)
            return self._kept[key]


REGISTER_DAYS: Final = RegisterDays()
"""Those of this process."""
