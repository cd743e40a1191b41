"""The pages of the public site: plain HTML, one style sheet, no script, nothing from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jinja2 import Environment, PackageLoader, select_autoescape

from ostiary.deciding.law.printing import coded
from ostiary.office.publication.register import RegisterEntry

_PAGES = Environment(
    loader=PackageLoader("ostiary.office.publication"),
    autoescape=select_autoescape(["html"]),
    trim_blocks=True,
    lstrip_blocks=True,
)


def _long_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


_PAGES.filters["coded"] = coded
_PAGES.filters["day"] = _long_day


@dataclass(frozen=True, slots=True)
class AdoptedLaw:
    """A law that the office adopted, as its log tells of it.

    Attributes:
        entry: the number of the log entry.
        at: the moment, RFC 3339.
        book: digest of the rule book.
        orders: digest of the office's own orders.
    """

    entry: int
    at: str
    book: str
    orders: str


@dataclass(frozen=True, slots=True)
class PublishedLog:
    """What the site says of the log.

    Attributes:
        origin: its name.
        size: how many entries it has.
        root: its root, in hexadecimal.
        checkpoint: the signed checkpoint, as text.
        keys: the keys that sign it, in the form that verifiers take.
        witnesses: the keys of those who cosign, where some do.
        training: whether the office is for training.
    """

    origin: str
    size: int
    root: str
    checkpoint: str
    keys: tuple[str, ...]
    witnesses: tuple[str, ...]
    training: bool


def index_page(entries: Sequence[RegisterEntry], log: PublishedLog, day: date, report: str) -> str:
    """Render the first page: the register as a table, and where all else is.

    Args:
        entries: the register.
        log: what is said of the log.
        day: the day of the site.
        report: address of the annual report below the site; empty where none was given.
    """
    return _page("index.html", "", log, day, entries=entries, report=report)


def entry_page(entry: RegisterEntry, log: PublishedLog, day: date) -> str:
    """Render one entry of the register."""
    return _page("entry.html", "../", log, day, entry=entry)


def log_page(laws: Sequence[AdoptedLaw], log: PublishedLog, day: date) -> str:
    """Render what is said of the log: its checkpoint, its keys, its laws, how to verify it."""
    return _page("log.html", "../", log, day, laws=laws)


def _page(template: str, top: str, log: PublishedLog, day: date, **told: object) -> str:
    return _PAGES.get_template(template).render(top=top, log=log, today=day, **told)
