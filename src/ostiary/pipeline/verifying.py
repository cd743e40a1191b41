"""What the law let through, and nothing else, is compared with the reference file.

First who asks too often about one person is stopped, before anything is looked up; then the rest
is verified beside its decoys, and held to the office's limit.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from ostiary.law.book import Book
from ostiary.matching.asking import mark_people, stop_repeated
from ostiary.matching.control import Control, Limit
from ostiary.matching.controlled import Verify, keep_ready, manner_of, verify_with_decoys
from ostiary.matching.integrity import check_reference
from ostiary.matching.model import Model, open_model
from ostiary.matching.periods import heed_periods
from ostiary.matching.rules import REPEATED, outcome_sql
from ostiary.matching.verify import verify_batch
from ostiary.pipeline.bars import apply_bars
from ostiary.pipeline.workplace import Workplace

# Verifications for the same agencies with which a small batch is counted together.
_LATEST = 10_000


@dataclass(frozen=True, slots=True)
class Verified:
    """How the requests of a batch were compared.

    Attributes:
        model: digest of the reference and the rules of matching.
        control: what the decoys showed; None when nothing was compared.
        stopped: requests that were not compared, since one person was asked about too often.
    """

    model: str
    control: Control | None
    stopped: int


def compare(
    con: duckdb.DuckDBPyConnection,
    place: Workplace,
    secret: str,
    verify: Verify,
    book: Book,
    day: date,
    *,
    manner: Sequence[int] = (),
) -> Verified:
    """Make ``verifications``, and ``newly_asked``, to be stored with the batch or the look.

    Args:
        con: holds ``eligible``, the requests that may be looked at.
        place: the office.
        secret: what the agency cannot know, and what tells this look from others: from it the
            decoys are drawn, so that the office can draw the same ones again.
        verify: compares with the reference, on one engine or another.
        book: the law, whose gateways say from which years a record may confirm.
        day: legal day of the look, by which gateways and bars are chosen.
        manner: of the file that the requests came in, where they are very few themselves.

    Raises:
        OfficeError: there is no reference, or a file of it is not the one that its model names.
    """
    check_reference(place.office.reference)
    model = open_model(place.office.reference)
    stopped = _stop_repeated_asking(con, place, model)
    limits = place.office.config.matching
    control = verify_with_decoys(
        con,
        "eligible",
        place.office.reference,
        "verifications",
        seed=hashlib.sha256(f"{secret}|{model.digest}".encode()).hexdigest(),
        limit=Limit(limits.wrong_confirmations_limit, limits.confidence),
        earlier=lambda: place.store.rules_of_verifications(_agencies(con), _LATEST),
        verify=verify,
        at_hand=place.reference_at_hand if verify is verify_batch else None,
        manner=tuple(manner),
    )
    exceeded = control is not None and control.exceeded
    apply_bars(con, place.office.reference, book.bars_of(day), exceeded=exceeded)
    heed_periods(con, "eligible", "verifications", book.years_of(day))
    con.execute(
        f"""
        INSERT INTO verifications
        SELECT row, {outcome_sql(f"'{REPEATED}'")}, '{REPEATED}', '', 0, 0 FROM stopped
        """
    )
    return Verified(model.digest, control, stopped)


def ready_decoys(
    con: duckdb.DuckDBPyConnection, place: Workplace, verify: Verify
) -> tuple[int, ...]:
    """Have decoys ready for requests that wait for a look, so that a single look need not draw.

    Decoys are made from people of the reference, drawn at random, and look at none of the people
    asked about: only how much the waiting requests tell of a person is copied.

    Returns:
        The manner of the requests of ``awaiting`` that are not in ``eligible``; empty without any.
    """
    con.execute(
        """
        CREATE OR REPLACE TEMP VIEW waiting_requests AS
        SELECT r.* FROM requests r JOIN awaiting a USING (row)
        WHERE row NOT IN (SELECT row FROM verifications)
        """
    )
    manner = manner_of(con, "waiting_requests")
    if manner:
        keep_ready(con, "waiting_requests", place.office.reference, verify, manner)
    return manner


def _stop_repeated_asking(con: duckdb.DuckDBPyConnection, place: Workplace, model: Model) -> int:
    """Take requests that ask too often about one person out of ``eligible``, into ``stopped``."""
    mark_people(con, "eligible", place.office.secret())
    con.register("asked_before", _asked_before(con, place))
    limit = place.office.config.matching.addresses_per_person
    stopped = stop_repeated(con, "eligible", model, limit, "asked_before")
    con.unregister("asked_before")
    con.execute("DELETE FROM eligible WHERE row IN (SELECT row FROM stopped)")
    return stopped


def _asked_before(con: duckdb.DuckDBPyConnection, place: Workplace) -> pa.Table:
    people = con.execute("SELECT DISTINCT person FROM asked_people").fetchall()
    found = list(place.store.places_asked(person for (person,) in people))
    return pa.table(
        {
            "person": pa.array([person for person, _, _ in found], pa.string()),
            "address": pa.array([address for _, address, _ in found], pa.string()),
            "place": pa.array([number for _, _, number in found], pa.int64()),
        }
    )


def _agencies(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [name for (name,) in con.execute("SELECT DISTINCT agency FROM eligible").fetchall()]
