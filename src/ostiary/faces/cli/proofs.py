"""``accounting verify-proof``: one entry and its proof, checked offline with the log's keys."""

from pathlib import Path
from typing import Any

import click

from ostiary.domain.errors import InputError
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.log_keys import believed_keys
from ostiary.faces.cli.output import as_json, emit, say
from ostiary.faces.cli.witness_options import policy_of, witness_options
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.notes import MAX_NOTE
from ostiary.verifying.log.proofs import read_proof
from ostiary.verifying.log.sources import FolderSource
from ostiary.verifying.log.vkeys import read_vkey

_LONGEST_ENTRY = 65_535  # tlog-tiles, "Log Entries": an entry has a length of 16 bits


@click.command("verify-proof")
@click.argument("entry", type=arg.FILE)
@click.argument("proof", type=arg.FILE)
@arg.needed_public_keys
@witness_options
@as_json
def verify_proof(
    entry: Path,
    proof: Path,
    keys: tuple[Path, ...],
    witnesses: tuple[str, ...],
    quorum: int | None,
    policy_file: Path | None,
    as_json: bool,
) -> None:
    """Check that a log holds exactly this entry; needs no office and no network."""
    policy = policy_of(witnesses, quorum, policy_file)
    body = _read(entry, _LONGEST_ENTRY)
    found = read_proof(_read(proof, 2 * MAX_NOTE).decode("utf-8", "replace"))
    believed = believed_keys(FolderSource(proof.parent), keys, policy)
    checkpoint = found.verify(
        body,
        [read_vkey(key) for key in believed.vkeys],
        every=believed.every,
        retired=believed.retired,
    )
    policy.check(found.checkpoint)  # C2SP tlog-proof, "Verifying", step 3
    summary = {
        "origin": checkpoint.origin,
        "entry": found.index,
        "type": read_entry(body).type,
        "size": checkpoint.size,
        "root": checkpoint.root.hex(),
    }
    emit(summary, as_json=as_json, text=lambda: _show(summary))


def _show(summary: dict[str, Any]) -> None:
    say(f"proved: entry {summary['entry']:,} of {summary['origin']}, {summary['type']}")
    say(f"under the signed checkpoint of {summary['size']:,} entries, root {summary['root']}")


def _read(path: Path, most: int) -> bytes:
    """Read a file whole.

    Raises:
        InputError: it cannot be read, or is too long to be what it should be.
    """
    try:
        with path.open("rb") as file:
            found = file.read(most + 1)
    except OSError as error:
        raise InputError(
            "cannot read the file", where=str(path), cure=str(error.strerror).lower()
        ) from None
    if len(found) > most:
        raise InputError("this file is too long", where=str(path))
    return found
