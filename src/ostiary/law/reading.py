"""Reads instruments of the rule book from Markdown.

An instrument is one file: a front matter between ``---`` lines, then headings; under a heading
prose for people, a ``yaml`` block that names a rule and a ``sql`` block that states it. Blocks that
share an id are dated versions of one rule.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt

from ostiary.domain.errors import BookError
from ostiary.domain.facts import VOCABULARY
from ostiary.domain.words import Layer, Stage, Status
from ostiary.law.book import Book, Clock, Instrument, Period, Rule, Version, checked
from ostiary.law.citations import citation_text
from ostiary.law.grammar import parse_rule

FOLDERS = ("statutes", "agreements", "policies", "orders")
_INSTRUMENT_KEYS = {
    "title", "layer", "prefix", "cites", "citation", "from", "until", "applies", "items",
}  # fmt: skip
_RULE_KEYS = {
    "id", "cites", "citation", "from", "until", "clock", "stage", "effect", "finding", "cure",
}  # fmt: skip
_SUSPENDS = {Layer.ORDER, Layer.SAFEGUARD}
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_SAYABLE = {"int", "date", "bool", "enum"}  # kinds whose text can hold nothing but themselves


def read_book(folder: Path) -> Book:
    """Read a whole rule book.

    Raises:
        BookError: no such folder, no statute in it, or an instrument that cannot be read.
    """
    if not folder.is_dir():
        raise BookError("there is no rule book here", where=str(folder))
    files = [file for name in FOLDERS for file in sorted((folder / name).glob("*.md"))]
    return checked(Book(tuple(read_instrument(file) for file in files)))


def read_orders(folder: Path) -> tuple[Instrument, ...]:
    """Read the orders that stand in a folder of their own; no folder, no orders.

    Raises:
        BookError: a file there is no instrument, or not of the layer ``order``.
    """
    orders = tuple(read_instrument(file) for file in sorted(folder.glob("*.md")))
    for one in orders:
        if one.layer is not Layer.ORDER:
            raise BookError(
                "only orders may stand here",
                where=f"{folder.name}/{one.id}.md",
                cure="put other instruments into the rule book",
            )
    return orders


def read_instrument(path: Path) -> Instrument:
    """Read one file of the book.

    Raises:
        BookError: naming file, rule and what is wrong with it.
    """
    where = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise BookError("cannot be read as UTF-8 text", where=where) from None
    front, body = _front_matter(text, where)
    layer = _layer(front, where)
    period = _period(front, where)
    rules = _rules(body, front, layer, where)
    return Instrument(
        id=path.stem,
        title=_text(front, "title", where),
        cites=_text(front, "cites", where),
        layer=layer,
        period=period,
        applies=parse_rule(str(front.get("applies", "TRUE")), where=f"{where}, applies"),
        rules=(*_guards(front, layer, period, where), *rules),
        items=frozenset(front["items"]) if "items" in front else None,
        source=text,
    )


def _front_matter(text: str, where: str) -> tuple[dict[str, Any], str]:
    before, opened, rest = text.partition("---\n")
    front, closed, body = rest.partition("\n---\n")
    if before.strip() or not opened or not closed:
        raise BookError("the front matter between two `---` lines is missing", where=where)
    return _mapping(front, _INSTRUMENT_KEYS, where), body


def _mapping(text: str, known: set[str], where: str) -> dict[str, Any]:
    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        raise BookError("this block is no YAML", where=where) from None
    if not isinstance(found, dict):
        raise BookError("this block is no YAML mapping", where=where)
    if unknown := sorted(map(str, set(found) - known)):
        raise BookError(f"unknown key `{unknown[0]}`", where=where)
    return found


def _layer(front: dict[str, Any], where: str) -> Layer:
    try:
        return Layer(_text(front, "layer", where))
    except ValueError:
        names = ", ".join(Layer)
        raise BookError("this layer is unknown", where=where, cure=f"one of: {names}") from None


def _rules(body: str, front: dict[str, Any], layer: Layer, where: str) -> Iterator[Rule]:
    blocks = list(_blocks(body, where))
    versions: dict[str, list[tuple[dict[str, Any], str]]] = {}
    for block, sql in blocks:
        versions.setdefault(_text(block, "id", where), []).append((block, sql))
    for name, dated in versions.items():
        yield _rule(name, dated, front, layer, f"{where}, {name}")


def _blocks(body: str, where: str) -> Iterator[tuple[dict[str, Any], str]]:
    fences = [token for token in MarkdownIt().parse(body) if token.type == "fence"]
    fences = [fence for fence in fences if fence.info.strip() in {"yaml", "sql"}]
    kinds = [fence.info.strip() for fence in fences]
    if kinds != ["yaml", "sql"] * (len(kinds) // 2):
        raise BookError("each `yaml` block needs one `sql` block right behind it", where=where)
    for meta, sql in zip(fences[::2], fences[1::2], strict=True):
        yield _mapping(meta.content, _RULE_KEYS, where), sql.content.strip()


def _rule(
    name: str,
    dated: Sequence[tuple[dict[str, Any], str]],
    front: dict[str, Any],
    layer: Layer,
    where: str,
) -> Rule:
    versions = sorted(
        (_version(block, sql, front, where) for block, sql in dated),
        key=lambda version: version.period.first,
    )
    for earlier, later in pairwise(versions):
        if earlier.period.last is None or earlier.period.last >= later.period.first:
            raise BookError("two versions are in force on one day", where=where)
    first = dated[0][0]
    default = Status.SUSPENDED if layer in _SUSPENDS else Status.RETURNED
    return Rule(
        id=name,
        stages=_stages(str(first.get("stage", "admission")), where),
        clock=_clock(str(first.get("clock", "received")), where),
        stops=layer is Layer.ORDER,
        guard=False,
        effect=_effect(str(first.get("effect", default)), where),
        versions=tuple(versions),
    )


def _version(block: dict[str, Any], sql: str, front: dict[str, Any], where: str) -> Version:
    finding, cure = _text(block, "finding", where), _text(block, "cure", where)
    for name in _PLACEHOLDER.findall(finding + cure):
        if name not in VOCABULARY or VOCABULARY[name].kind not in _SAYABLE:
            raise BookError(f"a finding cannot say `{{{name}}}`", where=where)
    return Version(
        period=_period({"from": front.get("from"), **block}, where),
        sql=sql,
        tree=parse_rule(sql, where=where),
        finding=finding,
        cure=cure,
        **_citation(block, front, where),
    )


def _guards(front: dict[str, Any], layer: Layer, period: Period, where: str) -> Iterator[Rule]:
    """An instrument of requirements is itself one: out of force, it is not met."""
    if layer is Layer.ORDER:
        return
    version = Version(
        period=period,
        sql="TRUE",
        tree=parse_rule("TRUE", where=where),
        finding=f"{_text(front, 'title', where)} is not in force on the day.",
        cure="Ask again under an instrument that is in force.",
        **_citation({}, front, where),
    )
    effect = Status.SUSPENDED if layer is Layer.AGREEMENT else Status.RETURNED
    name = f"{_text(front, 'prefix', where)}.in-force"
    yield Rule(name, frozenset(Stage), "disclosed", False, True, effect, (version,))


def _citation(block: dict[str, Any], front: dict[str, Any], where: str) -> dict[str, str]:
    cites = _text(block if "cites" in block else front, "cites", where)
    citation = block.get("citation") or citation_text(cites) or front.get("citation")
    if not citation:
        raise BookError(f"no citation for `{cites}`", where=where, cure="add `citation:`")
    return {"cites": cites, "citation": str(citation)}


def _period(block: dict[str, Any], where: str) -> Period:
    first, last = block.get("from"), block.get("until")
    if not isinstance(first, date) or not (last is None or isinstance(last, date)):
        raise BookError("`from` and `until` must be days such as 2025-04-07", where=where)
    if last is not None and last < first:
        raise BookError("`until` lies before `from`", where=where)
    return Period(first, last)


def _stages(text: str, where: str) -> frozenset[Stage]:
    if text == "both":
        return frozenset(Stage)
    if text in set(Stage):
        return frozenset({Stage(text)})
    raise BookError("`stage` is admission, disclosure or both", where=where)


def _clock(text: str, where: str) -> Clock:
    if text == "received":
        return "received"
    if text == "disclosed":
        return "disclosed"
    raise BookError("`clock` is received or disclosed", where=where)


def _effect(text: str, where: str) -> Status:
    if text in {Status.RETURNED, Status.SUSPENDED}:
        return Status(text)
    raise BookError("`effect` is returned or suspended", where=where)


def _text(block: dict[str, Any], key: str, where: str) -> str:
    value = block.get(key)
    if not isinstance(value, str) or not value.strip():
        raise BookError(f"`{key}` is missing or no text", where=where)
    return " ".join(value.split())
