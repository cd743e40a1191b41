"""How decoys fared that were drawn once, for small batches: kept beside the reference.

They are kept under the digest of its model, and go with it; each number of decoys for itself.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ostiary.disk.durable import replace_file
from ostiary.disk.locks import alone
from ostiary.matching.comparison import ASKED
from ostiary.matching.control import Tally
from ostiary.matching.model import Model
from ostiary.matching.rules import RULES
from ostiary.matching.together import Verify, verify_both

VERY_FEW = 100
_SHARES = 8  # a small batch's manner, in eighths: so there are few manners to keep a tally of
_FILE = "decoys.json"


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

    def tallies(self, many: float) -> tuple[str, tuple[Tally, ...]]:
        """Give the seed and the tally of a share of the usual number; draw them unless kept."""
        path = self.model.folder / _FILE
        key = hmac.digest(self.secret, b"ostiary decoys kept", "sha256")
        kept = _sealed(_kept(path), key)
        drawn_by = f"{self.model.digest}|{RULES}|{self.manner}|{many}".encode()
        seed = f"sha256:{hmac.digest(key, drawn_by, 'sha256').hex()}"
        if seed not in kept:
            own = [
                [t.kind, t.made, t.confirmed, t.near_rule, t.near] for t in self._drawn(seed, many)
            ]
            kept = _sealed(_keep(path, seed, {"tally": own, "seal": _seal(key, seed, own)}), key)
        return seed, tuple(Tally(*values) for values in kept[seed])

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
    parts = _SHARES if count >= VERY_FEW else _SHARES // 2
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
