"""The people around a test office: its disclosure officers and the recipients of a world."""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from ostiary.office.cases.desk import Desk
from ostiary.office.cases.key_changes import accept_key, pending_keys
from ostiary.office.cases.steps import at_desk, sweep, waiting
from ostiary.office.folder.session import OfficeSession
from ostiary.office.recovery.entering import at_work
from ostiary.office.rulings.decision_document import awaited_by, lacking
from ostiary.office.store import Case
from ostiary.verifying.keys.files import (
    SigningKey,
    key_text,
    new_signing_key,
    private_pem,
    read_signing_key,
)

OFFICERS = ("anna", "bert", "cora")
NEXT_DAY = date(2025, 8, 7)


def equip(office: Path, world: Path) -> None:
    """Give an office the registers of a world and three disclosure officers with keys."""
    for file in (world / "registers").glob("*.csv"):
        shutil.copy(file, office / "registers" / file.name)
    (office / "officers").mkdir()
    if (world / "truth.parquet").exists():
        (office / "officers" / "expected.json").write_text(json.dumps(_expected(world)))
    rows = ["officer,public_key,from,until"]
    for officer in OFFICERS:
        key = new_signing_key()
        (office / "officers" / f"{officer}.pem").write_bytes(private_pem(key))
        rows.append(f"{officer},{key_text(key.public_key())},2025-01-01,")
    (office / "registers" / "reviewers.csv").write_text("\n".join(rows) + "\n")


def _expected(world: Path) -> dict[str, list[str]]:
    """Give the ids of requests by whether they should be confirmed; nobody's number is in it."""
    with duckdb.connect() as con:
        told = con.execute(
            "SELECT expected_outcome = 'confirmed', list(request_id) FROM read_parquet($1)"
            " GROUP BY ALL",
            [str(world / "truth.parquet")],
        ).fetchall()
    return {str(is_confirmed): ids for is_confirmed, ids in told}


def key_of(office: Path, officer: str) -> SigningKey:
    """Give an officer's private key."""
    return read_signing_key(office / "officers" / f"{officer}.pem")


@contextmanager
def desk_on(office: Path, day: date = NEXT_DAY) -> Iterator[tuple[OfficeSession, Desk]]:
    """Set up the desk of a training office on a day."""
    with at_work(office, on=day) as place, at_desk(place) as desk:
        yield place, desk


def first_case(
    desk: Desk,
    answer: str = "confirmed",
    besides: Sequence[str] = (),
    *,
    office: Path | None = None,
    agency: str = "",
) -> Case:
    """Give the first waiting case whose answer will be this by the truth, besides some requests.

    No record has been looked at for it, so nobody else could tell.
    """
    root = office or desk.look.args[0].office.root  # the desk looks by the office's own hand
    told = json.loads((root / "officers" / "expected.json").read_text())
    expected = set(told[str(answer == "confirmed")]) - set(besides)
    for case, _ in waiting(desk):
        if case.request.request_id in expected and case.request.agency.startswith(agency):
            return case
    raise LookupError(answer)


def accept_keys(place: OfficeSession) -> None:
    """Have two officers accept each key that waits in a register."""
    for one in pending_keys(place):
        others = [officer for officer in OFFICERS if officer != one.key.holder]
        for officer in others[:2]:
            accept_key(place, *one.key[:2], officer, key_of(place.office.root, officer))


def look_at_all(place: OfficeSession, *, most: int | None = None) -> None:
    """Have all that waiting cases await found, ``most`` of them; look at them in one sweep."""
    key = key_of(place.office.root, "anna")
    with at_desk(place) as desk:
        silent = replace(desk, look=None)
        for item in list(place.store.queue())[:most]:
            case = place.store.case(item.id)
            for fact in () if lacking(case) else awaited_by(case):
                name = f"{item.agency}/{item.request_id}"
                silent.determine(name, "anna", key, found=True, fact=fact)
    sweep(place)


def approve_twice(desk: Desk, office: Path, request: str) -> None:
    """Have the reason found specific and two officers approve."""
    for fact in awaited_by(desk.case(request)):
        desk.determine(request, "anna", key_of(office, "anna"), found=True, fact=fact)
    for officer in ("anna", "bert"):
        desk.approve(request, officer, key_of(office, officer))
