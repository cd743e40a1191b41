"""Cedar, by the Rust implementation that cedarpy wraps.

One ``permit`` for all and one ``forbid`` a rule, which bites ``unless`` the request surely gets
past it; forbid wins, and the diagnostics name every policy that bit. An undetermined fact is an
absent attribute. A policy that meets an error is *skipped*, which would be a permit: an error in
the diagnostics counts as no decision at all.
"""

import importlib
import json
from collections.abc import Sequence
from datetime import date

from engines.asked import Asked, asked_on, passes
from engines.engine import EngineError, Failed
from engines.infix import Infix
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.legal_time import Day
from ostiary.domain.facts import Facts, Value

REQUEST = {
    "principal": 'Agency::"asking"',
    "action": 'Action::"disclose"',
    "resource": 'Record::"asked-for"',
}


class CedarText(Infix):
    """Writes Cedar over attributes of the context."""

    def known(self, fact: str, *, holds: bool) -> str:
        """See :class:`~ostiary.deciding.law.truth.Algebra`."""
        return f"context has {fact}" if holds else f"!(context has {fact})"

    def flag(self, fact: str, *, holds: bool) -> str:
        """See :class:`~.law.truth.Algebra`; to compare an absent attribute is an error."""
        return self.both(self.known(fact, holds=True), f"{self.fact(fact)} == {json.dumps(holds)}")

    def fact(self, name: str) -> str:
        """Write a fact."""
        return f"context.{name}"

    def day(self, iso: str) -> str:
        """Write a day."""
        return f'datetime("{iso}")'

    def found(self, fact: str, values: str) -> str:
        """Write that a fact is in a list."""
        return f"{values}.contains({fact})"


def policies(asked: Sequence[Asked]) -> str:
    """Give the Cedar policies of a day."""
    forbids = (
        f'@id("{one.rule}")\nforbid (principal, action, resource)\n'
        f"unless {{ {passes(one, CedarText())} }};\n"
        for one in asked
    )
    return "\n".join(["permit (principal, action, resource);\n", *forbids])


class Cedar:
    """A parsed policy set, no entities; the facts are the context of the request."""

    name = "Cedar"
    package = "cedarpy"
    module = "cedarpy"
    licence = "Apache-2.0"

    def __init__(self, book: Book, day: Day) -> None:
        asked = list(asked_on(book, day))
        self._cedar = importlib.import_module(self.module)
        self._policies = self._cedar.PolicySet.from_str(policies(asked))
        self._entities = self._cedar.Entities.from_json_str("[]")

    def prepared(self, facts: Facts) -> str:
        """Give the context as JSON text."""
        context = {name: _value(value) for name, value in facts.items() if value is not None}
        return json.dumps(context)

    def failed(self, prepared: str) -> Failed:
        """Decide one request.

        Raises:
            EngineError: a policy met an error, or decision and reasons contradict each other.
        """
        answer = self._cedar.is_authorized(
            REQUEST | {"context": prepared}, self._policies, self._entities
        )
        told = answer.diagnostics
        failed = frozenset(told.id_annotations_by_reason.values())
        if told.errors or answer.allowed is bool(failed):
            raise EngineError(f"{answer.decision}, {told.errors}")
        return failed

    decide = failed


def _value(value: Value) -> object:
    if isinstance(value, date):
        return {"__extn": {"fn": "datetime", "arg": value.isoformat()}}
    return value
