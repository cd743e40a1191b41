"""One request through the index is decided as in a batch, to the last bit of its weight."""

from datetime import date

import duckdb
import pytest
from sqlglot import parse_one

from ostiary.deciding.intake.reference import read_reference
from ostiary.deciding.matching import candidates, single, verify
from ostiary.deciding.matching.decision_writer import DecisionWriter
from ostiary.deciding.matching.model import open_model
from ostiary.deciding.matching.one_by_one import verify_nobody
from ostiary.deciding.matching.reference_loading import load_reference
from ostiary.deciding.matching.side_by_side import compare_one
from ostiary.deciding.matching.single import SingleVerifier
from ostiary.deciding.matching.verify import verify_batch
from ostiary.deciding.standardisation import standard_address, standard_name, standardise_table
from ostiary.domain.errors import InputError, OfficeError
from ostiary.domain.words import Verification
from ostiary.worlds.world import make_world
from small_file import born, filed, said

_NAME = ("given_name", "middle_name", "surname", "name_suffix")
_ADDRESS = ("address_line", "unit", "city", "state", "postal_code", "country")


def _one(asker, told):
    return asker.verify(*_standard(told))


def _standard(told):
    return (
        standard_name(**{key: told[key] or "" for key in _NAME}),
        standard_address(**{key: told[key] or "" for key in _ADDRESS}),
        told["birth_date"],
        told["tin"] or "",
    )


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """4,000 people, 12,000 requests of every kind, lawful or not, all verified in a batch."""
    folder = tmp_path_factory.mktemp("one") / "world"
    make_world(folder, people=4_000, requests=12_000, scenario="mixed", seed=3)
    with duckdb.connect() as con:
        read_reference(con, folder / "people.parquet", "people")
        load_reference(con, "people", folder / "reference")
        con.execute(
            f"""
            CREATE TABLE told AS
            SELECT row_number() OVER () AS row,
                   r.* REPLACE (try_cast(birth_date AS DATE) AS birth_date,
                                CASE WHEN regexp_full_match(tin, '[0-9]{{9}}') THEN tin END AS tin)
            FROM read_csv('{folder}/requests.csv', all_varchar = TRUE) r
            """
        )
        standardise_table(con, "told", "requests")
        verify_batch(con, "requests", folder / "reference", "verified")
        yield con, folder / "reference"


def test_twelve_thousand_requests_are_decided_as_in_the_batch(world):
    con, reference = world
    columns = (*_NAME, *_ADDRESS, "birth_date", "tin")
    rows = con.execute(
        f"""
        SELECT {", ".join(columns)}, outcome, rule, person_id, weight, margin, records
        FROM told JOIN verified USING (row) ORDER BY row
        """
    ).fetchall()
    asker = SingleVerifier(reference)
    rules = set()
    for row in rows:
        told = dict(zip(columns, row, strict=False))
        one = _one(asker, told)
        assert (one.verification, one.records) == (Verification(*row[-6:-1]), row[-1])
        rules.add(row[-5])
    assert len(rows) >= 12_000
    assert len(rules) >= 9


def test_the_officer_sees_what_the_batch_would_show(world):
    con, reference = world
    rows = con.execute(
        "SELECT row, person_id FROM verified WHERE person_id <> '' ORDER BY hash(row) LIMIT 25"
    ).fetchall()
    asker = SingleVerifier(reference)
    for row, person_id in rows:
        cursor = con.execute("SELECT * FROM told WHERE row = ?", [row])
        names = [column[0] for column in cursor.description]
        told = dict(zip(names, cursor.fetchall()[0], strict=True))
        shown = _one(asker, told).comparison
        assert shown == compare_one(con, "requests", row, reference, person_id)
        assert shown == asker.beside(*_standard(told), person_id)
        assert any(one.bits for one in shown)


def test_a_person_whom_the_file_does_not_hold_stands_beside_nobody(town):
    town.load(filed("p1", "Ann Wu"))
    with pytest.raises(InputError, match="no such person"):
        SingleVerifier(town.folder).beside(*_standard(said("Ann Wu")), "p2")


def test_a_crowded_address_is_crowded_for_one_as_well(town):
    people = [filed(f"p{n:04}", "James Smith", birth_date=born("1960-01-01")) for n in range(201)]
    town.load(*people, filed("q", "Ann Wu"))
    for request in (said("James Smith"), said("Ann Wu"), said("Jim Smith", "9 Elm St")):
        (batch,) = town.verify(request)
        assert _one(SingleVerifier(town.folder), request).verification == batch


def test_double_surnames_and_exchanged_names_are_found(town):
    town.load(
        filed("p1", "Maria Garcia-Lopez"),
        filed("p2", "Peter Oak", "7 Oak Ave", tin="000111111"),
        filed("p3", "Peter Oak", "8 Oak Ave", unit="2", hold=True),
    )
    asker = SingleVerifier(town.folder)
    for request in (
        said("Maria Lopez"),
        said("Lopez Maria"),
        said("Oak Peter", "7 Oak Ave"),
        said("Peter Oak", "8 Oak Ave"),
        said("Peter Oak", "9 Oak Ave", tin="000111111"),
        said("Nobody Atall"),
        said("Peter Oak", "", city="", state="", postal_code=""),
    ):
        (batch,) = town.verify(request)
        assert _one(asker, request).verification == batch


