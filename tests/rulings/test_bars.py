"""A hold binds where (i)(6) reaches, under a judge's order it goes to counsel, and not beyond."""

import json
from datetime import date

import pytest
import yaml

from commands import ostiary
from officers import desk_on, equip, key_of
from ostiary.deciding.law.reading import read_book, read_instrument
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import BookError, NotAllowedError
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.batches.running import run_batch
from ostiary.office.cases.states import CaseState
from ostiary.office.folder.layout import create_office
from ostiary.office.recovery.entering import at_work
from request_file import PERSON, REFERENCE_COLUMNS, as_cells, csv_bytes, csv_file, put

RECEIVED = date(2025, 8, 6)
BASES = {
    "court-order": ("held", "hold-for-counsel"),
    "failure-to-depart": ("held", "hold"),
    "terrorism": ("held", "hold"),
    "intelligence": ("held", "hold"),
    "state-tax": ("held", "hold"),
    "emergency": ("confirmed", "name-and-address-agree"),
    "student-aid": ("confirmed", "name-and-address-agree"),
    "marketplace": ("confirmed", "name-and-address-agree"),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office that was asked under every gateway about people whom a hold protects."""
    folder = tmp_path_factory.mktemp("bars")
    bases = yaml.safe_load((shipped_book() / "cases" / "base.yaml").read_text())
    asked = {name: bases[name]["request"] for name in BASES}
    root = create_office(folder / "office", training=True).root
    (folder / "registers").mkdir()
    equip(root, folder)
    with at_work(root, on=RECEIVED) as place:
        held = [PERSON | _person(one) | {"person_id": f"p{n}", "hold": "true"}
                for n, one in enumerate(_people(asked))]  # fmt: skip
        load_people(place, put(folder / "people.csv", csv_bytes(*held, columns=REFERENCE_COLUMNS)))
        rows = [as_cells(one) | {"request_id": name} for name, one in asked.items()]
        summary = run_batch(
            place,
            csv_file(folder, *rows),
            RECEIVED,
            registers=[shipped_book() / "cases" / "registers"],
            determined=True,
        )
        assert summary["steps"]["looked_at"] == len(BASES)
    return root


def _people(asked):
    names = ("given_name", "surname", "address_line", "unit", "city", "state", "postal_code")
    return {
        one["surname"]: {n: str(one.get(n, "")) for n in names} for one in asked.values()
    }.values()


def _person(one):
    return one | {"birth_date": "", "tin": ""}


@pytest.mark.parametrize("base", BASES)
def test_a_hold_binds_where_the_paragraph_reaches(office, base):
    with desk_on(office, RECEIVED) as (_, desk):
        found = desk.case(base).verification
        assert (str(found.outcome), found.rule) == BASES[base]


def test_a_judges_order_waits_for_counsel_until_the_court_has_a_certificate(office):
    done = ostiary("review", office, "counsel", "--on", RECEIVED, "--json")
    assert [one["request_id"] for one in json.loads(done.out)["counsel"]] == ["court-order"]
    with desk_on(office, RECEIVED) as (_, desk):
        case = desk.case("court-order")
        assert desk.state(case) is CaseState.TO_COUNSEL
        key = key_of(office, "anna")
        for step in (desk.approve, lambda *one: desk.refuse(*one, why="no")):
            with pytest.raises(NotAllowedError, match="counsel certifies to the court"):
                step("court-order", "anna", key)
        with pytest.raises(NotAllowedError, match="cannot certify"):
            desk.certify("state-tax", "anna", key, "D. Minn. 25-mj-0417, 7 August 2025")
        index = desk.certify("court-order", "anna", key, "D. Minn. 25-mj-0417, 7 August 2025")
        assert desk.state(desk.case("court-order")) is CaseState.CERTIFIED
        with pytest.raises(NotAllowedError, match="no answer leaves here"):
            desk.approve("court-order", "bert", key_of(office, "bert"))
        entry = desk.store.entry(index).body
        assert b"answer.voted" in entry
        assert b"Minn" not in entry


def test_an_officer_hears_of_a_hold_that_does_not_bar_what_is_told_of_a_danger(office):
    shown = {base: json.loads(_shown(office, base, "--json"))["warning"] for base in BASES}
    assert {base for base, said in shown.items() if said} == {"emergency"}
    assert "26 USC 6103(i)(6)" in shown["emergency"]
    assert "warning: a hold stands on this record" in _shown(office, "emergency")


def _shown(office, base, *options):
    return ostiary("review", office, "show", base, "--on", RECEIVED, *options).out


def test_every_gateway_says_what_a_hold_does_there():
    bars = read_book(shipped_book()).bars_of(RECEIVED)
    told = {provision.removeprefix("/us/usc/t26/s6103/"): bar for provision, bar in bars.items()}
    assert told == {
        "d": "hold",
        "i/1": "certificate",
        "i/2": "hold",
        "i/3/B": "none",
        "i/7/A": "hold",
        "i/7/B": "hold",
        "l/7": "none",
        "l/13": "none",
        "l/21": "none",
    }


@pytest.mark.parametrize("line", ["bar: none\n", "years: any\n"])
def test_a_gateway_that_is_silent_is_refused(tmp_path, line):
    text = (shipped_book() / "statutes" / "usc-26-6103-i-3-B.md").read_text()
    assert line in text
    (tmp_path / "x.md").write_text(text.replace(line, ""))
    with pytest.raises(BookError, match=f"`{line.split(':')[0]}` is missing"):
        read_instrument(tmp_path / "x.md")
