"""Counsel's test cases as they stand in ``book/cases``: read, checked, and nothing guessed.

``base.yaml`` holds lawful requests by name; ``<instrument>.yaml`` a list of cases, each saying how
it differs from one of them and what the book must then find. A case that cannot mean what it says
(an unknown key, a rule that the book does not have, a name used twice) refuses them all: a test
that silently tests something else is worse than none.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.counsel_yaml import check_known, day, loaded, mapping, word
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.printing import Example
from ostiary.domain.columns import REQUEST
from ostiary.domain.errors import BookError
from ostiary.domain.facts import VOCABULARY, Value
from ostiary.domain.register_columns import REGISTERS
from ostiary.domain.words import Stage, Status

FOLDER = "cases"
BASE_FILE = "base.yaml"
MEASURED = "measured"
FILE_COUNTS = (
    "file_rows",
    "reason_shared",
    "reason_matters",
    "recipient_open_matters",
    "matter_people",
)
"""Facts that count over a file and an office's history: one request cannot show them."""

SETTABLE = (*FILE_COUNTS, *(fact.name for fact in VOCABULARY.values() if fact.human))
"""The facts that a case may state; every other fact is derived from its request."""

_COLUMNS = tuple(column.name for column in REQUEST if column.name != "request_id")
_BASE_KEYS = ("about", "received", "request")
_CASE_KEYS = (
    "name", "why", "base", "received", "disclosed", "request", "registers", "facts", "expect",
)  # fmt: skip
_BARE_KEYS = tuple(key for key in _CASE_KEYS if key != "expect")
_NO_RULES: frozenset[str] = frozenset()
_UNDETERMINED = "undetermined"
_WORDS: dict[str, Value] = {"true": True, "false": False, _UNDETERMINED: None}

