"""The custody files of batches, written anew with what looks showed.

A file holds what all looks of its batch showed and is written whole. So a server, whose officers
look at one request after the other, has it written by a thread of its own: once for all that was
looked at since. What no file tells yet is marked in the case store, and told by whoever enters the
office next, should the server not come to it.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq

from ostiary.disk.durable import put_durably
from ostiary.disk.locks import alone
from ostiary.office.batches.batch_folder import CUSTODY
from ostiary.office.folder.background import in_background
from ostiary.office.folder.session import OfficeSession

_VERIFICATIONS = "verifications.parquet"
_LOG = logging.getLogger(__name__)

PERIOD = 1.0
"""Seconds between two writings of a server."""


@dataclass(frozen=True)
class CustodyWriter:
    """Writes custody files in a thread of its own, for as long as :meth:`writing` lasts."""

    _works: threading.Event = field(default_factory=threading.Event)
    _wanted: threading.Event = field(default_factory=threading.Event)

    def soon(self) -> bool:
        """Have what looks showed written soon; say whether there is a thread that does it."""
        self._wanted.set()
        return self._works.is_set()

    def writing(
        self, place: Callable[[], OfficeSession], period: float = PERIOD
    ) -> AbstractContextManager[None]:
        """Write for as long as the block lasts; at its end, once more what is left.

        Args:
            place: gives the office as it is.
            period: seconds between two writings.
        """
        return in_background("custody", partial(self._write, place, period))

    def _write(
        self, place: Callable[[], OfficeSession], period: float, stop: threading.Event
    ) -> None:
        self._works.set()
        try:
            while not stop.wait(period):
                self._tell(place)
        finally:
            self._works.clear()
        self._tell(place)

    def _tell(self, place: Callable[[], OfficeSession]) -> None:
        if not self._wanted.is_set():
            return
        self._wanted.clear()
        try:
            here = place()
            with closing(here.store):  # this thread's own
                tell_custody(here)
        except Exception:  # noqa: BLE001 - whatever it was, the next pass tries again
            self._wanted.set()
            _LOG.warning("custody files could not be written", exc_info=True)


def tell_custody_soon(place: OfficeSession) -> None:
    """Have what looks showed written: by the thread that does so, else at once."""
    if not place.custody_soon():
        tell_custody(place)


def tell_custody(place: OfficeSession) -> None:
    """Write what looks showed into the custody files of the batches, where that is not done yet.

    Looks of several officers at once share the writing: each file is written once for all of them.
    """
    with alone(place.office.root / ".examining"):
        untold = place.store.untold_examinations()
        for batch in sorted({batch for batches in untold.values() for batch in batches}):
            _write_verifications(place, batch)
        if untold:
            with place.store.write() as txn:
                for number in untold:
                    txn.mark_examination_done(number)


def _write_verifications(place: OfficeSession, batch: str) -> None:
    """Write the custody file of a batch anew from the case store; nothing where custody is gone."""
    custody = place.office.batches / batch / CUSTODY
    if not custody.is_dir():
        return
    kinds = {
        "request_id": pa.string(),
        "outcome": pa.string(),
        "rule": pa.string(),
        "person_id": pa.string(),
        "weight": pa.float64(),
        "margin": pa.float64(),
        "basis": pa.string(),
    }
    rows = list(place.store.verifications_of(batch))
    columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
    table = pa.table(
        {
            name: pa.array(values, kind)
            for (name, kind), values in zip(kinds.items(), columns, strict=True)
        }
    )
    written = BytesIO()  # a file beside it could be left behind
    pq.write_table(table, written, compression="zstd")
    put_durably(custody / _VERIFICATIONS, written.getvalue())
