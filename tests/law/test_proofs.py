"""What is proved of the shipped book, and that the prover reads it as the deciding readers do."""

import json
import shutil
from datetime import date, timedelta

import pyarrow as pa
import pytest
import z3

from commands import ostiary
from ostiary.deciding.law.decide import decide_batch, decide_one
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.masks import mask_of
from ostiary.deciding.law.prove.boundaries import edges
from ostiary.deciding.law.prove.invariants import read_invariants
from ostiary.deciding.law.prove.proofs import CHECKS, prove
from ostiary.deciding.law.prove.proofs_of_days import spans
from ostiary.deciding.law.prove.prover import Outcome, Prover
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import BookError
from ostiary.domain.facts import VOCABULARY
from ostiary.domain.words import Stage, Status
from random_facts import as_table, random_facts

WITH_A_HOLE = "signed_on <= received OR signed_on IS NULL"


@pytest.fixture(scope="module")
def invariants():
    return read_invariants(shipped_book())


@pytest.fixture(scope="module")
def report(book, invariants):
    return prove(book, invariants)


@pytest.fixture(scope="module")
def prover(book, invariants):
    return Prover(book, invariants)


def test_the_shipped_book_is_proved(report):
    assert [(one.check, one.about, one.says) for one in report.failures] == []
    assert {one.check for one in report.proofs} == set(CHECKS)


def test_every_kind_of_element_has_its_invariant(invariants):
    assert len(invariants.sentences) >= 120
    i2 = invariants.items["/us/usc/t26/s6103/i/2"]
    identity = {"address-confirmation", "mailing-address", "name", "tin"}
    assert set(i2) == identity | {"return-information"}
    assert i2["return-information"] == {"third-party"}
    assert len(invariants.items) == 9


@pytest.mark.parametrize("stage", Stage)
def test_each_gateway_lets_somebody_through(book, prover, stage):
    served = [one.cites for one in book.instruments if one.gateway]
    assert len(served) == 9
    for provision in served:
        asked_under = prover.symbols.is_("provision", provision)
        assert prover.find(stage, prover.let_through(stage), asked_under), provision


def test_what_the_taxpayer_filed_stays_closed_under_terrorism_but_for_identity(invariants):
    for provision in ("/us/usc/t26/s6103/i/7/A", "/us/usc/t26/s6103/i/7/B"):
        filed = {item for item, of in invariants.items[provision].items() if "taxpayer" in of}
        assert filed == {"address-confirmation", "mailing-address", "name", "tin"}


def test_rules_that_never_stand_alone_are_told(report):
    assert "dmass-2026.injunction" not in report.accompanied  # the other court may give leave
    assert "policy.in-force" in report.accompanied["i2.in-force"]
    assert "manner.signature" not in report.accompanied


def test_the_spans_of_the_book_begin_where_the_law_changes(book):
    first_days = [str(span.first) for span in spans(book)]
    assert first_days == ["2025-04-07", "2025-09-05", "2025-11-21", "2026-02-05"]


def test_edges_are_the_days_around_each_change(book):
    assert {date(2025, 11, 20), date(2025, 11, 21), date(2025, 11, 22)} <= set(edges(book))


def test_boundary_requests_are_blocked_by_the_rule_they_were_written_for(book, on_the_edge):
    assert len(on_the_edge) > 200
    for one in on_the_edge:
        found = [finding.rule for finding in decide_one(book, one.facts, day_of(one)).findings]
        assert one.blocked_by is None or found == [one.blocked_by], one.why


def test_boundary_requests_are_decided_alike_in_a_batch(con, book, on_the_edge):
    by_day = {}
    for one in on_the_edge:
        by_day.setdefault(day_of(one), []).append(one.facts)
    assert len(by_day) >= 2 * len(edges(book))
    for day, rows in by_day.items():
        con.register("facts", as_table(rows))
        decide_batch(con, book, day, facts="facts", into="determinations")
        batch = con.execute("SELECT mask FROM determinations ORDER BY row").fetchall()
        assert [mask_of(mask) for (mask,) in batch] == [
            decide_one(book, row, day).mask for row in rows
        ]


