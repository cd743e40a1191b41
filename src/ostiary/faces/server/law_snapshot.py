"""The law and the registers as they are on the disk now, read again when a file has changed.

An order that is dropped into ``OFFICE/orders`` binds the next page, as it binds the next command:
each time the files' sizes and times are looked at, and a changed one has everything read anew.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ostiary.deciding.law.instruments import Instrument
from ostiary.deciding.law.monitors import orders_watched
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.period import Period
from ostiary.domain.register_tables import REGISTER
from ostiary.office.cases.officers import Reviewer, reviewers_in
from ostiary.office.cases.recipient_keys import RecipientKeys, recipient_keys_in
from ostiary.office.folder.law_files import Stamp, stamp_of
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.folder.session import OfficeSession
from ostiary.office.rulings.single_ruling import RulingOnOne


@dataclass(frozen=True, slots=True)
class ClientKey:
    """A row of ``clients.csv``: a program, the agency it speaks for, a public key, and its days."""

    client: str
    agency: str
    public_key: str
    first: date
    last: date | None

    def serves_on(self, day: date) -> bool:
        """Whether the key counts on a day."""
        return day in Period(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Webhook:
    """A row of ``webhooks.csv``: where an agency wants to be told of changes, and its days."""

    agency: str
    url: str
    first: date
    last: date | None

    def serves_on(self, day: date) -> bool:
        """Whether it is to be told on a day."""
        return day in Period(self.first, self.last)


@dataclass(frozen=True)
class LawSnapshot:
    """One reading of the law and the registers.

    Attributes:
        law: book and orders.
        ruling: the same law with its registers, to rule by on one case.
        reviewers: the custodian's own officers.
        officers: agency and id of each officer who may receive, with their days.
        agencies: id and name.
        clients: the programs that may call the API.
        webhooks: where agencies want to be told that something has changed.
        sealing: the keys that answers are sealed to.
    """

    law: CurrentLaw
    ruling: RulingOnOne
    reviewers: tuple[Reviewer, ...]
    officers: Mapping[tuple[str, str], tuple[tuple[date, date | None], ...]]
    agencies: Mapping[str, str]
    clients: tuple[ClientKey, ...] = ()
    webhooks: tuple[Webhook, ...] = ()
    sealing: RecipientKeys = field(default_factory=RecipientKeys)

    def watched(self, monitor: str, day: date) -> tuple[Instrument, ...]:
        """Give the orders of courts that let somebody look at what is done under them on a day."""
        return orders_watched(self.law.book.instruments, monitor, day)

    def is_engaged(self, agency: str, officer: str, day: date) -> bool:
        """Whether an officer stands in the register for an agency on a day."""
        return any(
            day in Period(first, last) for first, last in self.officers.get((agency, officer), ())
        )


class LawSnapshotReader:
    """Keeps the last reading for as long as the files stay the same."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: tuple[Stamp, LawSnapshot] | None = None

    def read(self, place: OfficeSession) -> LawSnapshot:
        """Give the law and the registers of an office as they are now.

        Raises:
            BookError: something of it cannot be used as it is written.
        """
        stamp = stamp_of([shipped_book(), place.office.registers, place.office.orders])
        day = place.moment.today.toordinal()  # a key ends with its last day, and nothing changes
        stamp = (*stamp, ("keys", place.store.last_key_seen(), day, 0))
        with self._lock:
            if self._kept is None or self._kept[0] != stamp:
                self._kept = (stamp, _read(place))
            return self._kept[1]


def _read(place: OfficeSession) -> LawSnapshot:
    with place.law_at_hand() as (con, law):
        reviewers = reviewers_in(con)
        engaged = con.execute(
            'SELECT agency, officer, list(["from", "until"])'
            f" FROM {REGISTER['officers']} GROUP BY ALL"
        ).fetchall()
        clients = con.execute(
            'SELECT client, agency, public_key, "from", "until"'
            f" FROM {REGISTER['clients']} ORDER BY ALL"
        ).fetchall()
        webhooks = con.execute(
            f'SELECT agency, url, "from", "until" FROM {REGISTER["webhooks"]} ORDER BY ALL'
        ).fetchall()
        sealing = recipient_keys_in(con)
        agencies = con.execute(
            f"SELECT agency, max(name) FROM {REGISTER['agencies']} GROUP BY agency ORDER BY agency"
        ).fetchall()
    return LawSnapshot(
        law=law,
        sealing=sealing,
        ruling=RulingOnOne(law),
        reviewers=reviewers,
        officers={
            (agency, officer): tuple((first, last) for first, last in days)
            for agency, officer, days in engaged
        },
        agencies=dict(agencies),
        clients=tuple(ClientKey(*row) for row in clients),
        webhooks=tuple(Webhook(*row) for row in webhooks),
    )
