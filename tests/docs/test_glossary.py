"""The glossary is short, each word once, and what it rules out names nothing in the code."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MOST = 60
ROW = re.compile(r"^\| ([^|]+?) \| ([^|]+?) \| ([^|]+?) \|$", re.MULTILINE)


def words() -> list[tuple[str, str, str]]:
    """Every row of the glossary but its head."""
    return ROW.findall((ROOT / "docs" / "glossary.md").read_text("utf-8"))[1:]


def names() -> dict[str, str]:
    """Every module and class of the package, in small letters with underscores, and where it is."""
    found = {}
    for path in (ROOT / "src" / "ostiary").rglob("*.py"):
        found[path.stem] = str(path)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                snake = re.sub(r"(?<!^)(?=[A-Z])", "_", node.name).lower()
                found[snake] = f"{path}: {node.name}"
    return found


def test_it_is_short_and_each_word_stands_once():
    told = [word for word, _, _ in words()]
    assert 0 < len(told) <= MOST
    assert len(told) == len(set(told))
    assert told == sorted(told, key=str.lower), "words stand in the order of the alphabet"


def test_no_word_that_it_rules_out_is_a_name():
    found = names()
    ruled_out = {word for _, _, instead in words() for word in instead.split(", ")}
    assert {word: found[word] for word in ruled_out if word in found} == {}
