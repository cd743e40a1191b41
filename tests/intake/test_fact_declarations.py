"""What a fact declares beside its formula is what the formula says."""

import re

import pytest

from ostiary.deciding.intake.derivations import DERIVATIONS
from ostiary.domain.columns import REQUEST
from ostiary.domain.facts import VOCABULARY

COLUMNS = {column.name for column in REQUEST}
STANDARD = {
    "n_name_stated": {"given_name", "surname"},
    "n_given": {"given_name"},
    "n_surname": {"surname"},
    "a_shape": {"address_line", "unit", "city", "state", "postal_code", "country"},
}
"""What the standard columns of a request are made of."""


def tables_read(formula: str) -> set[tuple[str, str]]:
    """Every table and column that a formula names; literals left out."""
    return set(re.findall(r"\b([a-z])\.([a-z_]+)", re.sub(r"'[^']*'", "", formula)))


@pytest.mark.parametrize("name", VOCABULARY)
def test_the_columns_that_a_formula_reads_are_declared(name):
    fact = VOCABULARY[name]
    read = {column for table, column in tables_read(fact.formula) if table == "r"}
    asked = set().union(*(STANDARD.get(column, {column}) for column in read))
    if name in {"given_name_stated", "surname_stated"}:  # the other part decides with it
        asked &= set(fact.reads)
    assert asked & COLUMNS <= {*fact.fields, "agency", "provision"}


@pytest.mark.parametrize("name", VOCABULARY)
def test_declared_columns_are_columns_of_a_request(name):
    assert set(VOCABULARY[name].reads) <= COLUMNS


@pytest.mark.parametrize("name", [one.name for one in VOCABULARY.values() if one.lasting])
def test_what_lasts_is_made_of_the_request_and_its_day_of_receipt(name):
    read = tables_read(VOCABULARY[name].formula)
    assert {table for table, _ in read} <= {"r", "d"}
    assert {column for table, column in read if table == "d"} <= {"received"}


def test_what_officers_determine_is_unknown_until_they_do():
    told = {name for name, formula in DERIVATIONS.items() if formula == "CAST(NULL AS BOOLEAN)"}
    assert told == {one.name for one in VOCABULARY.values() if one.human}
