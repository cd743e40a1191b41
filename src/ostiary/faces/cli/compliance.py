"""``compliance``: notices to courts, and the record of compliance with an order for a court."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.lazy_group import LateGroup
from ostiary.faces.cli.output import as_json, emit, say, table
from ostiary.office.oversight import compliance_record, court_notices
from ostiary.office.recovery import entering


@click.group(cls=LateGroup)
def compliance() -> None:
    """Show what an office owes to courts, and has done: notices, and the record of compliance."""


@compliance.command()
@arg.office
@as_json
@arg.on_day
def notices(office: Path, as_json: bool, on: date | None) -> None:
    """List notices before disclosures: to be given, their hours running, over; with proof."""
    with entering.at_work(office, on=on) as place:
        found = court_notices.court_notices(place)
        short = court_notices.rows_that_are_no_notice(place)
    said = [{name: _plain(cell) for name, cell in asdict(one).items()} for one in found]
    told = {"notices": said, "no_notice": list(short)}
    emit(told, as_json=as_json, text=lambda: _print(found, short))


@compliance.command()
@arg.office
@click.argument("order")
@click.option("--out", type=arg.FOLDER, required=True, help="A new folder for the record.")
@as_json
@arg.on_day
def export(office: Path, order: str, out: Path, as_json: bool, on: date | None) -> None:
    """Write the record of compliance with ORDER (the name of its file) for a court.

    The order, the office's statement, its log since the order and a page for people. A court checks
    it offline with `ostiary accounting verify-compliance`. Nobody is named in it.
    """
    with entering.at_work(office, on=on) as place:
        found = compliance_record.write_compliance(place, order, out)
    figures = found.figures()
    emit(
        {"order": order, "folder": str(out), "figures": figures},
        as_json=as_json,
        text=lambda: table(f"written to {out}", ("what", "how many"), list(figures.items())),
    )


def _plain(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, date) else cell


def _print(found: "tuple[court_notices.CourtNotice, ...]", short: tuple[str, ...]) -> None:
    if found:
        rows = [(one.order, one.agency, _stands(one), one.given_by, one.proof) for one in found]
        table(
            "notices to courts", ("order", "agency", "where it stands", "given by", "proof"), rows
        )
    else:
        say("no order in force wants a notice of anything that waits")
    for one in short:
        say(f"no notice, in court_notices.csv: {one}")


def _stands(notice: "court_notices.CourtNotice") -> str:
    """Say where a notice stands, as the pages of the office do."""
    match notice.state:
        case court_notices.NoticeState.TO_GIVE:
            wanted = f": {notice.wants}" if notice.wants else ""
            return f"to be given, wanted since {notice.since}{wanted}"
        case court_notices.NoticeState.RUNNING:
            return f"its hours run; answers may leave from {notice.opens_on}"
        case _:
            return f"its hours are over; answers may leave since {notice.opens_on}"
