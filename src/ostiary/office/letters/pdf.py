"""A letter as tagged PDF (PDF/UA-1), the same bytes each time.

The content reaches the template as data, never as markup of it. Nothing is read but the template:
no clock, no font of the machine, no package, no network. The typeface is the one built into the
typesetter.
"""

import json
from functools import cache
from importlib import resources
from typing import Any

import typst

from ostiary.domain.languages import Language, day_in
from ostiary.office.letters.content import Letter, Reason
from ostiary.office.letters.person_words import WORDS
from ostiary.office.letters.text import shown


def letter_pdf(letter: Letter) -> bytes:
    """Set a letter.

    Returns:
        A PDF that claims PDF/UA-1: structure tree, language, title, reading order, embedded fonts.
    """
    content = json.dumps(_content(letter), ensure_ascii=False)
    made = _TYPESETTER.compile(
        _template(), format="pdf", pdf_standards="ua-1", sys_inputs={"letter": content}
    )
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave no single file")
    return made


_TYPESETTER = typst.Compiler(ignore_system_fonts=True)


@cache
def _template() -> bytes:
    return (resources.files("ostiary.office.letters") / "templates" / "letter.typ").read_bytes()


def _content(letter: Letter) -> dict[str, Any]:
    words = WORDS[Language(letter.language)]
    return {
        "office": shown(letter.letterhead.name),
        "lines": [shown(line) for line in letter.letterhead.lines],
        "training": words.training if letter.letterhead.training else "",
        "day": day_in(Language(letter.language), letter.day),
        "language": letter.language,
        "foot": words.page,
        "to": [shown(line) for line in letter.to],
        "subject": shown(letter.subject),
        "reference": _pairs(letter.reference),
        "opening": [shown(text, most=_PARAGRAPH) for text in letter.opening],
        "reasons": [_reason(one) for one in letter.reasons],
        "sections": [
            {
                "heading": shown(one.heading),
                "paragraphs": [shown(text, most=_PARAGRAPH) for text in one.paragraphs],
            }
            for one in letter.sections
        ],
    }


_PARAGRAPH = 4_000


def _reason(one: Reason) -> dict[str, Any]:
    return {
        "finding": shown(one.finding, most=_PARAGRAPH),
        "citation": shown(one.citation),
        "rule": shown(one.rule),
        "whose": shown(one.layer.whose),
        "stated": _pairs(one.stated),
        "cure": shown(one.cure, most=_PARAGRAPH),
        "by_when": shown(one.by_when),
    }


def _pairs(pairs: tuple[tuple[str, str], ...]) -> list[list[str]]:
    return [[shown(label), shown(value)] for label, value in pairs]
