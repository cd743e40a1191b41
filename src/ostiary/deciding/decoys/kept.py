"""How decoys fared that were drawn once, for small batches: kept beside the reference.

They are kept under the digest of its model, and go with it; each number of decoys for itself. The
fewer ones, by which most small batches are measured, stand ready for every manner
(:mod:`ostiary.deciding.decoys.stock`), and so do the more where somebody had them laid up. Else the
more are drawn for one manner, by the first batch that needs them.
"""

import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from ostiary.deciding.decoys.control import Tally
from ostiary.deciding.decoys.stock import EIGHTHS, DecoyStock, stock_up
from ostiary.deciding.decoys.together import Verify, verify_both
from ostiary.deciding.matching.comparison import ASKED
from ostiary.deciding.matching.model import Model, open_model
from ostiary.deciding.matching.rules import RULES
from ostiary.disk.durable import replace_file
from ostiary.disk.locks import alone

VERY_FEW = 100
FEWER, MORE = 0.05, 0.25
"""Decoys of a small batch, as shares of the usual number."""

_FILE = "decoys.json"


Drawn = tuple[str, tuple[Tally, ...]]
"""The seed that decoys were drawn by, and how they fared."""


@dataclass(frozen=True, slots=True)
class KeptDecoys:
    """Decoys in about the manner of a small batch.

    Attributes:
        con: holds the requests.
        requests: table as for ``verify_batch``, of at least one request.
        model: the reference.
        verify: what does the walk.
        manner: as :func:`manner_of` gives it.
        secret: the office's. The seeds hold it, lest anybody who reads the log could draw the same
            decoys; and a tally that was kept counts only under a seal by this secret, else it is
            drawn anew.
    """

    con: duckdb.DuckDBPyConnection
    requests: str
    model: Model
    reference: Path
    verify: Verify
    manner: tuple[int, ...]
    secret: bytes

    def tallies(self, many: float) -> Drawn:
        """Give the seed and the tally of a share of the usual number; deal or draw unless kept."""
        found = tallies_at_hand(self.model, self.manner, many, self.secret)
        if found is not None:
            return found
        key = _key(self.secret)
        seed = _seed_of_tally(key, self.model, self.manner, many)
        return _kept_as(self.model, key, seed, self._made(seed, many))

    def _made(self, seed: str, many: float) -> tuple[Tally, ...]:
        if many != FEWER:
            return self._drawn(seed, many)
        stock = lay_up(self.con, self.reference, self.verify, self.secret)
        return stock.tallies(self.manner, seed)

    def _drawn(self, seed: str, many: float) -> tuple[Tally, ...]:
        _write_manner(self.con, self.requests, self.manner)
        into = "decoys_verified"
        try:
            return verify_both(
                self.con, "decoy_manner", self.reference, self.model, into, seed, self.verify, many
            )
        finally:
            self.con.execute(f"DROP TABLE IF EXISTS {into}")
            self.con.execute("DROP TABLE decoy_manner")


def tallies_at_hand(
    model: Model, manner: tuple[int, ...], many: float, secret: bytes
) -> Drawn | None:
    """Give the seed and the tally of a share of the usual number, where none need be drawn.

    Args:
        model: the reference.
        manner: as :func:`manner_of` gives it.
        many: share of the usual number.
        secret: the office's.
    """
    key = _key(secret)
    seed = _seed_of_tally(key, model, manner, many)
    kept = _sealed(_kept(model.folder / _FILE).get(seed), key, seed)
    if kept is not None:
        return seed, kept
    stock = _found(model, secret, many)
    if stock is None:
        return None
    return _kept_as(model, key, seed, stock.tallies(manner, seed))


def _kept_as(model: Model, key: bytes, seed: str, found: tuple[Tally, ...]) -> Drawn:
    """Keep a tally under the office's seal."""
    own = [[t.kind, t.made, t.confirmed, t.near_rule, t.near] for t in found]
    _keep(model.folder / _FILE, seed, {"tally": own, "seal": _seal(key, seed, own)})
    return seed, found


def lay_up(
    con: duckdb.DuckDBPyConnection,
    reference: Path,
    verify: Verify,
    secret: bytes,
    many: float = FEWER,
) -> DecoyStock:
    """Have decoys of a reference stand ready for every manner, unless they do; give them.

    One program draws, another waits and then has nothing left to do.

    Args:
        con: some tables are made in it, and dropped.
        reference: the office's ``reference/``.
        verify: does the walk.
        secret: the office's.
        many: share of the usual number.
    """
    model, key = open_model(reference), _key(secret)
    path = _stock_path(model, many)
    with alone(path.with_suffix(".lock")):
        if (stock := _found(model, secret, many)) is None:
            seed = _seed(key, model, f"stock|{many}")
            stock = stock_up(con, model, reference, verify, seed, many)
            written = stock.written()
            sealed = {"stock": written, "seal": _seal(key, seed, written)}
            replace_file(path, json.dumps(sealed, sort_keys=True).encode())
    return stock


