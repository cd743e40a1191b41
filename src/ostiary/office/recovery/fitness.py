"""Whether an office is fit to work: each thing it needs, looked at, and nothing changed.

For the operator's command and for whoever watches a server. What is told names parts of the office,
never a person, a case or an agency.
"""

import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ostiary import __version__
from ostiary.deciding.matching.model import open_model
from ostiary.deciding.matching.reference_integrity import check_reference
from ostiary.domain.errors import OstiaryError
from ostiary.domain.words import Layer
from ostiary.office.folder.clock import check_clock
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.folder.layout import open_office
from ostiary.office.folder.log_marks import last_law
from ostiary.office.folder.mail_state import read_mail_state
from ostiary.office.folder.session import OfficeSession, now
from ostiary.office.recovery.whole_files import check_laid_out, check_log_files
from ostiary.verifying.log.checkpoints import unverified_checkpoint
from ostiary.verifying.log.tiles import CHECKPOINT_PATH

LEAST_FREE = 1 << 30
"""Bytes that must be free on the office's disk: a large batch lays out hundreds of MiB."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that an office needs.

    Attributes:
        name: what was looked at.
        fit: whether it is as it should be.
        told: what was found, or what is wrong and what to do.
    """

    name: str
    fit: bool
    told: str


def examine_office(
    root: Path, *, free: Callable[[Path], shutil._ntuple_diskusage] = shutil.disk_usage
) -> tuple[Check, ...]:
    """Look at everything an office needs; where it cannot be opened, at nothing further.

    Args:
        root: the office.
        free: tells how much of a disk is free.
    """
    opened: list[OfficeSession] = []
    first = _looked("office", lambda: _open(root, opened))
    if not opened:
        return (first, _versions())
    place = opened[0]
    with place.office.store:
        return (first, *_all(place, free), _versions())


def ready(place: OfficeSession) -> tuple[Check, ...]:
    """Look at what a server needs to answer: the case store, the clock, the reference file."""
    return (
        _looked("case store", lambda: _store(place)),
        _looked("clock", lambda: _clock(place)),
        _looked("reference file", lambda: _reference(place)),
    )


def published(place: OfficeSession) -> tuple[Check, ...]:
    """Look at whether the log is published whole, and countersigned by its witnesses."""
    return (_looked("log", lambda: _log(place)), _looked("witnesses", lambda: _witnesses(place)))


def _all(place: OfficeSession, free: Callable[[Path], shutil._ntuple_diskusage]) -> Iterator[Check]:
    yield from ready(place)
    yield _looked("law", lambda: _law(place))
    yield from published(place)
    yield _looked("log files", lambda: _log_files(place))
    yield _looked("files", lambda: _laid_out(place))
    yield _looked("mail", lambda: _mail(place))
    left = free(place.office.root).free
    yield Check("disk", left >= LEAST_FREE, f"{left / (1 << 30):.1f} GiB free")


