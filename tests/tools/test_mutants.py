"""The faults that `make mutants` puts into the verifier, and how it reads the reasons."""

import ast
from pathlib import Path

import pytest

from mutants import ALL_TESTS, REASONS, TESTS, read_reasons
from mutation.operators import mutant_names, mutants
from mutation.running import ROOT, SOURCE

FUNCTION = '''
"""A docstring of 5 words."""

LIMIT: int = 3

def check(size: int, names: list[str]) -> int:
    """Another one."""
    if not names and size >= LIMIT:
        raise ValueError(f"{size + 1} is too much")
    while size % 2 == 0:
        size >>= 1
        names.append("x")
    return size
'''


def test_each_step_comparison_and_number_is_changed_once() -> None:
    names = [one.name for one in mutants(FUNCTION)]
    assert names == [
        "module: 3 -> 4",
        "module: 3 -> 2",
        "check: not names and size >= LIMIT -> not names or size >= LIMIT",
        "check: not names -> names",
        "check: size >= LIMIT -> size > LIMIT",
        "check: size >= LIMIT -> size < LIMIT",
        "check: raise ValueError(f'{size + 1} is too much') -> pass",
        "check: size % 2 == 0 -> size % 2 != 0",
        "check: size % 2 -> size // 2",
        "check: 2 -> 3",
        "check: 2 -> 1",
        "check: 0 -> 1",
        "check: 0 -> -1",
        "check: size >>= 1 -> size <<= 1",
        "check: 1 -> 2",
        "check: 1 -> 0",
        "check: names.append('x') -> pass",
        "check: return size -> return None",
    ]


def test_a_mutant_differs_in_one_place_and_can_be_run() -> None:
    whole = ast.unparse(ast.parse(FUNCTION)).splitlines()
    for one in mutants(FUNCTION):
        lines = ast.unparse(one.tree).splitlines()
        assert sum(a != b for a, b in zip(lines, whole, strict=True)) == 1, one.name
        compile(one.tree, "-", "exec")


def test_a_fault_that_stands_twice_in_a_function_has_two_names() -> None:
    names = [one.name for one in mutants("def f(x):\n    return x[1] + x[1]\n")]
    assert len(names) == len(set(names))
    assert "f: 1 -> 2 (2)" in names


def test_mutants_are_named_alike_whether_they_are_made_or_not() -> None:
    for source in (FUNCTION, "def f(x):\n    return x[1] + x[1]\n"):
        assert mutant_names(source) == {one.name for one in mutants(source)}


def test_every_module_and_test_named_is_there() -> None:
    assert all((SOURCE / f"{module}.py").is_file() for module in TESTS)
    assert all((ROOT / "tests" / test).is_file() for test in ALL_TESTS)


def test_every_reason_is_about_a_fault_that_is_put_in() -> None:
    reasons = read_reasons(REASONS)
    modules = {reason.partition(".")[0] for reason in reasons}
    there = {
        f"{module}.{name}"
        for module in modules
        for name in mutant_names((SOURCE / f"{module}.py").read_text(encoding="utf-8"))
    }
    assert reasons
    assert reasons <= there


def test_reasons_are_read_from_the_rows_of_a_table(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("text\n\n| mutant | reason |\n|---|---|\n| `a.b: 1 | 2 -> 3` | because |\n")
    assert read_reasons(page) == {"a.b: 1 | 2 -> 3"}
    assert read_reasons(tmp_path / "none.md") == set()


@pytest.mark.parametrize("module", sorted(TESTS))
def test_there_is_something_to_change(module: str) -> None:
    assert any(mutants((SOURCE / f"{module}.py").read_text(encoding="utf-8")))
