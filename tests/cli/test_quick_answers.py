"""The command line answers at once: what nobody asked for is not read."""

import json
import subprocess
import sys

import click
import pytest

from ostiary.faces.cli.command_table import ACCOUNTING, BOOK, COMMANDS, REVIEW
from ostiary.faces.cli.lazy_group import LateGroup
from ostiary.faces.cli.main import cli

HEAVY = {
    "django",
    "duckdb",
    "pyarrow",
    "numpy",
    "z3",
    "typst",
    "jinja2",
    "sqlglot",
    "pypdfium2",
} | {
    "pdfminer",
    "pypdf",
}
FOR_PRINTING = {"rich"}
PROGRAM = """
import json, sys
from ostiary.faces.cli.main import cli
said = []
for arguments in json.loads(sys.argv[1]):
    before = set(sys.modules)
    try:
        cli.main(arguments, prog_name="ostiary", standalone_mode=False)
    except Exception as error:
        said.append(str(error))
    read = sorted(name.partition(".")[0] for name in set(sys.modules) - before)
    print("READ", json.dumps([arguments, sorted(set(read))]), file=sys.stderr)
"""

ENDING = """
import tempfile, threading, time
from ostiary.faces.cli import main

def later():
    time.sleep(0.05)
    open("told", "w").close()

class Late:
    def main(self, **more):
        self.kept = tempfile.TemporaryDirectory(dir=".")
        threading.Thread(target=later).start()
        return real.main(**more)

real, main.cli = main.cli, Late()
main.program()
"""


def commands(group=cli, path=()):
    """Every command with its path; the group is asked as `--help` asks it."""
    with click.Context(group) as ctx:
        for name in group.list_commands(ctx):
            command = group.get_command(ctx, name)
            yield (*path, name), command
            if isinstance(command, click.Group):
                yield from commands(command, (*path, name))


def run(*arguments):
    """Run the command line in a process of its own, with nothing read before."""
    return subprocess.run(
        [sys.executable, "-m", "ostiary", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def read_by(*calls):
    """Give what each call reads of the libraries, in one process, one call after the other."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps([list(map(str, call)) for call in calls])],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [json.loads(x[5:]) for x in done.stderr.splitlines() if x.startswith("READ ")]
    assert len(lines) == len(calls), done.stderr
    return {tuple(arguments): set(read) for arguments, read in lines}


@pytest.mark.parametrize(
    ("table", "group"),
    [(COMMANDS, cli), (ACCOUNTING, "accounting"), (BOOK, "book"), (REVIEW, "review")],
)
def test_the_table_says_what_each_command_says(table, group):
    with click.Context(cli) as ctx:
        found = group if isinstance(group, click.Group) else cli.get_command(ctx, group)
        names = [name for part in table.values() for name in part]
        assert sorted(names) == found.list_commands(ctx)
        for part in table.values():
            for name, listed in part.items():
                command = found.get_command(ctx, name)
                assert command.get_short_help_str(limit=1_000) == listed.told, name
                assert command.name == name


def test_help_lists_every_command_once_and_cuts_no_line():
    for path, command in [((), cli), *commands()]:
        if isinstance(command, click.Group):
            assert isinstance(command, LateGroup), path
            with click.Context(command, info_name=" ".join(path), terminal_width=80) as ctx:
                told = command.get_help(ctx)
                assert "..." not in told.replace("[ARGS]...", ""), path
                lines = [
                    line.split()[0]
                    for line in told.splitlines()
                    if line[:2] == "  " and line[2:3].strip()
                ]
                assert {*command.list_commands(ctx)} <= {*lines}


def test_no_help_reads_an_engine_a_store_or_what_prints():
    calls = [(), *(_with_office(path) for path, _ in commands())]
    read = read_by(*[(*call, "--help") for call in calls])
    assert len(read) > 60
    for call, libraries in read.items():
        assert not libraries & (HEAVY | FOR_PRINTING), call


def _with_office(path):
    """Name an office where a group takes it before its command."""
    return ("review", ".", *path[1:]) if path[0] == "review" and path[1:] else path


def test_outsiders_programs_never_read_the_office(served_office, tmp_path):
    """What verifies a log, opens an answer and cosigns runs with a handful of libraries."""
    log = served_office / "accounting"
    (tmp_path / "a.answer").write_text("{}")
    key = served_office / "keys" / "log.pub"
    read = read_by(
        ("accounting", "verify", log),
        ("accounting", "verify", log, "--public-key", key, "--json"),
        (
            "accounting",
            "verify-proof",
            tmp_path / "a.answer",
            log / "checkpoint",
            "--public-key",
            key,
        ),
        ("open", tmp_path / "a.answer", "--key", served_office / "officers" / "anna.pem"),
        ("witness", "init", tmp_path / "w", "witness.example/w1"),
        ("witness", "show", tmp_path / "w"),
    )
    for call, libraries in read.items():
        assert not libraries & HEAVY, call
    assert (tmp_path / "w").is_dir()


def test_no_office_command_reads_the_prover_before_it_proves():
    """It is a tenth of a second of a processor; a process of its own says what is read."""
    program = (
        "import sys; import ostiary.office.recovery.entering, ostiary.office.cases.dossier,"
        " ostiary.office.release.release; sys.exit('z3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        (["acounting"], "`ostiary accounting`"),
        (["verify"], "`ostiary accounting verify`"),
        (["prove"], "`ostiary book prove`"),
        (["accounting", "verfy"], "`ostiary accounting verify`"),
        (["book", "TEST"], "`ostiary book test`"),
        (["review", ".", "aprove"], "`ostiary review OFFICE approve`"),
        (["receipts", "takes"], "`ostiary receipts take`"),
        (["frobnicate"], "see `ostiary --help`"),
    ],
)
def test_a_wrong_command_names_the_nearest_on_one_line(asked, near, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["ostiary", *asked])
    with pytest.raises(click.UsageError) as refused:
        cli.main(asked, prog_name="ostiary", standalone_mode=False)
    assert near in refused.value.format_message()
    refused.value.show()
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"`{asked[-1]}`" in said


def test_a_wrong_command_ends_with_status_2():
    done = run("frobnicate")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("said", "usage"),
    [
        (["review", "{office}", "list"], "ostiary review OFFICE list"),
        (["review", "list", "{office}"], "ostiary review OFFICE list"),
        (["people", "list", "{office}"], "ostiary people list"),
        (["people", "{office}", "list"], "ostiary people list"),
        (["keys", "{office}", "list"], "ostiary keys list"),
    ],
)
def test_an_office_and_a_step_are_taken_in_either_order(said, usage, tmp_path):
    done = run(*(one.format(office=tmp_path) for one in said), "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Usage: {usage} ")


@pytest.mark.parametrize(
    ("said", "status"), [(["--version"], 0), (["frobnicate"], 2), (["check", "none.csv"], 2)]
)
def test_the_program_ends_with_all_done_that_was_to_be_done(said, status, tmp_path):
    """It takes nothing apart; threads and files of its own are seen to before."""
    done = subprocess.run(
        [sys.executable, "-c", ENDING, *said],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == status, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["told"], "a file of its own is left"
    assert ("version" in done.stdout) == (not status)
    assert bool(done.stderr) == bool(status)
    assert "Traceback" not in done.stderr