def _looked(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except OstiaryError as error:
        return Check(name, False, str(error))
    except OSError as error:
        return Check(name, False, f"the system refuses it: {(error.strerror or '').lower()}")


_PARTS = ("book", "orders", "registers")
_OF_ORDERS = ("court_leaves", "court_notices", "people_in_orders")


class _UnfitError(OstiaryError):
    """Something is not as it should be, and no step of its own says so."""


def _open(root: Path, opened: list[OfficeSession]) -> str:
    office = open_office(root)
    opened.append(OfficeSession(office, office.store, now()))
    kind = "training office" if office.config.training else "office"
    return (
        f"{kind} of profile {office.config.profile}; settings, keys and rights of files are sound"
    )


def _store(place: OfficeSession) -> str:
    return f"{place.office.database.where}: {place.store.log_size():,} log entries"


def _clock(place: OfficeSession) -> str:
    check_clock(place)
    return f"{place.moment.at}, not before the last entry"


def _reference(place: OfficeSession) -> str:
    check_reference(place.office.reference)
    model = open_model(place.office.reference)
    return f"{model.counts.people:,} people; every file is the one that its model names"


def _law(place: OfficeSession) -> str:
    with duckdb.connect() as con:
        law = place.read_law(con)
    if law.short:
        told = "; ".join(str(one) for one in law.short)
        raise _UnfitError(f"court_notices.csv has rows that are no notice: {told}")
    orders = {one.id for one in law.book.instruments if one.layer is Layer.ORDER}
    for register in _OF_ORDERS:
        named = {str(one) for one in law.registers.tables[register]["order"].to_pylist()}
        if unknown := sorted(named - orders):
            raise _UnfitError(
                f"{register}.csv has rows that count for nothing: no order is called"
                f" {', '.join(f'`{one}`' for one in unknown)}; write the name of the order's file"
                " without .md, or enter the order"
            )
    return f"{law.name}; registers and orders can be read{_changed(place, law)}"


def _changed(place: OfficeSession, law: CurrentLaw) -> str:
    """Say what of the law is no longer as the log has it, a file of an order taken away included.

    Any step enters that before it does anything else; until one is taken, nobody outside knows.
    """
    last = last_law(place.store)
    told = law.beside(place.store.keys_seen(), place.moment.today).digests
    parts = [name for name in _PARTS if last and getattr(last, name) != told[name]]
    if last is None or not parts:
        return ""
    return (
        f"; changed since entry {last.entry_index} of {last.at}, which the next step enters:"
        f" {', '.join(parts)}"
    )


def _log(place: OfficeSession) -> str:
    size = place.store.log_size()
    path = place.office.accounting / CHECKPOINT_PATH
    if not path.is_file():
        raise _UnfitError("nothing is published yet; any step that writes publishes")
    published = unverified_checkpoint(path.read_bytes())
    if published.size != size:
        raise _UnfitError(
            f"{published.size:,} entries are published, and the case store holds {size:,}; if this"
            " stays so while nobody works, see docs/how-to/check-the-log.md"
        )
    return f"all {size:,} entries are published"


def _log_files(place: OfficeSession) -> str:
    if not (place.office.accounting / CHECKPOINT_PATH).is_file():
        return "none are published yet"
    many = check_log_files(place)
    return f"each of {many:,} published entries is what the checkpoint signs, and the store has it"


def _laid_out(place: OfficeSession) -> str:
    batches, answers = check_laid_out(place)
    return f"all are there; folders of batches: {batches:,}, answers: {answers:,}"


def _witnesses(place: OfficeSession) -> str:
    listed = place.office.config.accounting
    if not listed.witnesses:
        return "none are named in office.toml"
    path = place.office.accounting / CHECKPOINT_PATH
    if not (path.is_file() and place.witnessing.is_met(path.read_bytes())):
        raise _UnfitError(
            f"the published checkpoint is not countersigned by {listed.quorum} of"
            f" {len(listed.witnesses)}; see that they can be reached"
        )
    return f"countersigned by at least {listed.quorum} of {len(listed.witnesses)}"


def _mail(place: OfficeSession) -> str:
    mail, state = place.office.config.mail, read_mail_state(place.office.root)
    if not mail.relay:
        return "none is sent; office.toml names no relay"
    if state.failed_at:
        raise _UnfitError(
            f"officers could not be told on {state.failed_at}: {state.fault}; see [mail] in"
            " office.toml, then `ostiary notify`"
        )
    if state.strangers:
        raise _UnfitError(
            f"of the {len(mail.to)} addresses in office.toml {state.strangers} are of nobody who is"
            " in office; take them out of [mail]"
        )
    return f"taken by the relay on {state.taken_at}" if state.taken_at else "none was due yet"


def _versions() -> Check:
    told = f"Ostiary {__version__}, Python {platform.python_version()}, DuckDB {duckdb.__version__}"
    return Check("versions", True, told)
