"""The pages of the public site: plain HTML, one style sheet, no script, nothing from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from ostiary.deciding.law.printing import coded
from ostiary.domain.languages import Language, day_in
from ostiary.domain.period import Period
from ostiary.office.publication.register import RegisterEntry
from ostiary.office.publication.words import words_in

_PAGES = Environment(
    loader=PackageLoader("ostiary.office.publication"),
    autoescape=select_autoescape(["html"]),
    trim_blocks=True,
    lstrip_blocks=True,
)


_PAGES.filters["coded"] = coded
_ANOTHER_WORDING = "another wording of"


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


@dataclass(frozen=True, slots=True)
class Edition:
    """The site of a day in one language.

    Attributes:
        log: what is said of the log.
        day: the day of the site.
        language: of the pages.
    """

    log: PublishedLog
    day: date
    language: Language

    @property
    def below(self) -> str:
        """Where its pages lie below the site: the English ones on top."""
        return "" if self.language is Language.ENGLISH else f"{self.language}/"


def index_page(of: Edition, entries: Sequence[RegisterEntry], report: str) -> str:
    """Render the first page: the register as a table, and where all else is.

    Args:
        of: the edition.
        entries: the register.
        report: address of the annual report below the site; empty where none was given.
    """
    return _page("index.html", "index.html", of, entries=entries, report=report)


def entry_page(of: Edition, entry: RegisterEntry) -> str:
    """Render one entry of the register."""
    return _page("entry.html", f"register/{entry.id}.html", of, entry=entry)


def log_page(of: Edition, laws: Sequence[AdoptedLaw]) -> str:
    """Render what is said of the log: its checkpoint, its keys, its laws, how to verify it."""
    return _page("log.html", "log/index.html", of, laws=laws)


def _page(template: str, path: str, of: Edition, **told: object) -> str:
    """Render a page that lies under a path, which is the same in each edition."""
    words = words_in(of.language)
    (other,) = (one for one in Language if one is not of.language)
    here = "../" * path.count("/")
    top = here + "../" * of.below.count("/")

    def days(period: Period) -> str:
        first = day_in(of.language, period.first)
        if period.last is None:
            return words("from {day}").format(day=first)
        last = day_in(of.language, period.last)
        return words("from {day} to {last}").format(day=first, last=last)

    def changed(what: str) -> Markup:
        begins, _, rule = what.partition(_ANOTHER_WORDING)
        return coded(words(begins)) if begins else coded(words(_ANOTHER_WORDING) + rule)

    def instant(at: str) -> str:
        return f"{day_in(of.language, date.fromisoformat(at[:10]))}, {at[11:16]} UTC"

    env = _PAGES.overlay()
    env.filters = {**_PAGES.filters, "day": partial(day_in, of.language), "instant": instant}
    return env.get_template(template).render(
        {"_": words, "days": days, "changed": changed, "language": of.language, "other": other},
        top=top,
        here=here,
        path=path,
        other_page=top + replace(of, language=other).below + path,
        log=of.log,
        today=of.day,
        **told,
    )
