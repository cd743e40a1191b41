"""``demo --serve``: a training office with work in it, and a link for each of its people."""

import csv
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from ostiary.faces import start
from ostiary.faces.cli.output import say
from ostiary.faces.cli.serving import serve_site
from ostiary.faces.server import people as admitted
from ostiary.faces.server.roles import Role
from ostiary.office.batches import reference_loading, running
from ostiary.office.cases import key_changes
from ostiary.office.recovery import entering
from ostiary.office.release import release
from ostiary.worlds import world as worlds

if TYPE_CHECKING:
    from ostiary.faces.server import site as web_site
    from ostiary.office.folder import session
    from ostiary.verifying.keys.assertions import Signatory

PEOPLE, REQUESTS, FRESH = 3_000, 300, 60
AT_FIRST, CONFIRMED = 20, "confirmed"
STAFF = (
    ("anna", Role.OFFICER, "determines reasons and decides cases"),
    ("bert", Role.OFFICER, "decides them as well: each answer needs two"),
    ("auditor-1", Role.AUDITOR, "reads every case and every look, checks the log"),
    ("counsel-1", Role.COUNSEL, "reads the book, tries a draft order on the past"),
    ("monitor-1", Role.MONITOR, "a court's: sees what an order lets them see"),
    ("head-1", Role.HEAD, "sees whether the office keeps up"),
    ("admin-1", Role.ADMINISTRATOR, "people, registers, orders, tasks"),
    ("admin-2", Role.ADMINISTRATOR, "puts into force what admin-1 prepares"),
)
AGENCY = "dhs-ice"
SEAT = """---
title: Order of a training court that appoints a monitor
layer: order
prefix: training-monitor
kind: monitor
cites: /us/court/training/2025-08-01
citation: Training court, order of 1 August 2025
docket: Training court, 1
scope:
  agencies: [dhs-ice]
monitors:
  - {id: monitor-1}
from: 2025-08-01
---

# A monitor is appointed

The court has somebody watch what is answered to this agency. It stops nothing, and it does not open
what requests say.
"""


def fill(
    office: Path,
    world: Path,
    received: date,
    review: Callable[[], None],
    on_stage: Callable[[str], None],
) -> None:
    """Fill an office: a file of which some requests are answered, and a fresh one beside it.

    Args:
        office: made, with registers.
        world: where the people and requests are made.
        received: the day of receipt.
        review: has two officers decide some cases.
        on_stage: told what is being done.
    """
    first, second = _two_files(world)
    (office / "orders" / "training-monitor.md").write_text(SEAT, encoding="utf-8")
    on_stage("loading the reference file")
    with entering.at_work(office, on=received) as place:
        reference_loading.load_people(place, world / "people.parquet")
        running.run_batch(place, first, received, on_stage=on_stage, determined=True)
    on_stage("two officers at the desk")
    review()
    with entering.at_work(office, on=received + timedelta(days=1)) as place:
        release.release(place)
        running.run_batch(place, second, received, on_stage=on_stage)


def make_world(world: Path, received: date) -> None:
    """Make the people and requests of the training office."""
    worlds.make_world(world, people=PEOPLE, requests=REQUESTS, received=received)


def serve(office: Path, port: int, on: date, keys: Mapping[str, "Signatory"]) -> None:
    """Give each person of a training office a link, and serve it until interrupted.

    Args:
        office: the office.
        port: where.
        on: its legal day.
        keys: of the officers who were there before: they accept the passkeys of new ones, as two
            officers do in any office.
    """
    site = start.open_site(office, port=port, on=on, let_in=partial(accept_waiting, keys))
    say("One link each, for a day; open them in private windows or other browsers:")
    for name, role, what, link in _links(site):
        say(f"  {role} {name}: {what}")
        say(f"    {link}")
    serve_site(site, "127.0.0.1", port, metrics_port=None, log="text")


def accept_waiting(keys: Mapping[str, "Signatory"], place: "session.OfficeSession") -> None:
    """Have officers accept each key that waits in a register.

    Args:
        keys: the signing key of each.
        place: the office.
    """
    for one in key_changes.pending_keys(place):
        for officer, key in keys.items():
            key_changes.accept_key(place, one.key.register, one.key.holder, officer, key)


def _links(site: "web_site.Site") -> list[tuple[str, str, str, str]]:
    register = site.snapshot().law.registers.tables["officers"].to_pylist()
    own = (one for one in register if one["agency"] == AGENCY and one["employee"] == "true")
    asks = min(str(one["officer"]) for one in own)
    who = [(name, role, what, "") for name, role, what in STAFF]
    who.insert(2, (asks, Role.REQUESTER, f"asks for {AGENCY}, and fetches answers", AGENCY))
    return [
        (
            name,
            role.value,
            what,
            admitted.add_person(site, role, name, agency, by=admitted.TRAINING_LINK),
        )
        for name, role, what, agency in who
    ]


def _two_files(world: Path) -> tuple[Path, Path]:
    """Part the requests into a file that was worked on and a fresh one.

    Each begins with requests that end confirmed: so does the first case that a newcomer opens.
    """
    truth = pq.read_table(world / "truth.parquet", columns=["request_id", "expected_outcome"])
    good = {one["request_id"] for one in truth.to_pylist() if one["expected_outcome"] == CONFIRMED}
    with (world / "requests.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    paths = (world / "requests-first.csv", world / "requests-fresh.csv")
    for path, part in zip(paths, (rows[:-FRESH], rows[-FRESH:]), strict=True):
        with path.open("w", encoding="utf-8", newline="") as file:
            place = header.index("request_id")
            first = [row for row in part if row[place] in good][:AT_FIRST]
            csv.writer(file).writerows([header, *first, *(row for row in part if row not in first)])
    return paths
