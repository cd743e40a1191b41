"""Acts of suspension: what a change of the register adds to one, and that none is dated back.

1. What a suspension says stays: no row goes, and no cell that says something says another thing.
   A day that has not come may be put off or taken back, with its reason.
2. What takes effect (``at_once_from``, ``suspended_from``, ``lifted_from``) does so on the day on
   which it is put into force, or later.
3. What happened (notice, appeal, conference, final determination) has happened by then.
4. In the register of safeguards, likewise, no day that is over stops being one of suspension.

The order of the steps, and what each needs, is the register's own
(:mod:`ostiary.deciding.intake.suspensions`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ostiary.domain.errors import InputError
from ostiary.office.administration.register_rows import read_rows

REGISTER = "suspensions"
_EFFECTS = {"at_once_from": "at_once_why", "suspended_from": "", "lifted_from": "lifted_why"}
_EVENTS = ("notice_on", "appealed_on", "conference_on", "decided_on")
_STEPS = {
    "notice_on": "noticed",
    "at_once_from": "suspended-at-once",
    "appealed_on": "appealed",
    "conference_on": "heard",
    "suspended_from": "suspended",
    "lifted_from": "lifted",
}
_DAY = timedelta(days=1)

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One step in a suspension, as the log has it.

    Attributes:
        suspension: its id.
        agency: whom it binds.
        step: one of the vocabulary's.
        on: the day on which it happened, or takes effect.
        ground: of the suspension.
        safeguard: the provision that was not met.
    """

    suspension: str
    agency: str
    step: str
    on: str
    ground: str
    safeguard: str


def steps_between(register: str, before: bytes | None, after: bytes | None) -> Iterator[Step]:
    """Give the steps that a change adds, in the order in which the register has them.

    Raises:
        InputError: one of the wordings is no CSV of one meaning.
    """
    if register != REGISTER:
        return
    was = _by_id(before)
    for name, row in _by_id(after).items():
        for column, step in (*_STEPS.items(), ("decided_on", row.get("outcome", ""))):
            if row.get(column) and row[column] != was.get(name, {}).get(column, ""):
                yield Step(name, row["agency"], step, row[column], row["ground"], row["safeguard"])


def check_acts(register: str, before: bytes | None, after: bytes | None, today: date) -> None:
    """Refuse a change that would date an act back, or unsay one.

    Args:
        register: its name; of any other register nothing is asked.
        before: its wording before.
        after: its wording after, which the register's own readers take.
        today: the day on which it is prepared, or put into force.

    Raises:
        InputError: it would.
    """
    if register == REGISTER:
        was, now = _by_id(before), _by_id(after)
        for name in was.keys() - now.keys():
            raise _unsaid(name, "the row")
        for name, row in now.items():
            _check_row(name, was.get(name, {}), row, today)
    elif register == "safeguards":
        _check_no_earlier_end(before, after, today)


def _check_row(name: str, was: Cells, now: Cells, today: date) -> None:
    still = {*_EFFECTS, *filter(None, _EFFECTS.values())}
    for column in {*was, *now} - still:
        if was.get(column) and was[column] != now.get(column, ""):
            raise _unsaid(name, f"`{column}`")
    for column in _EVENTS:
        is_new = now.get(column, "") != was.get(column, "")
        if is_new and now.get(column) and _day(now[column]) > today:
            raise InputError(
                f"`{column}` has not come yet", where=name, cure="enter what has happened"
            )
    for column, why in _EFFECTS.items():
        _check_effect(name, (column, why), was, now, today)


def _check_effect(name: str, columns: tuple[str, str], was: Cells, now: Cells, today: date) -> None:
    column, why = columns
    old, new = was.get(column, ""), now.get(column, "")
    if old and _day(old) <= today and (old, was.get(why, "")) != (new, now.get(why, "")):
        raise _unsaid(name, f"`{column}`")
    if new and new != old and _day(new) < today:
        raise InputError(
            f"`{column}` is a day that is over",
            where=name,
            cure=f"an act takes effect on the day on which it is put into force, {today}, or later",
        )


def _check_no_earlier_end(before: bytes | None, after: bytes | None, today: date) -> None:
    was = _spans(before)
    now = _spans(after)
    for agency, (first, last) in was.items():
        over = min(last, today - _DAY)
        kept_first, kept_last = now.get(agency, (date.max, date.min))
        if first <= over and not (kept_first <= first and over <= kept_last):
            raise InputError(
                "a suspension cannot be lifted for days that are over",
                where=f"safeguards.csv, {agency}",
                cure=f"write {over} or a later day in `suspended_until`",
            )


def _spans(content: bytes | None) -> dict[str, tuple[date, date]]:
    found = read_rows("safeguards", content)
    rows = [found.row(number) for number in range(len(found.rows))]
    return {
        row.get("agency", ""): (
            _day(row["suspended_from"]),
            _day(row["suspended_until"]) if row.get("suspended_until") else date.max,
        )
        for row in rows
        if row.get("suspended_from")
    }


def _by_id(content: bytes | None) -> dict[str, dict[str, str]]:
    found = read_rows(REGISTER, content)
    rows = [found.row(number) for number in range(len(found.rows))]
    return {
        row.get("suspension", ""): {name: text.strip() for name, text in row.items()}
        for row in rows
    }


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(
            "the register holds a day that is none", cure="mend the file by hand first"
        ) from None


def _unsaid(name: str, what: str) -> InputError:
    return InputError(
        f"{what} of a suspension stands, and is not unsaid",
        where=name,
        cure="add what followed; to end it, enter the day from which it is lifted, and why",
    )
