"""What the law let through, and nothing else, is compared with the reference file.

First who asks too often about one person is stopped, before anything is looked up; then the rest
is verified beside its decoys, and held to the office's limit.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from ostiary.deciding.decoys.control import Control, Limit
from ostiary.deciding.decoys.controlled import keep_ready, verify_with_decoys
from ostiary.deciding.decoys.kept import manner_of
from ostiary.deciding.decoys.together import Verify
from ostiary.deciding.law.book import Book
from ostiary.deciding.matching.model import open_model
from ostiary.deciding.matching.periods import heed_periods
from ostiary.deciding.matching.reference_integrity import check_reference
from ostiary.deciding.matching.rules import REPEATED, outcome_sql
from ostiary.deciding.matching.verify import verify_batch
from ostiary.office.batches.asking_limit import AskingLimit
from ostiary.office.folder.session import OfficeSession
from ostiary.office.rulings.bars import apply_bars

# Verifications for the same agencies with which a small batch is counted together.
_LATEST = 10_000


@dataclass(frozen=True, slots=True)
class Verified:
    """How the requests of a batch were compared.

    Attributes:
        model: digest of the reference and the rules of matching.
        control: what the decoys showed; None when nothing was compared.
        stopped: requests that were stopped, since one person was asked about too often.
        limit: what else is to be counted when they are committed.
    """

    model: str
    control: Control | None
    stopped: int
    limit: AskingLimit


def compare(
    con: duckdb.DuckDBPyConnection,
    place: OfficeSession,
    secret: str,
    verify: Verify,
    book: Book,
    day: date,
    *,
    manner: Sequence[int] = (),
    lifted: Collection[int] = (),
) -> Verified:
    """Make ``verifications``, to be stored with the batch or the look.

    Args:
        con: holds ``eligible``, the requests that may be looked at.
        place: the office.
        secret: what the agency cannot know, and what tells this look from others: from it the
            decoys are drawn, so that the office can draw the same ones again.
        verify: compares with the reference, on one engine or another.
        book: the law, whose gateways say from which years a record may confirm.
        day: legal day of the look, by which gateways and bars are chosen.
        manner: of the file that the requests came in, where they are very few themselves.
        lifted: rows of which two officers have lifted the stop of repeated asking.

    Raises:
        OfficeError: there is no reference, or a file of it is not the one that its model names.
    """
    check_reference(place.office.reference)
    model = open_model(place.office.reference)
    limit = AskingLimit(con, place, "eligible", lifted)
    stopped = limit.stop_before(model)
    con.execute(
        "CREATE OR REPLACE TEMP VIEW comparable AS"
        " FROM eligible WHERE row NOT IN (SELECT row FROM stopped)"
    )
    limits = place.office.config.matching
    control = verify_with_decoys(
        con,
        "comparable",
        place.office.reference,
        "verifications",
        seed=hashlib.sha256(f"{secret}|{model.digest}".encode()).hexdigest(),
        limit=Limit(limits.wrong_confirmations_limit, limits.confidence),
        earlier=lambda: place.store.rules_of_verifications(_agencies(con, "eligible"), _LATEST),
        verify=verify,
        open_reference=place.reference_at_hand if verify is verify_batch else lambda: None,
        manner=tuple(manner),
        secret=place.office.secret(),
    )
    exceeded = control is not None and control.exceeded
    apply_bars(con, place.office.reference, book.bars_of(day), exceeded=exceeded)
    answers = book.answers_of(day)
    heed_periods(con, "eligible", "verifications", book.years_of(day), model.opened, answers)
    con.execute(
        f"""
        INSERT INTO verifications
        SELECT row, {outcome_sql(f"'{REPEATED}'")}, '{REPEATED}', '', 0, 0, '' FROM stopped
        """
    )
    if control is not None:  # else nothing was compared, and nobody can be confirmed
        stopped += limit.stop_after(model)
    return Verified(model.digest, control, stopped, limit)


def ready_decoys(
    con: duckdb.DuckDBPyConnection, place: OfficeSession, verify: Verify
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
        agencies = _agencies(con, "waiting_requests")
        keep_ready(
            con,
            "waiting_requests",
            place.office.reference,
            verify,
            manner,
            place.store.rules_of_verifications(agencies, _LATEST),
            place.office.secret(),
        )
    return manner


def _agencies(con: duckdb.DuckDBPyConnection, requests: str) -> list[str]:
    return [name for (name,) in con.execute(f"SELECT DISTINCT agency FROM {requests}").fetchall()]
