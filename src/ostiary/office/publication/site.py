"""The public site of an office is built: whole, or not at all."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ostiary.deciding.law.counsel_cases import examples_of
from ostiary.deciding.law.printing import book_page
from ostiary.deciding.law.shipped import shipped_book
from ostiary.disk.folders import check_free, whole_or_not
from ostiary.disk.outgoing import read_outgoing
from ostiary.domain.errors import InputError
from ostiary.domain.languages import Language
from ostiary.office.folder.report_files import REPORT_FILES
from ostiary.office.folder.session import OfficeSession
from ostiary.office.publication.catalog import as_csv, as_json_ld
from ostiary.office.publication.pages import (
    AdoptedLaw,
    Edition,
    PublishedLog,
    entry_page,
    index_page,
    log_page,
)
from ostiary.office.publication.register import RegisterEntry, register_of
from ostiary.verifying.answers.trust import TRUST_FILE
from ostiary.verifying.log.tiles import CHECKPOINT_PATH

STYLE = "site.css"


@dataclass(frozen=True, slots=True)
class Published:
    """What was published.

    Attributes:
        folder: the site.
        entries: how many entries its register has.
        pages: how many pages.
        size: how many entries the log had.
    """

    folder: Path
    entries: int
    pages: int
    size: int


def publish_site(place: OfficeSession, into: Path, *, report: Path | None = None) -> Published:
    """Build the public site of an office in a new folder.

    Args:
        place: the office.
        into: the folder; new, or empty.
        report: a folder that ``ostiary report`` wrote, to be put on the site.

    Raises:
        InputError: there is something in the folder, it is in the office, or ``report`` is none.
        NotAllowedError: the log cannot be published now.
    """
    into = into.resolve()
    check_free(into)
    if into.is_relative_to(place.office.root):
        raise InputError(
            "a public site inside the office would be in the way of what is confidential",
            where=str(into),
            cure="name a folder elsewhere",
        )
    if report is not None and not (report / "report.json").is_file():
        raise InputError(
            "this folder holds no annual report",
            where=str(report),
            cure="name the folder that `ostiary report --out` wrote",
        )
    log = _log(place)
    with whole_or_not(into) as building:
        building.mkdir()
        entries = _build(place, building, log, report)
        pages = len(list(building.rglob("*.html")))
    return Published(into, entries, pages, log.size)


def _build(
    place: OfficeSession,
    site: Path,
    log: PublishedLog,
    report: Path | None,
) -> int:
    with place.scratch() as con:
        book = place.read_law(con).book
    register, day = register_of(book), place.moment.today
    for name in ("register", "book", "log"):
        (site / name).mkdir()
    shutil.copy(Path(__file__).with_name(STYLE), site / STYLE)
    catalogue = as_json_ld(register, log.origin, day)
    _write(site / "register.jsonld", json.dumps(catalogue, indent=2, ensure_ascii=False) + "\n")
    _write(site / "register.csv", as_csv(register, day))
    examples = examples_of(shipped_book(), book)
    printed = book_page(book, day, examples, site="../index.html")
    _write(site / "book" / "index.html", printed)
    _write(site / "log" / CHECKPOINT_PATH, log.checkpoint)
    _write(site / "log" / TRUST_FILE, _published(place, TRUST_FILE))
    if report is not None:
        _copy_report(report, site / "report")
    laws, address = _laws(place), "report/" if report is not None else ""
    for language in Language:
        _write_edition(Edition(log, day, language), site, register, laws, address)
    return len(register)


def _write_edition(
    of: Edition,
    site: Path,
    register: Sequence[RegisterEntry],
    laws: Sequence[AdoptedLaw],
    report: str,
) -> None:
    """Write the pages of one language."""
    folder = site / of.below
    for name in ("register", "log"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for one in register:
        _write(folder / "register" / f"{one.id}.html", entry_page(of, one))
    _write(folder / "log" / "index.html", log_page(of, laws))
    _write(folder / "index.html", index_page(of, register, report))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def _copy_report(report: Path, target: Path) -> None:
    """Copy the files of a report, and nothing else that lies beside them or that a link leads to.

    Raises:
        InputError: a file of the report is a link.
    """
    target.mkdir()
    for name in REPORT_FILES:
        path = report / name
        if path.is_symlink():
            raise InputError(
                "a file of the report is a link, and what it leads to would be published",
                where=str(path),
                cure="have `ostiary report --out` write the report anew",
            )
        if path.is_file():
            shutil.copy(path, target / name)


def _published(place: OfficeSession, name: str) -> str:
    """Read a file of the published log, and nothing that a link in its place leads to.

    Raises:
        InputError: no file lies there.
    """
    try:
        return read_outgoing(place.office.accounting, name).decode()
    except FileNotFoundError:
        raise InputError(
            "a file of the published log is not there, or is a link",
            where=str(place.office.accounting / name),
            cure="take away what lies there; it is written anew when the log is next published",
        ) from None


def _log(place: OfficeSession) -> PublishedLog:
    checkpoint = place.publish()
    return PublishedLog(
        origin=checkpoint.origin,
        size=checkpoint.size,
        root=checkpoint.root.hex(),
        checkpoint=_published(place, CHECKPOINT_PATH),
        keys=tuple(one.vkey for one in place.log_keys),
        witnesses=tuple(one.key for one in place.office.config.accounting.witnesses),
        training=place.office.config.training,
    )


def _laws(place: OfficeSession) -> list[AdoptedLaw]:
    """Give the laws that the office adopted; of two with one book and orders only the first."""
    found: list[AdoptedLaw] = []
    for one in place.store.laws():
        same = found and (found[-1].book, found[-1].orders) == (one.book, one.orders)
        if not same:
            found.append(AdoptedLaw(one.entry_index, one.at, one.book, one.orders))
    return found
