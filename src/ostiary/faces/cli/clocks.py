"""``clock``: two officers put right in the log what a clock that leapt ahead has written."""

from pathlib import Path

import click

from ostiary.disk import durable
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.lazy_group import LateGroup
from ostiary.faces.cli.output import as_json, emit, say
from ostiary.office.recovery import clock_correction
from ostiary.verifying.keys import files
from ostiary.verifying.log import vocabulary


@click.group(cls=LateGroup)
def clock() -> None:
    """Let an office go on whose clock had leapt ahead: two officers sign what is right.

    Set the machine's clock right first. The correction is an entry of the log, and `accounting
    verify` remarks it. What was written in between keeps its date.
    """


@clock.command()
@arg.office
@click.option(
    "--why", type=click.Choice(vocabulary.CLOCK_CAUSES), required=True, help="Why it was wrong."
)
@click.option("--out", type=arg.NEW_FILE, required=True, help="New file for the second officer.")
@arg.officer
@arg.signing_key
@as_json
def sign(office: Path, why: str, out: Path, officer: str, key: Path, as_json: bool) -> None:
    """Say, as the first officer, that the clock is right now. Nothing enters the log yet."""
    signing = files.read_signing_key(key)
    word = clock_correction.first_word(office, why, officer, signing)
    durable.replace_file(out, clock_correction.written(word).encode())
    emit(
        {"stood": word.stood, "right": word.right, "entries": word.entries},
        as_json=as_json,
        text=lambda: say(
            f"the log stands at {word.stood}, and it is {word.right}; a second officer has to say"
            f" so within a day: `ostiary clock correct {office} --word {out}`"
        ),
    )


@clock.command()
@arg.office
@click.option("--word", type=arg.FILE, required=True, help="What the first officer signed.")
@arg.officer
@arg.signing_key
@as_json
def correct(office: Path, word: Path, officer: str, key: Path, as_json: bool) -> None:
    """Say the same as the second officer; with it the correction is written."""
    signing = files.read_signing_key(key)
    said = clock_correction.read_word(arg.text_of(word), where=str(word))
    index = clock_correction.correct_clock(office, said, officer, signing)
    emit(
        {"entry": index, "stood": said.stood, "right": said.right},
        as_json=as_json,
        text=lambda: say(f"corrected (log entry {index}); the office goes on from {said.right}"),
    )
