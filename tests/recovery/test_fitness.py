"""What the operator is told of an office: each thing it needs, and nobody's data."""

import json
import re
import shutil
from typing import NamedTuple

import pytest

from commands import ostiary
from order import order_text
from ostiary.office.recovery.fitness import examine_office


class Disk(NamedTuple):
    """What the system tells of a disk, in bytes."""

    total: int
    used: int
    free: int


def unfit(office, **how):
    return [one.name for one in examine_office(office, **how) if not one.fit]


def write_longer(path):
    path.write_bytes(path.read_bytes() + b"\0")


def alter(path):
    path.write_bytes(path.read_bytes().replace(b"returned", b"accepted", 1))


DAMAGES = {
    "office": lambda office: (office / "keys" / "secret").chmod(0o644),
    "reference file": lambda office: write_longer(
        next((office / "reference").rglob("words.arrow"))
    ),
    "law": lambda office: (office / "orders" / "stay.md.txt").write_text("stay"),
    "log": lambda office: (office / "accounting" / "checkpoint").unlink(),
    "log files": lambda office: alter(office / "accounting" / "tile" / "entries" / "000"),
    "files": lambda office: shutil.rmtree(next((office / "batches").iterdir())),
}


def test_an_office_at_work_is_fit(office):
    assert unfit(office) == []


def test_a_notice_of_less_than_its_order_wants_is_told_by_row(office):
    (office / "registers" / "court_notices.csv").write_text(
        "order,agency,given_on,hours,told,proof\n"
        "ddc-2025-09-05,dhs-ice,2025-10-19,12,court and plaintiffs,entry 71\n"
    )
    (law,) = [one for one in examine_office(office) if not one.fit]
    assert law.name == "law"
    assert "agency dhs-ice, given on 2025-10-19, column hours" in law.told
    assert "it lifts nothing" in law.told


@pytest.mark.parametrize(
    ("register", "rows"),
    [
        (
            "court_notices",
            (
                "order,agency,given_on,hours,told,proof\n"
                "ddc-2025-09-5,dhs-ice,2025-10-19,24,court and plaintiffs,entry 71\n"
            ),
        ),
        (
            "court_leaves",
            "order,docket_entry,agency,from,until\nddc-2025-09-5,112,dhs-ice,2025-12-01,\n",
        ),
        (
            "people_in_orders",
            (
                "order,given_name,surname,birth_date,salt,from,until\n"
                f"ddc-2025-09-5,Rosa,Quill,,{'5a' * 16},2025-12-01,\n"
            ),
        ),
    ],
)
def test_a_row_about_an_order_that_there_is_not_is_told_by_register_and_cure(
    office, register, rows
):
    """It protects nobody, and lifts nothing, and nothing else would say so."""
    (office / "registers" / f"{register}.csv").write_text(rows)
    (law,) = [one for one in examine_office(office) if not one.fit]
    assert law.name == "law"
    assert f"{register}.csv has rows that count for nothing" in law.told
    assert "no order is called `ddc-2025-09-5`" in law.told


@pytest.mark.parametrize("what", DAMAGES)
def test_what_is_wrong_is_named(office, what):
    DAMAGES[what](office)
    assert unfit(office) == [what]


def test_an_order_that_came_or_went_since_the_last_step_is_told(office):
    """Nobody outside knows of it, until the next step enters it."""

    def law():
        (told,) = [one for one in examine_office(office) if one.name == "law"]
        assert told.fit
        return told.told

    assert "changed since" not in law()
    (office / "orders" / "later.md").write_text(order_text("later", "2025-08-01", "FALSE"))
    assert re.search(r"; changed since entry \d+ of 20\S+, which .*: orders$", law())


def test_a_disk_that_is_nearly_full_is_named(office):
    assert unfit(office, free=lambda _: Disk(10, 9, 1 << 20)) == ["disk"]


def test_nothing_is_changed(office):
    def state():
        return {
            path: path.read_bytes()
            for path in office.rglob("*")
            if path.is_file() and "reference" not in path.parts
        }

    before = state()
    examine_office(office)
    assert state() == before


def test_the_command_says_all_and_ends_with_one(office):
    done = ostiary("doctor", office, "--json")
    assert (done.status, json.loads(done.out)["fit"]) == (0, True)
    DAMAGES["office"](office)
    done = ostiary("doctor", office)
    assert done.status == 1
    assert "chmod go-rwx secret" in done.out
