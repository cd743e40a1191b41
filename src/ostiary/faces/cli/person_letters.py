"""``person-letter``: what a person may see of what was asked and told about them."""

from datetime import date
from pathlib import Path

import click

from ostiary.domain.errors import InputError
from ostiary.domain.languages import Language
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, say
from ostiary.faces.cli.records import record_key_option
from ostiary.office.letters import files, pdf, persons
from ostiary.office.recovery import entering
from ostiary.office.release import permanent_record_reader
from ostiary.verifying.keys import files as key_files

_MOST_LINES = 8


@click.command(name="person-letter")
@arg.office
@click.argument("person_id", metavar="PERSON")
@click.option("--officer", required=True, help="Id of the officer who checked who asks.")
@click.option("--key", type=arg.FILE, default=None, help="That officer's private key, PEM.")
@click.option("--identity", required=True, help="How it was checked, as `in-person`; it is logged.")
@click.option("--to", "address", type=arg.FILE, required=True, help="A text: name and address.")
@click.option("--out", type=arg.NEW_FILE, required=True, help="The PDF to write.")
@click.option(
    "--decisions",
    type=arg.FILE,
    default=None,
    help="Counsel's table of what is told; see the docs.",
)
@click.option("--language", type=click.Choice(["en", "es"]), default="en", help="Of the letter.")
@click.option("--recall", is_flag=True, help="Instead: which answers were called back.")
@click.option(
    "--charged",
    type=click.Choice(["charged", "discipline"]),
    default=None,
    help="Instead: the notice of 26 USC 7431(e).",
)
@click.option("--act-on", type=arg.Day(), default=None, help="Day of the act, for --charged.")
@record_key_option
@as_json
def person_letter(
    office: Path,
    person_id: str,
    officer: str,
    key: Path | None,
    identity: str,
    address: Path,
    out: Path,
    decisions: Path | None,
    language: str,
    recall: bool,
    charged: str | None,
    act_on: date | None,
    record_key_file: Path | None,
    as_json: bool,
) -> None:
    """Write to a person what was disclosed about them, as far as counsel lets it be told.

    Of each disclosure counsel's table says whether it is told, withheld with its ground until a
    day, or passed over in silence until a day; without a line there is no letter. A letter that
    passes something over is the same as that of somebody of whom there is nothing.

    That the accounting of a person was opened, by whom, enters the log before anything is read;
    without --key as unproved.
    """
    if (charged is None) != (act_on is None) or (charged and recall):
        cure = "name both --charged and --act-on, without --recall"
        raise InputError("the notice is not whole", where="--charged", cure=cure)
    asked = persons.Asked(person_id, _lines(address), Language(language))
    said = persons.read_decisions(decisions) if decisions else {}
    signing = key_files.read_signing_key(key) if key else None
    with entering.at_work(office) as place:
        persons.told_entry(place, officer, identity, signing)
        if charged and act_on:
            letter = persons.charge_letter(place, asked, charged, act_on)
        else:
            write = persons.recall_letter if recall else persons.view_letter
            letter = write(
                place,
                asked,
                said,
                lambda: permanent_record_reader.record_key(place, record_key_file),
            )
        body = pdf.letter_pdf(letter)
    files.put_letter(out, body)
    emit({"file": str(out)}, as_json=as_json, text=lambda: say(f"letter: {out}"))


def _lines(address: Path) -> tuple[str, ...]:
    """Read the lines that a letter is addressed with."""
    lines = (line.strip() for line in address.read_text(encoding="utf-8").splitlines())
    stated = tuple(line for line in lines if line)
    if not 1 <= len(stated) <= _MOST_LINES:
        raise InputError("names nobody", where=str(address), cure="one to eight lines")
    return stated
