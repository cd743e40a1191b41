"""A load says what it did; one that would hold nobody, or end people unsaid, is not done."""

import json
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from commands import ostiary
from officers import NEXT_DAY
from ostiary.deciding.matching.model import open_model
from ostiary.domain.errors import InputError
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.folder.layout import create_office
from ostiary.office.recovery.entering import at_work
from request_file import REFERENCE_COLUMNS, csv_bytes, put

PERSON = {
    "given_name": "Ada",
    "surname": "Sample",
    "birth_date": "1980-02-29",
    "address_line": "1 Invented St",
    "city": "Springfield",
    "state": "IL",
    "postal_code": "62701",
    "period": "2023",
    "source": "return",
}


def person(number, **changes):
    return {"person_id": f"P{number:06d}", **PERSON, "unit": f"APT {number}", **changes}


PEOPLE = [person(number) for number in range(1, 21)]


@pytest.fixture(scope="module")
def stocked(tmp_path_factory):
    """An office with twenty people on file."""
    root = tmp_path_factory.mktemp("loads") / "office"
    create_office(root, training=True)
    with at_work(root, on=NEXT_DAY) as place:
        load_people(place, people_file(root.parent / "first.csv", PEOPLE))
    return root


@pytest.fixture
def office(stocked, tmp_path):
    shutil.copytree(stocked, tmp_path / "office")
    return tmp_path / "office"


def people_file(path, rows):
    if path.suffix == ".parquet":
        table = {
            name: pa.array([row.get(name) for row in rows], pa.string())
            for name in REFERENCE_COLUMNS
        }
        pq.write_table(pa.table(table), path)
        return path
    return put(path, csv_bytes(*rows, columns=REFERENCE_COLUMNS))


def load(office, tmp_path, rows, kind=".csv", **how):
    with at_work(office, on=NEXT_DAY) as place:
        return load_people(place, people_file(tmp_path / f"more{kind}", rows), **how)


def refused(office, tmp_path, rows, kind=".csv", **how):
    before = open_model(office / "reference").digest
    with pytest.raises(InputError) as caught:
        load(office, tmp_path, rows, kind, **how)
    assert open_model(office / "reference").digest == before
    return caught.value


def counted(summary):
    told = summary["changes"]
    return tuple(told[name] for name in ("new", "changed", "ended", "held", "unmatched"))


CHANGES = [
    (PEOPLE, (0, 0, 0, 0, 0)),
    (PEOPLE[::-1], (0, 0, 0, 0, 0)),
    ([*PEOPLE, person(21)], (1, 0, 0, 0, 0)),
    (PEOPLE[1:], (0, 0, 1, 0, 0)),
    ([person(1, city="Shelbyville"), *PEOPLE[1:]], (0, 1, 0, 0, 0)),
    ([person(1, period="2024"), *PEOPLE[1:]], (0, 1, 0, 0, 0)),
    ([*PEOPLE, person(1, unit="APT 99")], (0, 1, 0, 0, 0)),
    ([person(1, hold="true"), *PEOPLE[1:], person(30, hold="true")], (1, 1, 0, 2, 1)),
]


@pytest.mark.parametrize("kind", [".csv", ".parquet"])
@pytest.mark.parametrize(("rows", "counts"), CHANGES)
def test_a_load_tells_what_it_did(office, tmp_path, rows, counts, kind):
    assert counted(load(office, tmp_path, rows, kind)) == counts


def test_an_extension_tells_what_it_did(office, tmp_path):
    rows = [{"person_id": "P000003", "hold": "true"}, person(22), person(23, hold="true")]
    assert counted(load(office, tmp_path, rows, extend=True)) == (2, 1, 0, 2, 1)
    assert counted(load(office, tmp_path, rows, extend=True)) == (0, 0, 0, 2, 0)


LOST = ["3", "000003", "p000003", "P000003\u200b7", "P0000003", "P000099"]


@pytest.mark.parametrize("kind", [".csv", ".parquet"])
@pytest.mark.parametrize("person_id", LOST)
def test_a_hold_that_would_land_on_nobody_is_refused(office, tmp_path, person_id, kind):
    rows = [{"person_id": "P000002", "hold": "true"}, {"person_id": person_id, "hold": "true"}]
    error = refused(office, tmp_path, rows, kind, extend=True)
    assert error.where.endswith("row 2 column person_id")
    assert person_id not in str(error).replace(str(tmp_path), "")


@pytest.mark.parametrize("left", [{"given_name": "Ada", "surname": "Sample"}, {"city": "Salem"}])
def test_a_hold_needs_a_name_and_an_address_or_an_id_on_file(office, tmp_path, left):
    error = refused(office, tmp_path, [{"person_id": "Q1", "hold": "true", **left}], extend=True)
    assert error.where.endswith("row 1 column person_id")


def test_a_hold_may_stand_in_a_row_of_its_own_beside_the_persons_row(office, tmp_path):
    rows = [*PEOPLE, {"person_id": "P000004", "hold": "true"}]
    assert counted(load(office, tmp_path, rows)) == (0, 1, 0, 1, 0)


def test_a_list_of_holds_alone_does_not_replace_everybody(office, tmp_path):
    error = refused(office, tmp_path, [{"person_id": "P000004", "hold": "true"}])
    assert "--extend" in error.cure


@pytest.mark.parametrize("many", [1, 10, 17])
def test_a_part_does_not_replace_the_whole_unsaid(office, tmp_path, many):
    error = refused(office, tmp_path, PEOPLE[:many])
    assert f"end {20 - many} of the 20 people" in error.message
    assert "--extend" in error.cure
    assert "--replace" in error.cure
    assert load(office, tmp_path, PEOPLE[:many], replace=True)["people"] == many


def test_a_tenth_may_end(office, tmp_path):
    assert load(office, tmp_path, PEOPLE[:18])["people"] == 18


@pytest.mark.parametrize(
    ("expected", "told"), [({"new": 2}, "new 1 not 2"), ({"new": 1, "held": 5}, "held 0 not 5")]
)
def test_what_was_not_expected_is_not_done(office, tmp_path, expected, told):
    error = refused(office, tmp_path, [*PEOPLE, person(40)], expected=expected)
    assert told in error.message


def test_what_was_expected_is_done(office, tmp_path):
    rows = [*PEOPLE[:5], person(40)]
    expected = {"new": 1, "changed": 0, "ended": 15, "held": 0, "unmatched": 0}
    assert load(office, tmp_path, rows, expected=expected)["people"] == 6


def test_the_command_tells_it_and_takes_expectations(office, tmp_path):
    more = people_file(tmp_path / "more.csv", [person(50)])
    command = ("reference", "load", office, more, "--extend", "--json")
    wrong = ostiary(*command, "--expect", "new=2")
    assert (wrong.status, "new 1 not 2" in wrong.err) == (2, True)
    odd = ostiary(*command, "--expect", "fresh=2")
    assert (odd.status, "new, changed, ended, held, unmatched" in odd.err) == (2, True)
    done = ostiary(*command, "--expect", "new=1", "--expect", "ended=0")
    assert json.loads(done.out)["changes"]["new"] == 1
