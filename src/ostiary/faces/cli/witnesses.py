"""``witness``: run a witness for the logs of others. Needs no office."""

import logging
import signal
from pathlib import Path
from typing import Any

import click

from ostiary.domain.errors import InputError
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.lazy_group import LateGroup
from ostiary.faces.cli.output import as_json, emit, say
from ostiary.verifying.answers.trust import TRUST_FILE, Trust, read_trust
from ostiary.verifying.log.vkeys import Verifier, read_vkey
from ostiary.verifying.witness.folder import WitnessFolder, create_witness
from ostiary.verifying.witness.server import WitnessServer
from ostiary.verifying.witness.submissions import latest_path
from ostiary.verifying.witness.witness import Witness

_folder = click.argument("folder", metavar="DIR", type=arg.FOLDER)


@click.group(cls=LateGroup)
def witness() -> None:
    """A witness: cosigns other parties' logs, so that nobody is shown two of them."""


@witness.command()
@_folder
@click.argument("name", metavar="NAME")
@as_json
def init(folder: Path, name: str, as_json: bool) -> None:
    """Make a witness called NAME, such as witness.example/w1, and its keys in the folder DIR."""
    _report(create_witness(folder, name), as_json=as_json)


@witness.command("add-log")
@_folder
@click.argument("keys", metavar="VKEY|FILE", nargs=-1, required=True)
@click.option("--origin", default=None, help="The log's name. Default: that of its first key.")
@as_json
def add_log(folder: Path, keys: tuple[str, ...], origin: str | None, as_json: bool) -> None:
    """Begin to cosign a log, given its verifier keys or its custodian.pub.

    Again with other keys: they take the place of those before; what was cosigned stays.
    """
    kept = WitnessFolder(folder)
    verifiers = [verifier for key in keys for verifier in _keys(key)]
    kept.add_log(origin or verifiers[0].name, verifiers)
    _report(kept, as_json=as_json)


@witness.command()
@_folder
@as_json
def show(folder: Path, as_json: bool) -> None:
    """Show the witness's keys, to be published, and the logs that it cosigns."""
    _report(WitnessFolder(folder), as_json=as_json)


@witness.command()
@_folder
@click.option("--host", default="127.0.0.1", help="Address to listen on. Default: this machine.")
@click.option("--port", type=click.IntRange(0, 65535), default=8047, help="Default: 8047.")
def serve(folder: Path, host: str, port: int) -> None:
    """Take checkpoints over HTTP until interrupted. Put a web server with TLS before it."""
    logging.basicConfig(level=logging.WARNING, format="ostiary: %(message)s")
    kept = WitnessFolder(folder)
    with kept.alone():
        try:
            server = WitnessServer(Witness(kept), host, port)
        except OSError as error:
            raise InputError(
                "cannot listen here",
                where=f"{host}:{port}",
                cure=(error.strerror or "name another address").lower(),
            ) from None
        with server:
            for each in (signal.SIGINT, signal.SIGTERM):
                signal.signal(each, server.end)
            say(f"witness {kept.name} listens on http://{host}:{server.server_port}")
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                say("ended")


def _keys(text: str) -> tuple[Verifier, ...]:
    """Read a verifier key, or the log's keys from a file: one a line, or a custodian's keys."""
    path = Path(text)
    if not path.is_file():
        return (read_vkey(text),)
    if path.name == TRUST_FILE or path.read_bytes().lstrip().startswith(b"{"):
        trust: Trust = read_trust(path)
        return trust.logs
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return tuple(read_vkey(line) for line in lines if line.strip())


def _report(kept: WitnessFolder, *, as_json: bool) -> None:
    logs = [
        {
            "origin": log.origin,
            "keys": [key.vkey for key in log.keys],
            "path": latest_path(log.origin),
        }
        for log in kept.logs()
    ]
    keys = [signer.verifier for signer in kept.signers()]
    summary: dict[str, Any] = {
        "witness": kept.name,
        "keys": {key.type.name.lower().replace("_", "-"): key.vkey for key in keys},
        "logs": logs,
    }
    emit(summary, as_json=as_json, text=lambda: _show(summary))


def _show(summary: dict[str, Any]) -> None:
    say(f"witness {summary['witness']}")
    say("keys, to be published; whoever asks you names one of them:")
    for key in summary["keys"].values():
        say(f"  {key}")
    for log in summary["logs"]:
        say(f"cosigns {log['origin']}")
