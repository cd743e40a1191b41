"""Verification of a batch together with its decoys, and what follows when the bound is exceeded.

A batch of few requests would pay more for its decoys than for itself. It takes over how decoys
fared that were drawn once from the same reference, and dealt in the same manner. Fewer are taken
where there can be few near misses, and believed only where they keep the batch below half of what
the office bears: of batches that are above it, so few let one pass in four hundred (a chance of one
in twenty, squared). How many are taken depends on what was asked before, and not on what is asked
now, lest the time of a look told what it found.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import duckdb

from ostiary.deciding.decoys.control import Control, Limit, Tally
from ostiary.deciding.decoys.kept import (
    FEWER,
    MORE,
    VERY_FEW,
    Drawn,
    KeptDecoys,
    manner_of,
    tallies_at_hand,
)
from ostiary.deciding.decoys.together import Verify, verify_both
from ostiary.deciding.matching.model import Model, open_model
from ostiary.deciding.matching.one_by_one import verify_nobody, verify_one_by_one
from ostiary.deciding.matching.rules import BATCH_BOUND, RULES, outcome_sql
from ostiary.deciding.matching.single import SingleVerifier
from ostiary.deciding.matching.verify import verify_batch
from ostiary.domain.words import Outcome

FEW = 1_000
"""Batches of fewer requests than this take over a tally that was made before."""

# A large batch affords more decoys than the usual number, and needs them: it has more near misses.
_USUAL_FOR, _MOST = 100_000, 4.0
_MARGIN = 2.0  # by which the fewer ones must keep a batch below what the office bears
_FEW_MISSES = 20  # with more near misses than this the fewer ones would seldom do

_CONFIRMING = {rule.name for rule in RULES if rule.outcome is Outcome.CONFIRMED}
_NO_MISS = _CONFIRMING | {rule.name for rule in RULES if rule.outcome is Outcome.NO_RECORD}


def verify_with_decoys(
    con: duckdb.DuckDBPyConnection,
    requests: str,
    reference: Path,
    into: str,
    *,
    seed: str,
    limit: Limit,
    earlier: Callable[[], Mapping[str, int]] = dict,
    verify: Verify = verify_batch,
    open_reference: Callable[[], SingleVerifier | None] = lambda: None,
    manner: tuple[int, ...] = (),
    secret: bytes = b"",
) -> Control | None:
    """Verify a batch as ``verify_batch`` does, and hold it to the limit by its decoys.

    Above the limit every request that would be confirmed ends as *ambiguous* by ``batch-bound``.

    Args:
        con: holds the requests.
        requests: table as for ``verify_batch``.
        reference: the office's ``reference/``.
        into: table to make, as ``verify_batch`` does.
        seed: from which the decoys are drawn; the agency must not know it.
        limit: what the office bears.
        earlier: asked for a small batch alone: how many requests each rule settled before it.
        verify: what does the walk, on one engine or another.
        open_reference: gives the reference where a process has it open for single requests, or
            opens it soon: a very small batch is then verified one by one, with the same outcome.
        manner: of the requests that these came with, as :func:`manner_of` gives it: a very small
            batch takes over the tally of decoys in that manner, and not in its own.
        secret: the office's: kept tallies are drawn and sealed by it.

    Returns:
        What the decoys showed; None for a batch without requests.

    Raises:
        OfficeError: there is no reference, or another version of the standard form wrote it.
    """
    model = open_model(reference)
    ((count,),) = con.execute(f"SELECT count(*) FROM {requests}").fetchall()
    if not count:
        verify_nobody(con, into)
        return None
    if count >= FEW:
        many = min(max(count / _USUAL_FOR, 1.0), _MOST)
        tallies = verify_both(con, requests, reference, model, into, seed, verify, many)
        control = _control(_counted(con, into), {}, limit, seed, tallies)
    else:
        own = manner if manner and count < VERY_FEW else manner_of(con, requests)
        asker = open_reference() if count < VERY_FEW else None
        _verify_few(con, requests, reference, into, model, verify, asker)
        kept = KeptDecoys(con, requests, model, reference, verify, own, secret)
        control = _control_of_few(con, into, kept, earlier(), limit, count)
    if control.exceeded:
        confirm_nothing(con, into)
    return control


def _verify_few(
    con: duckdb.DuckDBPyConnection,
    requests: str,
    reference: Path,
    into: str,
    model: Model,
    verify: Verify,
    asker: SingleVerifier | None,
) -> None:
    """Verify a small batch: one by one, where the very reference is open for that."""
    if asker is not None and asker.digest == model.digest:
        verify_one_by_one(con, requests, asker, into)
    else:
        verify(con, requests, reference, into)


def _control_of_few(
    con: duckdb.DuckDBPyConnection,
    verified: str,
    kept: KeptDecoys,
    before: Mapping[str, int],
    limit: Limit,
    count: int,
) -> Control:
    """Hold a small batch to the limit by decoys that are kept: by more where fewer will not do."""
    many = _share(before, count)
    counted = _counted(con, verified)
    control = _control(counted, before, limit, *kept.tallies(many))
    if _wants_more(control, many):
        control = _control(counted, before, limit, *kept.tallies(MORE))
    return control


def control_of_one(
    rule: str, before: Mapping[str, int], limit: Limit, tallies: Callable[[float], Drawn | None]
) -> Control | None:
    """Hold one request to the limit as :func:`verify_with_decoys` does.

    Args:
        rule: what settled the request.
        before: how many requests each rule settled before it.
        limit: what the office bears.
        tallies: gives the seed and the tally of a share of the usual number of decoys, where they
            are at hand.

    Returns:
        What the decoys showed; None where those that are wanted are not at hand.
    """
    is_confirmed = int(rule in _CONFIRMING)
    counted = Counted({rule: 1}, is_confirmed, is_confirmed)
    many = _share(before, 1)
    if (drawn := tallies(many)) is None:
        return None
    control = _control(counted, before, limit, *drawn)
    if not _wants_more(control, many):
        return control
    more = tallies(MORE)
    return None if more is None else _control(counted, before, limit, *more)


def _wants_more(control: Control, many: float) -> bool:
    """Whether so few decoys do not show that a batch is well below what the office bears."""
    return many == FEWER and control.wrong * _MARGIN > control.borne


def _share(before: Mapping[str, int], count: int) -> float:
    """Say how many decoys a small batch needs: what is asked now counts as missed nearly."""
    misses = count + sum(many for rule, many in before.items() if rule not in _NO_MISS)
    return FEWER if misses <= _FEW_MISSES else MORE


def counted_again(
    control: Control, then: Mapping[str, int], now: Mapping[str, int]
) -> Control | None:
    """Count a small batch again with what was settled since it was counted.

    Args:
        control: what the decoys showed when the batch was verified.
        then: what was settled before it, as it was counted then.
        now: the same, as it is now.

    Returns:
        The bound as it is now; None where that asks for other decoys or lies above the limit then
        or now, so that the batch has to be verified anew.
    """
    own = Counter(control.rules)
    own.subtract(then)
    together = own + Counter(now)
    confirmed = sum(many for rule, many in now.items() if rule in _CONFIRMING)
    again = replace(control, rules=dict(together), earlier=confirmed)
    many = _share(now, own.total())
    margin = _MARGIN if many == FEWER else 1.0
    is_below = max(control.wrong / control.borne, again.wrong / again.borne) * margin <= 1
    return again if is_below and many == _share(then, own.total()) else None


class Counted(NamedTuple):
    """What came of a batch: requests by rule, those confirmed, and people they are about."""

    rules: Mapping[str, int]
    confirmed: int
    people: int


def _counted(con: duckdb.DuckDBPyConnection, verified: str) -> Counted:
    counts = con.execute(f"SELECT rule, count(*) FROM {verified} GROUP BY rule").fetchall()
    ((now, people),) = con.execute(
        f"SELECT count(*), count(DISTINCT person_id) FROM {verified} WHERE outcome = 'confirmed'"
    ).fetchall()
    return Counted(dict(counts), int(now), int(people))


def _control(
    counted: Counted,
    before: Mapping[str, int],
    limit: Limit,
    seed: str,
    tallies: tuple[Tally, ...],
) -> Control:
    """Set a batch, and what was settled before it, beside its decoys."""
    together = Counter(counted.rules)
    together.update(before)
    then = sum(many for rule, many in before.items() if rule in _CONFIRMING)
    rules, (_, now, people) = dict(together), counted
    return Control(seed, tallies, rules, now, then, limit, people)


def keep_ready(
    con: duckdb.DuckDBPyConnection,
    requests: str,
    reference: Path,
    verify: Verify,
    manner: tuple[int, ...],
    earlier: Mapping[str, int],
    secret: bytes = b"",
) -> None:
    """Draw and keep decoys for a manner, unless they are kept; see :func:`verify_with_decoys`.

    Args:
        con: holds the requests.
        requests: table as for ``verify_batch``, of at least one request.
        reference: the office's ``reference/``.
        verify: what does the walk.
        manner: as :func:`manner_of` gives it.
        earlier: how many requests each rule settled before.
        secret: the office's.
    """
    kept = KeptDecoys(con, requests, open_model(reference), reference, verify, manner, secret)
    kept.tallies(_share(earlier, 1))


def are_ready(
    model: Model, manner: tuple[int, ...], earlier: Mapping[str, int], secret: bytes
) -> bool:
    """Whether :func:`keep_ready` has nothing to draw, and need not be asked."""
    return tallies_at_hand(model, manner, _share(earlier, 1), secret) is not None


def confirm_nothing(con: duckdb.DuckDBPyConnection, verified: str) -> None:
    """Withdraw every confirmation: who was meant is not said either."""
    con.execute(
        f"""
        UPDATE {verified} SET outcome = {outcome_sql(f"'{BATCH_BOUND}'")}, rule = '{BATCH_BOUND}',
                              person_id = ''
        WHERE outcome = 'confirmed'
        """
    )
