"""A small batch in which nobody is looked for, after the law has spoken: values, and no table.

What is stored of it, what its entries say and what its folder holds is made here of each request;
:mod:`.batches.recorded_requests`, :mod:`.batches.stored_rows` and :mod:`.batches.replies` make the
same of tables, which some sixty statements would have to be planned for. Commitments, entries,
findings and proposed ids come from the same functions; a test holds the two together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from ostiary.deciding.intake.facts_of_few import FiledRequest
from ostiary.deciding.intake.values_of_few import ReadValue
from ostiary.deciding.law.masks import mask_text
from ostiary.domain.words import WORKED_ON, Status
from ostiary.office.batches.batch_entries import BatchFacts, DecidedRow, entries_of_values
from ostiary.office.batches.committing import BatchRows
from ostiary.office.batches.recorded_few import as_json, committed
from ostiary.office.batches.stored_rows import stored_row
from ostiary.office.rulings.content_digests import stored_content
from ostiary.office.rulings.few_requests import Ruled

_KEPT = frozenset(map(str, WORKED_ON))


@dataclass(frozen=True, slots=True)
class RuledRequest:
    """One request with what the law said of it.

    Attributes:
        read: as it was sent, and as intake reads it.
        filed: in standard form, with the digest of its reason.
        ruled: its facts, mask and status.
        findings: what is told of it, a JSON array.
        awaits: elements that a person must find, with blanks between.
        salt: its own random bits.
        payload: what it says, as JSON.
        facts: its facts, as JSON.
    """

    read: ReadValue
    filed: FiledRequest
    ruled: Ruled
    findings: str
    awaits: str
    salt: str
    payload: str
    facts: str

    @property
    def request_id(self) -> str:
        """Its id, which every request has that could be read."""
        return self.filed.request["request_id"] or ""

    @property
    def status(self) -> str:
        """What the law made of it."""
        return str(self.ruled.status)

    @property
    def mask(self) -> str:
        """The rules that it does not meet, as they are written."""
        return mask_text(self.ruled.mask)

    @property
    def is_returned(self) -> bool:
        """Whether it may be mended and sent again."""
        return self.ruled.status is Status.RETURNED


def ruled_requests(
    read: Sequence[ReadValue],
    filed: Sequence[FiledRequest],
    ruled: Sequence[Ruled],
    findings: Sequence[str],
    awaits: Mapping[int, str],
    salts: Sequence[str],
) -> list[RuledRequest]:
    """Lay what is known of each request side by side; all but ``awaits`` are in the file's order.

    Raises:
        SeveralWaysError: one of them can only be written by the engine.
    """
    together = zip(read, filed, ruled, findings, salts, strict=True)
    return [
        RuledRequest(
            *(one, each, law, told, awaits.get(one.row, ""), salt),
            payload=as_json(each.request),
            facts=as_json(law.facts),
        )
        for one, each, law, told, salt in together
    ]


def stored_values(
    requests: Sequence[RuledRequest],
    named: BatchFacts,
    provisions: frozenset[str],
    secret: str,
    first: int,
    number: int,
) -> BatchRows:
    """Give what is stored of a batch in which nobody was looked for.

    Args:
        requests: in the order of the file.
        named: the batch.
        provisions: those that the log may name.
        secret: the office's, under which contents are told apart.
        first: index of the batch's first entry.
        number: of its first request.
    """
    decided = [_decided(one, provisions) for one in requests]
    rows = _rows(requests, named, secret, first, number)
    return BatchRows(rows, (), entries_of_values(named, decided), (), ())


def _decided(one: RuledRequest, provisions: frozenset[str]) -> DecidedRow:
    facts = one.ruled.facts
    provision = str(facts["provision"])
    return (
        *(str(facts["agency"]), provision if provision in provisions else "other"),
        *(one.status, one.mask),
        *committed(one.salt, one.request_id, one.payload, one.facts),
    )


def _rows(
    requests: Sequence[RuledRequest], named: BatchFacts, secret: str, first: int, number: int
) -> Iterator[tuple[Any, ...]]:
    for ordinal, one in enumerate(requests):
        keyed = sha256(f"{secret}{one.payload}".encode()).hexdigest()
        opened = (one.payload, one.facts) if one.status in _KEPT else (None, None)
        yield stored_row(
            ordinal,
            one.filed.request["agency"],
            one.request_id,
            stored_content(one.salt, keyed),
            one.read.row,
            one.salt,
            one.status,
            one.mask,
            named.received,
            opened,
            one.filed.reason_digest,
            one.awaits,
            first_index=first,
            first_request=number,
        )