def test_an_empty_file_knows_nobody(town):
    town.load()
    found = _one(SingleVerifier(town.folder), said("Ann Wu"))
    assert (found.verification.rule, found.comparison) == ("nobody", ())


def test_what_has_no_reading_in_python_is_refused():
    writer = DecisionWriter(lambda _table, column: column)
    for text in ("jaro_winkler_similarity(a, b)", "a IN (SELECT b FROM c)", "min(a)"):
        with pytest.raises(OfficeError, match="no reading in Python"):
            writer.write(parse_one(text, dialect="duckdb"))


def test_keys_of_one_and_of_many_are_the_same(town):
    town.load(filed("p1", "Maria Garcia-Lopez"))
    told = said("Maria Garcia Lopez", birth_date=date(1950, 2, 3), tin="000123456")
    name = standard_name(**{key: told[key] for key in _NAME})
    address = standard_address(**{key: told[key] for key in _ADDRESS})
    lines = single.lines_of(name, address, told["birth_date"], told["tin"])
    table = town.con.sql(
        f"""SELECT * REPLACE (tin AS tin), strftime(birth_date, '%Y-%m-%d') AS born
        FROM {town.requests(told)}"""
    ).to_arrow_table()
    asked = candidates.ask_keys(table)
    many = sorted(
        tuple(int(asked.parts[part][line]) for part in sorted(asked.parts))
        for line in range(len(asked.request))
    )
    one = sorted(tuple(line.hashed[part] for part in sorted(line.hashed)) for line in lines)
    assert one == many


def test_a_batch_in_parts_is_the_batch(world, monkeypatch):
    con, reference = world
    con.execute("CREATE TABLE spread AS SELECT * REPLACE (row * 1000003 - 77 AS row) FROM requests")
    monkeypatch.setattr(verify, "AT_A_TIME", 5_000)
    verify_batch(con, "spread", reference, "in_parts")
    differing = con.execute(
        """SELECT count(*) FROM (FROM verified EXCEPT ALL
        SELECT * REPLACE ((row + 77) // 1000003 AS row) FROM in_parts)"""
    ).fetchall()
    assert differing == [(0,)]


def test_a_batch_that_is_looked_at_once_is_the_batch_looked_at_twice(world, monkeypatch):
    """Namesakes elsewhere are looked for at once, or where nobody came close: it is the same."""
    con, reference = world
    con.execute(
        """CREATE TABLE nobodies AS SELECT row, p.number AS person FROM requests
        JOIN (SELECT row_number() OVER () - 1 AS number FROM range(4000)) p
        ON p.number % 5 = row % 5 AND row < 4000"""
    )
    for into, least in (("looked_once", 1 << 40), ("looked_twice", -1)):
        monkeypatch.setattr(verify, "_WORTH_LOOKING_TWICE", least)
        verify_batch(con, "(FROM requests WHERE row < 4000)", reference, into, left_out="nobodies")
    both = "(FROM {} EXCEPT ALL FROM {})".format
    for pair in (("looked_once", "looked_twice"), ("looked_twice", "looked_once")):
        assert con.execute(f"SELECT count(*) FROM {both(*pair)}").fetchall() == [(0,)]
    assert con.execute("SELECT count(DISTINCT rule) FROM looked_once").fetchall() > [(5,)]


def test_no_requests_make_an_empty_result(world):
    con, reference = world
    verify_batch(con, "(FROM requests LIMIT 0)", reference, "of_none")
    verify_nobody(con, "of_nobody")
    assert con.sql("FROM of_none").fetchall() == con.sql("FROM of_nobody").fetchall() == []
    assert con.sql("DESCRIBE of_none").fetchall() == con.sql("DESCRIBE of_nobody").fetchall()


def test_whom_a_request_could_mean_is_what_pairs_tell(world):
    """Requests beside the people found for others of the same surname, and for the next ones."""
    con, reference = world
    asker, columns = SingleVerifier(reference), (*_NAME, *_ADDRESS, "birth_date", "tin")
    pairs = con.sql(
        """
        WITH found AS (
            SELECT row, n_surname_key AS key, person_id FROM requests JOIN verified USING (row)
            WHERE person_id <> '' AND row < 3000
        )
        SELECT a.row, b.person_id FROM found a JOIN found b USING (key) WHERE b.row < a.row + 60
        UNION SELECT a.row, b.person_id FROM found a JOIN found b ON b.row = a.row + 1
        ORDER BY ALL LIMIT 2000
        """
    ).to_arrow_table()
    accepted = verify.compare_pairs(
        open_model(reference), con.sql("FROM requests ORDER BY row").to_arrow_table(), pairs
    )
    rows = con.execute(f"SELECT row, {', '.join(columns)} FROM told").fetchall()
    told = {row: _standard(dict(zip(columns, values, strict=True))) for row, *values in rows}
    asked = [(one["row"], one["person_id"]) for one in pairs.to_pylist()]
    meant = {(row, person) for row, person in asked if asker.could_mean(*told[row], person)}
    assert meant == {(one["row"], one["person_id"]) for one in accepted.to_pylist()}
    assert 0 < len(meant) < len(asked)
