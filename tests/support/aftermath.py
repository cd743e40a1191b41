"""An office from which answers have left, and the recipients who sign receipts for them."""

import json
from datetime import date
from pathlib import Path

import pytest

from case_stores import Stores
from made_once import made_once
from officers import approve_twice, desk_on, first_case
from ostiary.office.cases.officers import recipients_of
from ostiary.office.release.release import release
from ostiary.verifying.answers.opening import OpenedAnswer, open_answer
from ostiary.verifying.answers.receipts import How, Receipt, ReceiptKind, opening_code, sign_receipt
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.keys.files import key_text, new_signing_key, private_pem, read_opening_key

OPENED_ON = date(2025, 8, 8)


def answered(office: Path, *answers: str) -> dict[str, Path]:
    """Let answers leave; give their files by request."""
    approved: list[str] = []
    with desk_on(office) as (place, desk):
        for answer in answers or ("confirmed", "confirmed", "no-answer"):
            approved.append(first_case(desk, answer, approved).request.request_id)
            approve_twice(desk, office, approved[-1])
        files = dict(release(place).answers)
    return {request: Path(files[request]) for request in approved}


def answered_office(
    factory: pytest.TempPathFactory, served: Path, stores: Stores, *answers: str
) -> Path:
    """Give an office from which answers have left, made once for all tests that copy it."""

    def make(root: Path) -> None:
        files = answered(stores.copy(served, root).root, *answers)
        left = {request: path.name for request, path in files.items()}
        (root / "officers" / "left.json").write_text(json.dumps(left))

    name = "-".join(["answered", stores.kind, *answers])
    return made_once(factory, name, make, mine=stores.kind == "postgresql")


def left_of(office: Path) -> dict[str, Path]:
    """Give the answers that have left such an office, or a copy of it: files by request."""
    left = json.loads((office / "officers" / "left.json").read_text())
    return {request: office / "answers" / name for request, name in left.items()}


def recipients(office: Path, request: str) -> tuple[str, ...]:
    """Name the recipients of a request."""
    with desk_on(office) as (_, desk):
        return recipients_of(desk.case(request))


def opened(office: Path, world: Path, path: Path, officer: str) -> OpenedAnswer:
    """Open an answer as its recipient does."""
    key = read_opening_key(world / "recipients" / f"{officer}.pem")
    trust = read_trust(office / "accounting" / TRUST_FILE)
    return open_answer(path.read_bytes(), key, trust, today=OPENED_ON)


def signing_key(office: Path, officer: str):
    """Give a recipient a signing key, and enter it in the office's register."""
    folder = office.parent / "signing"
    folder.mkdir(exist_ok=True)
    key = new_signing_key()
    (folder / f"{officer}.pem").write_bytes(private_pem(key))
    register = office / "registers" / "receipt_keys.csv"
    if not register.exists():
        register.write_text("officer,signing_key,from,until\n")
    with register.open("a") as file:
        file.write(f"{officer},{key_text(key.public_key())},2025-01-01,\n")
    return key


def receipt(
    answer: OpenedAnswer,
    officer: str,
    key,
    kind: ReceiptKind = ReceiptKind.OPENED,
    how: How = How.NOT_YET,
    on: date = OPENED_ON,
    code: str = "",
) -> bytes:
    """Sign a receipt for an answer that was opened."""
    said = answer.statement
    right = opening_code(answer.salt, said.origin, said.answer_id, officer)
    made = Receipt(kind, how, said.origin, said.answer_id, officer, on, code or right)
    return sign_receipt(made, key)
