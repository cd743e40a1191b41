"""The desk: who may, what may follow, and what a signature holds for."""

import pytest
from django.db import connections

from officers import accept_keys, approve_twice, desk_on, first_case, key_of
from ostiary.domain.errors import InputError, KeyFileError, NotAllowedError
from ostiary.domain.words import Status
from ostiary.office.cases.dossier import case_file
from ostiary.office.cases.signed_words import VOTE_LABEL, spoken, spoken_vote, vote_text
from ostiary.office.cases.states import ALLOWED, WHY_NOT, CaseState, Step, check_step
from ostiary.office.cases.steps import determine, waiting
from ostiary.verifying.keys.files import key_text, new_signing_key, private_pem, read_signing_key
from ostiary.verifying.keys.signatures import is_signed
from ostiary.verifying.log.commitments import field_salt


def test_the_tables_of_states_are_total():
    assert set(ALLOWED) == set(WHY_NOT) == set(CaseState)
    assert set().union(*ALLOWED.values()) == set(Step)


def test_two_officers_make_an_approved_case(office):
    with desk_on(office) as (_, desk):
        request = first_case(desk).request.request_id
        assert desk.state(desk.case(request)) is CaseState.AWAITS_DETERMINATION
        assert desk.case(request).verification is None
        approve_twice(desk, office, request)
        case = desk.case(request)
        assert desk.state(case) is CaseState.APPROVED


def test_a_signature_is_over_the_digest_of_the_decision_and_a_secret(office):
    with desk_on(office) as (place, desk):
        request = first_case(desk).request.request_id
        approve_twice(desk, office, request)
        case = desk.case(request)
        digest = desk.decision(case).digest
        shown = field_salt(case.request.salt, VOTE_LABEL)
        message = spoken_vote(place.origin, Step.APPROVE, "anna", digest, shown)
        signature = case.approvals[0].signature
        assert is_signed(key_of(office, "anna").public_key(), signature, message)
        assert not is_signed(key_of(office, "bert").public_key(), signature, message)
        public_words = spoken(place.origin, Step.APPROVE, "anna", digest)
        assert not is_signed(key_of(office, "anna").public_key(), signature, public_words)


def test_the_signature_of_a_refusal_is_none_of_an_approval(office):
    with desk_on(office) as (place, desk):
        request = first_case(desk).request.request_id
        desk.determine(request, "anna", key_of(office, "anna"), found=True)
        refused = desk.decision(desk.case(request)).digest
        desk.refuse(request, "cora", key_of(office, "cora"), "the officer left the matter")
        case = desk.case(request)
        shown = field_salt(case.request.salt, VOTE_LABEL)
        key, signature = key_of(office, "cora").public_key(), case.refusals[0].signature
        words = {
            step: spoken_vote(place.origin, step, "cora", refused, shown)
            for step in (Step.APPROVE, Step.REFUSE)
        }
        assert is_signed(key, signature, words[Step.REFUSE])
        assert not is_signed(key, signature, words[Step.APPROVE])


def test_no_two_votes_are_committed_to_with_the_same_text():
    texts = [
        vote_text(step, officer, decision)
        for step in (Step.APPROVE, Step.REFUSE)
        for officer in ("anna", "bert")
        for decision in ("sha256:one", "sha256:other")
    ]
    assert len(set(texts)) == 8


def test_no_approval_before_the_reason_was_looked_at(office):
    with desk_on(office) as (_, desk):
        request = first_case(desk).request.request_id
        with pytest.raises(NotAllowedError, match="officers have not yet determined"):
            desk.approve(request, "anna", key_of(office, "anna"))


def test_no_refusal_before_the_reason_was_looked_at_either(office):
    """Or the log would show by the order of its entries that somebody refused."""
    with desk_on(office) as (_, desk):
        request = first_case(desk).request.request_id
        with pytest.raises(NotAllowedError, match="officers have not yet determined"):
            desk.refuse(request, "anna", key_of(office, "anna"), "a doubt")


def test_a_reason_found_not_specific_ends_the_case(office):
    with desk_on(office) as (_, desk):
        request = first_case(desk).request.request_id
        desk.determine(request, "anna", key_of(office, "anna"), found=False)
        with pytest.raises(NotAllowedError, match="the request is returned"):
            desk.approve(request, "bert", key_of(office, "bert"))


