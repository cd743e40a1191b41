"""What `docs/architecture.md` promises of imports, read from the code."""

import ast
import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src" / "ostiary"
REASONS = ("an extra that need not be there", "under the limits", "read where a page is made")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def late_imports(path: Path) -> dict[str, str]:
    """Every import inside a function of a module: where it is, and the reason beside it."""
    text = path.read_text("utf-8")
    if "PLC0415" not in text:  # ruff has found none
        return {}
    lines = text.splitlines()
    found = {}
    for function in ast.walk(ast.parse(text)):
        for node in ast.walk(function) if isinstance(function, FUNCTIONS) else ():
            if isinstance(node, ast.Import | ast.ImportFrom):
                said = re.search(r"# noqa: PLC0415 - (.+)$", lines[node.lineno - 1])
                found[f"{path.relative_to(PACKAGE)}:{node.lineno}"] = said[1] if said else ""
    return found


def test_no_import_waits_inside_a_function_for_django():
    late: dict[str, str] = {}
    for path in PACKAGE.rglob("*.py"):
        late |= late_imports(path)
    assert late
    assert {where: why for where, why in late.items() if why not in REASONS} == {}
