"""What the law let through, and nothing else, is compared with the reference file.

First who asks too often about one person is stopped, before anything is looked up; then the rest
is verified beside its decoys, and held to the office's limit.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

import duckdb

from ostiary.deciding.decoys.control import Control, Limit
from ostiary.deciding.decoys.controlled import (
    control_of_one,
    counted_again,
    keep_ready,
    verify_with_decoys,
)
from ostiary.deciding.decoys.kept import manner_of, tallies_at_hand
from ostiary.deciding.decoys.together import Verify
from ostiary.deciding.intake.tables import REQUESTS
from ostiary.deciding.law.book import Book
from ostiary.deciding.matching.model import Model, open_model
from ostiary.deciding.matching.periods import heed_periods
from ostiary.deciding.matching.reference_integrity import check_reference
from ostiary.deciding.matching.rules import HOLD, REPEATED, outcome_sql
from ostiary.deciding.matching.tables import STOPPED, VERIFICATIONS
from ostiary.deciding.matching.verify import verify_batch
from ostiary.office.batches.asking_limit import AskingLimit
from ostiary.office.batches.overtaking import OvertakenError
from ostiary.office.batches.tables import COMPARABLE, WAITING_REQUESTS
from ostiary.office.folder.session import OfficeSession
from ostiary.office.rulings.bars import apply_bars
from ostiary.office.rulings.tables import AWAITING, ELIGIBLE

# Verifications for the same agencies with which a small batch is counted together.
_LATEST = 10_000


@dataclass(slots=True)
class SettledBefore:
    """What was settled before a batch for its agencies: a small batch is bounded together with it.

    Attributes:
        place: the office.
        agencies: of the batch.
    """

    place: OfficeSession
    agencies: Sequence[str]
    _rules: Mapping[str, int] | None = field(default=None, init=False)
    _last: tuple[int, int] = field(default=(0, 0), init=False)

    def ask(self) -> Mapping[str, int]:
        """Count by rule what was settled."""
        self._last = self._newest()
        self._rules = rules_settled(self.place, self.agencies)
        return self._rules

    def bound_again(self, control: Control | None) -> Control | None:
        """Count anew what others stored meanwhile; call it inside the transaction.

        Raises:
            OvertakenError: that changes what may be confirmed; the batch has to be verified anew.
        """
        if control is None or self._rules is None or self._newest() == self._last:
            return control
        then, now = self._rules, self.ask()
        if then == now:
            return control
        again = counted_again(control, then, now)
        if again is None:
            raise OvertakenError
        return again

    def control_of_one(self, rule: str, model: Model, manner: Sequence[int]) -> Control | None:
        """Hold one request to the office's limit; None where decoys would have to be drawn.

        Args:
            rule: what settled the request.
            model: the reference.
            manner: of the file that the request came in.
        """
        bears, secret = self.place.office.config.matching, self.place.office.secret()
        at_hand = partial(tallies_at_hand, model, tuple(manner), secret=secret)
        limit = Limit(bears.wrong_confirmations_limit, bears.confidence)
        return control_of_one(rule, self.ask(), limit, at_hand)

    def _newest(self) -> tuple[int, int]:
        store = self.place.store
        return store.last_request(), store.last_examination()


@dataclass(frozen=True, slots=True)
class Verified:
    """How the requests of a batch were compared.

    Attributes:
        model: digest of the reference and the rules of matching.
        control: what the decoys showed; None when nothing was compared.
        stopped: requests that were stopped, since one person was asked about too often.
        limit: what else is to be counted when they are committed.
        before: what was settled before, to be counted again then.
    """

    model: str
    control: Control | None
    stopped: int
    limit: AskingLimit
    before: SettledBefore

    def bounded_again(self) -> "Verified":
        """Give the same beside what others stored meanwhile; call it inside the transaction.

        Raises:
            OvertakenError: see :meth:`SettledBefore.bound_again`.
        """
        return replace(self, control=self.before.bound_again(self.control))


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
    unwatched: bool = False,
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
        unwatched: an officer's step, whose time tells nobody else anything: what was found may
            decide how much is asked. A program that waits for a file would read it from the clock.

    Raises:
        OfficeError: there is no reference, or a file of it is not the one that its model names.
    """
    check_reference(place.office.reference)
    model = open_model(place.office.reference)
    limit = AskingLimit(con, place, ELIGIBLE, lifted, unwatched=unwatched)
    before = SettledBefore(place, _agencies(con, ELIGIBLE))
    if not before.agencies:
        limit.of_nobody()
        con.execute(VERIFICATIONS.made_empty())
        return Verified(model.digest, None, 0, limit, before)
    stopped = limit.stop_before(model)
    these = _without_stopped(con) if stopped else str(ELIGIBLE)
    seed = f"{secret}|{model.digest}"
    control = _beside_decoys(con, place, these, seed, verify, before, manner)
    exceeded = control is not None and control.exceeded
    if not unwatched or _is_any_held(con):
        apply_bars(con, place.office.reference, book.bars_of(day), exceeded=exceeded)
    answers = book.answers_of(day)
    heed_periods(con, ELIGIBLE, VERIFICATIONS, book.years_of(day), model.opened, answers)
    # Who asks can count what is stopped by TIN, or by name and birth date. By name alone it hangs
    # on how many people on file bear the name (`repeat_limit`), which the clock may tell here.
    if stopped:
        con.execute(
            f"""
            INSERT INTO {VERIFICATIONS}
            SELECT row, {outcome_sql(f"'{REPEATED}'")}, '{REPEATED}', '', 0, 0, '' FROM {STOPPED}
            """
        )
    if control is not None:  # else nothing was compared, and nobody can be confirmed
        stopped += limit.stop_after(model)
    return Verified(model.digest, control, stopped, limit, before)


