"""Can an agency tell *mismatch* from *no record* by the clock? Two samples, and how they differ.

Requests about people of the file at a wrong address, and about people who are not in it, are sent
in turn and at random through the API of a served office; the rank test of Mann and Whitney (1947)
says how likely as great a difference is by chance.
"""

import csv
import math
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from office_bench.submitting import typed
from ostiary.verifying.client import Client
from ostiary.verifying.keys.files import SigningKey

_ADDRESS = ("address_line", "unit", "city", "state", "postal_code")
_NOT_ASKED = ("tin", "birth_date", "middle_name", "name_suffix")
Timed = tuple[list[float], list[float]]


def pairs_of(world: Path, many: int) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Make lawful requests in pairs: somebody of the file at a wrong address, and nobody's name.

    Args:
        world: holds ``spare.csv``, ``truth.parquet`` and ``people.parquet``.
        many: how many pairs.
    """
    dice = random.Random(4)  # noqa: S311 - no secret is drawn
    with duckdb.connect() as con:
        lawful = {
            name
            for (name,) in con.execute(
                "SELECT request_id FROM read_parquet(?) WHERE expected_status = 'accepted'",
                [str(world / "truth.parquet")],
            ).fetchall()
        }
        people = con.execute(
            f"""SELECT given_name, surname, {", ".join(_ADDRESS)} FROM read_parquet(?)
            WHERE length(surname) > 4 USING SAMPLE {4 * many} ROWS (reservoir, 7)""",
            [str(world / "people.parquet")],
        ).fetchall()
    with (world / "spare.csv").open(encoding="utf-8", newline="") as rows:
        asked = [typed(row) for row in csv.DictReader(rows) if row["request_id"] in lawful]
    if len(asked) < 2 * many:
        raise ValueError(f"the world has {len(asked)} lawful requests to spare, not {2 * many}")
    pairs = []
    for n in range(many):
        (given, surname, *_), (_, _, *place) = people[2 * n : 2 * n + 2]
        absent = "".join(dice.choices("aeiou", k=3) + dice.choices("qxzvwk", k=5)).title()
        names = ((given, surname), (given, absent))
        pairs.append(
            tuple(_asking(asked[2 * n + which], who, place) for which, who in enumerate(names))
        )
    return pairs  # type: ignore[return-value] # two names, two requests


def time_pairs(
    port: int, program: tuple[str, SigningKey], pairs: Sequence[tuple[Any, Any]]
) -> Timed:
    """Send both of each pair, in an order drawn anew, and time what the agency waits for."""
    client, run = Client(f"http://localhost:{port}", *program), time.time_ns()
    dice = random.Random(run)  # noqa: S311 - no secret is drawn
    found: Timed = ([], [])
    for n, pair in enumerate(pairs):
        for which in dice.sample((0, 1), 2):
            row = pair[which] | {"request_id": f"T-{run:x}-{n}-{which}"}
            began = time.perf_counter()
            (reply,) = client.submit([row], key=f"timing-{run:x}-{n}-{which}").replies
            client.status(reply.entry)
            found[which].append(time.perf_counter() - began)
    return found


def compared(timed: Timed) -> dict[str, Any]:
    """Say how the two samples differ."""
    present, absent = (sorted(one) for one in timed)
    return {
        "pairs": len(present),
        "mismatch_median_ms": round(1000 * present[len(present) // 2], 1),
        "no_record_median_ms": round(1000 * absent[len(absent) // 2], 1),
        "mann_whitney_p": round(mann_whitney(present, absent), 3),
    }


def mann_whitney(left: Sequence[float], right: Sequence[float]) -> float:
    """Give the two-sided p of the rank-sum test, by its normal approximation."""
    both = sorted([(value, 0) for value in left] + [(value, 1) for value in right])
    ranks, n, m = 0.0, len(left), len(right)
    start, tied = 0, 0.0
    while start < len(both):
        end = start
        while end < len(both) and both[end][0] == both[start][0]:
            end += 1
        ranks += sum(side == 0 for _, side in both[start:end]) * (start + 1 + end) / 2
        tied += (end - start) ** 3 - (end - start)
        start = end
    spread = n * m / 12 * (n + m + 1 - tied / ((n + m) * (n + m - 1)))
    z = (ranks - n * (n + m + 1) / 2) / math.sqrt(spread)
    return math.erfc(abs(z) / math.sqrt(2))


def _asking(row: dict[str, Any], who: tuple[str, str], place: Sequence[str]) -> dict[str, Any]:
    told = {name: value for name, value in row.items() if name not in _NOT_ASKED}
    told |= {name: text for name, text in zip(_ADDRESS, place, strict=True) if text}
    return told | {"given_name": who[0], "surname": who[1]}