Text = str | list[str]
RegisterRows = Mapping[str, tuple[Mapping[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a case says the book finds.

    Attributes:
        status: returned, suspended, to-counsel or accepted.
        rules: ids of the rules not met; no others.
    """

    status: Status
    rules: frozenset[str]


@dataclass(frozen=True, slots=True)
class Case:
    """One case of counsel's.

    Attributes:
        instrument: the instrument it stands beside.
        name: a sentence, unique in the book.
        why: the provision or the event it comes from; may be empty.
        day: legal time; a day of disclosure makes it a case of the disclosure stage.
        request: values of the request's columns, as they would be written in a file.
        registers: rows laid over those of ``cases/registers``.
        facts: what a single request cannot show, by :data:`SETTABLE`.
        expect: what the book must find.
    """

    instrument: str
    name: str
    why: str
    day: Day
    request: Mapping[str, Text]
    registers: RegisterRows
    facts: Mapping[str, Value]
    expect: Expected

    @property
    def where(self) -> str:
        """Name the case in a message."""
        return f"{FOLDER}/{self.instrument}.yaml, case `{self.name}`"


@dataclass(frozen=True, slots=True)
class _Base:
    received: date
    request: Mapping[str, Text]


def read_cases(folder: Path, book: Book) -> tuple[Case, ...]:
    """Read every case of a rule book.

    Args:
        folder: the rule book's folder.
        book: the book that was read from it.

    Raises:
        BookError: there is no case, or one cannot be used; names file, case and cure.
    """
    bases = _bases(folder / FOLDER / BASE_FILE)
    instruments = [one.id for one in book.instruments]
    cases: dict[str, Case] = {}
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        if path.name == BASE_FILE:
            continue
        check_known(path.stem, instruments, "instrument", _place(path))
        for case in _cases_of(path, bases, book):
            if case.name in cases:
                raise BookError(
                    "another case has this name", where=case.where, cure="say what differs"
                )
            cases[case.name] = case
    if not cases:
        raise BookError(
            "the book has no cases, so nothing was tested",
            where=str(folder / FOLDER),
            cure="write a list of cases into <instrument>.yaml there",
        )
    return tuple(cases.values())


def read_bare_cases(folder: Path, name: str) -> tuple[Case, ...]:
    """Read a list of requests that says nothing about rules, from ``measured/NAME.yaml``.

    Args:
        folder: the rule book's folder.
        name: of the list.

    Returns:
        The requests, in the order of lines; none where there is no such list.

    Raises:
        BookError: one cannot be used, or a name comes twice; names file and entry.
    """
    path = folder / MEASURED / f"{name}.yaml"
    if not path.exists():
        return ()
    bases = _bases(folder / FOLDER / BASE_FILE)
    cases: dict[str, Case] = {}
    for title, parts in _named(path, _BARE_KEYS):
        where = f"{_place(path)}, `{title}`"
        if title in cases:
            raise BookError("another entry has this name", where=where, cure="say what differs")
        cases[title] = _case(name, title, parts, bases, where, Expected(Status.ACCEPTED, _NO_RULES))
    return tuple(cases.values())


def lawful_requests(folder: Path) -> dict[str, tuple[date, Mapping[str, Text]]]:
    """Give the lawful requests that cases begin from: day of receipt, and values by column.

    Args:
        folder: the rule book's folder.

    Raises:
        BookError: there is none, or one cannot be used.
    """
    found = _bases(folder / FOLDER / BASE_FILE)
    return {name: (base.received, base.request) for name, base in found.items()}


def _bases(path: Path) -> dict[str, _Base]:
    where = _place(path)
    found: dict[str, _Base] = {}
    for name, block in mapping(loaded(path, where), None, where).items():
        inside = f"{where}, `{name}`"
        parts = mapping(block, _BASE_KEYS, inside)
        request = _request(parts.get("request", {}), inside)
        found[name] = _Base(day(parts.get("received"), f"{inside}, received"), request)
    if not found:
        raise BookError("no request to begin from", where=where, cure="write a lawful request")
    return found


def _cases_of(path: Path, bases: Mapping[str, _Base], book: Book) -> Iterator[Case]:
    for name, parts in _named(path, _CASE_KEYS):
        where = f"{FOLDER}/{path.stem}.yaml, case `{name}`"
        expect = _expected(parts.get("expect"), book, where)
        yield _case(path.stem, name, parts, bases, where, expect)


def _named(path: Path, keys: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the blocks of a list, each with its name on one line."""
    where = _place(path)
    blocks = loaded(path, where)
    if not isinstance(blocks, list):
        raise BookError(
            "this is no list of cases", where=where, cure="begin each case with `- name:`"
        )
    for number, block in enumerate(blocks, start=1):
        parts = mapping(block, keys, f"{where}, case {number}")
        name = parts.get("name")
        if not isinstance(name, str) or not name.strip():
            raise BookError(
                "a case without a name",
                where=f"{where}, case {number}",
                cure="name it with a sentence",
            )
        yield " ".join(name.split()), parts


def _case(
    instrument: str,
    name: str,
    parts: dict[str, Any],
    bases: Mapping[str, _Base],
    where: str,
    expect: Expected,
) -> Case:
    base_name = word(parts.get("base", next(iter(bases))), f"{where}, base")
    check_known(base_name, bases, "base", where)
    base = bases[base_name]
    return Case(
        instrument=instrument,
        name=name,
        why=word(parts.get("why", ""), f"{where}, why"),
        day=_legal_time(parts, base, where),
        request={**base.request, **_request(parts.get("request", {}), where)},
        registers=_registers(parts.get("registers", {}), where),
        facts=_facts(parts.get("facts", {}), where),
        expect=expect,
    )


def _legal_time(parts: dict[str, Any], base: _Base, where: str) -> Day:
    received = day(parts["received"], f"{where}, received") if "received" in parts else None
    received = received or base.received
    if "disclosed" not in parts:
        return Day(Stage.ADMISSION, received)
    disclosed = day(parts["disclosed"], f"{where}, disclosed")
    if disclosed < received:
        raise BookError(
            "`disclosed` lies before receipt", where=where, cure="give a later day, or leave it out"
        )
    return Day(Stage.DISCLOSURE, received, disclosed)


def _request(block: object, where: str) -> dict[str, Text]:
    values = mapping(block, _COLUMNS, f"{where}, request")
    for name, value in values.items():
        plain = isinstance(value, list) and all(isinstance(entry, str) for entry in value)
        if not isinstance(value, str) and not plain:
            raise BookError(
                "neither text nor a list of texts",
                where=f"{where}, request, {name}",
                cure="write the value as it would stand in a request file",
            )
    return values


def _registers(block: object, where: str) -> RegisterRows:
    found: dict[str, tuple[Mapping[str, str], ...]] = {}
    for name, rows in mapping(block, tuple(REGISTERS), f"{where}, registers").items():
        inside = f"{where}, registers, {name}"
        if not isinstance(rows, list):
            raise BookError("no list of rows", where=inside, cure="begin each row with `-`")
        columns = [column.name for column in REGISTERS[name]]
        found[name] = tuple(
            {key: word(value, inside) for key, value in mapping(row, columns, inside).items()}
            for row in rows
        )
    return found


def _facts(block: object, where: str) -> dict[str, Value]:
    inside = f"{where}, facts"
    values = mapping(block, tuple(VOCABULARY), inside)
    for name in values:
        if name not in SETTABLE:
            raise BookError(
                f"`{name}` is derived from the request",
                where=inside,
                cure=f"change the request or the registers; only {', '.join(SETTABLE)} are stated",
            )
    return {name: _fact(name, value, inside) for name, value in values.items()}


def _fact(name: str, text: object, where: str) -> Value:
    whole = VOCABULARY[name].kind == "int"
    if whole and isinstance(text, str) and re.fullmatch(r"[0-9]{1,18}", text):
        return int(text)
    if isinstance(text, str) and text in _WORDS and (not whole or text == _UNDETERMINED):
        return _WORDS[text]
    kinds = "a whole number" if whole else "true, false"
    raise BookError(
        f"`{name}` cannot be this", where=where, cure=f"write {kinds} or {_UNDETERMINED}"
    )


def _expected(block: object, book: Book, where: str) -> Expected:
    inside = f"{where}, expect"
    parts = mapping(block, ("status", "rules"), inside)
    rules = parts.get("rules", [])
    if not isinstance(rules, list) or not all(isinstance(rule, str) for rule in rules):
        raise BookError("`rules` is no list", where=inside, cure="write `rules: [i2.periods]`")
    for rule in rules:
        check_known(rule, [known.id for _, known in book.rules], "rule", inside)
    if len(set(rules)) < len(rules):
        raise BookError("a rule is listed twice", where=inside, cure="list each rule once")
    statuses = (Status.RETURNED, Status.SUSPENDED, Status.TO_COUNSEL, Status.ACCEPTED)
    status = word(parts.get("status", ""), f"{inside}, status")
    check_known(status, statuses, "status", inside)
    if (status == Status.ACCEPTED) == bool(rules):
        raise BookError(
            "status and rules contradict one another",
            where=inside,
            cure="what is accepted has no rules; what is not has at least one",
        )
    return Expected(Status(status), frozenset(rules))


def _place(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def examples_of(folder: Path, book: Book) -> list[Example]:
    """Give counsel's cases as the printed book shows them; a book may be printed before it has any.

    Args:
        folder: the rule book's.
        book: what was read from it.
    """
    if not (folder / FOLDER).is_dir():
        return []
    return [
        Example(
            case.instrument,
            case.name,
            case.why,
            str(case.expect.status),
            tuple(rule.id for _, rule in book.rules if rule.id in case.expect.rules),
        )
        for case in read_cases(folder, book)
    ]
