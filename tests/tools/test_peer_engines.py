"""The rule book in other engines' languages: what is written, and that a difference is seen.

The engines themselves run in ``make bench-engines``, which holds them against Ostiary on every row;
here only what needs none of them.
"""

import shutil
import sys
from datetime import date

import pytest

from engines.apart import apart
from engines.asked import Asked, asked_on, passes
from engines.cedar import CedarText, policies
from engines.cel import CelText, expression
from engines.comparing import Comparison, answers, batch_answers, mirrored
from engines.engine import EngineError
from engines.fact_rows import redrawn
from engines.ours import Explained, Mask, rules_of
from engines.rego import document, policy_module
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.decide import Day, decide_one
from ostiary.deciding.law.grammar import parse_rule
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.facts import VOCABULARY
from ostiary.domain.words import Stage

DAY = Day(Stage.ADMISSION, date(2025, 8, 6))
STAYED = Day(Stage.ADMISSION, date(2026, 3, 2))

CEL = {
    "sole_use": "sole_use == true",
    "NOT sole_use": "sole_use == false",
    "signed_on <= received": "((signed_on != null && received != null) && signed_on <= received)",
    "NOT periods_count < 2": "(periods_count != null && periods_count >= 2)",
    "signed_on >= DATE '2025-04-07'": '(signed_on != null && signed_on >= "2025-04-07")',
    "offense_limb NOT IN ('A', 'B')": '(offense_limb != null && !(offense_limb in ["A", "B"]))',
    "signed_on IS NULL OR sole_use": "(signed_on == null || sole_use == true)",
    "NOT (sole_use AND matter_stated)": "(sole_use == false || matter_stated == false)",
    "periods_count <> 0": "(periods_count != null && periods_count != 0)",
    "TRUE": "true",
}

CEDAR = {
    "NOT sole_use": "(context has sole_use && context.sole_use == false)",
    "signed_on <= received": (
        "((context has signed_on && context has received) && context.signed_on <= context.received)"
    ),
    "signed_on >= DATE '2025-04-07'": (
        '(context has signed_on && context.signed_on >= datetime("2025-04-07"))'
    ),
    "offense_limb NOT IN ('A', 'B')": (
        '(context has offense_limb && !(["A", "B"].contains(context.offense_limb)))'
    ),
    "signed_on IS NOT NULL": "context has signed_on",
    "NOT signed_on IS NOT NULL": "!(context has signed_on)",
}

REGO = {
    "TRUE": ["met_0 if { true }"],
    "FALSE": ["met_0 if { false }"],
    "signed_on <= received": [
        (
            "met_0 if { input.signed_on != null; input.received != null;"
            " input.signed_on <= input.received }"
        )
    ],
    "signed_on IS NULL OR sole_use": [
        "met_0 if { input.signed_on == null }",
        "met_0 if { input.sole_use == true }",
    ],
    "sole_use AND (ai_analysis OR signed_on = DATE '2025-08-04')": [
        "met_0 if { input.sole_use == true; input.ai_analysis == true }",
        (
            "met_0 if { input.sole_use == true; input.signed_on != null;"
            ' input.signed_on == "2025-08-04" }'
        ),
    ],
    "offense_limb NOT IN ('A', 'B')": [
        'met_0 if { input.offense_limb != null; not input.offense_limb in {"A", "B"} }'
    ],
}


def asked(sql, *, applies="TRUE", stops=False):
    return Asked(
        "a.rule", parse_rule(applies, where="test"), parse_rule(sql, where="test"), stops=stops
    )


@pytest.mark.parametrize("sql", CEL)
def test_cel_is_guarded_against_null(sql):
    assert passes(asked(sql), CelText()) == f"({CEL[sql]} || false)"


@pytest.mark.parametrize("sql", CEDAR)
def test_cedar_never_reads_an_absent_attribute(sql):
    assert passes(asked(sql), CedarText()) == f"({CEDAR[sql]} || false)"


@pytest.mark.parametrize("sql", REGO)
def test_rego_has_one_body_a_conjunction(sql):
    lines = policy_module([asked(sql)]).splitlines()
    assert [line for line in lines if line.startswith("met_0")] == REGO[sql]
    assert lines[-1] == 'unmet contains "a.rule" if { not met_0; not not_meant_0 }'


def test_a_stop_bites_unless_it_surely_fails():
    assert passes(asked("sole_use", stops=True), CelText()) == "(sole_use == false || false)"


def test_an_instrument_is_silent_only_where_it_surely_does_not_apply():
    one = asked("sole_use", applies="agency = 'other'")
    elsewhere = '(agency != null && agency != "other")'
    assert passes(one, CelText()) == f"(sole_use == true || {elsewhere})"
    assert 'not_meant_0 if { input.agency != null; input.agency != "other" }' in policy_module(
        [one]
    )


def test_nobody_meets_a_rule_without_wording_in_force():
    one = Asked("a.rule", parse_rule("TRUE", where="test"), None, stops=False)
    assert expression([one]) == "[!(false || false)]"
    assert "met_0 if { false }" in policy_module([one])


