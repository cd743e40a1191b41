"""Attack: an item that a gateway does not list is asked for, on file, and written into an answer.

Never does it leave: it is not looked up, not written into what the case store keeps, and a
statement that held it would not be signed.
"""

from dataclasses import replace

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ostiary.deciding.matching.items_on_file import add_items
from ostiary.deciding.reference.items import SCHEMA, write_items
from ostiary.deciding.reference.reader import ReferenceReader
from ostiary.domain.basis import ON_FILE, Given, read_given
from ostiary.domain.errors import InputError, NotAllowedError
from ostiary.domain.words import Status
from ostiary.verifying.answers.statement import read_statement, written
from simulated_custodian import ALLOWED, Custodian

ITEMS = sorted(ON_FILE)
SOURCES = ("return", "information-return", "postal-update")
YEARS = (2021, 2022, 2023)
ANSWERS = {
    "seven": {"unearned-income": ("information-return", "return")},
    "twenty-one": {"filing-status": ("return",), "number-of-individuals": ("return",)},
}
PERSON = {"period": YEARS[0], "source": SOURCES[0], "item": ITEMS[0], "value": "1"}
filed = st.lists(
    st.tuples(st.sampled_from(YEARS), st.sampled_from(SOURCES), st.sampled_from(ITEMS)), unique=True
)
named = st.lists(st.sampled_from(YEARS), min_size=1, unique=True)
asked = st.lists(st.sampled_from([*ITEMS, "address-confirmation", "tin", "phone"]), unique=True)


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE rules_of_years AS SELECT 'x' AS provision, 'named' AS rule"
        )
        yield connection


def table_of(rows):
    return pa.Table.from_pylist([{"person_id": "p1", **PERSON, **one} for one in rows], SCHEMA)


@settings(max_examples=40)
@given(filed=filed, named=named, asked=asked, provision=st.sampled_from([*ANSWERS, "two"]))
def test_what_is_looked_up_was_asked_for_and_is_listed(
    con, tmp_path_factory, filed, named, asked, provision
):
    folder = tmp_path_factory.mktemp("items")
    rows = [
        {"period": year, "source": source, "item": item, "value": f"{year}{SOURCES.index(source)}"}
        for year, source, item in filed
    ]
    write_items(con, SCHEMA.empty_table(), [table_of(rows)] if rows else [], folder)
    request = pa.table(
        {"row": [1], "provision": [provision], "items": [asked], "taxable_periods": [named]},
        schema=pa.schema(
            {
                "row": pa.int64(),
                "provision": pa.string(),
                "items": pa.list_(pa.string()),
                "taxable_periods": pa.list_(pa.int32()),
            }
        ),
    )
    con.register("asking", request)
    con.execute(
        "CREATE OR REPLACE TABLE compared AS SELECT 1::BIGINT AS row, 'p1' AS person_id,"
        " 'confirmed' AS outcome, 'name-and-address-agree' AS rule, '2023:return' AS basis"
    )
    years = "list_contains(r.taxable_periods, f.year)"
    add_items(con, "asking", "compared", ANSWERS, ReferenceReader(folder, 0), years)
    ((outcome, basis),) = con.execute("SELECT outcome, basis FROM compared").fetchall()
    listed = ANSWERS.get(provision, {})
    expected = set()
    for item in set(asked) & set(listed):
        for year in named:
            best = [one for one in listed[item] if (year, one, item) in filed]
            if best:
                expected.add(Given(year, item, f"{year}{SOURCES.index(best[0])}"))
    assert set(read_given(basis)) == expected
    nothing = provision in ANSWERS and bool(asked) and not expected
    if nothing and "address-confirmation" not in asked:
        assert (outcome, basis) == ("no-record", "")
    else:
        assert outcome == "confirmed"


@pytest.fixture(scope="module")
def custodian():
    return Custodian()


INCOME = Given(2023, "unearned-income", "1200")
TELLS = ("period", "unearned-income")


@pytest.mark.parametrize(
    ("items", "gives", "tells"),
    [
        (("address-confirmation",), (INCOME,), TELLS),
        (("unearned-income",), (INCOME,), ("period",)),
        (("unearned-income",), (INCOME, Given(2022, "wages", "3")), TELLS),
        (("unearned-income",), (replace(INCOME, value="Ada Sample"),), TELLS),
        (("unearned-income",), (replace(INCOME, period=1),), TELLS),
    ],
    ids=["not asked for", "not listed", "another beside it", "a name for a value", "no year"],
)
def test_a_statement_that_holds_it_is_not_signed(custodian, items, gives, tells):
    statement = replace(custodian.statement(), items=items, gives=gives)
    with pytest.raises(NotAllowedError):
        written(statement, allowed=ALLOWED, tells=tells)


def test_all_answers_of_such_a_gateway_have_one_form_and_one_length(custodian):
    confirmed = replace(custodian.statement(rests_on=()), items=("unearned-income",))
    several = tuple(Given(year, "unearned-income", "-123456") for year in range(2023, 2012, -1))
    made = [
        replace(confirmed, gives=()),
        replace(confirmed, gives=(INCOME,)),
        replace(confirmed, gives=several),
    ]
    texts = [written(one, allowed=ALLOWED, tells=TELLS) for one in made]
    assert len({len(text) for text in texts}) == 1
    assert [read_statement(text) for text in texts] == made
    refused = replace(made[1], status=Status.NO_ANSWER)
    with pytest.raises(NotAllowedError):
        written(refused, allowed=ALLOWED, tells=TELLS)


def test_two_values_of_one_year_and_source_are_refused(con, tmp_path):
    rows = [{"value": "1"}, {"value": "2"}]
    with pytest.raises(InputError, match="different values"):
        write_items(con, SCHEMA.empty_table(), [table_of(rows)], tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_later_load_puts_a_value_in_place_of_the_old_one(con, tmp_path):
    before = table_of([{"value": "1"}, {"value": "7", "period": 2022}])
    write_items(con, before, [table_of([{"value": "2"}])], tmp_path)
    found = ReferenceReader(tmp_path, 0).items.to_pylist()
    assert [(one["period"], one["value"]) for one in found] == [(2021, "2"), (2022, "7")]
