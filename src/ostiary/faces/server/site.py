"""The one office that this process serves."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings

from ostiary.disk.durable import put_private, replace_file
from ostiary.disk.locks import alone
from ostiary.domain.errors import InputError
from ostiary.domain.words import Owed
from ostiary.faces.server.databases import connect_own, web_folder
from ostiary.faces.server.law_snapshot import LawSnapshot, LawSnapshotReader
from ostiary.office.cases.context import CaseContext, OpenReference
from ostiary.office.cases.desk import Desk
from ostiary.office.cases.event_index import Event, Look, events_in
from ostiary.office.cases.looks_in_custody import CustodyWriter
from ostiary.office.folder.clock import check_clock
from ostiary.office.folder.layout import Office, open_office
from ostiary.office.folder.session import OfficeSession, now
from ostiary.office.recovery.entering import at_work
from ostiary.verifying.keys.assertions import RelyingParty

LetIn = Callable[[OfficeSession], None]
"""Given a training office, has its officers accept the keys that wait."""

_SECRET_BYTES = 48
_PRIVATE = 0o600
_PORT = Path("web", "port")


@dataclass(frozen=True)
class Site:
    """An office that people reach with a browser.

    Attributes:
        office: the folder.
        address: where people open it, scheme and host.
        on: the legal day of a training office; None for the clock's.
        let_in: in a demonstration, what makes the passkey of somebody who came by its link count.
        custody: writes what looks showed, in a thread, where the server has it do so.
    """

    office: Office
    address: str
    on: date | None = None
    let_in: LetIn | None = None
    _snapshots: LawSnapshotReader = field(default_factory=LawSnapshotReader, repr=False)
    _reference: OpenReference = field(default_factory=OpenReference, repr=False)
    custody: CustodyWriter = field(default_factory=CustodyWriter, repr=False)

    @property
    def party(self) -> RelyingParty:
        """Who asks browsers for passkeys."""
        return RelyingParty(urlsplit(self.address).hostname or "localhost", self.address)

    def place(self) -> OfficeSession:
        """Give the office at this moment."""
        reference = partial(self._reference.asked, self.office.reference)
        here = self.office, self.office.store, now(self.on)
        return OfficeSession(*here, reference, self.custody.soon)

    def snapshot(self) -> LawSnapshot:
        """Give the law and the registers as they are now."""
        return self._snapshots.read(self.place())

    def provisions_of_judges(self) -> list[str]:
        """Give the provisions under which a judge orders, as the law is now."""
        owed = self.snapshot().law.book.owed
        return [provision for provision, whom in owed.items() if whom is Owed.COURT]

    def desk(self) -> Desk:
        """Give the officers' desk as it is now; a change of the law is logged before it is used.

        Raises:
            OfficeError: the clock stands before the office's last entry.
        """
        place, snapshot = self.place(), self.snapshot()
        check_clock(place)
        place.adopt_now(snapshot.law)
        keys = partial(snapshot.sealing.of, place.moment.today)
        return Desk(
            place.origin,
            place.store,
            snapshot.law.name,
            snapshot.reviewers,
            place.moment,
            snapshot.law.book.owed,
            sealing_keys=keys,
            tells=snapshot.law.book.tells,
            profile=self.office.config.profile,
        )

    def case_context(self) -> CaseContext:
        """Give what cases are shown with, as it is now."""
        return CaseContext(self.snapshot().ruling, self._reference, events_in(self.office.store))

    def looks(self) -> list[Look]:
        """Give every look at a case that the log tells of, the latest first."""
        return events_in(self.office.store).looks(self.office.store)

    def events(self) -> list[Event]:
        """Give every entry of the log that lies in no batch, in order."""
        return events_in(self.office.store).events(self.office.store)

    @contextmanager
    def working(self) -> Iterator[OfficeSession]:
        """Take a step that writes; the log is published at its end, also after a refusal.

        Raises:
            OfficeError: the clock stands before the office's last entry.
        """
        place = self.place()
        check_clock(place)
        try:
            yield place
        finally:
            place.publish()


_served: list[Site] = []


def site() -> Site:
    """Give the office that this process serves.

    Raises:
        RuntimeError: none has been opened.
    """
    if not _served:
        raise RuntimeError("no office has been opened to be served")
    return _served[-1]


def serve_office(
    root: Path, *, port: int = 8000, on: date | None = None, let_in: LetIn | None = None
) -> Site:
    """Open an office to be served by this process: finish its past, connect its own tables.

    Args:
        root: the office.
        port: where a browser of this machine finds it, when ``office.toml`` names no address.
        on: the legal day; training offices only.
        let_in: see :class:`Site`; of a demonstration alone.

    Raises:
        InputError: no office, or ``on`` in one that is not for training.
        RuntimeError: Django was not set up for it, see :func:`.django_start.start_web`.
    """
    if not apps.is_installed("ostiary.faces.server"):
        raise RuntimeError("the web office must be started before an office is served")
    with at_work(root, on=on):
        pass
    office = open_office(root)
    address = office.config.web.address or f"http://localhost:{port}"
    opened = Site(office, address, on, let_in if office.config.training else None)
    office.store.ordered_by_judges = opened.provisions_of_judges
    connect_own(office)
    settings.SECRET_KEY = _secret(office)
    settings.ALLOWED_HOSTS = [opened.party.id]
    settings.CSRF_TRUSTED_ORIGINS = [opened.address]
    settings.SECURE_SSL_REDIRECT = opened.address.startswith("https://")
    _served[:] = [opened]
    return opened


def check_host(opened: Site, host: str) -> None:
    """Refuse to listen to other machines while the office has no address for them.

    Raises:
        InputError: the host is not this machine, and ``office.toml`` names no address.
    """
    if not opened.office.config.web.address and host not in {"localhost", "127.0.0.1", "::1"}:
        raise InputError(
            "this office has no address for other machines",
            where="--host",
            cure='set `address = "https://..."` under [web] in office.toml, with a TLS proxy',
        )


def note_port(opened: Site, port: int) -> None:
    """Remember on which port an office is served, for whoever gives a link to it."""
    replace_file(opened.office.root / _PORT, f"{port}\n".encode())


def last_port(root: Path) -> int:
    """Give the port on which an office is served, or was served last; 8000 when it never was."""
    try:
        return int((root / _PORT).read_text("ascii"))
    except (OSError, ValueError):
        return 8000


def _secret(office: Office) -> str:
    """Read the key that signs sessions and forms; made once, also by servers that start at once.

    With a key each, of two servers one would end the sessions that the other began.
    """
    path = web_folder(office) / "secret"
    with alone(web_folder(office) / ".secret.lock"):
        if not path.exists():  # whole or not there: a torn one would sign what anybody signs
            put_private(path, secrets.token_urlsafe(_SECRET_BYTES).encode(), _PRIVATE)
    return str(path.read_text(encoding="ascii"))
