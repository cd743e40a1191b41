"""Verification of a batch together with its decoys, and what follows when the bound is exceeded.

Requests and decoys stand in one table and are verified in one walk; they differ in the sign of
``row`` alone. Decoys leave the table of results before anybody else reads it.

A batch of few requests would pay more for its decoys than for itself. It takes over how decoys
fared that were drawn once from the same reference, in the same manner: they are kept beside the
reference, under its model's digest, and go with it.
"""

import hmac
import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

import duckdb

from ostiary.accounting.writer import alone, replace_file
from ostiary.domain.words import Outcome
from ostiary.matching.comparison import ASKED
from ostiary.matching.control import Control, Limit, Tally, tallies_of
from ostiary.matching.decoys import draw_decoys, drop_decoys
from ostiary.matching.model import Model, open_model
from ostiary.matching.one_by_one import verify_one_by_one
from ostiary.matching.rules import BATCH_BOUND, RULES, outcome_sql
from ostiary.matching.single import OneByOne
from ostiary.matching.verify import verify_batch

FEW = 1_000
"""Batches of fewer requests than this take over a tally that was made before."""

# A large batch affords more decoys than the usual number, and needs them: it has more near misses.
_USUAL_FOR, _MOST = 100_000, 4.0
_KEPT_SHARE = 0.25  # of the usual number, where it was a small batch that asked

_CONFIRMING = {rule.name for rule in RULES if rule.outcome is Outcome.CONFIRMED}
_SHARES = 8  # a small batch's manner, in eighths: so there are few manners to keep a tally of
_VERY_FEW = 100
_KEPT = "decoys.json"


class Verify(Protocol):
    """The walk over a batch, as :func:`ostiary.matching.verify.verify_batch`."""

    def __call__(
        self,
        con: duckdb.DuckDBPyConnection,
        requests_table: str,
        reference: Path,
        into: str,
        *,
        left_out: str | None = None,
    ) -> None:
        """Verify."""


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
    at_hand: Callable[[], OneByOne] | None = None,
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
        at_hand: gives the reference where a process has it open for single requests: a very small
            batch is then verified one by one, with the same outcome.
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
        verify(con, requests, reference, into)
        return None
    before: Mapping[str, int] = {}
    if count < FEW:
        before = earlier()
        own = manner if manner and count < _VERY_FEW else manner_of(con, requests)
        seed, tallies = _tallies_kept(con, requests, reference, model, verify, own, secret)
        asker = at_hand() if at_hand and count < _VERY_FEW else None
        if asker is not None and asker.digest == model.digest:
            verify_one_by_one(con, requests, asker, into)
        else:
            verify(con, requests, reference, into)
    else:
        tallies = _verify_both(con, requests, reference, model, into, seed, verify)
    counted, now, people, then = _counted(con, into, before)
    control = Control(seed, tallies, counted, now, then, limit, people)
    if control.exceeded:
        _confirm_nothing(con, into)
    return control


def _verify_both(
    con: duckdb.DuckDBPyConnection,
    requests: str,
    reference: Path,
    model: Model,
    into: str,
    seed: str,
    verify: Verify,
) -> tuple[Tally, ...]:
    """Verify requests and decoys in one walk; leave the requests in ``into``."""
    columns = ", ".join(("row", *ASKED))
    ((count,),) = con.execute(f"SELECT count(*) FROM {requests}").fetchall()
    many = _KEPT_SHARE if count < FEW else min(max(count / _USUAL_FOR, 1.0), _MOST)
    draw_decoys(con, requests, model, seed, many)
    try:
        con.execute(
            f"""
            CREATE OR REPLACE TEMP VIEW with_decoys AS
            SELECT {columns} FROM {requests} UNION ALL SELECT {columns} FROM decoys
            """
        )
        verify(con, "with_decoys", reference, into, left_out="decoys_left_out")
        tallies = _tallied(con, into)
        con.execute(f"DELETE FROM {into} WHERE row < 0")
    finally:
        con.execute("DROP VIEW IF EXISTS with_decoys")
        drop_decoys(con)
    return tallies


def _tallied(con: duckdb.DuckDBPyConnection, verified: str) -> tuple[Tally, ...]:
    counts = con.execute(
        f"""
        SELECT kind, rule, outcome = 'confirmed', count(*)
        FROM {verified} JOIN decoys USING (row) GROUP BY ALL ORDER BY ALL
        """
    ).fetchall()
    return tallies_of(counts)


def _tallies_kept(
    con: duckdb.DuckDBPyConnection,
    requests: str,
    reference: Path,
    model: Model,
    verify: Verify,
    manner: tuple[int, ...],
    secret: bytes,
) -> tuple[str, tuple[Tally, ...]]:
    """Give the tally of decoys in about the manner of a small batch, and the seed of its decoys.

    The seed holds the office's secret, lest anybody who reads the log could draw the same decoys;
    and a tally that was kept counts only under a seal by this secret, else it is drawn anew.
    """
    path = model.folder / _KEPT
    key = hmac.digest(secret, b"ostiary decoys kept", "sha256")
    kept = _sealed(_kept(path), key)
    drawn_by = f"{model.digest}|{RULES}|{manner}".encode()
    seed = f"sha256:{hmac.digest(key, drawn_by, 'sha256').hex()}"
    if seed not in kept:
        _write_manner(con, requests, manner)
        into = "decoys_verified"
        tallies = _verify_both(con, "decoy_manner", reference, model, into, seed, verify)
        con.execute("DROP TABLE decoys_verified")
        con.execute("DROP TABLE decoy_manner")
        own = [[t.kind, t.made, t.confirmed, t.near_rule, t.near] for t in tallies]
        kept = _sealed(_keep(path, seed, {"tally": own, "seal": _seal(key, seed, own)}), key)
    return seed, tuple(Tally(*values) for values in kept[seed])


