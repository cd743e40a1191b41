"""Counsel's cases: they pass, they reach every rule, and a book that changed is caught by name."""

import csv
import json
import shutil
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from commands import ostiary
from ostiary.deciding.intake.facts import Days, derive_facts, mark_reasons, no_history
from ostiary.deciding.intake.registers import load_registers
from ostiary.deciding.intake.requests import one_request
from ostiary.deciding.law.counsel_cases import SETTABLE, Case, Expected, read_cases
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.deciding.law.truth import certainly_false
from ostiary.deciding.standardisation import standardise
from ostiary.domain.basis import ON_FILE
from ostiary.domain.columns import REQUEST
from ostiary.domain.errors import BookError
from ostiary.domain.words import Layer, Stage, Status
from ostiary.office.counsel.case_trials import run_cases, try_cases
from ostiary.office.counsel.trial_results import Tried, summary_of

REGISTERS = shipped_book() / "cases" / "registers"


@pytest.fixture(scope="module")
def tried():
    _, cases = run_cases()
    return cases


def asked(book, one):
    """The rules that had a say in a case: of its stage, in force, of an instrument that applies."""
    for instrument, rule in book.rules:
        on = one.case.day.of(rule)
        in_force = on in instrument.period and rule.version_on(on) is not None
        source = certainly_false(instrument.applies)
        silent = eval(source, {"date": date}, {"f": one.facts})  # noqa: S307 - our own rules
        if one.case.day.stage in rule.stages and in_force and not silent:
            yield rule.id


# ---- what is shipped


def test_every_shipped_case_passes(book, tried):
    summary = summary_of(book, tried)
    assert summary["failures"] == []
    assert summary["cases"] == summary["passed"] >= 150


def test_every_instrument_has_cases_on_both_sides_of_a_day(book, tried):
    for instrument in book.instruments:
        statuses = {one.case.expect.status for one in tried if one.case.instrument == instrument.id}
        assert len(statuses) >= 2, instrument.id


def test_every_rule_is_expected_by_a_case(book, tried):
    assert summary_of(book, tried)["unexpected"] == []


def test_every_requirement_was_asked_of_a_request_that_was_let_through(book, tried):
    met = set()
    for one in tried:
        if one.case.expect.status is Status.ACCEPTED:
            met |= set(asked(book, one))
    requirements = {rule.id for one, rule in book.rules if one.layer is not Layer.ORDER}
    assert requirements - met == set()


def test_every_order_has_a_last_day_of_freedom_and_a_first_day_of_force(book, tried):
    for instrument, rule in book.rules:
        if instrument.layer is Layer.ORDER:
            bound = [one.case for one in tried if rule.id in one.case.expect.rules]
            first = min(one.day.disclosed or one.day.received for one in bound)
            assert first == instrument.period.first
            days = [one.case.day.of(rule) for one in tried if rule.id not in one.case.expect.rules]
            assert (first - max(day for day in days if day < first)).days == 1


def test_both_stages_are_tried(tried):
    stages = [one.case.day.stage for one in tried]
    assert stages.count(Stage.DISCLOSURE) >= 15
    assert stages.count(Stage.ADMISSION) >= 150


DAYS = {
    ("days-to-counsel", ""): "10",
    ("days-to-counsel", "/us/usc/t26/s6103/i/3/B"): "1",
    ("days-to-disposal", ""): "180",
    ("days-of-notice", ""): "45",
    ("days-of-ai-notice", ""): "1",
    ("days-to-appeal", ""): "30",
    ("days-to-conference", ""): "45",
}
"""Publication 1075 (notice), 26 CFR 301.6103(p)(7)-1 (appeal, conference), or the custodian's."""


def test_the_days_of_the_book_are_those_of_their_sources_and_of_the_cases():
    shipped, of_cases = (
        {(row["parameter"], row["provision"]): row["value"] for row in csv.DictReader(text)}
        for text in (
            (folder / "parameters.csv").read_text().splitlines()
            for folder in (shipped_book() / "registers", REGISTERS)
        )
    )
    assert shipped == DAYS
    assert of_cases.items() <= DAYS.items()


def test_the_custodian_gives_a_confirmation_and_what_gateways_answer_with(book):
    (policy,) = (one for one in book.instruments if one.id == "custodian")
    assert set(policy.items) == {"address-confirmation", *ON_FILE}


def test_safeguards_and_orders_count_by_the_day_of_disclosure(book):
    """What lapsed, or was stayed, between receipt and disclosure holds the answer back."""
    of_the_day = (Layer.SAFEGUARD, Layer.ORDER)
    rules = [rule for one, rule in book.rules if one.layer in of_the_day]
    assert {rule.clock for rule in rules} == {"disclosed"}
    assert all(Stage.DISCLOSURE in rule.stages for rule in rules)


