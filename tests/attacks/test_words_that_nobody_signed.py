"""Attack: who may write to the case store writes an officer's word, with an entry beside it.

A record is looked at when officers have found what the law leaves to a person. So a look asks for
their signatures first, as a release does: on a word that nobody signed, nobody's record is touched.
"""

# ruff: noqa: ARG001 - each forger is given the same

from dataclasses import replace
from functools import partial

import pytest

from officers import desk_on, first_case, key_of
from ostiary.domain.errors import FaultError
from ostiary.office.cases.case_entries import determined_entry, vote_entry
from ostiary.office.cases.openings import stored_entry
from ostiary.office.cases.signatures import signature_faults, speakers_of
from ostiary.office.cases.signed_words import vote_text
from ostiary.office.cases.states import Step
from ostiary.office.cases.steps import sweep
from ostiary.office.store import NewDetermination, NewLookOrder
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.keys.assertions import signed_by
from ostiary.verifying.keys.files import new_signing_key


@pytest.fixture(scope="module")
def root(served_office, stores, tmp_path_factory):
    return stores.copy(served_office, tmp_path_factory.mktemp("words") / "office").root


def forged(place, case, officer, signature, fact="reason_specific"):
    """Store a determination as the desk would, entry and all, without asking its officer."""
    row = NewDetermination(case.request.id, officer, fact, True, signature, place.moment.at)
    with place.store.write() as txn:
        txn.add_determination(row, determined_entry(case, row))


def random_bytes(root, desk, case):
    return "anna", b"x" * 64


def unknown_officer(root, desk, case):
    return "xavier", b"x" * 64


def own_key_in_anothers_name(root, desk, case):
    words = desk.words(case, "anna", Step.DETERMINE)
    return "anna", signed_by(new_signing_key(), words)


def a_colleagues_signature(root, desk, case):
    words = desk.words(case, "anna", Step.DETERMINE)
    return "anna", signed_by(key_of(root, "bert"), words)


def the_other_word(root, desk, case):
    words = desk.words(case, "anna", Step.DETERMINE, found=False)
    return "anna", signed_by(key_of(root, "anna"), words)


def of_another_case(root, desk, case):
    other = first_case(desk, besides=[case.request.request_id])
    words = desk.words(other, "anna", Step.DETERMINE)
    return "anna", signed_by(key_of(root, "anna"), words)


FORGERIES = (
    random_bytes,
    unknown_officer,
    own_key_in_anothers_name,
    a_colleagues_signature,
    the_other_word,
    of_another_case,
)


def untouched(place, desk):
    """Give a case on which nobody has spoken."""
    return first_case(
        desk, besides=[one.request_id for one in place.store.queue() if one.determinations]
    )


@pytest.mark.parametrize("forge", FORGERIES)
def test_no_record_is_looked_at_on_it(root, forge):
    with desk_on(root) as (place, desk):
        case = untouched(place, desk)
        forged(place, case, *forge(root, desk, case))
        with pytest.raises(FaultError, match=r"entry \d+: no key of this officer"):
            sweep(place, [f"{case.request.agency}/{case.request.request_id}"])
        assert place.store.case(case.request.id).verification is None


def test_no_sweep_over_all_that_wait_touches_its_record(office):
    with desk_on(office) as (place, desk):
        case = untouched(place, desk)
        forged(place, case, *unknown_officer(office, desk, case))
        with pytest.raises(FaultError, match=r"entry \d+: no key of this officer"):
            sweep(place)
        assert place.store.case(case.request.id).verification is None


def test_a_word_that_is_signed_is_looked_at_as_ever(root):
    with desk_on(root) as (place, desk):
        case = untouched(place, desk)
        name = f"{case.request.agency}/{case.request.request_id}"
        replace(desk, look=None).determine(name, "anna", key_of(root, "anna"), found=True)
        assert sweep(place, [name]).looked_at == (case.request.id,)


def test_only_a_training_office_takes_an_element_as_found(root):
    with desk_on(root) as (place, desk):
        case = untouched(place, desk)
        at, of = place.moment.at, case.request.entry_index
        row = NewDetermination(case.request.id, "", "reason_specific", True, b"", at)
        with place.store.write() as txn:
            entry = journal_entry("element.taken", at=at, of=of, element="reason-specific")
            txn.add_determination(row, entry)
        case, entry_at = place.store.case(case.request.id), partial(stored_entry, place.store)
        speakers = speakers_of(place, desk.reviewers)
        assert list(signature_faults(case, speakers, entry_at)) == []
        [fault] = signature_faults(case, replace(speakers, is_training=False), entry_at)
        assert "only a training office" in fault


def test_no_second_look_follows_on_an_order_that_nobody_gave(root):
    with desk_on(root) as (place, desk):
        case = untouched(place, desk)
        name = f"{case.request.agency}/{case.request.request_id}"
        desk.determine(name, "anna", key_of(root, "anna"), found=True)
        looked = place.store.case(case.request.id).verification
        digest = desk.decision(desk.case(name)).digest
        desk.order_look(name, "anna", key_of(root, "anna"), "a new reference")
        row = NewLookOrder(case.request.id, "bert", digest, "so do I", b"x" * 64, place.moment.at)
        with place.store.write() as txn:
            text = vote_text(Step.LOOK_AGAIN, "bert", digest, "so do I")
            txn.add_look_order(row, vote_entry(case, row, text))
        with pytest.raises(FaultError, match="no key of this officer"):
            sweep(place, [name])
        assert place.store.case(case.request.id).verification == looked
