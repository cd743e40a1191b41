"""Somebody with the whole office, its keys and the reference file guesses whom it was asked about.

Everything that was asked has been disposed of. A request of a gateway that takes no reason is, but
for the person, one of a few: whoever knows the agency can write it down for each person on file.
"""

import shutil
import sqlite3
from datetime import date
from hashlib import sha256

import pytest
import yaml

from officers import equip
from ostiary.deciding.law.shipped import shipped_book
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.batches.running import run_batch
from ostiary.office.folder.layout import create_office, open_office
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.disposal import dispose, due
from ostiary.office.rulings.content_digests import content_digests_of
from request_file import PERSON, REFERENCE_COLUMNS, as_cells, csv_bytes, csv_file, put

RECEIVED = date(2025, 8, 6)
SURNAMES = ("Lindqvist", "Marchbanks", "Okonjo", "Pettibone", "Quarrels")
NAMES = ("given_name", "surname", "address_line", "unit", "city", "state", "postal_code")


def _numbered(request):
    return request | {"request_id": "R-1"}


@pytest.fixture(scope="module")
def asked_office(tmp_path_factory):
    """An office of five people on file, asked about one of them by a State's tax agency."""
    folder = tmp_path_factory.mktemp("asked")
    shutil.copytree(shipped_book() / "cases" / "registers", folder / "registers")
    root = create_office(folder / "office", training=True).root
    equip(root, folder)
    base = yaml.safe_load((shipped_book() / "cases" / "base.yaml").read_text())
    asked = base["state-tax"]["request"]
    people = [
        PERSON
        | {name: str(asked[name]) for name in NAMES}
        | {"person_id": f"P-{n}", "surname": one, "address_line": f"{41 + n} Larch Avenue"}
        | {"birth_date": "", "tin": "", "period": "2023"}
        for n, one in enumerate(SURNAMES)
    ]
    with at_work(root, on=RECEIVED) as place:
        load_people(place, put(folder / "p.csv", csv_bytes(*people, columns=REFERENCE_COLUMNS)))
        run_batch(place, csv_file(folder, _numbered(as_cells(asked))), RECEIVED)
    return root, asked


def _stored(root, columns):
    with sqlite3.connect(root / "cases.db") as con:
        return con.execute(f"SELECT {columns} FROM request").fetchone()


def _payloads(payload):
    """What the office would have stored about each person on file, had it been asked."""
    for n, surname in enumerate(SURNAMES):
        said = payload.replace("Lindqvist", surname).replace("41 Larch", f"{41 + n} Larch")
        yield surname, said


def _guessed(root, payloads):
    """Whose request it was, by every digest that the present keys make of what is guessed."""
    secret = open_office(root).secret().hex()
    left = " ".join(map(str, _stored(root, "*")))
    found = []
    for surname, said in payloads:
        keyed = sha256(f"{secret}{said}".encode()).hexdigest()
        tried = (keyed, sha256(keyed.encode()).hexdigest(), sha256(said.encode()).hexdigest())
        found += [surname for one in tried if one in left]
    return found


def test_a_guess_about_each_person_on_file_is_no_better_than_chance(asked_office, tmp_path):
    made, _ = asked_office
    root = tmp_path / "office"
    shutil.copytree(made, root)
    payload, salt, content = _stored(root, "payload, salt, content")
    payloads = list(_payloads(payload))
    assert payloads[0][1] == payload
    opened = content_digests_of(open_office(root).secret().hex(), salt, payload)
    assert content == opened[0]  # while it is kept, it opens
    with at_work(root, on=date(2033, 1, 5)) as place:
        dispose(place, due(place))
    assert _stored(root, "payload, salt") == (None, None)
    assert _guessed(root, payloads) == []
    counted = "SELECT count(*) FROM asking WHERE token IS NOT NULL OR place IS NOT NULL"
    with sqlite3.connect(root / "cases.db") as con:  # nor any number by which asking is counted
        assert con.execute(counted).fetchone() == (0,)


def test_the_same_request_is_a_repeat_until_it_is_disposed_of_and_its_id_stays_taken(
    asked_office, tmp_path
):
    made, asked = asked_office
    root = tmp_path / "office"
    shutil.copytree(made, root)
    again = csv_file(tmp_path, _numbered(as_cells(asked)))
    for day, repeats, refused in ((date(2025, 8, 7), 1, 0), (date(2033, 1, 6), 0, 1)):
        with at_work(root, on=day) as place:
            if day.year == 2033:
                dispose(place, due(place))
            done = run_batch(place, again, day)
        assert (done["repeats"], done["row_errors"]) == (repeats, refused)
    assert _stored(root, "count(*)") == (1,)
