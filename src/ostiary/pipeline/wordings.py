"""Which words of the book bind the recipients of an answer: by provision, kind of agency and day.

26 USC 6103(p)(4)(F) has two regimes of disposal and 7213(a) two felonies. Which of them fits
depends on the gateway and on whether the recipients are Federal, so both are rows of
``conditions.csv``.
"""

from datetime import date

from ostiary.domain.errors import NotAllowedError
from ostiary.intake.registers import Registers
from ostiary.release.conditions import Wording


def wording_of(registers: Registers, provision: str, *, federal: bool, day: date) -> Wording:
    """Give the words for an answer.

    Args:
        registers: as they were read with the law.
        provision: USLM id of the provision relied on.
        federal: whether the agency is a Federal one.
        day: of the disclosure.

    Raises:
        NotAllowedError: the register has no words for it.
    """
    flag = "true" if federal else "false"
    found = [
        one
        for one in registers.tables["conditions"].to_pylist()
        if (one["provision"], one["federal"]) == (provision, flag)
        and date.fromisoformat(one["from"]) <= day
        and (not one["until"] or day <= date.fromisoformat(one["until"]))
    ]
    if not found:
        raise NotAllowedError(
            "no conditions of use are worded for this provision and kind of agency",
            where=f"conditions.csv, {provision}, federal {flag}",
            cure="word them before an answer is released under it",
        )
    chosen = max(found, key=lambda one: str(one["from"]))
    return Wording(chosen["sole_use"], chosen["felony"], chosen["disposal"])
