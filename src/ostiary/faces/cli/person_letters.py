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
from ostiary.verifying.keys.files import OpeningKey

_MOST_LINES = 8
_LONGEST_NAME = 120


@click.command(name="person-letter")
@arg.office
@click.argument("person_id", metavar="PERSON")
@click.option("--officer", required=True, help="Id of the officer who checked who asks.")
@click.option("--key", type=arg.FILE, default=None, help="That officer's private key, PEM.")
@click.option("--identity", required=True, help="How it was checked, as `in-person`; it is logged.")
@click.option("--to", "address", type=arg.FILE, default=None, help="A text: name and address.")
@click.option(
    "--on-behalf-of",
    "represented",
    default="",
    metavar="NAME",
    help="Whose letter it is, where --to is a parent or guardian.",
)
@click.option("--out", type=arg.NEW_FILE, required=True, help="The PDF to write, or the table.")
@click.option("--prepare", is_flag=True, help="First: the table in which counsel decides.")
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
    address: Path | None,
    represented: str,
    out: Path,
    prepare: bool,
    decisions: Path | None,
    language: str,
    recall: bool,
    charged: str | None,
    act_on: date | None,
    record_key_file: Path | None,
    as_json: bool,
) -> None:
    """Write to a person what was disclosed about them, as far as counsel lets it be told.

    First --prepare, which writes counsel's table; then the letter by it, for everybody alike. Of
    each disclosure the table says whether it is told, withheld with its ground until a day, or
    passed over in silence until a day. A letter that passes something over is the same as that of
    somebody of whom there is nothing, and so is what the log tells.

    That the accounting of a person was opened, by whom, enters the log before anything is read;
    without --key as unproved.
    """
    if (charged is None) != (act_on is None) or (charged and recall):
        cure = "name both --charged and --act-on, without --recall"
        raise InputError("the notice is not whole", where="--charged", cure=cure)
    if prepare and (charged or recall or decisions):
        cure = "name --prepare alone; the one table serves --recall too, and --charged needs none"
        raise InputError("a table is made before anything is decided", where="--prepare", cure=cure)
    if not (prepare or charged or decisions):
        cure = "make counsel's table with --prepare first, also of whom there may be nothing"
        raise InputError("no table of decisions was named", where="--decisions", cure=cure)
    if charged and decisions:
        cure = "leave --decisions out; the law has the notice sent whatever was disclosed"
        raise InputError("the notice needs no decisions", where="--charged", cure=cure)
    asked = None
    if not prepare:
        whom = _line(represented)
        asked = persons.Asked(person_id, _lines(address), Language(language), whom)
    said = persons.read_decisions(decisions) if decisions else {}
    signing = key_files.read_signing_key(key) if key else None
    with entering.at_work(office) as place:
        persons.check_days(said, place.moment.today)
        if act_on and act_on > place.moment.today:
            cure = "give the day on which somebody looked or told"
            raise InputError("the act is still to come", where="--act-on", cure=cure)
        persons.told_entry(place, officer, identity, signing)

        def opening() -> OpeningKey:
            return permanent_record_reader.record_key(place, record_key_file)

        if asked is None:
            body = persons.table_for_counsel(place, person_id, opening).encode()
        elif charged and act_on:
            body = pdf.letter_pdf(persons.charge_letter(place, asked, charged, act_on))
        else:
            write = persons.recall_letter if recall else persons.view_letter
            body = pdf.letter_pdf(write(place, asked, said, opening))
    files.put_letter(out, body)
    what = "table" if prepare else "letter"
    emit({"file": str(out)}, as_json=as_json, text=lambda: say(f"{what}: {out}"))


def _line(name: str) -> str:
    """Give the name of who is represented as it stands in a letter; empty where nobody is.

    Raises:
        InputError: it is no line of a letter.
    """
    found = " ".join(name.split())
    if len(found) > _LONGEST_NAME or bool(found) != bool(name):
        cure = f"a name of at most {_LONGEST_NAME} signs"
        raise InputError("names nobody", where="--on-behalf-of", cure=cure)
    return found


def _lines(address: Path | None) -> tuple[str, ...]:
    """Read whom a letter goes to.

    Raises:
        InputError: no file was named, it is no UTF-8, or it has no lines or too many.
    """
    if address is None:
        raise InputError("the letter goes to nobody", where="--to", cure="name a text file")
    lines = [line.strip() for line in arg.text_of(address).splitlines()]
    found = tuple(line for line in lines if line)
    if not 1 <= len(found) <= _MOST_LINES:
        raise InputError("names nobody", where=str(address), cure="one to eight lines")
    return found