@pytest.mark.parametrize(
    "day",
    [
        Day(Stage.ADMISSION, date(2025, 4, 6)),
        Day(Stage.ADMISSION, date(2025, 8, 6)),
        Day(Stage.ADMISSION, date(2025, 11, 21)),
        Day(Stage.DISCLOSURE, date(2025, 8, 6), date(2025, 11, 20)),
        Day(Stage.DISCLOSURE, date(2025, 8, 6), date(2026, 2, 5)),
    ],
    ids=str,
)
def test_the_prover_evaluates_random_requests_as_the_book_decides_them(book, lawful, prover, day):
    for facts in random_facts(60, [lawful], seed=11):
        request = facts | {"received": day.received, "disclosed": day.disclosed}
        mask = decide_one(book, request, day).mask
        assert prover_mask(prover, day.stage, request) == mask


def prover_mask(prover, stage, request):
    """Put the request into the formulas; what is left is the mask."""
    values = []
    for name in VOCABULARY:
        symbol, value = prover.symbols.of[name], request[name]
        sort = z3.BoolVal if VOCABULARY[name].kind == "bool" else z3.IntVal
        values.append((symbol.unknown, prover.symbols.constant(holds=value is None)))
        values.append(
            (symbol.value, sort(prover.symbols.code(name, value), prover.symbols.context))
        )
    bits = z3.Sum([z3.If(one.unmet, 1 << one.bit, 0) for one in prover.asked[stage]])
    return z3.simplify(z3.substitute(bits, values)).as_long()


def day_of(boundary):
    return Day(boundary.stage, boundary.facts["received"], boundary.facts["disclosed"])


def test_what_is_let_through_the_day_before_the_stay_is_stopped_on_the_day(book, lawful):
    eve = date(2025, 11, 20)
    facts = lawful | {"received": eve, "notice_to_court": "ddc-2025-09-05"}
    assert decide_one(book, facts, Day(Stage.ADMISSION, eve)).status is Status.ACCEPTED
    day = eve + timedelta(days=1)
    assert decide_one(book, facts, Day(Stage.ADMISSION, day)).status is Status.SUSPENDED


def test_an_answer_that_does_not_come_in_time_is_a_failure(book, invariants, monkeypatch):
    slow = Prover(book, invariants)
    monkeypatch.setattr(z3.Solver, "check", lambda *_: z3.unknown)
    passes = slow.let_through(Stage.ADMISSION)
    assert slow.never("x", "x", Stage.ADMISSION, "x", passes).outcome is Outcome.UNDECIDED
    assert slow.some("x", "x", Stage.ADMISSION, "x", passes).outcome is Outcome.UNDECIDED


def test_no_invariants_prove_nothing(tmp_path):
    with pytest.raises(BookError, match="no invariants"):
        read_invariants(tmp_path)


def test_the_command_tells_a_program():
    done = ostiary("book", "prove", "--json")
    summary = json.loads(done.out)
    assert (done.status, summary["failures"]) == (0, [])
    assert sum(one["tried"] for one in summary["checks"]) == summary["proofs"] > 150


def test_the_command_shows_the_request_that_gets_past_the_book(tmp_path):
    folder = tmp_path / "book"
    shutil.copytree(shipped_book(), folder)
    file = folder / "policies" / "manner.md"
    assert "signed_on <= received" in file.read_text()
    file.write_text(file.read_text().replace("signed_on <= received", WITH_A_HOLE))
    done = ostiary("book", "prove", "--book", folder)
    assert done.status == 1
    assert "FAILED  every-element, written.signed at admission" in done.out
    assert "signed_on = undetermined" in done.out
    assert "day the request was received" in done.out


def test_facts_of_a_boundary_have_the_kinds_of_the_vocabulary(on_the_edge):
    assert as_table([one.facts for one in on_the_edge]).schema.field("received").type == pa.date32()
