"""The unit of systemd and the recipe of the image name what this version has."""

import json
import re
import shlex
from pathlib import Path

import click

from ostiary.faces.cli.main import cli

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "docs" / "how-to" / "ostiary.service"
RECIPE = ROOT / "docs" / "how-to" / "Containerfile"
GUIDE = ROOT / "docs" / "how-to" / "serve-an-office.md"


def parsed(arguments: list[str]) -> None:
    """Read the arguments of a command as the command does; nothing is run."""
    context = click.Context(cli)
    command = cli.get_command(context, arguments[0])
    assert command is not None, arguments
    known = {name for one in command.params for name in one.opts}
    assert {one for one in arguments if one.startswith("--")} <= known, arguments


def test_the_unit_starts_what_there_is_and_ends_it_as_ctrl_c_does():
    said = dict(re.findall(r"^(\w+)=(.*)$", UNIT.read_text(), re.MULTILINE))
    program, *arguments = shlex.split(said["ExecStart"])
    assert program == "/opt/ostiary/bin/ostiary"
    parsed(arguments)
    assert (said["KillSignal"], said["SuccessExitStatus"]) == ("SIGINT", "130")
    assert arguments[1].startswith(said["ReadWritePaths"])


def test_the_image_takes_what_the_checkout_has_and_runs_as_nobody_else():
    text = RECIPE.read_text().replace("\\\n", "")
    copied = re.findall(r"^COPY (?!--from)(.*) \S+$", text, re.MULTILINE)
    for name in " ".join(copied).split():
        assert (ROOT / name).exists(), name
    for name in re.findall(r"-r (\S+)", text):
        assert (ROOT / name).is_file(), name
    parsed(json.loads(re.findall(r"^CMD (\[.*\])$", text, re.MULTILINE)[-1]))
    assert re.search(r"^USER (?!0|root)\d+:\d+$", text, re.MULTILINE)


def test_every_command_of_the_guide_is_one():
    commands = re.findall(r"/bin/ostiary ([a-z].*)$", GUIDE.read_text(), re.MULTILINE)
    assert commands
    for line in commands:
        parsed(shlex.split(line.rstrip("'")))
