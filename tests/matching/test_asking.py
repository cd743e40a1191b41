"""Who is asked about, and at how many addresses: counted without anybody's name or address."""

import hashlib
import hmac

import duckdb
import pyarrow as pa
import pytest

from ostiary.deciding.matching.asked_by_few import COLUMNS, people_asked, places_asked
from ostiary.deciding.matching.model import open_model
from ostiary.deciding.matching.repeat_limit import (
    asking_key,
    mark_people,
    stop_repeated,
)
from ostiary.deciding.standardisation import standard_address
from small_file import SmallFile, born, filed, said

SECRET = b"s" * 32
NOTHING = pa.table(
    {
        "person": pa.array([], pa.int64()),
        "address": pa.array([], pa.int64()),
        "place": pa.array([], pa.int64()),
    }
)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    town = SmallFile(duckdb.connect(), tmp_path_factory.mktemp("town") / "reference")
    town.load(
        filed("p1", "Rosalind Xanthopoulos", "7 Elm St"),
        *(filed(f"j{n}", "James Smith", f"{n} Oak St") for n in range(1, 6)),
    )
    yield town
    town.con.close()


def stopped(town, *requests, limit=3, before=NOTHING):
    """The rows that are stopped, and what is to be stored of the others and of them."""
    told = (request | {"agency": request.get("agency", "dhs-ice")} for request in requests)
    con, table = town.con, town.requests(*told)
    mark_people(con, table, SECRET)
    con.register("before", before)
    count = stop_repeated(con, table, open_model(town.folder), limit, "before")
    con.unregister("before")
    rows = [row for (row,) in con.execute("SELECT row FROM stopped ORDER BY row").fetchall()]
    assert len(rows) == count
    check_few(con, table, before, rows, limit)
    return rows, con.execute("SELECT person, address FROM newly_asked").fetchall()


def check_few(con, table, before, beyond, limit):
    """In Python the same people are asked about, and the same addresses anew, nobody else.

    Where no place is beyond the limit, nobody is stopped: there Python alone decides.
    """
    people, places = by_few(con, table, before)
    assert sorted(people) == con.execute("FROM asked_people ORDER BY ALL").fetchall()
    new = sorted((one.person, one.address, one.row) for one in places if one.row is not None)
    assert new == con.execute("FROM newly_asked ORDER BY ALL").fetchall()
    assert any(one.place > limit for one in places) or not beyond


def by_few(con, table, before):
    """Whom requests ask about, and the place of each address, as Python counts them."""
    rows = con.execute(f"SELECT {', '.join(COLUMNS)} FROM {table}").fetchall()
    read = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    people = people_asked(read, asking_key(SECRET))
    history = zip(*(before[name].to_pylist() for name in before.column_names), strict=True)
    return people, places_asked(people, history)


def as_history(*batches):
    """What a store gives back of what batches left there."""
    places, rows = {}, []
    for person, address in (pair for batch in batches for pair in batch):
        places[person] = places.get(person, 0) + 1
        rows.append((person, address, places[person]))
    return pa.table(dict(zip(("person", "address", "place"), zip(*rows, strict=True), strict=True)))


def elm(number, **more):
    return said("Rosalind Xanthopoulos", f"{number} Elm St", **more)


def test_the_first_addresses_pass_and_the_others_are_stopped(town):
    rows, _ = stopped(town, *(elm(n) for n in range(1, 1001)))
    assert rows == list(range(4, 1001))


def test_an_address_in_another_spelling_is_not_another_one(town):
    spelt = ["7 Elm St", "7 ELM STREET", "7 elm str.", "7 Elm St", "7  Elm  Street", "7 elm st"]
    rows, kept = stopped(town, *(said("Rosalind Xanthopoulos", line) for line in spelt), limit=1)
    assert rows == []
    assert len(kept) == 1


@pytest.mark.parametrize("limit", range(1, 8))
def test_few_addresses_are_numbered_as_many_are(town, limit):
    """The place of each, by which a limit stops it, behind those of earlier files."""
    _, first = stopped(town, elm(1), elm(2), elm(1, birth_date=born("1970-01-01")))
    history = as_history(first)
    asked = [elm(n) for n in (9, 2, 3, 4, 3)]
    rows, _ = stopped(town, *asked, before=history, limit=limit)
    told = town.requests(*(one | {"agency": "dhs-ice"} for one in asked))
    people, places = by_few(town.con, told, history)
    beyond = {(one.person, one.address) for one in places if one.place > limit}
    assert sorted({one.row for one in people if (one.person, one.address) in beyond}) == rows


def test_what_was_asked_in_earlier_files_counts_on(town):
    _, first = stopped(town, elm(1), elm(2))
    rows, second = stopped(town, elm(3), elm(4), before=as_history(first))
    assert rows == [2]
    history = as_history(first, second)
    assert stopped(town, elm(1), elm(2), elm(3), elm(4), elm(5), before=history)[0] == [4, 5]


def test_no_dress_of_the_same_person_starts_anew(town):
    dressed = [
        said("Rosalind Q Xanthopoulos", "1 Elm St"),
        said("Rosalind Xanthopoulos Jr", "2 Elm St"),
        said("Xanthopoulos Rosalind", "3 Elm St"),
        said("ROSALIND XANTHOPOULOS", "4 Elm St", birth_date=born("1970-01-01")),
        said("Rosalind Xanthopoulos", "5 Elm St", birth_date=born("1971-01-01")),
        said("Rosalind Xanthopoulos", "6 Elm St", tin="000111111"),
    ]
    assert stopped(town, *dressed)[0] == [4, 5, 6]


def test_one_tin_under_many_names_is_one_person(town):
    names = ["Ada Alpha", "Bea Beta", "Cora Gamma", "Dora Delta", "Eve Epsilon"]
    asked = (said(name, f"{n} Elm St", tin="666123456") for n, name in enumerate(names))
    assert stopped(town, *asked)[0] == [4, 5]


def test_people_who_share_a_name_are_not_taken_for_one(town):
    """Five people named James Smith are on file: fifteen addresses, and not one more."""
    rows, _ = stopped(town, *(said("James Smith", f"{n} Elm St") for n in range(1, 31)))
    assert rows == list(range(16, 31))
    aged = (said("James Smith", f"{n} Elm St", birth_date=born("1970-01-01")) for n in range(1, 31))
    assert stopped(town, *aged)[0] == list(range(4, 31))


def test_one_agency_uses_nothing_of_another_ones_limit(town):
    asked = [elm(n) for n in range(1, 5)]
    others = [elm(n, agency="state-revenue") for n in range(11, 15)]
    assert stopped(town, *asked, *others)[0] == [4, 8]


def test_what_is_kept_is_a_keyed_hash_as_rfc_2104_defines_it(town):
    _, [(person, address)] = stopped(town, elm(7))
    key = hmac.digest(SECRET, b"ostiary asked people", "sha256")
    standard = standard_address("7 Elm St", "", "Salem", "OR", "97301", "US")
    place = [standard.a_kind, standard.a_number, standard.a_pre, standard.a_street]
    place += [standard.a_type, standard.a_post, standard.a_unit, standard.a_zip5]

    def digest(text):
        return int(hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:15], 16)

    named = "name|dhs-ice|ROSALIND|XANTHOPOULOS"
    assert person == digest(named)
    assert address == digest(f"{named}\n{'|'.join(place)}")


def test_two_people_at_one_address_have_nothing_in_common(town):
    _, kept = stopped(town, elm(7), said("Rupert Xanthopoulos", "7 Elm St"))
    assert len({address for _, address in kept}) == 2
