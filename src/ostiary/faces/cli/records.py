"""``accounting person``, and what else reads the permanent record of 26 USC 6103(p)(3)(A)."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, say, table
from ostiary.office.cases import officers
from ostiary.office.oversight import access_audit
from ostiary.office.recovery import entering
from ostiary.office.release import permanent_record_reader, person_accounting

if TYPE_CHECKING:
    from ostiary.office.folder import session

record_key_option = click.option(
    "--record-key",
    "record_key_file",
    type=arg.FILE,
    default=None,
    help="Opens the permanent record; OFFICE/keys/record.key unless given.",
)


def recorded(
    place: "session.OfficeSession", number: int, key_file: Path | None
) -> dict[str, Any] | None:
    """Give what the permanent record has of a request, by its number; None where the key is away.

    Raises:
        OfficeError: the key is not here, or is another one.
        FaultError: the log does not bear it out.
    """
    is_sealed = (
        key_file is None and not (place.office.keys / permanent_record_reader.KEY_FILE).is_file()
    )
    if is_sealed or next(place.store.kept_records(number), None) is None:
        return None
    return permanent_record_reader.kept_of(
        place, number, permanent_record_reader.record_key(place, key_file)
    )


def show_record(record: Mapping[str, Any] | None) -> None:
    """Print what the permanent record has of a request."""
    if record is None:
        say("of the permanent record nothing is shown: it was disposed of before there was one, or")
        say("the key is kept elsewhere; see --record-key")
        return
    rows = [(name.replace("_", " "), _text(value)) for name, value in record.items() if value]
    table("the permanent record", ("", ""), rows)


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {one}" for name, one in value.items())
    return "yes" if value is True else str(value)


@click.command()
@arg.office
@click.argument("person_id", metavar="PERSON")
@click.option("--reader", default=None, help="Who reads, such as an auditor; it enters the log.")
@record_key_option
@as_json
def person(
    office: Path, person_id: str, reader: str | None, record_key_file: Path | None, as_json: bool
) -> None:
    """Say what was disclosed of one person: when, to whom, under what, for what, which items.

    It is the accounting that 5 USC 552a(c)(3) gives the person, by 26 USC 6103(p)(3)(A). Whether
    something of it is told later, because it would tell of an investigation, is for counsel to say.
    The reading of each request is logged.
    """
    with entering.at_work(office) as place:
        found = list(
            person_accounting.disclosures_of(
                place, person_id, lambda: permanent_record_reader.record_key(place, record_key_file)
            )
        )
        for one in found:
            access_audit.log_case_read(place, one["entry"], officers.claimed(reader or None))
    summary = {"person_id": person_id, "disclosures": found}
    emit(summary, as_json=as_json, text=lambda: _show(found))


def _show(found: list[dict[str, Any]]) -> None:
    if not found:
        say("nothing was disclosed of this person")
        return
    columns = ("released_on", "agency", "recipients", "provision", "purpose", "items")
    table("disclosures", columns, list(_lines(found, columns)))


def _lines(found: list[dict[str, Any]], columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for one in found:
        yield tuple(_text(one[name]) for name in columns)
