"""What the law lets us look at, for a look at one request: as for many, without their tables.

An officer's last step on a request has its record looked at there and then. Reading the request,
its facts, the law and the entries are what they are for many, asked in Python; a test holds the
two together.
"""

import json
from collections.abc import Collection
from functools import partial
from typing import Any

from ostiary.deciding.intake.facts_of_few import FiledRequest, History
from ostiary.deciding.intake.facts_of_one import standard_form, stored_request
from ostiary.deciding.law.legal_time import Day
from ostiary.domain.columns import REQUEST
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.rulings.few_requests import FewRequests, Ruled
from ostiary.office.rulings.register_days import REGISTER_DAYS
from ostiary.office.store import NewEntry, ReadyRequest
from ostiary.office.store.journal import journal_entry
from ostiary.office.store.records.looks import outcome_text
from ostiary.verifying.log.commitments import commit

_COLUMNS = frozenset(column.name for column in REQUEST)
Row = tuple[Any, ...]


def is_readable(one: ReadyRequest) -> bool:
    """Whether a request is kept with every column that we know: an older office kept fewer."""
    return set(json.loads(one.payload)) >= _COLUMNS


def filed(one: ReadyRequest) -> FiledRequest:
    """Read a request as it is kept; nobody else's reason is there to be compared with its own."""
    request = stored_request(one.payload)
    return FiledRequest(one.id, request, *standard_form(request), reason_digest=None)


def rule(law: CurrentLaw, one: FiledRequest, found: Collection[str], when: Day) -> Ruled:
    """Rule on a request that stands alone, with what persons have found."""
    alone = FewRequests([one], History(), partial(REGISTER_DAYS.of, law.registers))
    (ruled,) = alone.ruled(law.book, when, {one.row: dict.fromkeys(found, True)})
    return ruled


def verification_with_entry(
    found: Row, one: ReadyRequest, at: str, model: str, index: int
) -> tuple[Row, NewEntry]:
    """Give what is stored of a look, with its entry.

    Args:
        found: of the request: number, outcome, rule, person, weight, margin, basis.
        one: the request.
        at: the moment.
        model: what it was compared with.
        index: of its entry in the log.
    """
    _, outcome, rule_name, person, _, _, basis = found
    told = commit(one.salt, "outcome", outcome_text(outcome, rule_name, person, basis))
    entry = journal_entry("record.examined", at=at, of=one.entry_index, outcome=told, model=model)
    return (*found, index), entry
