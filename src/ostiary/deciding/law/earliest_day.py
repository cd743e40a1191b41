"""What time alone would mend: the first day on which a rule would be met, all else being the same.

The rule itself is asked, day by day, with the facts that move with the day of receipt and nothing
else moved. So a day is told only when the law gives one: ninety days that will have passed, a year
that will have ended, an order whose end is on record.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from ostiary.deciding.law.grammar import facts_in
from ostiary.deciding.law.instruments import Instrument, Rule, Version
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.truth import certainly_false, certainly_true
from ostiary.domain.facts import Facts, Value

HORIZON = 400
"""Days to look ahead: more than a year, and more than any count of days in the book."""

_OLDER_EACH_DAY = ("days_since_final_order",)
_MOVING = frozenset({*_OLDER_EACH_DAY, "received", "disclosed", "received_year"})


def first_day_met(one: Instrument, rule: Rule, facts: Facts, day: Day) -> date | None:
    """Give the first later day on which a rule that is not met would be.

    Args:
        one: the instrument of the rule.
        rule: a rule that the facts do not meet on ``day``.
        facts: the request as it is.
        day: the legal time of the decision.

    Returns:
        The day of receipt, or of disclosure when the decision was made for one; ``None`` when
        waiting does not help within the next :data:`HORIZON` days.
    """
    if not _moves(one, rule):
        return None
    tests: dict[Version, Callable[[Facts], bool]] = {}
    for days in range(1, HORIZON + 1):
        later = _later(day, days)
        if _is_met(one, rule, _moved(facts, later, days), later, tests):
            return later.disclosed or later.received
    return None


def _moves(one: Instrument, rule: Rule) -> bool:
    """Whether time can matter: another wording, an end, or a fact that moves with the day."""
    ends = one.period.last or any(version.period.last for version in rule.versions)
    spoken = {name for version in rule.versions for name in facts_in(version.tree)}
    return bool(ends) or len(rule.versions) > 1 or bool(spoken & _MOVING)


def _later(day: Day, days: int) -> Day:
    """Move the legal time: what was received stays so once an answer is at stake."""
    if day.disclosed is not None:
        return replace(day, disclosed=day.disclosed + timedelta(days))
    return replace(day, received=day.received + timedelta(days))


def _moved(facts: Facts, later: Day, days: int) -> dict[str, Value]:
    moved: dict[str, Value] = dict(facts)
    moved |= {"received": later.received, "disclosed": later.disclosed}
    moved["received_year"] = later.received.year
    for name in _OLDER_EACH_DAY:
        value = facts[name]
        if isinstance(value, int) and later.disclosed is None:
            moved[name] = value + days
    return moved


def _is_met(
    one: Instrument,
    rule: Rule,
    facts: Facts,
    day: Day,
    tests: dict[Version, Callable[[Facts], bool]],
) -> bool:
    """Ask one rule on one day, as :mod:`ostiary.deciding.law.decide` asks all of them."""
    on = day.of(rule)
    if on not in one.period and not rule.guard:
        return True
    version = rule.version_on(on)
    if version is None:
        return rule.stops
    if version not in tests:
        tests[version] = _compiled(version, stops=rule.stops)
    return tests[version](facts)


def _compiled(version: Version, *, stops: bool) -> Callable[[Facts], bool]:
    source = certainly_false(version.tree) if stops else certainly_true(version.tree)
    names = {"date": date}
    code = compile(f"lambda f: {source}", "<rule book>", "eval")
    test: Callable[[Facts], bool] = eval(code, names)  # noqa: S307 - made from the whitelisted tree
    return test
