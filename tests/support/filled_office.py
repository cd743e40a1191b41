"""A small office with requests in it, for tests of the case store and of attacks on it."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ostiary.domain.words import Status
from ostiary.office.folder.layout import Office, create_office
from ostiary.office.store import (
    NewAnswer,
    NewApproval,
    NewBatch,
    NewDetermination,
    NewDisposal,
    NewEntry,
    NewExamination,
    NewFigures,
    NewLaw,
    NewRecall,
    NewReceipt,
    NewRefusal,
    RequestRow,
    VerificationRow,
)
from ostiary.office.store.cases import CaseStore

AT = "2025-08-06T12:00:00Z"
RECEIVED = date(2025, 8, 6)


def entry(what: str, **fields: object) -> NewEntry:
    """Make a log entry; its leaf is hashed as RFC 9162, section 2.1.1 says."""
    body = json.dumps({"type": what, **fields}, sort_keys=True).encode()
    return NewEntry(body, hashlib.sha256(b"\0" + body).digest())


def new_batch(name: str, rows: int) -> NewBatch:
    return NewBatch(name, AT, RECEIVED, f"{name}.csv", rows, 0, {"accepted": rows}, "book-digest")


def add_batch(
    store: CaseStore,
    name: str,
    ids: Sequence[str],
    *,
    agency: str = "dhs-ice",
    status: str = "accepted",
    recipients: object = ("officer-1",),
    reason: str = "reason-digest",
    matter: str | None = None,
    awaits: str = "reason_specific",
    looked_at: bool = True,
) -> list[int]:
    """Store a batch: entries for the file, each request, each verification. Give the numbers."""
    accepted = status == "accepted"
    looked_at = looked_at and accepted
    asked = {"recipients": recipients, "surname": "EXAMPLE", "matter_number": matter}
    payload = json.dumps(asked) if accepted else None
    with store.write() as txn:
        first, number, count = txn.next_index, txn.next_request, len(ids)
        txn.add_batch(
            new_batch(name, count),
            requests=(
                RequestRow(
                    number + n,
                    agency,
                    request_id,
                    content=f"content of {request_id}",
                    row=n + 1,
                    salt="ab" * 16,
                    status=status,
                    mask="0" if accepted else "5",
                    received=RECEIVED,
                    payload=payload,
                    facts='{"received_year": 2025}',
                    reason_digest=reason,
                    awaits=awaits if accepted else "",
                    entry_index=first + 1 + n,
                )
                for n, request_id in enumerate(ids)
            ),
            verifications=(
                VerificationRow(
                    number + n,
                    "confirmed",
                    "agree",
                    f"P-{n}",
                    21.5,
                    9.25,
                    "",
                    first + 1 + count + n,
                )
                for n in range(count if looked_at else 0)
            ),
            entries=(
                entry("batch" if n == 0 else "row", batch=name, n=n)
                for n in range(1 + count * (2 if looked_at else 1))
            ),
            asked=((number + n, 1, number + n) for n in range(count)) if accepted else (),
        )
    return list(range(number, number + count))


def look(store: CaseStore, number: int) -> None:
    """Store a look at the record of a request, after the admission."""
    with store.write() as txn:
        index = txn.next_index
        txn.add_looks(
            NewExamination(RECEIVED, "model", 1, "null", AT),
            [VerificationRow(number, "confirmed", "agree", "P-0", 21.5, 9.25, "", index)],
            [entry("look", of=number)],
            [(number, 2, number), (number, None, number)],
        )


def answer(store: CaseStore, number: int, *, person: str = "P-0", disclosed: bool = True) -> int:
    """Store an answer to a request, as two officers would have approved it."""
    status = Status.CONFIRMED if disclosed else Status.NO_ANSWER
    agency = store.request(number).agency
    with store.write() as txn:
        return txn.add_answer(
            NewAnswer(
                f"answer-{number}", number, status, disclosed, person, agency, RECEIVED, b"sealed"
            ),
            entry("answer", of=number),
        )


def review(store: CaseStore, number: int) -> None:
    """Let officers speak on a request: the reason is specific, one approves, one refuses."""
    with store.write() as txn:
        txn.add_determination(
            NewDetermination(number, "olga", "reason_specific", True, b"s0", AT),
            entry("determination", of=number),
        )
        txn.add_approval(NewApproval(number, "olga", "d1", b"s1", AT), entry("approval", of=number))
        txn.add_refusal(
            NewRefusal(number, "omar", "d1", "not this one", b"s2", AT), entry("refusal", of=number)
        )


def filled_office(root: Path) -> Office:
    """Make an office in which one of everything has been stored; log entries 0 to 11."""
    return fill(create_office(root))


def fill(office: Office) -> Office:
    """Store one of everything in a new office."""
    with office.store as store:
        with store.write() as txn:
            txn.adopt_law(NewLaw("book", "orders", "registers", "derivations", AT), entry("law"))
        first, *_ = add_batch(store, "batch-1", ["A-1", "A-2", "A-3"])
        review(store, first)
        answer(store, first)
    return office


def follow_up(office: Office) -> Office:
    """Store one of everything that may follow after an answer; log entries 12 to 15."""
    with office.store as store, store.write() as txn:
        txn.add_recall(NewRecall("answer-1", "request", AT), entry("recall"))
        txn.add_receipt(
            NewReceipt("answer-1", "opened", "officer-1", RECEIVED, b"signed", AT), entry("receipt")
        )
        txn.add_figures(NewFigures("dhs-ice", 2025, 3, 1, 1, 1, AT), entry("figures"))
        txn.dispose(NewDisposal(RECEIVED, 0, 0, AT), [], entry("disposal"))
    return office
