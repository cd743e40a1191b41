"""Which notice an order wants before an answer leaves: its hours, and who is to have it.

An order of the kind *notice* may say both in its front matter (``notice``), so that they are the
court's and not those of whoever enters a notice in the register ``court_notices``. A row of fewer
hours, or one that somebody whom the order names is missing from, is refused where it stands: taken
in silence it would lift the order, and passed over in silence nobody would know why it stops.
"""

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


def refuse_short_notices(
    orders: Iterable[Instrument], rows: Iterable[Mapping[str, Any]], where: str
) -> None:
    """Refuse a notice that is less than its order wants.

    Args:
        orders: instruments of the layer of orders.
        rows: the rows of ``court_notices``, as they count together.
        where: the register, for a message.

    Raises:
        BookError: naming order, agency and day of the row, and what is missing.
    """
    wanted = [(order, _of_order(order)) for order in orders if KEY in order.kinds]
    for row in rows:
        for order, notice in wanted:
            if order.id == row["order"]:
                _refuse_less(row, notice, where)


def _refuse_less(row: Mapping[str, Any], notice: WantedNotice, where: str) -> None:
    which = f"{where}, order {row['order']}, agency {row['agency']}, given on {row['given_on']}"
    if int(row["hours"]) < notice.hours:
        raise BookError(
            f"the order wants {notice.hours} hours between notice and answer",
            where=f"{which}, column hours",
            cure=f"write {notice.hours}, or more",
        )
    said = str(row["told"]).casefold()
    if missing := [one for one in notice.told if one.casefold() not in said]:
        raise BookError(
            f"the order wants notice to {' and '.join(notice.told)}",
            where=f"{which}, column told",
            cure=f"give notice to {' and '.join(missing)} too, or leave the row out until then",
        )


def _of_order(order: Instrument) -> WantedNotice:
    """Read it from the order's own text, which was checked when the book was read."""
    _, _, rest = order.source.partition("---\n")
    return wanted_notice(yaml_of(rest.partition("\n---\n")[0]), order.kinds, order.id)
