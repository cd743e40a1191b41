"""What recipients send back: believed only signed, and from whoever opened the seal."""

import json
from datetime import date
from pathlib import Path

import pytest

from aftermath import answered_office, left_of, opened, receipt, recipients, signing_key
from commands import ostiary
from officers import NEXT_DAY
from ostiary.domain.errors import InputError, NotAllowedError
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.receipts import standings, take_receipt
from ostiary.office.rulings.decision_document import salt_of
from ostiary.verifying.answers.receipts import How, ReceiptError, ReceiptKind
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.keys.files import new_signing_key
from ostiary.verifying.log.commitments import commit
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log


class Recipient:
    """A recipient of one answer, with a signing key that the office knows."""

    def __init__(self, office: Path, world: Path) -> None:
        ((self.request, self.path),) = left_of(office).items()
        self.officer = recipients(office, self.request)[0]
        self.key = signing_key(office, self.officer)
        self.answer = opened(office, world, self.path, self.officer)
        self.office = office

    def send(self, raw: bytes):
        file = self.office.parent / "sent.json"
        file.write_bytes(raw)
        with at_work(self.office, on=NEXT_DAY) as place:
            return take_receipt(place, file)


@pytest.fixture
def office(served_office, stores, tmp_path_factory, tmp_path) -> Path:
    made = answered_office(tmp_path_factory, served_office, stores, "confirmed")
    return stores.copy(made, tmp_path / "office").root


@pytest.fixture
def recipient(office: Path, world: Path) -> Recipient:
    return Recipient(office, world)


def logged(office: Path, entry_type: str):
    with at_work(office, on=NEXT_DAY) as place:
        entries = [read_entry(body) for body in place.store.entries_from(0)]
    return [one for one in entries if one.type == entry_type]


@pytest.mark.both_stores
def test_a_receipt_of_opening_enters_the_log_once(recipient, office):
    raw = receipt(recipient.answer, recipient.officer, recipient.key)
    read, new = recipient.send(raw)
    assert (read.kind, read.officer, new) == (ReceiptKind.OPENED, recipient.officer, True)
    assert recipient.send(raw)[1] is False
    (entry,) = logged(office, "answer.opened")
    assert entry["answer"] == recipient.path.stem
    with at_work(office, on=NEXT_DAY) as place:
        case = place.store.case(place.store.find_request(recipient.request).id)
        assert entry["receipt"] == commit(salt_of(case), "receipt", raw.decode())
        (standing,) = standings(place)
    assert standing.opened_by == (recipient.officer,)
    assert recipient.officer not in standing.not_heard_of


def test_neither_the_receipt_nor_the_log_tells_who_opened_or_what_it_said(recipient, office):
    raw = receipt(recipient.answer, recipient.officer, recipient.key)
    recipient.send(raw)
    for said in (b"confirmed", b"no-answer", recipient.request.encode()):
        assert said not in raw
    published = b"".join(
        path.read_bytes() for path in (office / "accounting").rglob("*") if path.is_file()
    )
    assert recipient.officer.encode() not in published


@pytest.mark.both_stores
def test_a_certificate_of_disposal_follows(recipient, office):
    recipient.send(receipt(recipient.answer, recipient.officer, recipient.key))
    certificate = receipt(
        recipient.answer, recipient.officer, recipient.key, ReceiptKind.DISPOSED, How.DESTROYED
    )
    recipient.send(certificate)
    (entry,) = logged(office, "answer.disposed")
    assert entry["how"] == "destroyed"
    trust = read_trust(office / "accounting" / TRUST_FILE)
    with open_source(office / "accounting") as source:
        report = verify_log(source, [key.vkey for key in trust.logs], every=True)
    assert report.faults == ()


def test_a_receipt_by_another_key_is_refused(recipient):
    with pytest.raises(ReceiptError, match="not signed with the officer's key"):
        recipient.send(receipt(recipient.answer, recipient.officer, new_signing_key()))


def test_whoever_did_not_open_the_seal_cannot_say_so(recipient):
    """A recipient's own signature is not enough: a clerk may have signed without looking."""
    with pytest.raises(ReceiptError, match="has not opened"):
        recipient.send(receipt(recipient.answer, recipient.officer, recipient.key, code="0" * 64))


def test_who_is_no_recipient_signs_in_vain(recipient, office):
    key = signing_key(office, "officer-of-elsewhere")
    with pytest.raises(NotAllowedError, match="no recipient"):
        recipient.send(receipt(recipient.answer, "officer-of-elsewhere", key))
    with pytest.raises(InputError, match="no signing key in the register"):
        recipient.send(receipt(recipient.answer, "nobody-at-all", key))


def test_what_cannot_be_is_refused_and_nothing_is_logged(recipient, office):
    early = receipt(recipient.answer, recipient.officer, recipient.key, on=date(2025, 8, 1))
    with pytest.raises(InputError, match="before the answer"):
        recipient.send(early)
    for raw in (b"", b"{}", b"[]", b'{"format":"ostiary-receipt/1","envelope":{}}'):
        with pytest.raises(InputError, match="no receipt"):
            recipient.send(raw)
    assert logged(office, "answer.opened") == []


def test_the_commands_of_both_sides(recipient, office, world, tmp_path):
    signing = office.parent / "signing" / f"{recipient.officer}.pem"
    first, last = tmp_path / "opened.json", tmp_path / "disposed.json"
    made = ostiary(
        *("open", recipient.path, "--key", world / "recipients" / f"{recipient.officer}.pem"),
        *("--trust", office / "accounting" / TRUST_FILE, "--receipt", first),
        *("--officer", recipient.officer, "--sign-with", signing),
    )
    assert made.status == 0, made.err
    certify = ("receipts", "certify", first, "--key", signing, "--how", "destroyed", "--json")
    for said, words in {
        "unsaid": (),
        "not-kept": ("--artificial-intelligence", "not-kept"),
    }.items():
        last.unlink(missing_ok=True)
        certified = ostiary(*certify, *words, "--out", last)
        assert certified.status == 0, certified.err
        assert json.loads(certified.out)["artificial_intelligence"] == said
    taken = ostiary("receipts", "take", office, first, last, "--json")
    assert taken.status == 0, taken.err
    assert [one["kind"] for one in json.loads(taken.out)["receipts"]] == ["opened", "disposed"]
    listed = ostiary("receipts", "list", office, "--json")
    (answer,) = json.loads(listed.out)["answers"]
    assert answer["certified_by"] == [recipient.officer]
    assert answer["analysis"] == {recipient.officer: "not-kept"}