# ---- a case is a file of its own


def test_cases_do_not_hear_of_one_another(book, tried):
    """Tried in another order and without most of the others, a case has the same facts."""
    some = [one.case for one in reversed(tried)][::5]
    again = {one.case.name: one for one in try_cases(book, some, REGISTERS)}
    for one in tried:
        if one.case.name in again:
            assert again[one.case.name].facts == one.facts
            assert again[one.case.name].batch == one.batch


ALONE = (
    "A request that sets forth everything the paragraph asks for is let through",
    "A request without a reason is returned",
    "A request that names no recipient is returned",
    "Two agents who both work on the matter may be named",
)
"""What each says of recipients and reasons differs, and those are counted over a file."""


def test_a_case_has_the_facts_that_a_file_of_one_request_has_by_the_engine(con, tried):
    """Cases are derived in Python, files by DuckDB: from one text, with one result."""
    load_registers(con, [shipped_book() / "registers", REGISTERS])
    plain = [one for one in tried if not (one.case.registers or one.case.facts)]
    named = [one for one in tried if one.case.name in ALONE]
    assert len(named) == len(ALONE)
    for one in (*named, *plain[::40]):
        request = {column.name: one.case.request.get(column.name) for column in REQUEST}
        assert one_request(con, request | {"request_id": "R1"}) == ()
        con.execute("DROP TABLE IF EXISTS standard")
        standardise(con, "requests", "standard")
        mark_reasons(con, "standard", "another secret")
        no_history(con)
        days = Days(one.case.day.received, one.case.day.disclosed)
        derive_facts(con, days, requests="standard", into="facts")
        assert facts_in(con) == one.facts, one.case.name


def facts_in(con: duckdb.DuckDBPyConnection):
    found = con.execute("SELECT * EXCLUDE (row) FROM facts")
    (values,) = found.fetchall()
    return dict(zip([column[0] for column in found.description], values, strict=True))


# ---- a case says what it says, or is refused

BASE = """
plain:
  about: a request
  received: 2025-08-06
  request: {agency: dhs-ice, surname: No}
"""
SOUND = """
- name: A case
  request: {given_name: Null}
  facts: {reason_specific: undetermined, reason_shared: 4}
  expect: {status: returned, rules: [i2.periods]}
"""


@pytest.fixture
def written(tmp_path, book):
    """Read cases that are written into a book of their own."""

    def read(text, *, base=BASE, file="custodian.yaml"):
        folder = tmp_path / "cases"
        folder.mkdir(exist_ok=True)
        (folder / "base.yaml").write_text(base)
        (folder / file).write_text(text)
        return read_cases(tmp_path, book)

    return read


def test_a_value_is_the_text_that_stands_there(written):
    (case,) = written(SOUND)
    assert case.request == {"agency": "dhs-ice", "surname": "No", "given_name": "Null"}
    assert case.facts == {"reason_specific": None, "reason_shared": 4}
    assert case.day == Day(Stage.ADMISSION, date(2025, 8, 6))
    assert case.expect == Expected(Status.RETURNED, frozenset({"i2.periods"}))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  request:", "  requests:", ("unknown key `requests`", "`request`")),
        ("given_name", "first_name", ("unknown key `first_name`", "given_name")),
        ("given_name: Null", "request_id: R1", ("unknown key `request_id`",)),
        ("given_name: Null", "given_name: {a: b}", ("neither text nor a list", "given_name")),
        ("i2.periods", "i2.period", ("unknown rule `i2.period`", "`i2.periods`")),
        ("[i2.periods]", "[i2.periods, i2.periods]", ("listed twice",)),
        ("[i2.periods]", "i2.periods", ("`rules` is no list",)),
        ("status: returned", "status: refused", ("unknown status `refused`",)),
        ("status: returned", "status: accepted", ("contradict",)),
        (", rules: [i2.periods]", "", ("contradict",)),
        ("reason_shared: 4", "reason_shared: many", ("`reason_shared`", "whole number")),
        ("reason_shared: 4", "reason_shared: true", ("`reason_shared`", "whole number")),
        ("reason_specific: undetermined", "reason_specific: maybe", ("true, false",)),
        ("reason_shared: 4", "address_shape: empty", ("derived from the request",)),
        ("reason_shared: 4", "weather: fair", ("unknown key `weather`",)),
        ("  request:", "  received: 6 August 2025\n  request:", ("no day", "received")),
        ("  request:", "  received: 2025-02-30\n  request:", ("no day",)),
        ("  request:", "  disclosed: 2025-08-05\n  request:", ("before receipt",)),
        ("  request:", "  base: fancy\n  request:", ("unknown base `fancy`", "plain")),
        ("  request:", "  why: [a]\n  request:", ("one text",)),
        ("  request:", "  registers: {oficers: []}\n  request:", ("unknown key `oficers`",)),
        ("  request:", "  registers: {officers: x}\n  request:", ("no list of rows",)),
        ("  request:", "  registers: {officers: [{rank: x}]}\n  request:", ("`rank`",)),
        ("  request:", "  name: Twice\n  request:", ("comes twice", "line 3")),
        ("- name: A case", "- why: it has no name", ("without a name", "case 1")),
        ("- name: A case", "- name: A: case", ("custodian.yaml line 2",)),
        ("- name: A case\n ", "name: A case\n", ("cases/custodian.yaml",)),
        (SOUND, "just text", ("no list of cases",)),
        (SOUND, "- just text", ("keys and values", "case 1")),
        (SOUND, SOUND + SOUND, ("another case has this name",)),
        (SOUND, "[]", ("no cases", "nothing was tested")),
        (SOUND, "\x01", ("signs that YAML forbids",)),
    ],
)
def test_a_case_that_cannot_mean_what_it_says_is_refused(written, old, new, said):
    assert SOUND.count(old) == 1
    with pytest.raises(BookError) as refused:
        written(SOUND.replace(old, new))
    assert "custodian.yaml" in str(refused.value) or "cases" in refused.value.where
    assert refused.value.cure
    for words in said:
        assert words in str(refused.value)


