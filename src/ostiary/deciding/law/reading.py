"""Reads instruments of the rule book from Markdown.

An instrument is one file, laid out as :mod:`.law.layout` says. Blocks that share an id are
dated versions of one rule.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import cast, get_args

from ostiary.deciding.law.book import ANSWERED_FROM, SOURCES, Book, checked
from ostiary.deciding.law.grammar import parse_rule
from ostiary.deciding.law.instruments import (
    Bar,
    Clock,
    Described,
    Gateway,
    Instrument,
    Items,
    Rule,
    TextRead,
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
from ostiary.domain.basis import ON_FILE, PARTS, Part
from ostiary.domain.errors import BookError
from ostiary.domain.facts import ITEMS, VOCABULARY
from ostiary.domain.period import Period
from ostiary.domain.words import Layer, Owed, Stage, Status

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
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
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
    where = f"{path.parent.name}/{path.name}"
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
        gateway=_gateway(front, where),
        kinds=kinds,
        years=cast("YearRule", _of_gateway(front, "years", get_args(YearRule), "named", where)),
        tells=tells_of(front, where, layer),
        answers=answers_of(front, where),
        read=_text_read(front, where),
        registration=registration_of(front, where),
        monitors=monitors_of(name, front, kinds, period, where),
        bar=cast("Bar", _of_gateway(front, "bar", get_args(Bar), "hold", where)),
        owed=owed_of(front, where) if "gateway" in front else _owed_by_none(front, where),
    )


def owed_of(front: Block, where: str) -> Owed:
    """Give whom silence under a gateway would be no answer to.

    A file that says nothing says nobody, and a judge where a bar has to be certified to the court
    (26 USC 6103(i)(6)).

    Raises:
        BookError: it says another word, or nobody of a gateway that is certified to a court.
    """
    is_certified = front.get("bar") == "certificate"
    said = front.get("owed", Owed.COURT if is_certified else Owed.NOBODY)
    if said not in tuple(Owed) or (is_certified and said != Owed.COURT):
        raise BookError(
            "`owed` does not say whom silence would be no answer to",
            where=where,
            cure=f"one of: {', '.join(Owed)}; `court` where the bar is a certificate",
        )
    return Owed(said)


def _owed_by_none(front: Block, where: str) -> Owed:
    if "owed" in front:
        raise BookError("`owed` stands in a file that lets nothing out", where=where)
    return Owed.NOBODY


def items_of(front: Block, where: str) -> Items | None:
    """Give the items that a front matter lists: a list, or for each item its sources.

    An item without sources may come from any. No ``items``, no list.

    Raises:
        BookError: it is neither, or names an item or a source that nobody knows.
    """
    if "items" not in front:
        return None
    listed = front["items"]
    if isinstance(listed, list):
        listed = dict.fromkeys(map(str, listed), sorted(SOURCES))
    known = {item for items in ITEMS.values() for item in items}
    if not isinstance(listed, dict) or not listed or not set(listed) <= known:
        raise BookError(
            "`items` is no list of items that a provision knows",
            where=where,
            cure=f"some of: {', '.join(sorted(known))}",
        )
    for sources in listed.values():
        if not isinstance(sources, list) or not sources or not SOURCES.issuperset(sources):
            raise BookError(f"sources are {' and '.join(sorted(SOURCES))}", where=where)
    return {item: frozenset(sources) for item, sources in listed.items()}


def _gateway(front: Block, where: str) -> Gateway | None:
    if "gateway" not in front:
        if "answers" in front:
            raise BookError("`answers` stands in a file that lets nothing out", where=where)
        return None
    block = front["gateway"]
    names = [one.name for one in fields(Gateway)]
    if not isinstance(block, dict) or sorted(block) != sorted(names):
        raise BookError(f"`gateway` says {', '.join(names)}", where=where)
    return Gateway(**{name: words(block, name, where) for name in names})


def _text_read(front: Block, where: str) -> TextRead | None:
    if "read" not in front:
        return None
    block = front["read"]
    keys = {"day", "grade", "source"}
    if not isinstance(block, dict) or not keys <= set(block) <= {*keys, "digest"}:
        raise BookError("`read` says day, grade, source and, of the Code, digest", where=where)
    if not isinstance(block["day"], date) or block["grade"] not in ("P", "O", "R", "W"):
        raise BookError("`read` has a day, and a grade P, O, R or W", where=where)
    digest = str(block.get("digest", ""))
    if digest and not _DIGEST.fullmatch(digest):
        raise BookError("the digest of the text read is none", where=where)
    return TextRead(block["day"], block["grade"], words(block, "source", where), digest)


def _of_gateway(front: Block, key: str, known: tuple[str, ...], otherwise: str, where: str) -> str:
    """Every gateway says it, and nothing else does: silence could let something out."""
    said = front.get(key)
    if ("gateway" in front) != (said is not None) or said not in (None, *known):
        raise BookError(
            f"`{key}` is missing, unknown, or in a file that is no gateway",
            where=where,
            cure=f"each gateway, and no other file, says one of: {', '.join(known)}",
        )
    return otherwise if said is None else str(said)


def tells_of(front: Block, where: str, layer: Layer | None = None) -> tuple[Part, ...] | None:
    """Give what an answer may tell of what it rests on: a list, perhaps empty; none without one.

    Raises:
        BookError: it is no list of such parts, or stands in a file that lets nothing out and
            narrows nothing.
    """
    if "tells" not in front:
        return None
    listed = front["tells"]
    speaks = layer in {None, Layer.AGREEMENT, Layer.POLICY} or "gateway" in front
    if not speaks or not isinstance(listed, list) or not set(PARTS).issuperset(listed):
        raise BookError(
            "`tells` is no list of what an answer may tell, or stands where it has no effect",
            where=where,
            cure=f"a gateway, an agreement or a policy lists some of: {', '.join(PARTS)}; or []",
        )
    return tuple(part for part in PARTS if part in listed)


def answers_of(front: Block, where: str) -> dict[str, tuple[str, ...]]:
    """Give the items that an answer may hold beside a confirmation, with their kinds of source.

    Raises:
        BookError: it is no such list; or names an item that the reference has no column for, that
            the file does not list among its own, or from a source that it does not allow for it.
    """
    listed = front.get("answers", {})
    if not isinstance(listed, dict) or (listed and "items" not in front):
        raise BookError("`answers` says of items which sources they come from", where=where)
    items = items_of(front, where) or {}
    found = {}
    for item, kinds in listed.items():
        known = isinstance(kinds, list) and kinds and set(kinds) <= set(ANSWERED_FROM)
        if item not in ON_FILE or not known:
            raise BookError(
                f"`answers` cannot say `{item}`, or from these sources",
                where=where,
                cure=f"of {', '.join(sorted(ON_FILE))} each a list of {', '.join(ANSWERED_FROM)}",
            )
        if not {ANSWERED_FROM[kind] for kind in kinds} <= items.get(item, frozenset()):
            raise BookError(
                f"`{item}` is answered from a source that `items` does not list for it", where=where
            )
        found[item] = tuple(kinds)
    return found


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
        if earlier.period.last is None or earlier.period.last >= later.period.first:
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
