"""Which notice an order wants before an answer leaves: its hours, and who is to have it.

An order of the kind *notice* may say both in its front matter (``notice``), so that they are the
court's and not those of whoever enters a notice in the register ``court_notices``. A row of fewer
hours, or one that somebody whom the order names is missing from, is no notice and lifts nothing. It
is refused where somebody enters it; one that stands already is told of, and stops no step: an
office that it shut could not mend it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ostiary.deciding.law.instruments import Instrument
from ostiary.deciding.law.layout import Block, yaml_of
from ostiary.domain.errors import BookError

KEY = "notice"
_LAYOUT = "write it as `notice: {hours: 24, told: [court, plaintiffs]}`; either may be left out"
_MOST_HOURS = 9999  # as many as a row of the register can state


@dataclass(frozen=True, slots=True)
class WantedNotice:
    """The notice of one order.

    Attributes:
        hours: the hours between notice and answer; 0 where the order names none.
        told: who has to have it, in the words of the register; empty where the order names nobody.
    """

    hours: int = 0
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShortNotice:
    """A row of the register that is less than its order wants, and so is no notice.

    Attributes:
        message: what the order wants.
        where: order, agency and day of the row, and the column.
        cure: what to do; never to write what was not so.
    """

    message: str
    where: str
    cure: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.where}: {self.message}; {self.cure}"


def wanted_notice(front: Block, kinds: Sequence[str], where: str) -> WantedNotice:
    """Give the notice that a front matter asks for; the least of all where it says nothing.

    Args:
        front: the front matter of an instrument.
        kinds: what the order says that it is.
        where: the file, for a message.

    Raises:
        BookError: it cannot be read, or stands in what is no order of the kind *notice*.
    """
    if KEY not in front:
        return WantedNotice()
    said = front[KEY]
    hours = said.get("hours", 0) if isinstance(said, dict) else None
    told = said.get("told", []) if isinstance(said, dict) else None
    if (
        KEY not in kinds
        or not isinstance(said, dict)
        or not set(said) <= {"hours", "told"}
        or not isinstance(told, list)
        or not all(isinstance(one, str) and one.strip() for one in told)
        or type(hours) is not int
        or not 0 <= hours <= _MOST_HOURS
    ):
        raise BookError(
            f"`{KEY}` is for orders of that kind, and says hours and who is told",
            where=where,
            cure=_LAYOUT,
        )
    return WantedNotice(hours, tuple(told))


def short_notices(
    orders: Iterable[Instrument], rows: Iterable[Mapping[str, Any]]
) -> dict[int, ShortNotice]:
    """Find the notices that are less than their order wants, by the row's place among ``rows``.

    Args:
        orders: the instruments of a book; those of the kind *notice* are looked at.
        rows: the rows of ``court_notices``, as they count together.
    """
    wanted = {one.id: notice_of(one) for one in orders if KEY in one.kinds}
    found = {
        number: _lacking(row, wanted[row["order"]])
        for number, row in enumerate(rows)
        if row["order"] in wanted
    }
    return {number: one for number, one in found.items() if one is not None}


def _lacking(row: Mapping[str, Any], notice: WantedNotice) -> ShortNotice | None:
    """Say what a notice lacks; None where it is all that its order wants."""
    which = f"order {row['order']}, agency {row['agency']}, given on {row['given_on']}"
    if int(row["hours"]) < notice.hours:
        return ShortNotice(
            f"the order wants {notice.hours} hours between notice and answer",
            f"{which}, column hours",
            f"give notice of {notice.hours} hours, or leave the row out: it lifts nothing",
        )
    had = told_in(str(row["told"]))
    if missing := [one for one in notice.told if _plain(one) not in had]:
        return ShortNotice(
            f"the order wants notice to {' and '.join(notice.told)}",
            f"{which}, column told",
            f"give notice to {' and '.join(missing)} too, with `;` or `and` between those who had"
            " it, or leave the row out: it lifts nothing",
        )
    return None


def told_in(said: str) -> frozenset[str]:
    """Read who had a notice: each is named alone, between ``;`` and *and*, an article allowed.

    A word within other words is nobody: a *court reporter* is no court, and a courtesy copy to
    plaintiffs no notice to them.
    """
    return frozenset(_plain(one) for one in re.split(r";|\band\b", said.casefold()))


def _plain(one: str) -> str:
    return re.sub(r"^(the|an|a) ", "", " ".join(one.casefold().split()))


def notice_of(order: Instrument) -> WantedNotice:
    """Read it from the order's own text, which was checked when the book was read."""
    _, _, rest = order.source.partition("---\n")
    return wanted_notice(yaml_of(rest.partition("\n---\n")[0]), order.kinds, order.id)
