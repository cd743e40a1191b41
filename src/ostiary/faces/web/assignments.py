"""Who is to look at a case next. It gives nobody a right, and takes none away."""

from collections.abc import Collection
from datetime import UTC, datetime

from ostiary.faces.server.orm import Assignment
from ostiary.faces.server.site import site
from ostiary.office.store.chunks import chunks

MOST_AT_ONCE = 500


def holder_of(case: int) -> str:
    """Name the officer who is to look at a case next; empty when nobody is."""
    held = Assignment.objects.filter(case=case).values_list("officer", flat=True)
    return str(held.first() or "")


def holders_of(numbers: Collection[int]) -> dict[str, list[int]]:
    """Give cases by the officer who is to look at them next; by an empty name, nobody's."""
    held = dict(Assignment.objects.filter(case__in=numbers).values_list("case", "officer"))
    found: dict[str, list[int]] = {}
    for number in numbers:
        found.setdefault(str(held.get(number, "")), []).append(number)
    return found


def give_cases(numbers: Collection[int], officer: str) -> int:
    """Assign cases to an officer, or to nobody; give how many there were.

    What no longer waits loses its assignment.
    """
    store = site().office.store
    given = [one for one in numbers if store.was_accepted(one)][:MOST_AT_ONCE]
    for number in given:
        if officer:
            Assignment.objects.update_or_create(
                case=number, defaults={"officer": officer, "assigned_at": datetime.now(UTC)}
            )
        else:
            Assignment.objects.filter(case=number).delete()
    _forget_done()
    return len(given)


def _forget_done() -> None:
    """Drop the assignments of cases that no longer wait."""
    assigned = list(Assignment.objects.values_list("case", flat=True))
    done = set(assigned) - site().office.store.waiting_among(assigned)
    for chunk in chunks(done, MOST_AT_ONCE):
        Assignment.objects.filter(case__in=chunk).delete()
