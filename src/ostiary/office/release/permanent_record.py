"""The permanent record, 26 USC 6103(p)(3)(A): what stays when openings are destroyed.

Of each request its date, purpose, reasons, recipient, person, item and what came of it stay, and of
each disclosure what was disclosed of whom; nothing else. They are made from what is about to be
destroyed, and sealed to a key of the custodian's own, a thousand requests of a batch together. The
log holds the root of a tree over the sealed parts, so that none can be exchanged or left out
afterwards.
"""

import json
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from ostiary.domain.basis import grounds_of
from ostiary.domain.words import Status
from ostiary.office.batches.asked_again import asked_in_custody
from ostiary.office.cases.openings import opened_cases
from ostiary.office.cases.states import CERTIFIED, SETTLED
from ostiary.office.folder.session import OfficeSession
from ostiary.office.release.permanent_record_reader import digest_of, purpose_of
from ostiary.office.rulings.decision_document import lacking
from ostiary.office.store import Case, NewEntry, NewKeptRecord, OpenableRequest
from ostiary.office.store.chunks import chunks
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.answers.sealing import seal
from ostiary.verifying.keys.files import SealingKey
from ostiary.verifying.log.commitments import commitment_root

TOGETHER = 1_000
_BLOCK = 4_096  # bytes that a sealed part is a multiple of
_PERSON = ("given_name", "middle_name", "surname", "name_suffix")
_MATTER = (
    *("purpose", "circumstance", "posture", "matter_number", "matter_kind", "offense"),
    *("court_order", "court_order_date", "programme"),
)
_ASKED = ("recipients", "items", "taxable_periods")


def kept_parts(place: OfficeSession, chosen: Sequence[OpenableRequest]) -> list[NewKeptRecord]:
    """Seal what is kept for ever of requests that are about to be disposed of.

    Args:
        place: the office.
        chosen: the requests, in the order of their numbers.

    Raises:
        OfficeError: the key of the permanent record is missing.
    """
    key = place.office.record_key()
    parts = []
    ordered = sorted(chosen, key=lambda one: (one.batch, one.id))
    for batch, group in groupby(ordered, key=lambda one: one.batch):
        for some in chunks((one.id for one in group), TOGETHER):
            rows = list(_rows(place, batch, some))
            parts.append(_sealed(place.origin, key, batch, some, rows))
    return parts


def kept_entry(
    place: OfficeSession, chosen: Sequence[OpenableRequest], parts: Sequence[NewKeptRecord]
) -> NewEntry:
    """Make the log entry over the sealed parts."""
    return journal_entry(
        "record.kept",
        at=place.moment.at,
        on=str(place.moment.today),
        requests=len(chosen),
        answers=sum(one.answer is not None for one in chosen),
        root=commitment_root(digest_of(one.sealed) for one in parts),
    )


def _sealed(
    origin: str, key: SealingKey, batch: str, numbers: Sequence[int], rows: list[dict[str, Any]]
) -> NewKeptRecord:
    first, last = min(numbers), max(numbers)
    lines = "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in rows)
    content = zlib.compress(lines.encode())
    found = seal(content, key, purpose_of(origin, batch, first, last), block=_BLOCK)
    return NewKeptRecord(
        batch, first, last, len(rows), found.recipient, found.kem, found.ciphertext
    )


def _rows(place: OfficeSession, batch: str, numbers: Collection[int]) -> Iterator[dict[str, Any]]:
    cases = [case for case, _ in opened_cases(numbers, place.store)]
    unkept = [one.request for one in cases if one.request.payload is None]
    in_custody = asked_in_custody(place, batch, unkept) if unkept else {}
    for case in cases:
        yield kept_row(case, in_custody.get(case.request.row))


def kept_row(case: Case, in_custody: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Choose what stays of a request, and of a record whose it was and on what its answer rested.

    Args:
        case: the request.
        in_custody: its columns, where the case store does not hold them.
    """
    request, answer = case.request, case.answer
    asked = json.loads(request.payload) if request.payload else in_custody or {}
    row: dict[str, Any] = {
        "entry": request.entry_index,
        "agency": request.agency,
        "request_id": request.request_id,
        "received": str(request.received),
        "status": str(request.status),
        **_end_of(case),
        "inspected": case.verification is not None,
        "provision": asked.get("provision"),
        "agreement": asked.get("agreement"),
        "signer": asked.get("signer"),
        "matter": {name: asked[name] for name in _MATTER if asked.get(name)},
        "reasons": asked.get("reason"),
        **{name: list(asked.get(name) or ()) for name in _ASKED},
        "person": {name: asked[name] for name in _PERSON if asked.get(name)},
    }
    if answer is not None:
        row |= {
            "answer": answer.answer_id,
            "released_on": str(answer.released_on),
            "disclosed": answer.disclosed,
            "person_id": answer.person_id,
        }
        if answer.disclosed and case.verification and case.verification.basis:
            row["rests_on"] = grounds_of(case.verification.basis)  # which items, and no value
    return row


def _end_of(case: Case) -> dict[str, Any]:
    """Say what came of a request: ``status`` is of the day of receipt, and this is how it ended.

    ``came_to`` is answered, returned, suspended, to-counsel, or nothing: nobody answered what was
    accepted. With it stand the elements that an officer found lacking, and what counsel did.
    """
    counsel = _counsel_on(case)
    missed = [name.replace("_", "-") for name in lacking(case)]
    if case.answer is not None:
        came_to = "answered"
    elif case.request.status is not Status.ACCEPTED:
        came_to = str(case.request.status)
    elif counsel:
        came_to = str(Status.TO_COUNSEL)
    else:
        came_to = str(Status.RETURNED) if missed else "nothing"
    said = {"came_to": came_to, "lacking": missed, "counsel": counsel}
    return {name: value for name, value in said.items() if value}


def _counsel_on(case: Case) -> dict[str, str]:
    """Give when and how counsel answered or certified; nothing where counsel did not."""
    if case.counsel is not None:
        return {"on": str(case.counsel.day), "how": case.counsel.how}
    words = [one for one in case.refusals if one.why.startswith((CERTIFIED, SETTLED))]
    return {"on": words[-1].at[:10], "how": words[-1].why.removeprefix(SETTLED)} if words else {}