def _kept(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="ascii")) if path.is_file() else {}
    return found


def _sealed(kept: Mapping[str, Any], key: bytes) -> dict[str, Any]:
    """Give the tallies that bear the office's seal."""
    return {
        seed: one["tally"]
        for seed, one in kept.items()
        if isinstance(one, dict)
        and hmac.compare_digest(str(one.get("seal")), _seal(key, seed, one.get("tally")))
    }


def _seal(key: bytes, seed: str, tally: object) -> str:
    return hmac.digest(key, json.dumps([seed, tally]).encode(), "sha256").hex()


def _keep(path: Path, seed: str, tally: dict[str, Any]) -> dict[str, Any]:
    """Add a tally to those that are kept, also to those that came meanwhile."""
    with alone(path.with_suffix(".lock")):
        kept = {**_kept(path), seed: tally}
        replace_file(path, json.dumps(kept, sort_keys=True).encode())
    return kept


def keep_ready(
    con: duckdb.DuckDBPyConnection,
    requests: str,
    reference: Path,
    verify: Verify,
    manner: tuple[int, ...],
    secret: bytes = b"",
) -> None:
    """Draw and keep decoys for a manner, unless they are kept; see :func:`verify_with_decoys`.

    Args:
        con: holds the requests.
        requests: table as for ``verify_batch``, of at least one request.
        reference: the office's ``reference/``.
        verify: what does the walk.
        manner: as :func:`manner_of` gives it.
        secret: the office's.
    """
    _tallies_kept(con, requests, reference, open_model(reference), verify, manner, secret)


def manner_of(con: duckdb.DuckDBPyConnection, requests: str) -> tuple[int, ...]:
    """Say in eighths of a batch how many give a middle name, its initial, a birth date, a TIN.

    Empty for a batch without requests. Of a very small batch in quarters: the finer part would be
    chance, and each new manner costs the drawing of its decoys.
    """
    *shares, count = con.execute(
        f"""
        SELECT avg(CAST(length(n_middle) > 1 AS INTEGER)),
               avg(CAST(length(n_middle) = 1 AS INTEGER)),
               avg(CAST(birth_date IS NOT NULL AS INTEGER)),
               avg(CAST(coalesce(tin, '') <> '' AS INTEGER)),
               count(*)
        FROM {requests}
        """
    ).fetchall()[0]
    if not count:
        return ()
    parts = _SHARES if count >= _VERY_FEW else _SHARES // 2
    return tuple(round(share * parts) * (_SHARES // parts) for share in shares)


def _write_manner(con: duckdb.DuckDBPyConnection, requests: str, manner: tuple[int, ...]) -> None:
    """Make ``decoy_manner``: made-up requests, some for each way of giving these four things."""
    full, initial, born, tin = manner
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE decoy_manner AS
        WITH any_request AS (SELECT {", ".join(ASKED)} FROM {requests} LIMIT 1),
        ways AS (
            SELECT m, b, t FROM range({_SHARES}) AS m(m), range({_SHARES}) AS b(b),
                                range({_SHARES}) AS t(t)
        )
        SELECT {_SHARES * _SHARES} * m + {_SHARES} * b + t AS row, any_request.* REPLACE (
            CASE WHEN m < {full} THEN 'XX' WHEN m < {full + initial} THEN 'X' ELSE '' END
                AS n_middle,
            CASE WHEN b < {born} THEN DATE '2000-01-01' END AS birth_date,
            CASE WHEN t < {tin} THEN '000000000' ELSE '' END AS tin
        )
        FROM any_request, ways
        """
    )


def _counted(
    con: duckdb.DuckDBPyConnection, verified: str, before: Mapping[str, int]
) -> tuple[dict[str, int], int, int, int]:
    """Count by rule, those before included; then confirmations, their people, and people before."""
    counts = con.execute(f"SELECT rule, count(*) FROM {verified} GROUP BY rule").fetchall()
    together = Counter(dict(counts))
    together.update(before)
    ((now, people),) = con.execute(
        f"SELECT count(*), count(DISTINCT person_id) FROM {verified} WHERE outcome = 'confirmed'"
    ).fetchall()
    then = sum(many for rule, many in before.items() if rule in _CONFIRMING)
    return dict(together), int(now), int(people), then


def _confirm_nothing(con: duckdb.DuckDBPyConnection, verified: str) -> None:
    """Withdraw every confirmation: who was meant is not said either."""
    con.execute(
        f"""
        UPDATE {verified} SET outcome = {outcome_sql(f"'{BATCH_BOUND}'")}, rule = '{BATCH_BOUND}',
                              person_id = ''
        WHERE outcome = 'confirmed'
        """
    )
