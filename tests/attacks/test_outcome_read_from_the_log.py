"""Attack: somebody reads from the public log what a request was answered, or about whom.

The agency's replies hold the number of each request's entry, so whoever saw a reply knows which
entries are about it. Only the named recipients may learn more (26 USC 6103(i)(2)(A)).
"""

import base64
import re
import shutil
from datetime import date
from itertools import pairwise

import duckdb
import pytest

from officers import OFFICERS, approve_twice, desk_on, equip, first_case, key_of
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.batches.running import run_batch
from ostiary.office.cases.dossier import history
from ostiary.office.cases.signed_words import VOTE_LABEL, spoken, spoken_vote, vote_text
from ostiary.office.cases.states import Step
from ostiary.office.folder.layout import create_office
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.release import release
from ostiary.verifying.answers.answers import OUTCOME_LABEL, STATEMENT_LABEL, TAXPAYER_LABEL
from ostiary.verifying.keys.signatures import is_signed
from ostiary.verifying.log.checkpoints import unverified_checkpoint
from ostiary.verifying.log.commitments import field_salt, open_commitment
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.reader import TileReader
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.tiles import TILE_WIDTH

RECEIVED = date(2025, 8, 6)
# All of one length: digests, signatures, hash tree roots, moments and drawn names.
RANDOM_LOOKING = re.compile(
    rb'"sha256:[0-9a-f]{64}"|"[0-9a-f]{64}"|"[A-Za-z0-9+/]{86}=="|"[0-9-]{10}T[0-9:]{8}Z"'
    rb'|(?<="answer":)"[0-9a-f]{32}"|(?<="origin":"ostiary.invalid/office/)[0-9a-f]{8}'
)


