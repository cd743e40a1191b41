"""What counsel has still to settle: every passage of the book that begins with ``Open:``.

Until it is settled the book holds one reading, never two, and says beside it what the other would
be. A passage stands before the rule that holds the reading; what it says runs to the end of its
paragraph, or to the next such passage.
"""

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markupsafe import Markup

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.instruments import Instrument
from ostiary.deciding.law.layout import yaml_of

_OPEN = re.compile(r"\bOpen:\s+")


@dataclass(frozen=True, slots=True)
class Question:
    """One passage.

    Attributes:
        instrument: where it stands.
        rule: id of the rule that holds the reading of this book; empty where none follows.
        text: what is open, and which reading stands.
    """

    instrument: Instrument
    rule: str
    text: Markup


def open_questions(book: Book) -> tuple[Question, ...]:
    """Give every passage, in the order of the book."""
    return tuple(found for one in book.instruments for found in _questions(one))


def _questions(one: Instrument) -> list[Question]:
    markdown = MarkdownIt("commonmark", {"html": False})
    found: list[Question] = []
    waiting: list[Markup] = []
    for token in markdown.parse(one.source.partition("\n---\n")[2]):
        if token.type == "fence" and token.info.strip() == "yaml":
            rule = str(yaml_of(token.content)["id"])
            found += [Question(one, rule, text) for text in waiting]
            waiting = []
        elif token.type == "inline":
            for said in _OPEN.split(token.content)[1:]:
                html = markdown.renderInline(said.strip())
                waiting.append(Markup(html))  # noqa: S704 - the text of our own book, HTML is off
    return found + [Question(one, "", text) for text in waiting]