def test_a_refusal_turns_the_answer_and_voids_approvals(office):
    with desk_on(office) as (_, desk):
        request = first_case(desk).request.request_id
        approve_twice(desk, office, request)
        desk.refuse(request, "cora", key_of(office, "cora"), "the officer left the matter")
        case = desk.case(request)
        assert desk.decision(case).answer is Status.NO_ANSWER
        with pytest.raises(NotAllowedError, match="two officers have not yet approved"):
            check_step(case, desk.decision(case), Step.RELEASE)


def test_what_waits_is_listed_by_receipt_with_a_few_questions_for_all(office):
    """A case is not asked for by itself: a list of ten thousand would take minutes."""
    questions = []

    def hear(execute, sql, params, many, context):
        questions.append(sql)
        return execute(sql, params, many, context)

    with desk_on(office) as (_, desk):
        queued = [one.id for one in desk.store.queue()]
        with connections[desk.store._alias].execute_wrapper(hear):
            listed = [(case.request.id, state) for case, state in waiting(desk)]
    assert [number for number, _ in listed] == queued
    assert {state for _, state in listed} == {CaseState.AWAITS_DETERMINATION}
    assert len(queued) > 200
    assert len(questions) < len(queued) / 4


def test_a_refusal_needs_a_why(office):
    with desk_on(office) as (_, desk):
        request = first_case(desk).request.request_id
        desk.determine(request, "anna", key_of(office, "anna"), found=True)
        with pytest.raises(InputError, match="say why"):
            desk.refuse(request, "anna", key_of(office, "anna"), "  ")


def test_an_unknown_officer_and_a_foreign_key_are_refused(office):
    with desk_on(office) as (_, desk):
        request = first_case(desk).request.request_id
        with pytest.raises(NotAllowedError, match="no disclosure officer"):
            desk.determine(request, "mallory", key_of(office, "anna"), found=True)
        with pytest.raises(KeyFileError, match="not the officer's"):
            desk.determine(request, "anna", key_of(office, "bert"), found=True)


def test_a_request_that_was_returned_cannot_be_reviewed(office):
    with desk_on(office) as (place, desk):
        returned = next(
            one
            for one in place.store.requests_of("2025-08-06-001")
            if one.status is Status.RETURNED
        )
        with pytest.raises(InputError, match="nothing to review"):
            desk.approve(returned.request_id, "anna", key_of(office, "anna"))
        with pytest.raises(InputError, match="no request has this id"):
            desk.approve("no-such-request", "anna", key_of(office, "anna"))


def test_an_officer_who_left_can_no_longer_sign(office):
    register = office / "registers" / "reviewers.csv"
    text = register.read_text().replace("2025-01-01,\n", "2025-01-01,2025-08-06\n")
    register.write_text(text)
    with desk_on(office) as (_, desk):
        request = first_case(desk).request.request_id
        with pytest.raises(NotAllowedError, match="in office until 2025-08-06"):
            desk.determine(request, "anna", key_of(office, "anna"), found=True)


def test_keys_of_the_other_profile_sign_as_well(office):
    key = new_signing_key("fips")
    path = office / "officers" / "dora.pem"
    path.write_bytes(private_pem(key))
    with (office / "registers" / "reviewers.csv").open("a") as register:
        register.write(f"dora,{key_text(key.public_key())},2025-01-01,\n")
    with desk_on(office) as (place, _):
        accept_keys(place)
    with desk_on(office) as (_, desk):
        request = first_case(desk).request.request_id
        desk.determine(request, "dora", read_signing_key(path), found=True)
        assert desk.case(request).determinations[0].officer == "dora"


@pytest.mark.parametrize("reader", ["anna", "bert", "cora", None])
def test_nobody_is_shown_votes_before_their_own_on_any_face(office, reader):
    """The command line as the pages do: what is shown depends on no vote but the reader's own."""
    root = office
    who = {"officer": reader, "key": key_of(root, reader)} if reader else {}
    with desk_on(root) as (place, desk):
        case = first_case(desk)
        name = f"{case.request.agency}/{case.request.request_id}"
        determine(place, name, "anna", key_of(root, "anna"), found=True)
        before = case_file(place, name, **who)["said"]
        desk.refuse(name, "anna", key_of(root, "anna"), "the address is a shelter")
        desk.approve(name, "bert", key_of(root, "bert"))
        said = case_file(place, name, **who)["said"]
        assert (said == before) is (reader != "bert")
        desk.approve(name, "cora", key_of(root, "cora"))
        assert len(case_file(place, name, **who)["said"]) == len(before) + 3
