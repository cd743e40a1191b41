"""The values of a register: read as they are meant, or refused by row and column.

Law rests on a register, and a row that counts for nothing protects nobody. So beside what no file
may hold (:mod:`.intake.misread`), refused are a word for nothing, a word that the law does not know
but that is near to one it knows, and a sign inside a value that nobody sees. An empty value says
that there is none.
"""

import difflib
import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from ostiary.deciding.intake.misread import (
    INVISIBLE,
    MIDNIGHT,
    NO_DAY,
    WRITTEN_AS_TEXT,
    made_by_a_program,
    may_say_nothing,
)
from ostiary.deciding.intake.spaces import SPACES
from ostiary.deciding.intake.suspensions import GROUNDS, OUTCOMES
from ostiary.domain.columns import Column
from ostiary.domain.errors import BookError
from ostiary.domain.facts import OFFICES, ROLES

Value = str | bool | date | None
"""A value of a register."""

KINDS: Final = (
    *("cloud", "contractor", "subcontractor", "tax-modelling", "live-data-testing"),
    *("artificial-intelligence", "state-confidentiality-law", "death-information"),
)
"""Kinds of arrangements and notices that the law asks for by name; there may be others."""

_NEEDED_DAYS = frozenset({"from", "given_on", "notice_on", "read_on"})
_IDS = {
    "id": (re.compile(r"[a-z0-9/.-]{1,80}"), "1 to 80 small letters, digits and / . -"),
    "label": (
        re.compile(r"[A-Za-z0-9/][A-Za-z0-9/._:-]{0,199}"),
        "1 to 200 letters, digits and / . _ : -",
    ),
    "salt": (re.compile(r"[0-9a-f]{32,64}"), "32 hex digits drawn at random"),
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: dict[str, Sequence[str]] = {
    "office": OFFICES,
    "roles": ROLES,
    "ground": GROUNDS,
    "outcome": OUTCOMES,
}
_KIND = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NEAR = 0.8
_NAMES_OF_PEOPLE = frozenset({"given_name", "surname"})  # their standard form knows who is Null
_IDS_AS_TEXT = frozenset({"agency", "signer", "matter_number", "docket_entry", "parent"})
_ALL_THE_SAME = re.compile("0+|[Xx]+")  # whoever counts from 0 has a signer 0
_ENDS = SPACES + INVISIBLE
_AS_TEXT = re.compile(WRITTEN_AS_TEXT)
_BETWEEN = re.compile(r"[;,|&+\n\r]|\s/\s|\s(?i:and)\s")
_AROUND = _ENDS + "[](){}\"'"


def value_of(column: Column, text: str, where: str) -> Value:
    """Read a value.

    Args:
        column: its column.
        text: as it stands in the file.
        where: file and row, for the message.

    Raises:
        BookError: it cannot be used.
    """
    place = f"{where} column {column.name}"
    text = text.strip(_ENDS)
    if _AS_TEXT.fullmatch(text):
        text = text[2:-1].strip(_ENDS)
    _refuse_hidden_signs(text, place)
    match column.kind:
        case "date":
            return _day(column, text, place)
        case "flag":
            if text.lower() not in {"true", "false"}:
                raise BookError("neither true nor false", where=place, cure="write true or false")
            return text.lower() == "true"
        case "id" | "label" | "salt":
            _refuse_what_says_nothing(text, place)
            pattern, signs = _IDS[column.kind]
            if not pattern.fullmatch(text):
                raise BookError("this cannot be an id here", where=place, cure=f"write {signs}")
            return text
        case _:
            return _text(column, text, place)


def _text(column: Column, text: str, place: str) -> str | None:
    if not text and column.required:
        raise BookError("nothing stands here", where=place, cure=f"write {column.meaning}")
    if column.name in _WORDS:
        return _known(column, text, place)
    if column.name == "kind" and "`cloud`" in column.meaning:
        _refuse_near_words(text, place)
    elif column.name not in {*_NAMES_OF_PEOPLE, "kind"}:
        _refuse_what_says_nothing(text, place, is_id=column.name in _IDS_AS_TEXT)
    return text or None


def _refuse_hidden_signs(text: str, place: str) -> None:
    if "\0" in text:
        raise BookError("the value holds the character NUL", where=place, cure="remove it")
    for sign in text:
        if sign in INVISIBLE:
            raise BookError(
                f"an invisible character stands inside this value (U+{ord(sign):04X})",
                where=place,
                cure="delete it, or type the value anew",
            )


def _refuse_what_says_nothing(text: str, place: str, *, is_id: bool = True) -> None:
    if text and may_say_nothing(text) and not _ALL_THE_SAME.fullmatch(text):
        raise BookError(
            "this word says that nothing is there",
            where=place,
            cure="write the value; where there is none, leave it empty or leave out the row",
        )
    if is_id and made_by_a_program(text):
        raise BookError(
            "a program has made a number or a day of this id",
            where=place,
            cure="format the column as text before the id is entered, and enter it again",
        )


def _known(column: Column, text: str, place: str) -> str | None:
    """Refuse a word that the law does not know: it would count for nothing, and nobody be told."""
    known = _WORDS[column.name]
    words = [word for entry in _BETWEEN.split(text) if (word := entry.strip(_AROUND))]
    for word in words:
        if word not in known:
            near = difflib.get_close_matches(word.lower().replace(" ", "-"), known, n=1)
            raise BookError(
                "the law does not know this word",
                where=place,
                cure=f"write `{near[0]}`" if near else f"write one of {', '.join(known)}",
            )
    return ";".join(words) or None


def _refuse_near_words(text: str, place: str) -> None:
    """Refuse a kind that may be meant for one that the law asks for by name."""
    if text in KINDS:
        return
    meant = "-".join(re.findall("[a-z0-9]+", text.lower()))
    near = difflib.get_close_matches(meant, KINDS, n=1, cutoff=_NEAR)
    if near or may_say_nothing(text) or not _KIND.fullmatch(text):
        raise BookError(
            "the law does not know this word",
            where=place,
            cure=f"write `{near[0]}`" if near else "write it in small letters, with hyphens",
        )


def _day(column: Column, text: str, place: str) -> date | None:
    if not text:
        if column.name in _NEEDED_DAYS:
            raise BookError("no day stands here", where=place, cure=f"write the {column.meaning}")
        return None
    if column.name == "birth_date" and text.startswith(NO_DAY):
        raise BookError(
            f"{NO_DAY} stands for unknown", where=place, cure="write the day, or leave it empty"
        )
    try:
        if _DAY.fullmatch(text) or MIDNIGHT.fullmatch(text):
            return date.fromisoformat(text[:10])
    except ValueError:
        pass  # thirty days hath September: as wrong as any other text
    empty = "" if column.name in _NEEDED_DAYS else ", or leave it empty"
    raise BookError(
        "this is no calendar day", where=place, cure=f"write the day as YYYY-MM-DD{empty}"
    )