def stands_ready(reference: Path, secret: bytes, many: float) -> bool:
    """Whether decoys of the reference stand ready for every manner."""
    return _found(open_model(reference), secret, many) is not None


def _found(model: Model, secret: bytes, many: float) -> DecoyStock | None:
    """Give the stock that bears the office's seal, if there is one."""
    key = _key(secret)
    kept = _kept(_stock_path(model, many))
    seal = _seal(key, _seed(key, model, f"stock|{many}"), kept.get("stock"))
    if not hmac.compare_digest(str(kept.get("seal")), seal):
        return None
    return DecoyStock.read(kept["stock"])


def _stock_path(model: Model, many: float) -> Path:
    return model.folder / f"decoys.{many}.json"


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
    return _manner(shares, count) if count else ()


def manner_of_few(asked: Sequence[tuple[str, date | None, str | None]]) -> tuple[int, ...]:
    """Say what :func:`manner_of` says, of requests as values.

    Args:
        asked: of each its middle name in standard form, its birth date and its TIN.
    """
    if not asked:
        return ()
    told = [(len(m) > 1, len(m) == 1, born is not None, bool(tin)) for m, born, tin in asked]
    return _manner([sum(each) / len(told) for each in zip(*told, strict=True)], len(told))


def _manner(shares: Iterable[float], count: int) -> tuple[int, ...]:
    parts = EIGHTHS if count >= VERY_FEW else EIGHTHS // 2
    return tuple(round(share * parts) * (EIGHTHS // parts) for share in shares)


def _write_manner(con: duckdb.DuckDBPyConnection, requests: str, manner: tuple[int, ...]) -> None:
    """Make ``decoy_manner``: made-up requests, some for each way of giving these four things."""
    full, initial, born, tin = manner
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE decoy_manner AS
        WITH any_request AS (SELECT {", ".join(ASKED)} FROM {requests} LIMIT 1),
        ways AS (
            SELECT m, b, t FROM range({EIGHTHS}) AS m(m), range({EIGHTHS}) AS b(b),
                                range({EIGHTHS}) AS t(t)
        )
        SELECT {EIGHTHS * EIGHTHS} * m + {EIGHTHS} * b + t AS row, any_request.* REPLACE (
            CASE WHEN m < {full} THEN 'XX' WHEN m < {full + initial} THEN 'X' ELSE '' END
                AS n_middle,
            CASE WHEN b < {born} THEN DATE '2000-01-01' END AS birth_date,
            CASE WHEN t < {tin} THEN '000000000' ELSE '' END AS tin
        )
        FROM any_request, ways
        """
    )


def _key(secret: bytes) -> bytes:
    return hmac.digest(secret, b"ostiary decoys kept", "sha256")


def _seed_of_tally(key: bytes, model: Model, manner: tuple[int, ...], many: float) -> str:
    return _seed(key, model, f"{manner}|{many}")


def _seed(key: bytes, model: Model, what: str) -> str:
    """Give a seed that holds the reference, the rules and the office's secret."""
    drawn_by = f"{model.digest}|{RULES}|{what}".encode()
    return f"sha256:{hmac.digest(key, drawn_by, 'sha256').hex()}"


def _kept(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="ascii")) if path.is_file() else {}
    return found


def _sealed(one: object, key: bytes, seed: str) -> tuple[Tally, ...] | None:
    """Give a tally that was kept, where it bears the office's seal."""
    if not isinstance(one, dict):
        return None
    if not hmac.compare_digest(str(one.get("seal")), _seal(key, seed, one.get("tally"))):
        return None
    return tuple(Tally(*values) for values in one["tally"])


def _seal(key: bytes, seed: str, tally: object) -> str:
    sealed = json.dumps([seed, tally], sort_keys=True)
    return hmac.digest(key, sealed.encode(), "sha256").hex()


def _keep(path: Path, seed: str, tally: dict[str, Any]) -> None:
    """Add a tally to those that are kept, also to those that came meanwhile."""
    with alone(path.with_suffix(".lock")):
        replace_file(path, json.dumps({**_kept(path), seed: tally}, sort_keys=True).encode())
