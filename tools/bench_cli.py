"""How soon does the command line answer? Ours, and beside it an earlier build when one is there.

python tools/bench_cli.py                what stands in docs/benchmarks.md
python tools/bench_cli.py --runs 20      more runs of each
python tools/bench_cli.py --all          the help of every command, too

`make bench-before COMMIT=...` builds the earlier one in build/before. Each command is run so many
times in a process of its own; the median of the seconds is told, and the most memory.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

from ostiary.faces.cli.lazy_group import LateGroup
from ostiary.faces.cli.main import cli

ROOT = Path(__file__).parents[1]
BEFORE = ROOT / "build" / "before" / ".venv" / "bin" / "ostiary"
MIB = 1024
LIMITS = {"--help": (0.3, 60), "frobnicate": (0.3, 60), "accounting verify LOG": (0.5, None)}
OF_HELP = (0.4, None)
HEAD = (
    "| command | seconds | MiB | before: seconds | MiB | times faster |\n|---|--:|--:|--:|--:|--:|"
)
SHOWN = ("run --help", "review OFFICE list --help", "serve --help", "accounting --help")


def main() -> int:
    """Measure and print; exit status 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--all", action="store_true")
    asked = parser.parse_args()
    ours = Path(sys.executable).with_name("ostiary")
    helps = [f"{path} --help" for path in commands(cli)] if asked.all else SHOWN
    over = []
    print(HEAD)
    with tempfile.TemporaryDirectory() as made:
        office = small_office(ours, Path(made))
        for line in [*LIMITS, *helps]:
            words = [part(word, office) for word in line.split()]
            seconds, memory = measured([ours, *words], asked.runs)
            most, most_memory = LIMITS.get(line, OF_HELP)
            if seconds > most or (most_memory and memory > most_memory):
                over.append(line)
            told = f"| `ostiary {line}` | {seconds:.2f} | {memory:.0f} |"
            print(told, beside(words, seconds, asked.runs))
    for line in over:
        print(f"slower or larger than it may be: ostiary {line}")
    return 1 if over else 0


def commands(group: click.Group, path: str = "") -> list[str]:
    """Every command, by its whole name."""
    found = []
    with click.Context(group) as ctx:
        for name in group.list_commands(ctx):
            command = group.get_command(ctx, name)
            place = " OFFICE" if name == "review" else ""
            found.append(f"{path}{name}")
            if isinstance(command, LateGroup):
                found += commands(command, f"{path}{name}{place} ")
    return found


def part(word: str, office: Path) -> str:
    """Put the office, or its log, where a command line names it."""
    return {"OFFICE": str(office), "LOG": str(office / "accounting")}.get(word, word)


def small_office(ostiary: Path, folder: Path) -> Path:
    """Make an office with a log of a few hundred entries, by its own commands."""
    world, office = folder / "world", folder / "office"
    for words in (
        ["synth", world, "--people", "1000", "--requests", "200"],
        ["init", office, "--training"],
        ["reference", "load", office, world / "people.parquet"],
        ["run", office, world / "requests.csv", "--registers", world / "registers"],
    ):
        subprocess.run([ostiary, *map(str, words)], check=True, capture_output=True)
    return office


def measured(command: list[object], runs: int) -> tuple[float, float]:
    """Run a command several times; give the median seconds and the most memory, in MiB."""
    seconds, memory = [], 0
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    words = [str(word) for word in command]
    for _ in range(runs):
        began = time.perf_counter()
        pid = os.posix_spawn(words[0], words, os.environ, file_actions=silent)
        _, _, used = os.wait4(pid, 0)
        seconds.append(time.perf_counter() - began)
        memory = max(memory, used.ru_maxrss)
    return statistics.median(seconds), memory / MIB


def beside(words: list[str], ours: float, runs: int) -> str:
    """Measure the earlier build, if there is one."""
    if not BEFORE.exists():
        return "| | |"
    seconds, memory = measured([BEFORE, *words], runs)
    return f"{seconds:.2f} | {memory:.0f} | {seconds / ours:.1f} |"


if __name__ == "__main__":
    sys.exit(main())