def _without_stopped(con: duckdb.DuckDBPyConnection) -> str:
    """Make ``comparable``: those in ``eligible`` that may be compared."""
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW {COMPARABLE} AS"
        f" FROM {ELIGIBLE} WHERE row NOT IN (SELECT row FROM {STOPPED})"
    )
    return COMPARABLE


def _is_any_held(con: duckdb.DuckDBPyConnection) -> bool:
    held = f"SELECT 1 FROM {VERIFICATIONS} WHERE rule = '{HOLD}' LIMIT 1"
    return bool(con.execute(held).fetchall())


def _beside_decoys(
    con: duckdb.DuckDBPyConnection,
    place: OfficeSession,
    these: str,
    seed: str,
    verify: Verify,
    before: SettledBefore,
    manner: Sequence[int],
) -> Control | None:
    """Make ``verifications`` of these requests, and hold them to what the office bears."""
    limits = place.office.config.matching
    return verify_with_decoys(
        con,
        these,
        place.office.reference,
        VERIFICATIONS,
        seed=hashlib.sha256(seed.encode()).hexdigest(),
        limit=Limit(limits.wrong_confirmations_limit, limits.confidence),
        earlier=before.ask,
        verify=verify,
        open_reference=place.reference_at_hand if verify is verify_batch else lambda: None,
        manner=tuple(manner),
        secret=place.office.secret(),
    )


def rules_settled(place: OfficeSession, agencies: Sequence[str]) -> Mapping[str, int]:
    """Count by rule what was settled for agencies, as far back as small batches are counted."""
    return place.store.rules_of_verifications(agencies, _LATEST)


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
        f"""
        CREATE OR REPLACE TEMP VIEW {WAITING_REQUESTS} AS
        SELECT r.* FROM {REQUESTS} r JOIN {AWAITING} a USING (row)
        WHERE row NOT IN (SELECT row FROM {VERIFICATIONS})
        """
    )
    manner = manner_of(con, WAITING_REQUESTS)
    if manner:
        agencies = _agencies(con, WAITING_REQUESTS)
        keep_ready(
            con,
            WAITING_REQUESTS,
            place.office.reference,
            verify,
            manner,
            rules_settled(place, agencies),
            place.office.secret(),
        )
    return manner


def _agencies(con: duckdb.DuckDBPyConnection, requests: str) -> list[str]:
    return [name for (name,) in con.execute(f"SELECT DISTINCT agency FROM {requests}").fetchall()]
