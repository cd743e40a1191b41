"""The printed book: one readable HTML page of the whole law, good on paper and on a screen."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jinja2 import Environment, PackageLoader, select_autoescape
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from ostiary.deciding.law.book import SOURCES, Book
from ostiary.deciding.law.english import in_english
from ostiary.deciding.law.instruments import Instrument, Rule, Version
from ostiary.deciding.law.layout import yaml_of
from ostiary.deciding.law.open_questions import open_questions
from ostiary.domain.languages import Language, day_in
from ostiary.domain.words import Layer

_PAGES = Environment(
    loader=PackageLoader("ostiary.deciding.law"),
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
class Example:
    """One of counsel's cases, as it is printed beside its instrument.

    Attributes:
        instrument: the instrument it stands beside.
        name: the case, in a sentence.
        why: the provision or the event it comes from; may be empty.
        status: what becomes of the request.
        rules: the rules that it does not meet.
    """

    instrument: str
    name: str
    why: str
    status: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an instrument's text, or a rule that stands behind it."""

    prose: str
    rule: Rule | None = None
    version: Version | None = None


def book_page(
    book: Book,
    printed: date,
    examples: Sequence[Example] = (),
    errors: Mapping[str, int] | None = None,
    *,
    site: str = "",
) -> str:
    """Render the book.

    Args:
        book: the law.
        printed: the day that is printed on it.
        examples: counsel's cases.
        errors: both errors as measured, by name; see :mod:`ostiary.office.counsel.measured_errors`.
        site: address of the site that the book is a page of, to lead back there; empty for none.
    """
    parts = [
        (title, [one for one in book.instruments if one.layer is layer])
        for layer, title in _LAYERS.items()
    ]
    return _PAGES.get_template("book.html").render(
        book=book,
        printed=day_in(Language.ENGLISH, printed),
        errors=errors,
        site=site,
        gateways=[one for one in book.instruments if one.gateway],
        answerable=lambda one: sorted(book.answerable(one.cites, None)),
        described=[(one, prose_of(one.source)) for one in book.described],
        open_questions=open_questions(book),
        cases=lambda one: [case for case in examples if case.instrument == one.id],
        stopped_at=lambda rule: _nearest([case for case in examples if rule.id in case.rules]),
        items=_items,
        subject=subject_of,
        coded=coded,
        parts=[(title, instruments) for title, instruments in parts if instruments],
        pieces=pieces_of,
        english=lambda tree: coded(in_english(tree)),
    )


def _markdown() -> MarkdownIt:
    """Give a reader of prose; what looks like HTML is text, whoever wrote the order."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def prose_of(source: str) -> Markup:
    """Render the text of a file that is prose alone."""
    _, _, body = source.partition("\n---\n")
    markdown = _markdown()
    return Markup(markdown.render(body))  # noqa: S704 - the text of our own book


def _nearest(cases: Sequence[Example]) -> Sequence[Example]:
    """Put first the cases that turn on the fewest rules: they show best what a rule is about."""
    return sorted(cases, key=lambda case: len(case.rules))


def subject_of(one: Instrument) -> str:
    """Give the first heading of an instrument's text: what it is about."""
    found = re.search(r"^# (.+)$", one.source, re.MULTILINE)
    return found[1] if found else one.title


def _items(one: Instrument) -> str:
    """List what an answer may contain; an item of one source only says which."""
    listed = sorted((one.items or {}).items())
    return ", ".join(
        item if sources == SOURCES else f"{item} ({', '.join(sorted(sources))} only)"
        for item, sources in listed
    )


def pieces_of(one: Instrument) -> list[Piece]:
    """Cut an instrument into prose and rules, in the order of its file."""
    markdown = _markdown()
    _, _, body = one.source.partition("\n---\n")
    tokens = markdown.parse(body)
    pieces: list[Piece] = []
    prose: list[object] = []
    name = from_ = ""
    for token in tokens:
        kind = token.info.strip() if token.type == "fence" else ""
        if kind == "yaml":
            block = yaml_of(token.content)
            name, from_ = block["id"], block.get("from")
        elif kind == "sql":
            html = markdown.renderer.render(prose, markdown.options, {})  # type: ignore[arg-type]
            pieces.append(Piece(Markup(html), *_found(one, name, from_)))  # noqa: S704 - our book
            prose = []
        else:
            prose.append(token)
    rest = markdown.renderer.render(prose, markdown.options, {})  # type: ignore[arg-type]
    return [*pieces, Piece(Markup(rest))]  # noqa: S704 - the text of our own book


def coded(text: str) -> Markup:
    """Set what stands between backticks as code; everything is escaped first."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped


def _found(one: Instrument, name: str, first: object) -> tuple[Rule, Version]:
    rule = next(rule for rule in one.rules if rule.id == name)
    dated = (version for version in rule.versions if version.period.first == first)
    return rule, next(dated, rule.versions[0])
