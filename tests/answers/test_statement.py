"""The statement: a closed set of fields, the least that can be said, and no place for more."""

import json
from dataclasses import replace
from datetime import date

import pytest

from ostiary.domain.basis import Ground, read_basis, told_of
from ostiary.domain.errors import NotAllowedError
from ostiary.domain.words import Outcome, Status
from ostiary.verifying.answers.conditions import conditions_of_use
from ostiary.verifying.answers.statement import fitting, read_statement, written
from ostiary.verifying.answers.wire import UnreadableError
from ostiary.verifying.log.canonical import canonical
from simulated_custodian import ALLOWED, Custodian, digest
from worded import worded

TOP = {"_type", "subject", "predicateType", "predicate"}
PREDICATE = {
    "answer_id",
    "origin",
    "agency",
    "agreement",
    "provision",
    "request_id",
    "request_entry",
    "status",
    "items",
    "released_on",
    "decision",
    "conditions",
    "rests_on",
    "filling",
}
CONDITIONS = {
    "sole_use",
    "no_redisclosure",
    "artificial_intelligence",
    "disposal",
    "dispose_by",
    "recipients",
}


@pytest.fixture
def custodian():
    return Custodian()


@pytest.fixture
def said(custodian):
    return json.loads(custodian.stated(custodian.statement()))


def test_what_is_written_is_read_again(custodian):
    statement = custodian.statement()
    assert read_statement(custodian.stated(statement)) == statement


def test_it_is_an_in_toto_statement_about_the_request(said):
    assert said["_type"] == "https://in-toto.io/Statement/v1"
    assert said["predicateType"] == "https://ostiary.invalid/answer/v2"
    assert said["subject"] == [{"name": "request", "digest": {"sha256": "a" * 64}}]


@pytest.mark.parametrize("name", ["_type", "predicateType"])
def test_a_statement_of_another_type_is_refused_by_that_name(said, name):
    with pytest.raises(UnreadableError, match=name):
        read_statement(canonical(said | {name: "https://example.com/other/v1"}))


def test_a_statement_about_another_subject_is_refused(said):
    said["subject"][0]["name"] = "person"
    with pytest.raises(UnreadableError, match="the subject's name"):
        read_statement(canonical(said))


def test_its_fields_are_these_and_no_others(said):
    """No name, address, taxpayer number, person id, outcome or weight: there is no field for it."""
    assert set(said) == TOP
    assert set(said["predicate"]) == PREDICATE
    assert set(said["predicate"]["conditions"]) == CONDITIONS


@pytest.mark.parametrize("place", ["top", "subject", "digest", "predicate", "conditions"])
@pytest.mark.parametrize("extra", ["address", "surname", "tin", "person_id", "outcome", ""])
def test_a_field_more_is_refused_wherever_it_stands(said, place, extra):
    _place(said, place)[extra] = "x"
    with pytest.raises(UnreadableError):
        read_statement(canonical(said))


@pytest.mark.parametrize("place", ["top", "subject", "digest", "predicate", "conditions"])
def test_a_field_less_is_refused_wherever_it_is_missing(said, place):
    for name in list(_place(said, place)):
        fewer = json.loads(json.dumps(said))
        del _place(fewer, place)[name]
        with pytest.raises(UnreadableError):
            read_statement(canonical(fewer))


@pytest.mark.parametrize("place", ["top", "subject", "digest", "predicate", "conditions"])
@pytest.mark.parametrize("wrong", [None, True, -1, 2**60, "", "line\nbreak", [], {}, [[]], [None]])
def test_a_value_of_another_kind_is_refused(said, place, wrong):
    for name in list(_place(said, place)):
        changed = json.loads(json.dumps(said))
        _place(changed, place)[name] = wrong
        with pytest.raises(UnreadableError):
            read_statement(json.dumps(changed).encode())


def test_only_confirmed_and_no_answer_can_be_said(custodian):
    for status in (Status.RETURNED, Status.SUSPENDED, Status.ACCEPTED):
        with pytest.raises(NotAllowedError, match="status"):
            custodian.stated(custodian.statement(status))