def published(office):
    """Every entry, as anybody reads it from the published files."""
    with open_source(office / "accounting") as source:
        size = unverified_checkpoint((office / "accounting" / "checkpoint").read_bytes()).size
        reader = TileReader(source, size)
        bundles = range(-(-size // TILE_WIDTH))
        return [entry for number in bundles for entry in reader.bundle(number)]


def answered(office, request):
    """Have a request approved and answered; give what the answer was."""
    with desk_on(office) as (place, desk):
        approve_twice(desk, office, request)
        (_,) = release(place, request).answers
        return str(place.store.case(place.store.find_request(request).id).answer.status)


def released_entry(office, request):
    with at_work(office) as place:
        (entry,) = (one for _, one in history(place, request) if one.type == "answer.released")
        return entry, place.store.case(place.store.find_request(request).id)


@pytest.fixture(scope="module")
def strange_office(world, tmp_path_factory):
    """The same office, but none of the people asked about is in its reference file."""
    root = tmp_path_factory.mktemp("strange") / "office"
    people = root.with_name("strangers.parquet")
    with duckdb.connect() as con:
        con.read_parquet(str(world / "people.parquet")).project(
            "* REPLACE ('ZZ' || surname AS surname)"
        ).write_parquet(str(people))
    equip(create_office(root, training=True).root, world)
    with at_work(root, on=RECEIVED) as place:
        load_people(place, people)
        run_batch(place, world / "requests.csv", RECEIVED)
    return root


@pytest.fixture(scope="module")
def two_stories(served_office, strange_office, tmp_path_factory):
    """One request, and the two offices in which it was answered: they differ in the file alone."""
    office = tmp_path_factory.mktemp("told") / "office"
    shutil.copytree(served_office, office)
    with desk_on(office) as (_, desk):
        request = first_case(desk, "confirmed").request.request_id
    assert answered(office, request) == "confirmed"
    assert answered(strange_office, request) == "no-answer"
    return request, office, strange_office


def test_a_confirmed_and_a_no_answer_leave_the_same_log_but_for_random_looking_text(two_stories):
    _, told, untold = two_stories
    logs = [published(office) for office in (told, untold)]
    assert any(b'"type":"answer.released"' in entry for entry in logs[0])
    assert [len(entry) for entry in logs[0]] == [len(entry) for entry in logs[1]]
    bare = [[RANDOM_LOOKING.sub(b"~", entry) for entry in log] for log in logs]
    assert bare[0] == bare[1]


def test_the_entry_of_an_answer_has_no_word_for_its_outcome(two_stories):
    request, *offices = two_stories
    entries = [released_entry(office, request)[0] for office in offices]
    assert entries[0].fields.keys() == entries[1].fields.keys()
    for entry in entries:
        assert not any(isinstance(value, bool) for value in entry.fields.values())
    for log in map(published, offices):
        assert not any(word in entry for word in (b"confirmed", b"no-answer") for entry in log)


def test_an_auditor_who_is_shown_the_salt_of_a_field_opens_that_field(two_stories):
    request, *offices = two_stories
    for office, said in zip(offices, ("confirmed", "no-answer"), strict=True):
        entry, case = released_entry(office, request)
        other = {"confirmed": "no-answer", "no-answer": "confirmed"}[said]
        shown = field_salt(case.request.salt, OUTCOME_LABEL)
        assert open_commitment(shown, OUTCOME_LABEL, said) == entry["outcome"]
        assert open_commitment(shown, OUTCOME_LABEL, other) != entry["outcome"]
        person = case.verification.person_id if said == "confirmed" else ""
        shown = field_salt(case.request.salt, TAXPAYER_LABEL)
        assert open_commitment(shown, TAXPAYER_LABEL, person) == entry["taxpayer"]


def test_no_other_salt_opens_it_by_trying_both_words(two_stories):
    """Not the one that the recipients get, nor those of other requests, nor none at all."""
    request, told, _ = two_stories
    entry, case = released_entry(told, request)
    with at_work(told) as place:
        others = [one.salt for one in place.store.requests_of(case.request.batch)][:50]
    known = [field_salt(case.request.salt, STATEMENT_LABEL), ""]
    known += [field_salt(salt, OUTCOME_LABEL) for salt in others if salt != case.request.salt]
    guesses = {
        open_commitment(salt, OUTCOME_LABEL, word)
        for salt in known
        for word in ("confirmed", "no-answer")
    }
    assert len(guesses) >= 98
    assert entry["outcome"] not in guesses


def test_answers_cannot_be_grouped_by_what_they_say_or_about_whom(office):
    """Two answers of one outcome, and about the same (or no) person, have nothing in common."""
    for answer in ("confirmed", "confirmed", "no-answer", "no-answer"):
        with desk_on(office) as (_, desk):
            request = first_case(desk, answer).request.request_id
        assert answered(office, request) == answer
    entries = [read_entry(body) for body in published(office) if b'"answer.released"' in body]
    assert len(entries) == 4
    commitments = sorted(entry[field] for entry in entries for field in ("outcome", "taxpayer"))
    assert all(one != other for one, other in pairwise(commitments))


WHY = "a doubt about the matter"


def about(office, request):
    """The entries about one request, as outsiders who know its number read them."""
    with at_work(office) as place:
        return [entry for _, entry in history(place, request)]


def votes_of(office, request):
    return [entry for entry in about(office, request) if entry.type == "answer.voted"]


@pytest.fixture(scope="module")
def voted_stories(served_office, tmp_path_factory):
    """One request, two offices: two officers approved; or one refused, then two approved that.

    In both the reason had been determined before anybody voted.
    """
    folder = tmp_path_factory.mktemp("voted")
    offices = folder / "approved", folder / "refused"
    for office in offices:
        shutil.copytree(served_office, office)
        with desk_on(office) as (place, desk):
            request = first_case(desk, "confirmed").request.request_id
            desk.determine(request, "anna", key_of(office, "anna"), found=True)
            if office.name == "refused":
                desk.refuse(request, "cora", key_of(office, "cora"), WHY)
            for officer in ("anna", "bert"):
                desk.approve(request, officer, key_of(office, officer))
            release(place, request)
    return request, *offices


def test_a_refusal_adds_to_the_log_one_vote_and_nothing_that_says_how_it_was(voted_stories):
    """What remains visible: there was one more vote, and it was over another decision.

    A new order brings more votes over another decision as well, but then the log has an entry
    `law.adopted`. Whoever finds none between can conclude that there was a refusal. So the entry
    of a vote tells nothing; the sequence of votes still may.
    """
    request, *offices = voted_stories
    approved, refused = (
        [RANDOM_LOOKING.sub(b"~", entry) for entry in published(office)] for office in offices
    )
    (one_more,) = [entry for entry in refused if b'"officer":"cora"' in entry]
    assert [entry for entry in refused if entry != one_more] == approved
    by_anna = next(entry for entry in approved if b"answer.voted" in entry and b"anna" in entry)
    assert one_more == by_anna.replace(b"anna", b"cora")
    first, *others = votes_of(offices[1], request)
    assert {vote["decision"] for vote in others} == {about(offices[1], request)[-1]["decision"]}
    assert first["decision"] != others[0]["decision"]


def test_no_two_votes_share_a_commitment_by_which_the_odd_one_shows(voted_stories):
    request, *offices = voted_stories
    for office, count in zip(offices, (2, 3), strict=True):
        assert len({vote["vote"] for vote in votes_of(office, request)}) == count


def test_an_auditor_who_is_shown_the_salt_of_the_votes_opens_each(voted_stories):
    request, *offices = voted_stories
    refused, approved = (Step.REFUSE, WHY), (Step.APPROVE, "")
    for office, said in zip(
        offices, ([approved, approved], [refused, approved, approved]), strict=True
    ):
        with at_work(office) as place:
            salt = place.store.case(place.store.find_request(request).id).request.salt
            origin = place.origin
        shown = field_salt(salt, VOTE_LABEL)
        for vote, (step, why) in zip(votes_of(office, request), said, strict=True):
            officer, decision = vote["officer"], vote["decision"]
            for guess in (refused, approved):
                text = vote_text(guess[0], officer, decision, guess[1])
                opens = open_commitment(shown, VOTE_LABEL, text) == vote["vote"]
                assert opens is (guess == (step, why))
            words = spoken_vote(origin, step, officer, decision, shown)
            signature = base64.b64decode(vote["signature"])
            assert is_signed(key_of(office, officer).public_key(), signature, words)


def test_nobody_without_the_salt_opens_a_vote_by_trying_both_words(voted_stories):
    """Not even with the officers' public keys, the why, and the salt that the recipients get."""
    request, _, office = voted_stories
    with at_work(office) as place:
        salt = place.store.case(place.store.find_request(request).id).request.salt
        origin = place.origin
    keys = [key_of(office, officer).public_key() for officer in OFFICERS]
    for vote in votes_of(office, request):
        officer, decision = vote["officer"], vote["decision"]
        signature = base64.b64decode(vote["signature"])
        for step, why in ((Step.APPROVE, ""), (Step.REFUSE, WHY)):
            words = [spoken(origin, step, officer, decision)]
            for known in (field_salt(salt, STATEMENT_LABEL), ""):
                text = vote_text(step, officer, decision, why)
                assert open_commitment(known, VOTE_LABEL, text) != vote["vote"]
                words.append(spoken_vote(origin, step, officer, decision, known))
            assert not any(is_signed(key, signature, each) for key in keys for each in words)
