"""Reads instruments of the rule book from Markdown.

An instrument is one file, laid out as :mod:`.law.layout` says. Blocks that share an id are
dated versions of one rule.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import cast, get_args

from ostiary.deciding.law.answers_allowed import (
    answers_of,
    gateway_of,
    items_of,
    owed_by_none,
    owed_of,
    tells_of,
    text_read_of,
    word_of_gateway,
)
from ostiary.deciding.law.book import Book, checked
from ostiary.deciding.law.grammar import parse_rule
from ostiary.deciding.law.instruments import (
    Bar,
    Clock,
    Described,
    Instrument,
    Rule,
    Version,
    YearRule,
)
from ostiary.deciding.law.layout import (
    Block,
    blocks,
    citation,
    front_matter,
    stages,
    text_of_file,
    words,
)
from ostiary.deciding.law.monitors import monitors_of
from ostiary.deciding.law.notice_wanted import wanted_notice
from ostiary.deciding.law.orders import applies_sql, check_order, kinds_of, lifted
from ostiary.deciding.law.registration import registration_of
from ostiary.deciding.law.unread import FOLDERS, refuse_unread_orders, refuse_unread_parts
from ostiary.domain.errors import BookError
from ostiary.domain.facts import VOCABULARY
from ostiary.domain.period import Period
from ostiary.domain.words import Layer, Stage, Status

_Text = tuple[str, str, str]

_INSTRUMENT_KEYS = {
    "title", "layer", "prefix", "cites", "citation", "from", "until", "applies", "items", "gateway",
    "kind", "scope", "docket", "monitors", "notice", "years", "bar", "owed", "tells", "answers",
    "read", "register",
}  # fmt: skip
_RULE_KEYS = {
    "id", "cites", "citation", "from", "until", "clock", "stage", "effect", "finding", "cure",
    "lifted_by", "waits",
}  # fmt: skip
_SUSPENDS = {Layer.ORDER, Layer.SAFEGUARD}
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_SAYABLE = {"int", "date", "bool", "enum"}  # kinds whose text can hold nothing but themselves


def read_book(folder: Path) -> Book:
    """Read a whole rule book.

    Raises:
        BookError: no such folder, no statute in it, an instrument that cannot be read, or a file
            that would not be read at all.
    """
    if not folder.is_dir():
        raise BookError("there is no rule book here", where=str(folder))
    refuse_unread_parts(folder)
    files = [file for name in FOLDERS for file in sorted((folder / name).glob("*.md"))]
    described = sorted((folder / "described").glob("*.md"))
    return _book(tuple(map(_text_of, files)), tuple(map(_text_of, described)))


@lru_cache(maxsize=8)
def _book(files: tuple[_Text, ...], described: tuple[_Text, ...]) -> Book:
    """Read the texts of a book; the same texts are the same book, with what was compiled of it."""
    parts = tuple(_described(*text) for text in described)
    return checked(Book(tuple(_instrument(*text) for text in files), parts))


def _text_of(path: Path) -> _Text:
    """Give a file's name without its ending, where it stands, and its text."""
    where = "/".join((*path.parent.parts[-1:], path.name))
    return path.stem, where, text_of_file(path, where)


def read_orders(folder: Path) -> tuple[Instrument, ...]:
    """Read the orders that stand in a folder of their own; no folder, no orders.

    Raises:
        BookError: a file there is no instrument, or not of the layer ``order``, or would not be
            read at all: an order that nobody reads stops nothing.
    """
    refuse_unread_orders(folder)
    return tuple(read_order(file) for file in sorted(folder.glob("*.md")))


def read_order(path: Path) -> Instrument:
    """Read the file of one order.

    Raises:
        BookError: as :func:`read_instrument`, or it is not of the layer ``order``.
    """
    one = read_instrument(path)
    if one.layer is not Layer.ORDER:
        raise BookError(
            "only orders may stand here",
            where=f"{path.parent.name}/{path.name}",
            cure="put other instruments into the rule book",
        )
    return one


def read_instrument(path: Path) -> Instrument:
    """Read one file of the book.

    Raises:
        BookError: naming file, rule and what is wrong with it.
    """
    return _instrument(*_text_of(path))