def test_a_file_beside_no_instrument_is_refused(written):
    with pytest.raises(BookError, match=r"unknown instrument `custodians`.*`custodian` meant"):
        written(SOUND, file="custodians.yaml")


@pytest.mark.parametrize("base", ["{}", "plain: {request: {}}", "plain: {received: today}", "- a"])
def test_a_base_that_is_none_is_refused(written, base):
    with pytest.raises(BookError, match=r"base\.yaml"):
        written(SOUND, base=base)


def test_a_book_without_cases_is_not_a_book_that_passed(tmp_path, book):
    with pytest.raises(BookError, match=r"base\.yaml"):
        read_cases(tmp_path, book)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("request: {signed_on: yesterday}", "request, signed_on: not a calendar day"),
        ("request: {taxable_periods: all}", "request, taxable_periods: not years"),
        ("registers: {agencies: [{agency: UPPER, from: 2025-01-01}]}", "cannot be an id here"),
        ("registers: {safeguards: [{agency: nobody}]}", "not in the register of agencies"),
    ],
)
def test_what_intake_cannot_read_is_refused_by_the_name_of_its_case(tmp_path, book, line, said):
    cases = tmp_path / "cases"
    shutil.copytree(REGISTERS, cases / "registers")
    (cases / "base.yaml").write_text(BASE)
    (cases / "custodian.yaml").write_text(f"- name: Odd\n  {line}\n  expect: {{status: accepted}}")
    with pytest.raises(BookError) as refused:
        try_cases(book, read_cases(tmp_path, book), cases / "registers")
    assert "cases/custodian.yaml, case `Odd`" in refused.value.where
    assert said in str(refused.value)
    assert str(tmp_path) not in str(refused.value)


def test_only_what_one_request_cannot_show_is_stated():
    assert (
        *(
            "file_rows",
            "reason_shared",
            "reason_matters",
            "recipient_open_matters",
            "matter_people",
        ),
        *("periods_related", "offense_criminal", "offense_state_tax"),
        *("reason_specific", "party", "engaged"),
    ) == SETTABLE


# ---- a book that changed is caught


def a_copy(folder, *keep):
    """The shipped book with some of its case files."""
    copy = folder / "book"
    shutil.copytree(shipped_book(), copy)
    for path in (copy / "cases").glob("*.yaml"):
        if path.stem not in {"base", *keep}:
            path.unlink()
    return copy


def seed(book, file, old, new):
    text = (book / file).read_text()
    assert old in text
    (book / file).write_text(text.replace(old, new, 1))


I2, P4, S1253 = "usc-26-6103-i-2", "usc-26-6103-p-4", "usc-8-1253-a-1"