def test_every_outcome_but_confirmed_is_stated_in_the_same_words(custodian):
    stated = {outcome: custodian.stated(custodian.statement(outcome.answer)) for outcome in Outcome}
    silent = {raw for outcome, raw in stated.items() if outcome is not Outcome.CONFIRMED}
    assert len(silent) == 1
    assert len(stated[Outcome.CONFIRMED]) == len(silent.pop())


def test_an_item_must_be_listed_by_provision_and_agreement(custodian):
    asked = custodian.statement(items=("address-confirmation", "mailing-address"))
    provision, agreement = {"address-confirmation", "mailing-address"}, {"address-confirmation"}
    with pytest.raises(NotAllowedError, match="both list"):
        written(asked, allowed=set(provision) & set(agreement))


def test_when_nothing_is_allowed_nothing_is_said(custodian):
    with pytest.raises(NotAllowedError):
        written(custodian.statement(), allowed=())
    with pytest.raises(NotAllowedError, match="items"):
        written(custodian.statement(items=(), rests_on=()), allowed=ALLOWED)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("request_id", ""),
        ("request_id", "x" * 201),
        ("request_id", "two\nlines"),
        ("request_id", "\ud800"),
        ("request", "a" * 64),
        ("decision", digest("D")),
        ("answer_id", "Answer 1"),
        ("agency", "dhs ice"),
        ("request_entry", -1),
        ("released_on", date(2026, 2, 21)),
        ("items", ("address-confirmation", "address-confirmation")),
        ("disposal", ""),
    ],
)
def test_a_field_out_of_form_is_not_released(custodian, field, value):
    with pytest.raises(NotAllowedError):
        custodian.stated(custodian.statement(**{field: value}))


def test_a_statement_has_one_spelling(custodian):
    raw = custodian.stated(custodian.statement())
    for other in (raw + b"\n", raw.replace(b":", b": ", 1), json.dumps(json.loads(raw)).encode()):
        with pytest.raises(UnreadableError):
            read_statement(other)


def test_the_conditions_cite_what_they_rest_on(said):
    conditions = said["predicate"]["conditions"]
    assert "26 USC 6103(i)(2)(A)" in conditions["sole_use"]
    assert "26 USC 6103(a)" in conditions["no_redisclosure"]
    assert "26 USC 7213" in conditions["no_redisclosure"]
    assert "26 USC 6103(p)(4)" in conditions["artificial_intelligence"]
    assert "26 USC 6103(p)(4)(F)(ii)" in conditions["disposal"]
    assert conditions["dispose_by"] == "2026-02-20"
    assert conditions["recipients"] == ["ice-officer-7"]


def test_artificial_intelligence_is_barred_unless_its_notice_was_acknowledged():
    terms = {"recipients": ["o"], "dispose_by": date(2026, 1, 1)}
    provision = "/us/usc/t26/s6103/i/2"
    barred = conditions_of_use(worded(provision), **terms, ai_notice_acknowledged=False)
    noticed = conditions_of_use(worded(provision), **terms, ai_notice_acknowledged=True)
    assert barred.artificial_intelligence.startswith("Do not")
    assert "acknowledged" in noticed.artificial_intelligence
    assert replace(noticed, artificial_intelligence=barred.artificial_intelligence) == barred


def test_the_condition_describes_what_the_notice_describes_where_it_fits():
    terms = {"recipients": ["o"], "dispose_by": date(2026, 1, 1), "ai_notice_acknowledged": True}
    words = worded("/us/usc/t26/s6103/i/2")
    notice = "Sieve, model Sieve 3, for sorting of leads, run at the data centre, under its head"
    described = conditions_of_use(words, **terms, ai_notice=notice).artificial_intelligence
    assert described.endswith(f"It describes: {notice}.")
    plain = conditions_of_use(words, **terms).artificial_intelligence
    assert described.startswith(plain)
    assert conditions_of_use(words, **terms, ai_notice="x" * 600).artificial_intelligence == plain