@lru_cache(maxsize=512)
def _instrument(name: str, where: str, text: str) -> Instrument:
    front, body = front_matter(text, _INSTRUMENT_KEYS, where)
    layer = _layer(front, where)
    period = _period(front, where)
    rules = tuple(_rules(body, front, layer, where, name))
    check_order(front, layer, rules, where)
    kinds = kinds_of(front, where)
    wanted_notice(front, kinds, where)
    return Instrument(
        id=name,
        title=words(front, "title", where),
        cites=words(front, "cites", where),
        layer=layer,
        period=period,
        applies=parse_rule(applies_sql(name, front, where), where=f"{where}, applies"),
        rules=(*_guards(front, layer, period, where), *rules),
        items=items_of(front, where),
        source=text,
        gateway=gateway_of(front, where),
        kinds=kinds,
        years=cast("YearRule", word_of_gateway(front, "years", get_args(YearRule), "named", where)),
        tells=tells_of(front, where, layer),
        answers=answers_of(front, where),
        read=text_read_of(front, where),
        registration=registration_of(front, where),
        monitors=monitors_of(name, front, kinds, period, where),
        bar=cast("Bar", word_of_gateway(front, "bar", get_args(Bar), "hold", where)),
        owed=owed_of(front, where) if "gateway" in front else owed_by_none(front, where),
    )


def _described(name: str, where: str, text: str) -> Described:
    front, body = front_matter(text, {"title", "cites"}, where)
    if list(blocks(body, _RULE_KEYS, where)):
        raise BookError("what is only described has no rules", where=where)
    return Described(name, words(front, "title", where), words(front, "cites", where), text)


def _layer(front: Block, where: str) -> Layer:
    try:
        return Layer(words(front, "layer", where))
    except ValueError:
        names = ", ".join(Layer)
        raise BookError("this layer is unknown", where=where, cure=f"one of: {names}") from None


def _rules(body: str, front: Block, layer: Layer, where: str, order: str) -> Iterator[Rule]:
    versions: dict[str, list[tuple[Block, str]]] = {}
    for block, written in blocks(body, _RULE_KEYS, where):
        sql = lifted(written, block, order, layer, where)
        versions.setdefault(words(block, "id", where), []).append((block, sql))
    for name, dated in versions.items():
        yield _rule(name, dated, front, layer, f"{where}, {name}")


def _rule(
    name: str,
    dated: Sequence[tuple[Block, str]],
    front: Block,
    layer: Layer,
    where: str,
) -> Rule:
    versions = sorted(
        (_version(block, sql, front, where) for block, sql in dated),
        key=lambda version: version.period.first,
    )
    for earlier, later in pairwise(versions):
        if earlier.period.meets(later.period):
            raise BookError("two versions are in force on one day", where=where)
    first = dated[0][0]
    default = Status.SUSPENDED if layer in _SUSPENDS else Status.RETURNED
    return Rule(
        id=name,
        stages=stages(str(first.get("stage", "admission")), where),
        clock=_clock(str(first.get("clock", "received")), where),
        stops=layer is Layer.ORDER,
        guard=False,
        effect=_effect(str(first.get("effect", default)), where),
        versions=tuple(versions),
    )


def _version(block: Block, sql: str, front: Block, where: str) -> Version:
    finding, cure = words(block, "finding", where), words(block, "cure", where)
    waits = words(block, "waits", where) if "waits" in block else ""
    for name in _PLACEHOLDER.findall(finding + cure + waits):
        if name not in VOCABULARY or VOCABULARY[name].kind not in _SAYABLE:
            raise BookError(f"a finding cannot say `{{{name}}}`", where=where)
    return Version(
        period=_period({"from": front.get("from"), **block}, where),
        sql=sql,
        tree=parse_rule(sql, where=where),
        finding=finding,
        cure=cure,
        **citation(block, front, where),
        waits=waits,
    )


def _guards(front: Block, layer: Layer, period: Period, where: str) -> Iterator[Rule]:
    """An instrument of requirements is itself one: out of force, it is not met."""
    if layer is Layer.ORDER:
        return
    version = Version(
        period=period,
        sql="TRUE",
        tree=parse_rule("TRUE", where=where),
        finding=f"{words(front, 'title', where)} is not in force on the day.",
        cure="Ask again under an instrument that is in force.",
        **citation({}, front, where),
    )
    effect = Status.SUSPENDED if layer is Layer.AGREEMENT else Status.RETURNED
    name = f"{words(front, 'prefix', where)}.in-force"
    yield Rule(name, frozenset(Stage), "disclosed", False, True, effect, (version,))


def _period(block: Block, where: str) -> Period:
    first, last = block.get("from"), block.get("until")
    if not isinstance(first, date) or not (last is None or isinstance(last, date)):
        raise BookError("`from` and `until` must be days such as 2025-04-07", where=where)
    if last is not None and last < first:
        raise BookError("`until` lies before `from`", where=where)
    return Period(first, last)


def _clock(text: str, where: str) -> Clock:
    if text == "received":
        return "received"
    if text == "disclosed":
        return "disclosed"
    raise BookError("`clock` is received or disclosed", where=where)


def _effect(text: str, where: str) -> Status:
    if text in {Status.RETURNED, Status.SUSPENDED, Status.TO_COUNSEL}:
        return Status(text)
    raise BookError("`effect` is returned, suspended or to-counsel", where=where)