FAULTS = {
    S1253: (
        ("statutes", "> 90", "> 89", "On the ninetieth day after"),
        ("statutes", "('B', 'C', 'D') AND", "('B', 'C') AND", "present oneself"),
    ),
    "fan-out": (
        ("policies", "matters <= 1000", "matters <= 10000", "A thousand and one matters"),
        ("policies", "<= 4", "<= 5", "One reason in five other matters"),
    ),
    "custodian": (
        ("policies", "'/us/usc/t26/s6103/i/7/C', ", "", "An order about terrorism goes to"),
        ("policies", ", '/us/usc/t26/s6103/i/7/D'", "", "A judge's order that names (i)(7)(D)"),
        ("policies", " OR order_date > received", "", "by an order of the next day"),
        ("policies", "OR ai_notice_acknowledged", "OR TRUE", "not yet acknowledged"),
    ),
    P4: (
        ("statutes", "NOT safeguard_report_overdue", "TRUE", "A late report of last year"),
        ("statutes", "NOT mitigation_plan_overdue", "TRUE", "against a critical finding was due"),
        ("statutes", "NOT corrective_plan_overdue", "TRUE", "falls overdue before disclosure"),
    ),
    I2: (
        ("statutes", "'agency-head',", "'agency-head', 'delegate',", "A delegate of"),
        ("statutes", "'zip-only', ", "", "A ZIP Code alone"),
        ("statutes", "'tax', 'unknown')", "'civil', 'unknown')", "Civil removal proceedings"),
    ),
    "treasury-dhs-2025": (
        ("agreements", "from: 2025-04-07", "from: 2025-04-08", "on the day of the agreement"),
    ),
    "ddc-2025-11-21": (
        ("orders", "from: 2025-11-21", "from: 2025-11-22", "A stay between receipt"),
        ("orders", "from: 2025-11-22", "from: 2025-11-22", "received on the day of the stay"),
    ),
    "dmass-2026-02-05": (
        ("orders", "from: 2026-02-05", "from: 2026-02-04", "The day before the injunction"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("instrument", FAULTS)
def test_faults_in_the_book_are_caught_by_name(tmp_path, instrument):
    copy = a_copy(tmp_path, instrument)
    for folder, old, new, _ in FAULTS[instrument]:
        seed(copy, f"{folder}/{instrument}.md", old, new)
    changed = read_book(copy)
    caught = [sentence for *_, sentence in FAULTS[instrument]]
    named = [
        case
        for case in read_cases(copy, changed)
        if any(sentence in case.name for sentence in caught)
    ]
    assert len(named) >= len(caught)
    assert [one.case.name for one in try_cases(changed, named, REGISTERS) if one.passed] == []


def test_a_batch_that_differs_from_a_single_decision_is_a_failure(tried):
    case: Case = tried[0].case
    stray = Expected(Status.RETURNED, frozenset({"i2.periods"}))
    one = Tried(case, tried[0].facts, batch=case.expect, alone=stray, findings={})
    assert not one.passed
    assert one.in_dispute == tried[0].case.expect.rules ^ {"i2.periods"}
    assert replace(one, alone=case.expect).passed


# ---- the command


def test_the_command_tells_a_failure_in_words(tmp_path):
    copy = a_copy(tmp_path, S1253)
    seed(copy, f"statutes/{S1253}.md", "> 90", "> 80")
    done = ostiary("book", "test", "--book", copy)
    assert done.status == 1
    assert "31 of 37 cases passed" in done.out
    told = done.out[done.out.index("FAILED") :]
    assert "On the ninetieth day after the final order nobody has failed to depart" in told
    assert "expected  returned, s1253.departure" in told
    assert "found     accepted, no rule" in told
    assert "days_since_final_order = 90" in told


def test_the_command_tells_programs_the_same(tmp_path):
    copy = a_copy(tmp_path, "fan-out")
    seed(copy, "policies/fan-out.md", "<= 1000", "<= 10000")
    done = ostiary("book", "test", "--book", copy, "--json")
    assert done.status == 1
    summary = json.loads(done.out)
    failure = next(
        one for one in summary["failures"] if one["expected"]["rules"] == ["policy.caseload"]
    )
    assert failure["expected"] == {"status": "returned", "rules": ["policy.caseload"]}
    assert failure["found"] == {"status": "accepted", "rules": []}
    assert failure["turns_on"]["recipient_open_matters"] == 1001
    assert failure["received"] == "2025-08-06"


def test_the_command_ends_well_when_every_case_passes(tmp_path):
    done = ostiary("book", "test", "--book", a_copy(tmp_path, "dmass-2026-02-05"))
    assert done.status == 0, done.out
    assert "FAILED" not in done.out
    assert "9 of 9 cases passed" in done.out


def test_a_malformed_case_ends_the_command_with_its_place_and_cure(tmp_path):
    copy = a_copy(tmp_path, "custodian")
    seed(copy, "cases/custodian.yaml", "rules: [policy.gateway]", "rules: [policy.getaway]")
    done = ostiary("book", "test", "--book", copy)
    assert (done.status, done.out) == (2, "")
    assert "cases/custodian.yaml, case `The gateway for fugitives" in done.err
    assert "is `policy.gateway` meant?" in done.err
