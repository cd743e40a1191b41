"""Prints the table of attacks that are tried in every run of the tests, one line each.

    python tools/attacks.py

It reads ``tests/attacks`` and runs nothing: what somebody tries stands at the head of a file, and
what has to hold is the name of a test. A test that tries several things is one line.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[1] / "tests" / "attacks"


class Attack(NamedTuple):
    """One line: what is tried, what has to hold, and where that is tested."""

    tried: str
    holds: str
    where: str


def attacks() -> Iterator[Attack]:
    """Give every attack, file by file."""
    for path in sorted(FOLDER.glob("test_*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        tried = " ".join((ast.get_docstring(module) or "").split("\n\n")[0].split())
        for node in module.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                holds = node.name.removeprefix("test_").replace("_", " ")
                yield Attack(tried.removeprefix("Attack: "), holds, path.name)


def main() -> None:
    """Print the table and how long it is."""
    found = list(attacks())
    tried = ""
    for one in found:
        if one.tried != tried:
            tried = one.tried
            print(f"\n{tried[0].upper()}{tried[1:]}  ({one.where})")
        print(f"  - {one.holds}")
    files = len({one.where for one in found})
    print(f"\n{len(found)} attacks in {files} files; all are run by `make test`")


if __name__ == "__main__":
    main()
