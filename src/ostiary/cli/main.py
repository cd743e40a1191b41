"""``ostiary``: the command line. Exit status 0 done, 1 a fault was found, 2 bad input or usage."""

import errno
import os
import sys

import click
import duckdb

from ostiary import __version__
from ostiary.cli.accounting import accounting
from ostiary.cli.audits import export, verify_export
from ostiary.cli.bench import bench
from ostiary.cli.demo import demo
from ostiary.cli.disposals import dispose
from ostiary.cli.law import book, check
from ostiary.cli.letters import letter, letters
from ostiary.cli.offices import init, reference, run
from ostiary.cli.proofs import verify_proof
from ostiary.cli.recalls import recall, receipts
from ostiary.cli.releases import open_, release
from ostiary.cli.replays import replay
from ostiary.cli.reports import report
from ostiary.cli.reviews import review
from ostiary.cli.rotations import rotate_key
from ostiary.cli.sandbox import sandbox
from ostiary.cli.serving import people, serve
from ostiary.cli.signatures import signatures
from ostiary.cli.witnesses import witness
from ostiary.cli.worlds import synth
from ostiary.domain.errors import OstiaryError

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL = "the disk is full; nothing was left half done. Make room, then run the command again"


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="ostiary")
def cli() -> None:
    """The doorkeeper for confidential tax records.

    Decides each request against the law before any record is read, verifies name and address
    against the custodian's file, lets two officers approve, answers with the least that the law
    allows, and proves everything that it did.
    """


for command in (
    init,
    synth,
    reference,
    check,
    run,
    review,
    release,
    open_,
    letter,
    letters,
    recall,
    receipts,
    dispose,
    report,
    replay,
    accounting,
    witness,
    book,
    people,
    serve,
    demo,
    bench,
    sandbox,
):
    cli.add_command(command)
for audit in (export, verify_export, verify_proof, rotate_key, signatures):
    accounting.add_command(audit)


def main() -> None:
    """Run the command line; print each error once, for people, without a trace."""
    try:
        status = cli.main(prog_name="ostiary", standalone_mode=False)
    except click.exceptions.Abort:
        _end("interrupted; nothing was left half done", 130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except OstiaryError as error:
        _end(str(error), error.exit_status)
    except OSError as error:
        _end(_system_message(error), 2)
    except duckdb.IOException as error:
        _end(_engine_message(error), 2)
    sys.exit(status if isinstance(status, int) else 0)


def _engine_message(error: duckdb.IOException) -> str:
    """Say what DuckDB could not read or write; it tells the system's reason in words."""
    text = str(error)
    if any(os.strerror(number) in text for number in _NO_ROOM):
        return _FULL
    return f"a file could not be read or written: {text.splitlines()[0]}"


def _end(message: str, status: int) -> None:
    click.echo(f"ostiary: {message}", err=True)
    sys.exit(status)


def _system_message(error: OSError) -> str:
    """Say what the system refused, and where; a full disk by its name."""
    if error.errno in _NO_ROOM:
        return _FULL
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{(error.strerror or os.strerror(error.errno or 0)).lower()}"
