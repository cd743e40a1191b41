"""What the prover takes for granted of facts, held against the formulas that derive them."""

import re
from datetime import date

import pytest

from ostiary.deciding.intake.derivations import DERIVATIONS
from ostiary.deciding.intake.facts import Days, derive_facts, mark_reasons, no_history
from ostiary.deciding.law.prove.fact_axioms import ALWAYS_KNOWN, COUNTS, UNCHANGING
from ostiary.domain.facts import VOCABULARY
from ostiary.domain.words import Status
from ostiary.office.batches.admission import take_in
from ostiary.office.batches.stages import Stages, silent
from ostiary.office.folder.law_in_force import read_law

RECEIVED = date(2025, 8, 6)


@pytest.fixture
def derived(con, world):
    """Derive the facts of the world's file, once as it is and once with every column empty."""

    def derive(disclosed=None):
        read_law(con, registers=(world / "registers",))
        take_in(con, world / "requests.csv", Stages(silent))
        no_history(con)
        mark_reasons(con, "requests", "secret")
        kept = "row, a_shape, agency"
        con.execute(
            f"""
            CREATE TABLE with_empty AS SELECT * FROM requests
            UNION ALL BY NAME SELECT {kept} FROM requests
            UNION ALL BY NAME SELECT row, a_shape FROM requests
            """
        )
        derive_facts(con, Days(RECEIVED, disclosed), requests="with_empty", into="facts")
        (rows,) = con.execute("SELECT count(*) FROM facts").fetchone()
        assert rows > 1000
        return con

    return derive


def test_only_words_of_the_vocabulary_are_spoken_of():
    assert set(ALWAYS_KNOWN) | set(UNCHANGING) <= set(VOCABULARY)
    assert all(VOCABULARY[name].kind == "int" for name in COUNTS)


def test_what_is_always_known_is_known_of_every_request_even_an_empty_one(derived):
    con = derived()
    for name in ALWAYS_KNOWN:
        unknown = con.execute(f"SELECT count(*) FROM facts WHERE {name} IS NULL").fetchone()
        assert unknown == (0,), name


def test_a_count_is_never_below_nought(derived):
    con = derived()
    for name in COUNTS:
        assert con.execute(f"SELECT min({name}) >= 0 FROM facts").fetchone() == (True,), name


def test_the_year_is_the_year_of_receipt(derived):
    years = derived().execute("SELECT DISTINCT received, received_year FROM facts").fetchall()
    assert years == [(RECEIVED, 2025)]


@pytest.mark.parametrize("disclosed", [None, date(2025, 8, 8)])
def test_the_day_of_disclosure_is_known_at_disclosure_alone(derived, disclosed):
    days = derived(disclosed).execute("SELECT DISTINCT disclosed FROM facts").fetchall()
    assert days == [(disclosed,)]


@pytest.mark.parametrize("name", UNCHANGING)
def test_what_does_not_change_is_made_of_request_and_receipt_alone(name):
    formula = re.sub(r"'[^']*'", "", DERIVATIONS[name])
    sources = set(re.findall(r"\b([a-z])\.(\w+)", formula))
    assert {column for table, column in sources if table == "d"} <= {"received"}
    assert {table for table, _ in sources} <= {"r", "d"}
    assert "reg_" not in formula


def test_where_counsel_answers_no_cure_asks_for_anything_to_be_sent(book):
    """Sent again it would be a second request, while counsel has the order or the danger."""
    rules = [rule for _, rule in book.rules if rule.effect is Status.TO_COUNSEL]
    cures = [(rule.id, version.cure) for rule in rules for version in rule.versions]
    assert len(cures) > 20
    assert [one for one in cures if not one[1].startswith(("None is needed.", "Tell "))] == []
