"""Which words of the book bind the recipients of an answer: by provision, kind of agency and day.

26 USC 6103(p)(4)(F) has two regimes of disposal and 7213(a) two felonies. Which of them fits
depends on the gateway and on whether the recipients are Federal, so both are rows of
``conditions.csv``.
"""

from dataclasses import replace
from datetime import date

from ostiary.deciding.intake.register_checks import ARTIFICIAL_INTELLIGENCE
from ostiary.deciding.intake.registers import Registers
from ostiary.domain.errors import NotAllowedError
from ostiary.verifying.answers.conditions import TRAINING, Wording


def ai_notice_of(registers: Registers, agency: str, day: date) -> str:
    """Say what an agency's notice of analysis by artificial intelligence describes.

    Args:
        registers: as they were read with the law.
        agency: whose notice it is.
        day: on which it is acknowledged and not objected to.

    Returns:
        Systems, models, purposes, places and who is responsible; empty where a notice of an older
        register says none of that.
    """
    standing = [
        one
        for one in registers.tables["notices"].to_pylist()
        if (one["agency"], one["kind"]) == (agency, ARTIFICIAL_INTELLIGENCE)
        and one["system"]
        and one["acknowledged_on"]
        and one["acknowledged_on"] <= str(day)
        and not one["acknowledged_on"] <= (one["objected_on"] or "") <= str(day)
    ]
    return "; or ".join(
        f"{one['system']}, model {one['model']}, for {one['purpose']}, run at {one['runs_at']},"
        f" under {one['responsible']}"
        for one in standing
    )


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


def in_training(wording: Wording) -> Wording:
    """Give the words for an answer of a training office: they say first that it is none."""
    return replace(wording, sole_use=f"{TRAINING} {wording.sole_use}")
