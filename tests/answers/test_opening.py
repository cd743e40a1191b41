"""Opening an answer: the rules of ``answers.opening``, each made to fail on its own."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ostiary.domain.errors import FaultError, KeyFileError
from ostiary.domain.words import Status
from ostiary.verifying.answers.faults import (
    AnswerFormatError,
    ConditionsError,
    EntryMismatchError,
    ForeignOriginError,
    ReplayError,
    SealError,
    SignatureError,
    StatementError,
    UnprovenError,
)
from ostiary.verifying.answers.opening import open_answer
from ostiary.verifying.answers.sealing import Purpose, unseal
from ostiary.verifying.keys.files import fingerprint, new_opening_key, new_signing_key
from ostiary.verifying.log.canonical import canonical
from ostiary.verifying.log.commitments import commit, field_salt
from ostiary.verifying.log.vkeys import Signer
from simulated_custodian import DISPOSE_BY, RELEASED_ON, SALT, Custodian, digest

TODAY = RELEASED_ON + timedelta(days=3)
TWO = ("ice-officer-7", "ice-officer-9")


@pytest.fixture(params=["modern", "fips"])
def custodian(request):
    return Custodian(request.param)


@pytest.fixture
def raw(custodian):
    return custodian.answer(custodian.statement())


def opened(custodian, raw, **options):
    return open_answer(raw, custodian.key_of(), custodian.trust, **({"today": TODAY} | options))


def changed(raw, **changes):
    return canonical(json.loads(raw) | changes)


def flipped(sealed):
    """The same ciphertexts with one letter of base64 changed in each."""
    return [
        one | {"ciphertext": ("B" if one["ciphertext"][0] == "A" else "A") + one["ciphertext"][1:]}
        for one in sealed
    ]


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.NO_ANSWER])
def test_an_honest_answer_opens(custodian, status):
    statement = custodian.statement(status)
    answer = opened(custodian, custodian.answer(statement))
    assert answer.statement == statement
    assert answer.index == answer.checkpoint.size - 1 == len(custodian.entries) - 1
    assert answer.recipient == fingerprint(custodian.key_of().public_key())
    assert answer.signer == fingerprint(custodian.release_key.public_key())


def test_each_of_two_recipients_opens_it_alone():
    custodian = Custodian(officers=TWO)
    statement = custodian.statement()
    raw = custodian.answer(statement)
    for officer in TWO:
        answer = open_answer(raw, custodian.key_of(officer), custodian.trust, today=TODAY)
        assert answer.statement == statement


def test_recipients_may_use_different_kinds_of_key():
    custodian = Custodian(officers=TWO)
    custodian.opening_keys["ice-officer-9"] = new_opening_key("fips")
    raw = custodian.answer(custodian.statement())
    for officer in TWO:
        key = custodian.key_of(officer)
        assert open_answer(raw, key, custodian.trust, today=TODAY).index == 11


def test_rule_1_format(custodian, raw):
    with pytest.raises(AnswerFormatError, match=r"^format: "):
        opened(custodian, raw[:-1])


def test_rule_2_origin(custodian, raw):
    with pytest.raises(ForeignOriginError, match=r"^origin: "):
        opened(custodian, changed(raw, origin="ostiary.invalid/elsewhere"))


def test_rule_3_recipient(custodian, raw):
    with pytest.raises(KeyFileError, match="not sealed to this key") as refusal:
        open_answer(raw, new_opening_key(), custodian.trust, today=TODAY)
    assert refusal.value.exit_status == 2


def test_rule_4_the_entry_opens(custodian, raw):
    with pytest.raises(SealError, match=r"^seal: "):
        opened(custodian, changed(raw, entry=flipped(json.loads(raw)["entry"])))


def test_rule_4_the_entry_was_sealed_for_this_answer(custodian, raw):
    with pytest.raises(SealError):
        opened(custodian, changed(raw, answer_id="answer-2"))


def test_rule_5_the_proof_is_of_another_number(custodian, raw):
    with pytest.raises(UnprovenError, match=r"^proof: "):
        opened(custodian, changed(raw, index=3))


def test_rule_5_the_proof_is_of_another_entry(custodian, raw):
    other = custodian.prove(b"a later entry")
    with pytest.raises(UnprovenError):
        opened(custodian, changed(raw, proof=other, index=len(custodian.entries) - 1))


def test_rule_5_the_checkpoint_is_not_signed_by_the_trusted_log_key(custodian):
    statement = custodian.statement()
    part = custodian.part(statement)
    entry = custodian.entry(part, statement)
    impostor = Signer(custodian.origin, new_signing_key(custodian.profile))
    proof = custodian.prove(entry, signer=impostor)
    with pytest.raises(UnprovenError, match="no key"):
        opened(custodian, custodian.answer(statement, part=part, entry=entry, proof=proof))


def test_rule_5_the_log_is_the_trusted_custodians_own(custodian, raw):
    """A trust in which the log key bears another name than the custodian proves nothing."""
    muddled = replace(custodian.trust, log=replace(custodian.trust.log, name="other.invalid/log"))
    with pytest.raises(UnprovenError):
        open_answer(raw, custodian.key_of(), muddled, today=TODAY)
    other = Custodian(custodian.profile, origin="other.invalid/log")
    other.opening_keys, other.log_key = custodian.opening_keys, custodian.log_key
    statement = custodian.statement()
    part = custodian.part(statement)
    entry = custodian.entry(part, statement)
    honest = custodian.answer(statement, part=part, entry=entry)
    elsewhere = other.prove(entry)
    moved = changed(honest, proof=elsewhere, index=len(other.entries) - 1)
    with pytest.raises(UnprovenError, match="of another log"):
        open_answer(moved, custodian.key_of(), muddled, today=TODAY)


def test_rule_6_the_entry_releases_other_sealed_content(custodian, raw):
    again = json.loads(custodian.part(custodian.statement()).stored())["sealed"]
    with pytest.raises(EntryMismatchError, match=r"^entry: .*other sealed content"):
        opened(custodian, changed(raw, sealed=again))


def test_rule_7_the_statement_opens(custodian):
    part = custodian.part_with(b"{}")
    part = replace(
        part, sealed=tuple(replace(one, ciphertext=b"\x00" * 200) for one in part.sealed)
    )
    with pytest.raises(SealError):
        opened(custodian, custodian.answer(custodian.statement(), part=part))


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"[]", b'{"envelope":{},"salt":"0"}', b'{"envelope":{}}']
)
def test_rule_7_what_was_sealed_is_an_envelope_and_a_salt(custodian, content):
    with pytest.raises(SealError):
        opened(
            custodian,
            custodian.answer(custodian.statement(), part=custodian.part_with(content)),
        )


def test_rule_8_another_key_signed_the_statement(custodian):
    statement = custodian.statement()
    forged = custodian.part_of(custodian.stated(statement), signer=new_signing_key())
    with pytest.raises(SignatureError, match=r"^signature: "):
        opened(custodian, custodian.answer(statement, part=forged))


def test_rule_9_the_statement_is_of_the_closed_form(custodian):
    statement = custodian.statement()
    said = json.loads(custodian.stated(statement))
    said["predicate"]["address"] = "somewhere"
    with pytest.raises(StatementError, match=r"^statement: "):
        opened(custodian, custodian.answer(statement, part=custodian.part_of(canonical(said))))


@pytest.mark.parametrize(
    "condition",
    [
        "sole_use",
        "no_redisclosure",
        "artificial_intelligence",
        "disposal",
        "dispose_by",
        "recipients",
    ],
)
def test_rule_9_no_condition_may_be_missing(custodian, condition):
    statement = custodian.statement()
    said = json.loads(custodian.stated(statement))
    del said["predicate"]["conditions"][condition]
    with pytest.raises(StatementError, match="conditions"):
        opened(custodian, custodian.answer(statement, part=custodian.part_of(canonical(said))))


def test_rule_9_the_commitment_opens(custodian):
    statement = custodian.statement()
    part = custodian.part_of(custodian.stated(statement), commitment=digest("f"))
    with pytest.raises(StatementError, match="commits to another"):
        opened(custodian, custodian.answer(statement, part=part))


@pytest.mark.parametrize(
    ("logged", "name"),
    [
        ({"agency": "dhs-cbp"}, "agency"),
        ({"on": "2025-08-19"}, "day of release"),
        ({"decision": digest("f")}, "decision"),
        ({"of": 4}, "request entry"),
    ],
)
def test_rule_9_the_log_says_the_same(custodian, logged, name):
    statement = custodian.statement()
    part = custodian.part(statement)
    entry = custodian.entry(part, statement, **logged)
    with pytest.raises(StatementError, match=f"another {name} than"):
        opened(custodian, custodian.answer(statement, part=part, entry=entry))


@pytest.mark.parametrize(
    ("logged", "told"),
    [(Status.NO_ANSWER, Status.CONFIRMED), (Status.CONFIRMED, Status.NO_ANSWER)],
)
def test_rule_9_what_was_logged_is_what_is_told(custodian, logged, told):
    """The commitment binds the status: the other one cannot be told under the same entry."""
    recorded = commit(SALT, "statement", custodian.stated(custodian.statement(logged)).decode())
    statement = custodian.statement(told)
    part = custodian.part_of(custodian.stated(statement), commitment=recorded)
    with pytest.raises(StatementError, match="commits to another"):
        opened(custodian, custodian.answer(statement, part=part))


@pytest.mark.parametrize(
    "said", [{"answer_id": "answer-2"}, {"origin": "ostiary.invalid/elsewhere"}]
)
def test_rule_9_the_statement_names_this_answer_and_custodian(custodian, said):
    statement = custodian.statement(**said)
    part = custodian.part_of(custodian.stated(statement))
    with pytest.raises(StatementError, match=r"another (answer|custodian) than"):
        opened(custodian, custodian.answer(statement, part=part))


def test_rule_9_it_answers_the_expected_request(custodian, raw):
    assert opened(custodian, raw, request_id="ICE-2025-000017").index == 11
    with pytest.raises(StatementError, match="another request"):
        opened(custodian, raw, request_id="ICE-2025-000018")


def test_rule_10_conditions_hold_through_the_disposal_date(custodian, raw):
    assert opened(custodian, raw, today=DISPOSE_BY).index == 11
    with pytest.raises(ConditionsError, match=r"^conditions: .*2026-02-20"):
        opened(custodian, raw, today=DISPOSE_BY + timedelta(days=1))


def test_rule_11_replay(custodian, raw):
    assert opened(custodian, raw, already_opened={"answer-2"}).index == 11
    with pytest.raises(ReplayError, match=r"^replay: the answer answer-1 was opened before$"):
        opened(custodian, raw, already_opened=["answer-1"])
    with pytest.raises(ReplayError, match=r"before on 2025-08-21$"):
        opened(custodian, raw, already_opened={"answer-1": "2025-08-21"})


def test_faults_end_with_exit_status_one(custodian, raw):
    with pytest.raises(FaultError) as refusal:
        opened(custodian, raw, today=date(2030, 1, 1))
    assert refusal.value.exit_status == 1
    assert refusal.value.check == "conditions"


def test_an_older_release_key_still_opens_while_it_is_trusted(custodian, raw):
    newer = new_signing_key(custodian.profile).public_key()
    both = replace(custodian.trust, release=(newer, *custodian.trust.release))
    assert open_answer(raw, custodian.key_of(), both, today=TODAY).index == 11
    only_newer = replace(custodian.trust, release=(newer,))
    with pytest.raises(SignatureError):
        open_answer(raw, custodian.key_of(), only_newer, today=TODAY)


def test_the_recipient_gets_the_salt_of_the_statement_alone(custodian):
    """From it the request's own salt, which opens other fields of the log, cannot be computed."""
    sealed = custodian.part(custodian.statement()).sealed[0]
    purpose = Purpose("statement", custodian.origin, "answer-1")
    content = json.loads(unseal(sealed, custodian.key_of(), purpose))
    assert content["salt"] == field_salt(SALT, "statement")
    assert SALT not in json.dumps(content)
