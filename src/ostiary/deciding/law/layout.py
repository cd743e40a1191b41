"""The layout that every text of counsel's has: front matter, headings, and pairs of blocks.

A file begins with a front matter between ``---`` lines. Under a heading stands prose for people, a
``yaml`` block that names a sentence and a ``sql`` block that states it.
"""

from collections.abc import Hashable, Iterator
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from markdown_it import MarkdownIt

from ostiary.deciding.law.citations import citation_text
from ostiary.domain.errors import BookError
from ostiary.domain.words import Stage

Block = dict[str, Any]

if TYPE_CHECKING:
    _Base = yaml.SafeLoader
else:  # libyaml reads a book in a fifth of the time
    _Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):
    """Reads safe kinds alone; a key that stands twice would hide what the first one says."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Make a mapping, and refuse a key that it has twice."""
        keys = [key.value for key, _ in node.value]
        if len({str(key) for key in keys}) < len(keys):
            raise yaml.constructor.ConstructorError(None, None, "a key stands twice")
        made: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return made


def _day(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> object:
    """Give the day of a midnight that begins it; of another point in time its text, for no day."""
    found = loader.construct_yaml_timestamp(node)
    if not isinstance(found, datetime):
        return found
    return found.date() if found.time() == time() and not found.tzinfo else node.value


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)


@cache  # its rules are put together each time one is made; what it reads leaves nothing in it
def _markdown() -> MarkdownIt:
    return MarkdownIt()


def text_of_file(path: Path, where: str) -> str:
    """Give the text of a file, without the mark that some editors put in front of it.

    Raises:
        BookError: it cannot be read, or is no UTF-8.
    """
    if path.exists() and not path.is_file():  # a pipe would keep its reader waiting for ever
        raise BookError("this is no file", where=where, cure="put the text itself here")
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BookError("no such file", where=where, cure="check the path") from None
    except (OSError, UnicodeDecodeError):
        cure = "save it as text in UTF-8"
        raise BookError("cannot be read as UTF-8 text", where=where, cure=cure) from None


def front_matter(text: str, known: set[str], where: str) -> tuple[Block, str]:
    """Part a text into its front matter, which may have only ``known`` keys, and its body.

    Raises:
        BookError: no front matter, or a key nobody knows.
    """
    before, opened, rest = text.partition("---\n")
    front, closed, body = rest.partition("\n---\n")
    if before.strip() or not opened or not closed:
        raise BookError(
            "the front matter between two `---` lines is missing",
            where=where,
            cure="begin with `---`, lines such as `title: ...`, and `---`, as other orders do",
        )
    return _mapping(front, known, where), body


def blocks(body: str, known: set[str], where: str) -> Iterator[tuple[Block, str]]:
    """Give each ``yaml`` block, which may have only ``known`` keys, with the SQL right behind it.

    Raises:
        BookError: a block stands alone, is no YAML mapping, or has a key nobody knows.
    """
    fences = [token for token in _markdown().parse(body) if token.type == "fence"]
    fences = [fence for fence in fences if fence.info.strip() in {"yaml", "sql"}]
    kinds = [fence.info.strip() for fence in fences]
    if kinds != ["yaml", "sql"] * (len(kinds) // 2):
        raise BookError("each `yaml` block needs one `sql` block right behind it", where=where)
    for meta, sql in zip(fences[::2], fences[1::2], strict=True):
        yield _mapping(meta.content, known, where), sql.content.strip()


def words(block: Block, key: str, where: str) -> str:
    """Give the text under a key, on one line.

    Raises:
        BookError: it is missing or no text.
    """
    value = block.get(key)
    if not isinstance(value, str) or not value.strip():
        raise BookError(f"`{key}` is missing or no text", where=where)
    return " ".join(value.split())


def stages(text: str, where: str) -> frozenset[Stage]:
    """Give the stages that a word names.

    Raises:
        BookError: it names none.
    """
    if text == "both":
        return frozenset(Stage)
    if text in set(Stage):
        return frozenset({Stage(text)})
    raise BookError("`stage` is admission, disclosure or both", where=where)


def citation(block: Block, front: Block, where: str) -> dict[str, str]:
    """Give ``cites`` (a USLM identifier) and ``citation`` (as people write it) of a sentence.

    Raises:
        BookError: neither the block nor the front matter says it.
    """
    cites = words(block if "cites" in block else front, "cites", where)
    written = block.get("citation") or citation_text(cites) or front.get("citation")
    if not written:
        raise BookError(f"no citation for `{cites}`", where=where, cure="add `citation:`")
    return {"cites": cites, "citation": str(written)}


def yaml_of(text: str) -> Any:
    """Read a block of YAML, of its safe kinds alone.

    Raises:
        yaml.YAMLError: it is none.
    """
    return yaml.load(text, _Loader)  # noqa: S506 - safe in either


def _mapping(text: str, known: set[str], where: str) -> Block:
    try:
        found = yaml_of(text)
    except ValueError:
        raise BookError(
            "a day or number in this block is none",
            where=where,
            cure="write days that there are, as 2025-02-28",
        ) from None
    except yaml.YAMLError:
        raise BookError(
            "this block is no YAML, or says a key twice",
            where=where,
            cure="write each key once, with two blanks in front of what belongs to it",
        ) from None
    if not isinstance(found, dict):
        raise BookError("this block is no YAML mapping", where=where)
    if unknown := sorted(map(str, set(found) - known)):
        raise BookError(f"unknown key `{unknown[0]}`", where=where)
    return found
