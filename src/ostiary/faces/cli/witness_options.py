"""Options that name witnesses: by their keys and a number, or by a policy file."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from ostiary.domain.errors import InputError
from ostiary.faces.cli import arguments as arg
from ostiary.verifying.log.policies import (
    MAX_POLICY,
    NO_WITNESSES,
    Policy,
    Witness,
    quorum_of,
    read_policy,
)
from ostiary.verifying.log.vkeys import read_vkey

_Command = TypeVar("_Command", bound=Callable[..., None])


def witness_options(command: _Command) -> _Command:
    """Add ``--witness``, ``--quorum`` and ``--policy`` to a command."""
    for option in reversed(
        (
            click.option(
                "--witness",
                "witnesses",
                metavar="VKEY",
                multiple=True,
                help="Verifier key of a witness that must have cosigned. May be given again.",
            ),
            click.option(
                "--quorum",
                type=click.IntRange(min=1),
                default=None,
                help="How many of the witnesses suffice. Default: all.",
            ),
            click.option(
                "--policy",
                "policy_file",
                type=arg.FILE,
                default=None,
                help="Logs, witnesses and quorum in a C2SP tlog-policy file, instead.",
            ),
        )
    ):
        command = option(command)
    return command


def policy_of(witnesses: tuple[str, ...], quorum: int | None, file: Path | None) -> Policy:
    """Give the policy that the options name.

    Raises:
        InputError: they contradict each other, or a key or the file is none.
    """
    if file is not None:
        if witnesses or quorum:
            raise InputError("a policy file names the witnesses already", where="--policy")
        try:
            with file.open("rb") as opened:
                return read_policy(opened.read(MAX_POLICY + 1), where=str(file))
        except OSError as error:
            raise InputError(
                "cannot read the policy", where=str(file), cure=str(error.strerror).lower()
            ) from None
    if not witnesses:
        if quorum:
            raise InputError("a quorum of nobody", where="--quorum", cure="name --witness")
        return NO_WITNESSES
    named = [Witness("", read_vkey(text)) for text in witnesses]
    names = {one.verifier.name for one in named}
    return quorum_of(named, len(names) if quorum is None else quorum)
