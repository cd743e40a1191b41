"""Walks from address to address: lawful requests with one person put into all of them."""

import csv
from datetime import date

import duckdb

from ostiary.office.batches.running import run_batch
from ostiary.office.recovery.entering import at_work

RECEIVED = date(2025, 8, 6)
PERSON = ("given_name", "middle_name", "surname", "name_suffix")
PLACE = ("address_line", "unit", "city", "state", "postal_code")


def lawful_of(world):
    """Lawful requests of the world, by agency, and one about somebody with a rare long surname."""
    with duckdb.connect() as con:
        truth = con.read_parquet(str(world / "truth.parquet"))
        sound = {row[0] for row in truth.filter("lawful").project("request_id").fetchall()}
        exact = {
            row[0]
            for row in truth.filter("lawful AND kind = 'member-exact'")
            .project("request_id")
            .fetchall()
        }
    with (world / "requests.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["request_id"] in sound]
    by_agency = {}
    for row in rows:
        by_agency.setdefault(row["agency"], []).append(row)
    people = [row for row in rows if row["request_id"] in exact]
    target = max(people, key=lambda row: (row["address_line"][:1].isdigit(), len(row["surname"])))
    return by_agency, target


def about(target, row, number, surname=None, address=None):
    """A row with another person in it: the target, at a made-up address unless told otherwise."""
    street = target["address_line"].partition(" ")[2]
    place = {name: target[name] for name in PLACE}
    made_up = place | {"address_line": f"{20_000 + number} {street}", "unit": ""}
    return {
        **row,
        **{name: target[name] for name in PERSON},
        **(place if address else made_up),
        "surname": surname or target["surname"],
        "birth_date": "",
        "tin": "",
        "request_id": f"WALK-{number:05}",
    }


def written(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def spellings(surname):
    """The surname with one letter put in, a different one and place each time."""
    return [
        f"{surname[:place]}{letter}{surname[place:]}"
        for place in range(2, len(surname))
        for letter in "QXZJ"
    ]


def run(root, *paths):
    with at_work(root, on=RECEIVED) as place:
        return [run_batch(place, path, RECEIVED, determined=True) for path in paths]


def walk(lawful, many, start=0, spelt=True):
    by_agency, target = lawful
    agency = max(by_agency, key=lambda name: len(by_agency[name]))
    rows = (by_agency[agency] * 5)[start : start + many]
    names = spellings(target["surname"]) if spelt else [target["surname"]] * 1_000
    return [about(target, row, start + n, names[start + n]) for n, row in enumerate(rows)]
