"""YAML as counsel writes it: every value is the text that stands there, nothing is guessed.

YAML would make a flag of the surname ``No``, nothing of ``Null`` and a number of a docket; here all
three are texts. Whoever asks says what a text must be, and every refusal names place and cure.
"""

import difflib
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ostiary.domain.errors import BookError

_QUOTES = "mend the YAML there; a text that holds `: ` or begins with a sign needs quotes"


_Base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Plain(_Base):  # type: ignore[misc]  # libyaml where it is there
    """Reads scalars as texts, and refuses a key that comes twice in one mapping."""


def _once(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for at, inside in node.value:
        key = loader.construct_object(at, deep=True)
        if not isinstance(key, str) or key in found:
            problem = "this key is no text, or comes twice"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=at.start_mark)
        found[key] = loader.construct_object(inside, deep=True)
    return found


_Plain.add_constructor("tag:yaml.org,2002:map", _once)


def loaded(path: Path, where: str) -> object:
    """Read one file: texts, lists and mappings of them.

    Raises:
        BookError: it is no UTF-8 text, no YAML, or a key comes twice; names the line.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _Plain)  # noqa: S506 - makes texts only
    except (OSError, UnicodeDecodeError):
        cure = "save it as UTF-8 text; the README of the book says what stands in it"
        raise BookError("cannot be read as UTF-8 text", where=where, cure=cure) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = error.problem or "this is no YAML"
        raise BookError(problem, where=f"{where} line {line}", cure=_QUOTES) from None
    except yaml.YAMLError:
        raise BookError("it holds signs that YAML forbids", where=where, cure=_QUOTES) from None


def mapping(block: object, keys: Collection[str] | None, where: str) -> dict[str, Any]:
    """Take a mapping whose keys are all known; ``None`` knows every key.

    Raises:
        BookError: it is none, or a key is unknown.
    """
    if not isinstance(block, dict):
        cure = "write `key: value`"
        raise BookError("keys and values are asked for here", where=where, cure=cure)
    if keys is not None:
        for key in block:
            check_known(key, keys, "key", where)
    return block


def check_known(name: str, names: Collection[str], what: str, where: str) -> None:
    """Refuse a name that is not among those known, and say which one may be meant.

    Raises:
        BookError: the name is unknown.
    """
    if name not in names:
        near = difflib.get_close_matches(name, [str(one) for one in names], n=1)
        choice = ", ".join(sorted(map(str, names)))
        cure = f"is `{near[0]}` meant?" if near else f"there are: {choice}"
        raise BookError(f"unknown {what} `{name}`", where=where, cure=cure)


def word(value: object, where: str) -> str:
    """Take one text, its white space made single blanks.

    Raises:
        BookError: it is a list or a mapping.
    """
    if not isinstance(value, str):
        raise BookError("one text is asked for here", where=where, cure="write a plain value")
    return " ".join(value.split())


def day(value: object, where: str) -> date:
    """Take an ISO day.

    Raises:
        BookError: it is none.
    """
    try:
        if isinstance(value, str) and len(value) == len("2025-08-06"):
            return date.fromisoformat(value)
    except ValueError:
        pass  # as wrong as any other text
    raise BookError("this is no day", where=where, cure="write a day such as 2025-08-06")