def test_conditions_need_a_provision_with_words_and_a_recipient():
    terms = {"dispose_by": date(2026, 1, 1), "ai_notice_acknowledged": False}
    with pytest.raises(NotAllowedError, match="provision"):
        worded("/us/usc/t26/s6103/i/5")
    with pytest.raises(NotAllowedError, match="recipients"):
        conditions_of_use(worded("/us/usc/t26/s6103/i/2"), recipients=[], **terms)


GROUNDS = {
    "nothing": (),
    "a period": (Ground(2023),),
    "periods": (Ground(2023), Ground(2019)),
    "a source": (Ground(None, ("return",)),),
    "both": (Ground(2023, ("information-return", "return")), Ground(2022, ("postal-update",))),
}


@pytest.mark.parametrize("grounds", GROUNDS.values(), ids=GROUNDS)
def test_what_a_confirmation_rests_on_is_read_again_and_changes_no_length(custodian, grounds):
    statement = custodian.statement(rests_on=grounds)
    raw = custodian.stated(statement)
    assert read_statement(raw) == statement
    assert len(raw) == len(custodian.stated(custodian.statement(Status.NO_ANSWER)))


@pytest.mark.parametrize(
    ("tells", "kept"),
    [
        (("period", "source"), (Ground(2023, ("return",)), Ground(2022, ("information-return",)))),
        (("period",), (Ground(2023), Ground(2022))),
        (("source",), (Ground(None, ("information-return", "return")),)),
        ((), ()),
    ],
)
def test_no_more_is_told_than_the_book_lets_be_told(custodian, tells, kept):
    basis = read_basis("2023:return;2022:information-return")
    assert told_of(basis, tells) == kept
    raw = written(custodian.statement(rests_on=kept), allowed=ALLOWED, tells=tells)
    assert read_statement(raw).rests_on == kept
    if kept != basis:
        with pytest.raises(NotAllowedError, match="tells more"):
            written(custodian.statement(rests_on=basis), allowed=ALLOWED, tells=tells)


def test_an_unknown_period_tells_its_source_alone():
    assert told_of(read_basis(":return"), ("period",)) == ()
    assert told_of(read_basis(":return"), ("period", "source")) == (Ground(None, ("return",)),)
    assert read_basis("") == ()


def test_a_no_answer_rests_on_nothing(custodian):
    with pytest.raises(NotAllowedError, match="confirmation"):
        custodian.stated(custodian.statement(Status.NO_ANSWER, rests_on=(Ground(2023),)))


@pytest.mark.parametrize(
    "rests_on",
    [
        (Ground(1899),),
        (Ground(2022), Ground(2023)),
        (Ground(2023), Ground(2023)),
        (Ground(2023), Ground(None, ("return",))),
        (Ground(2023, ("return", "information-return")),),
        (Ground(2023, ("Return",)),),
        tuple(Ground(year, ("information-return",)) for year in range(2150, 2050, -1)),
    ],
)
def test_a_ground_out_of_form_is_not_released(custodian, rests_on):
    with pytest.raises(NotAllowedError):
        custodian.stated(custodian.statement(rests_on=rests_on))


def test_the_newest_periods_find_room(custodian):
    every = ("information-return", "postal-update", "return")
    grounds = tuple(Ground(year, every) for year in range(2024, 1924, -1))
    kept = fitting(grounds)
    assert len(kept) == 13
    assert kept == grounds[:13]
    assert custodian.stated(custodian.statement(rests_on=kept))
    assert len(fitting(tuple(Ground(one.period) for one in grounds))) > 60


def test_a_statement_of_the_first_version_is_still_read(custodian):
    first = custodian.statement(rests_on=None)
    raw = custodian.stated(first)
    assert json.loads(raw)["predicateType"] == "https://ostiary.invalid/answer/v1"
    assert set(json.loads(raw)["predicate"]) == PREDICATE - {"rests_on", "filling"}
    assert read_statement(raw) == first


def _place(said, place):
    return {
        "top": said,
        "subject": said["subject"][0],
        "digest": said["subject"][0]["digest"],
        "predicate": said["predicate"],
        "conditions": said["predicate"]["conditions"],
    }[place]
