"""The printed book: one readable HTML page of the whole law, good on paper and on a screen."""

import re
from dataclasses import dataclass
from datetime import date

import yaml
from jinja2 import Environment, PackageLoader, select_autoescape
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from ostiary.domain.words import Layer
from ostiary.law.book import Book, Instrument, Rule, Version
from ostiary.law.english import in_english

_PAGES = Environment(
    loader=PackageLoader("ostiary.law"),
    autoescape=select_autoescape(["html"]),
    trim_blocks=True,
    lstrip_blocks=True,
)
_CODE = re.compile(r"`([^`]*)`")
_LAYERS = {
    Layer.STATUTE: "Statutes",
    Layer.SAFEGUARD: "Safeguards",
    Layer.AGREEMENT: "Agreements",
    Layer.POLICY: "Policies of the custodian",
    Layer.ORDER: "Orders of courts",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an instrument's text, or a rule that stands behind it."""

    prose: str
    rule: Rule | None = None
    version: Version | None = None


def book_page(book: Book, printed: date) -> str:
    """Render the book.

    Args:
        book: the law.
        printed: the day that is printed on it.
    """
    parts = [
        (title, [one for one in book.instruments if one.layer is layer])
        for layer, title in _LAYERS.items()
    ]
    return _PAGES.get_template("book.html").render(
        book=book,
        printed=printed,
        parts=[(title, instruments) for title, instruments in parts if instruments],
        pieces=pieces_of,
        english=lambda tree: _coded(in_english(tree)),
    )


def pieces_of(one: Instrument) -> list[Piece]:
    """Cut an instrument into prose and rules, in the order of its file."""
    markdown = MarkdownIt().enable("table")
    _, _, body = one.source.partition("\n---\n")
    tokens = markdown.parse(body)
    pieces: list[Piece] = []
    prose: list[object] = []
    name = from_ = ""
    for token in tokens:
        kind = token.info.strip() if token.type == "fence" else ""
        if kind == "yaml":
            block = yaml.safe_load(token.content)
            name, from_ = block["id"], block.get("from")
        elif kind == "sql":
            html = markdown.renderer.render(prose, markdown.options, {})  # type: ignore[arg-type]
            pieces.append(Piece(Markup(html), *_found(one, name, from_)))  # noqa: S704 - our book
            prose = []
        else:
            prose.append(token)
    rest = markdown.renderer.render(prose, markdown.options, {})  # type: ignore[arg-type]
    return [*pieces, Piece(Markup(rest))]  # noqa: S704 - the text of our own book


def _coded(text: str) -> Markup:
    """Set what stands between backticks as code; everything is escaped first."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped


def _found(one: Instrument, name: str, first: object) -> tuple[Rule, Version]:
    rule = next(rule for rule in one.rules if rule.id == name)
    dated = (version for version in rule.versions if version.period.first == first)
    return rule, next(dated, rule.versions[0])