@pytest.mark.parametrize("day", [DAY, STAYED], ids=str)
def test_the_whole_book_is_translated(book, day):
    rules = [one.rule for one in asked_on(book, day)]
    text = list(asked_on(book, day))
    assert len(rules) > 40
    assert expression(text).count("\n") == len(rules) - 1
    for rule in rules:
        assert f'@id("{rule}")\nforbid' in policies(text)
        assert f'unmet contains "{rule}" if' in policy_module(text)


def test_an_order_is_asked_about_only_while_it_stands(book):
    before, after = ({one.rule for one in asked_on(book, day)} for day in (DAY, STAYED))
    assert after - before >= {"ddc-2025.stay", "dmass-2026.injunction"}


def test_days_reach_rego_as_text(lawful):
    assert document(lawful)["signed_on"] == "2025-08-04"
    assert document(lawful)["disclosed"] is None


def test_a_mask_reads_the_same_as_number_and_as_text(book, lawful):
    mask = decide_one(book, lawful | {"sole_use": None, "signer_in_office": False}, DAY).mask
    assert rules_of(book, mask) == rules_of(book, f"{mask:x}") == {"manner.sole-use", "i2.signer"}


def test_redrawn_rows_try_every_fact_open_and_said(book, lawful):
    rows = redrawn(book, [lawful], DAY, count=600, seed=1)
    assert all(None in {row[name] for row in rows} for name in VOCABULARY)
    assert {row["recipient_open_matters"] for row in rows} >= {None, 7, 24, 25, 26}


class FailsOnNull(Mask):
    """An engine that cannot compare with what is undetermined."""

    def failed(self, prepared):
        if prepared["sole_use"] is None:
            raise EngineError("null has no order")
        return super().failed(prepared)


@pytest.fixture
def loosened(tmp_path):
    """The shipped book with a drafting fault."""
    folder = tmp_path / "book"
    shutil.copytree(shipped_book(), folder)
    file = folder / "policies" / "fan-out.md"
    file.write_text(file.read_text().replace("open_matters <= 1000", "open_matters <= 1001"))
    return read_book(folder)


def test_an_engine_that_decides_otherwise_is_named_with_rule_and_row(book, loosened, lawful):
    jobs = [(DAY, [lawful, lawful | {"recipient_open_matters": 1001}])]
    comparison = Comparison(book, jobs)
    comparison.hold("another book", answers(Mask, loosened, jobs))
    (found,) = comparison.differences
    assert (found.engine, found.day, found.rules) == ("another book", DAY, "policy.caseload")
    assert found.facts["recipient_open_matters"] == 1001


def test_an_error_is_a_difference_and_not_a_permit(book, lawful):
    jobs = [(DAY, [lawful, lawful | {"sole_use": None}])]
    comparison = Comparison(book, jobs)
    comparison.hold("brittle", answers(FailsOnNull, book, jobs))
    assert [one.rules for one in comparison.differences] == ["an error: null has no order"]


def test_answers_that_are_too_few_are_no_agreement(book, lawful):
    comparison = Comparison(book, [(DAY, [lawful, lawful])])
    with pytest.raises(ValueError, match="shorter"):
        comparison.hold("short", [[frozenset()]])


def test_our_own_readers_leave_no_difference(book, lawful):
    jobs = [(day, redrawn(book, [lawful], day, count=300, seed=3)) for day in (DAY, STAYED)]
    comparison = Comparison(book, jobs)
    comparison.hold("findings", answers(Explained, book, jobs))
    comparison.hold("batch", batch_answers(book, jobs))
    assert (comparison.rows, comparison.differences) == (600, [])


def test_the_mirror_reads_every_text_the_other_way(book, lawful):
    mirror = mirrored(book)
    jobs = [(STAYED, [lawful | {"sole_use": said} for said in (True, False, None)])]
    meant, missing, undetermined = answers(Mask, mirror, jobs)[0]
    assert "manner.sole-use" in meant & undetermined
    assert "manner.sole-use" not in missing
    comparison = Comparison(mirror, [(STAYED, redrawn(book, [lawful], STAYED, count=300, seed=4))])
    assert {"manner.signature", "ddc-2025.stay"} <= set(comparison.rules) - set(comparison.untried)


def test_a_rule_that_was_never_seen_both_ways_is_named(book, lawful):
    comparison = Comparison(book, [(DAY, [lawful, lawful | {"sole_use": False}])])
    assert "manner.sole-use" not in comparison.untried
    assert "manner.signature" in comparison.untried


def test_a_process_apart_decides_the_same(book, lawful):
    jobs = [(DAY, [lawful, lawful | {"sole_use": False}])]
    law = Book(book.instruments)
    assert apart("fractions", answers, Mask, law, jobs) == [[frozenset(), {"manner.sole-use"}]]


def test_a_process_apart_loads_what_it_is_told_before_the_task_brings_anything():
    loaded = apart("fractions", eval, "list(__import__('sys').modules)")
    assert "fractions" in loaded
    assert not [name for name in loaded if name.startswith(("engines", "ostiary", "duckdb"))]


def test_what_a_library_prints_does_not_stand_in_the_answer(capfd):
    assert apart("fractions", print, "a progress bar") is None
    assert capfd.readouterr().err == "a progress bar\n"


def test_a_process_that_dies_is_no_answer():
    with pytest.raises(SystemExit, match="`fractions` ended with 3"):
        apart("fractions", sys.exit, 3)
