"""What recipients send back about answers: receipts of opening, and certificates of disposal."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from ostiary.domain.errors import InputError, NotAllowedError
from ostiary.domain.period import stands_on
from ostiary.domain.register_tables import REGISTER
from ostiary.office.cases.officers import recipients_of
from ostiary.office.cases.openings import answered_cases, opened_case
from ostiary.office.folder.session import OfficeSession
from ostiary.office.release.heard_of import heard_of
from ostiary.office.rulings.decision_document import salt_of
from ostiary.office.store import AnswerRecord, Case, NewEntry, NewReceipt, ReceiptRecord
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.answers.receipts import (
    MOST_BYTES,
    Analysis,
    Receipt,
    ReceiptError,
    ReceiptKind,
    check_receipt,
    is_opening_code,
    read_receipt,
)
from ostiary.verifying.keys.files import VerifyingKey, read_verifying_text
from ostiary.verifying.log.commitments import commit

RECEIPT_LABEL = "receipt"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the office has heard about one answer.

    Attributes:
        answer_id: the answer.
        request_id: the agency's own id of the request.
        released_on: the day it was released.
        opened_by: recipients whose receipt is here.
        not_heard_of: recipients whose receipt is missing.
        certified_by: recipients who certified what became of it.
        analysis: by recipient who said so in the certificate, whether the condition on artificial
            intelligence was kept.
        recalled_for: causes for which it is recalled.
    """

    answer_id: str
    request_id: str
    released_on: date
    opened_by: tuple[str, ...]
    not_heard_of: tuple[str, ...]
    certified_by: tuple[str, ...]
    analysis: Mapping[str, str]
    recalled_for: tuple[str, ...]


def take_receipt(place: OfficeSession, path: Path) -> tuple[Receipt, bool]:
    """Take the receipt of a file in, once; see :func:`receive`.

    Raises:
        InputError: the file cannot be read.
    """
    return receive(place, _read(path), where=str(path))


def receive(place: OfficeSession, raw: bytes, *, where: str = "") -> tuple[Receipt, bool]:
    """Take a receipt in, once.

    Args:
        place: the office.
        raw: the bytes of its file.
        where: what errors call it.

    Returns:
        What it says, and whether it is new to the office.

    Raises:
        InputError: it is no receipt, of another office or of no answer of this one; or the register
            has no key for the officer.
        NotAllowedError: the officer is no recipient of the answer.
        ReceiptError: its signature or its code is false.
        OfficeError: the request's random bits have been destroyed, so nothing can be checked.
    """
    claimed = read_receipt(raw, where=where)
    answer = place.store.answer(claimed.answer_id)
    if claimed.origin != place.origin or answer is None:
        raise InputError("this receipt is of no answer of this office", where=where)
    with place.law_at_hand() as (con, _):
        receipt = check_receipt(raw, _keys(con, claimed))
    case = opened_case(answer.request, place.store)
    _check_case(case, answer, receipt, where)
    return receipt, _store(place, case, answer, receipt, raw)


def standings(place: OfficeSession) -> list[Standing]:
    """Say of each answer what the office has heard of it."""
    receipts, recalls = place.store.receipts(), place.store.recalls()
    found = []
    for case in answered_cases(place.store):
        answer = case.answer
        if answer is None:
            continue
        mine = [one for one in receipts if one.answer == answer.answer_id]
        heard = heard_of(mine, recipients_of(case))
        found.append(
            Standing(
                answer.answer_id,
                case.request.request_id,
                answer.released_on,
                heard.opened,
                heard.not_opened,
                heard.certified,
                dict(_analysis(mine)),
                tuple(one.cause for one in recalls if one.answer == answer.answer_id),
            )
        )
    return found


def _analysis(receipts: Collection[ReceiptRecord]) -> Iterator[tuple[str, str]]:
    """Give what certificates say of artificial intelligence; those destroyed say nothing."""
    for one in receipts:
        if one.kind != ReceiptKind.DISPOSED:
            continue
        said = read_receipt(bytes(one.receipt)).analysis if one.receipt else Analysis.UNSAID
        if said is not Analysis.UNSAID:
            yield one.recipient, str(said)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(
            "cannot read the receipt", where=str(path), cure=str(error.strerror).lower()
        ) from None


def _keys(con: duckdb.DuckDBPyConnection, receipt: Receipt) -> list[VerifyingKey]:
    """Give the officer's signing keys of the day that the receipt states."""
    rows = con.execute(
        f"""
        SELECT signing_key FROM {REGISTER["receipt_keys"]}
        WHERE officer = $1 AND {stands_on("$2")} ORDER BY ALL
        """,
        [receipt.officer, receipt.on],
    ).fetchall()
    if not rows:
        raise InputError(
            "the officer has no signing key in the register on the day of the receipt",
            where=receipt.officer,
            cure="enter it in OFFICE/registers/receipt_keys.csv",
        )
    return [read_verifying_text(text, where="receipt_keys.csv") for (text,) in rows]


def _check_case(case: Case, answer: AnswerRecord, receipt: Receipt, where: str) -> None:
    salt = salt_of(case)
    if receipt.officer not in recipients_of(case):
        raise NotAllowedError("the officer is no recipient of this answer", where=where)
    if not is_opening_code(receipt.code, salt, receipt):
        raise ReceiptError("whoever signed this receipt has not opened the answer")
    if receipt.on < answer.released_on:
        raise InputError("the receipt is dated before the answer was released", where=where)


def _store(
    place: OfficeSession, case: Case, answer: AnswerRecord, receipt: Receipt, raw: bytes
) -> bool:
    """Store a receipt with its entry, unless one of its kind and signer is here already.

    Raises:
        OfficeError: the request's random bits have been destroyed meanwhile.
    """
    row = NewReceipt(
        answer.answer_id, str(receipt.kind), receipt.officer, receipt.on, raw, place.moment.at
    )
    key = (row.answer, row.kind, row.recipient)
    with place.store.write() as txn:
        salt_of(place.store.case(case.request.id))  # nothing comes in behind a disposal
        here = place.store.receipts_on(answer.answer_id)
        if key in {(one.answer, one.kind, one.recipient) for one in here}:
            return False
        txn.add_receipt(row, _entry(place, case, receipt, raw))
    return True


def _entry(place: OfficeSession, case: Case, receipt: Receipt, raw: bytes) -> NewEntry:
    """Write the entry; who signed is in the commitment alone."""
    opened = receipt.kind is ReceiptKind.OPENED
    more = {} if opened else {"how": str(receipt.how)}
    return journal_entry(
        "answer.opened" if opened else "answer.disposed",
        at=place.moment.at,
        of=case.request.entry_index,
        answer=receipt.answer_id,
        on=str(receipt.on),
        receipt=commit(salt_of(case), RECEIPT_LABEL, raw.decode()),
        **more,
    )
