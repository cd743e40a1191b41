"""Attack: somebody makes an answer that the custodian never gave, or changes one that it gave."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ostiary.domain.errors import KeyFileError
from ostiary.domain.words import Status
from ostiary.verifying.answers import sealing
from ostiary.verifying.answers.faults import (
    EntryMismatchError,
    SealError,
    SignatureError,
    StatementError,
    UnprovenError,
)
from ostiary.verifying.answers.opening import open_answer
from ostiary.verifying.answers.parts import sealed_json
from ostiary.verifying.keys.files import fingerprint, new_opening_key
from ostiary.verifying.log.canonical import canonical
from simulated_custodian import ORIGIN, RELEASED_ON, Custodian

TODAY = RELEASED_ON + timedelta(days=1)


@pytest.fixture(params=["modern", "fips"])
def custodian(request):
    return Custodian(request.param)


def open_as_recipient(custodian, raw):
    return open_answer(raw, custodian.key_of(), custodian.trust, today=TODAY)


def test_an_impostor_with_an_office_of_the_same_name(custodian):
    """All keys are theirs, all else is right: the log key is not the trusted one."""
    impostor = Custodian(custodian.profile, origin=ORIGIN)
    impostor.opening_keys = custodian.opening_keys
    with pytest.raises(UnprovenError):
        open_as_recipient(custodian, impostor.answer(impostor.statement()))


def test_an_impostor_who_stole_the_log_key(custodian):
    impostor = Custodian(custodian.profile, origin=ORIGIN)
    impostor.opening_keys, impostor.log_key = custodian.opening_keys, custodian.log_key
    with pytest.raises(SignatureError):
        open_as_recipient(custodian, impostor.answer(impostor.statement()))


def test_an_impostor_who_stole_the_release_key(custodian):
    """An answer that was never logged cannot be opened, however well it is signed."""
    impostor = Custodian(custodian.profile, origin=ORIGIN)
    impostor.opening_keys, impostor.release_key = custodian.opening_keys, custodian.release_key
    with pytest.raises(UnprovenError):
        open_as_recipient(custodian, impostor.answer(impostor.statement()))


def test_a_no_answer_turned_into_a_confirmation(custodian):
    """With the recipient's public key anybody can seal; not sign, and not log."""
    silent = custodian.statement(Status.NO_ANSWER)
    genuine = json.loads(custodian.answer(silent))
    turned = custodian.stated(silent).replace(b'"no-answer"', b'"confirmed"')
    forged = custodian.part_of(turned, signer=Custodian().release_key)
    with pytest.raises(EntryMismatchError):
        open_as_recipient(custodian, canonical(genuine | {"sealed": sealed_json(forged.sealed)}))


def test_a_release_clerk_who_confirms_what_the_log_records_as_no_answer(custodian):
    """They hold the release key and all salts; the entry commits to the statement approved."""
    approved = custodian.statement(Status.NO_ANSWER)
    told = custodian.statement(Status.CONFIRMED)
    part = custodian.part_of(custodian.stated(told), commitment=custodian.part(approved).commitment)
    entry = custodian.entry(part, approved)
    with pytest.raises(StatementError, match="commits to another"):
        open_as_recipient(custodian, custodian.answer(told, part=part, entry=entry))


def test_conditions_taken_out_by_a_middleman(custodian):
    """Sole use turned into free use: the bytes are signed, logged and sealed."""
    said = custodian.statement()
    freed = replace(said, conditions=replace(said.conditions, sole_use="Use it as you like."))
    genuine = json.loads(custodian.answer(said))
    forged = custodian.part_of(custodian.stated(freed))
    with pytest.raises(EntryMismatchError):
        open_as_recipient(custodian, canonical(genuine | {"sealed": sealed_json(forged.sealed)}))


def test_an_answer_carried_on_to_somebody_not_named(custodian):
    """A recipient re-seals what they opened to a colleague's key: it was never logged like that."""
    genuine = json.loads(custodian.answer(custodian.statement()))
    colleague = new_opening_key(custodian.profile)
    with pytest.raises(KeyFileError):
        open_answer(canonical(genuine), colleague, custodian.trust, today=TODAY)

    def resealed(part, content):
        purpose = sealing.Purpose(part, custodian.origin, "answer-1")
        return sealed_json((sealing.seal(content, colleague.public_key(), purpose, block=4096),))

    carried = genuine | {
        "sealed": resealed("statement", custodian.stated(custodian.statement())),
        "entry": resealed("entry", custodian.entries[-1]),
    }
    with pytest.raises(EntryMismatchError):
        open_answer(canonical(carried), colleague, custodian.trust, today=TODAY)


def test_a_ciphertext_relabelled_for_another_key(custodian):
    genuine = json.loads(custodian.answer(custodian.statement()))
    other = new_opening_key(custodian.profile)
    for part in ("sealed", "entry"):
        genuine[part][0]["recipient"] = fingerprint(other.public_key())
    with pytest.raises(SealError):
        open_answer(canonical(genuine), other, custodian.trust, today=TODAY)


def test_a_disposal_date_moved_by_a_middleman(custodian):
    said = custodian.statement()
    later = replace(said, conditions=replace(said.conditions, dispose_by="2030-01-01"))
    genuine = json.loads(custodian.answer(said))
    forged = custodian.part_of(custodian.stated(later))
    moved = canonical(genuine | {"sealed": sealed_json(forged.sealed)})
    with pytest.raises(EntryMismatchError):
        open_answer(moved, custodian.key_of(), custodian.trust, today=date(2029, 1, 1))
