"""Damages at random to one row of a small file: is any other row lost, and how long does it take?

Each file has six rows and one of them is damaged by one to three signs that readers disagree about.
The other five must be read as they were, whatever became of the damaged one; an array of JSON may
be refused whole instead. Run by ``make fuzz-files``; a share of it is among the tests.
"""

import argparse
import io
import json
import random
import time
from collections.abc import Callable

from ostiary.deciding.intake.csv_text import Damage, Fields, Records
from ostiary.deciding.intake.json_stream import Values
from ostiary.deciding.intake.json_text import Objects
from ostiary.domain.columns import Column
from ostiary.domain.errors import InputError

ROWS = 6
SIGNS = ['"', '""', ",", "\r", "\n", "\0", "\xe9", " ", ";", "\t", "{", "}", "[", "\\", ":"]
COLUMNS = tuple(Column(name, "text", "") for name in ("id", "one", "two", "three"))
LONGEST_SECONDS = 10


def csv_rows(dice: random.Random) -> list[str]:
    """Six records of CSV, some with quotes and line breaks in them."""
    shapes = ('R{},"a, ""b"" {}",x,z', 'R{},"two\nlines, {}",b,c', "R{},a{},b,c")
    return [dice.choice(shapes).format(n, n) for n in range(ROWS)]


def json_rows(dice: random.Random) -> list[str]:
    """Six objects of JSON."""
    texts = ("a", 'he said "no"', "two\nlines", None, 7)
    return [json.dumps({"id": f"R{n}", "one": dice.choice(texts)}) for n in range(ROWS)]


def read_csv(raw: bytes) -> list[Fields | Damage]:
    """Read CSV record by record."""
    records = Records(io.BytesIO(raw))
    records.header()
    return list(records.rows(len(COLUMNS)))


def read_lines(raw: bytes) -> list[Fields | Damage]:
    """Read JSON Lines."""
    return list(Objects(COLUMNS).rows(io.BytesIO(raw)))


def read_array(raw: bytes) -> list[Fields | Damage]:
    """Read an array of JSON."""
    return list(Objects(COLUMNS).values(Values(io.BytesIO(raw), "file").texts()))


Make = Callable[[random.Random], list[str]]
Read = Callable[[bytes], list[Fields | Damage]]
FORMATS: dict[str, tuple[Make, str, str, str, Read]] = {
    "csv": (csv_rows, "id,one,two,three\n", "\n", "\n", read_csv),
    "json-lines": (json_rows, "", "\n", "\n", read_lines),
    "json-array": (json_rows, "[\n", ",\n", "\n]\n", read_array),
}


def damaged(row: str, dice: random.Random) -> str:
    """Put one to three signs into a row, or in place of one of its own."""
    for _ in range(dice.randint(1, 3)):
        place = dice.randrange(len(row) + 1)
        row = row[:place] + dice.choice(SIGNS) + row[place + dice.randint(0, 1) :]
    return row


def fuzz(name: str, many: int, seed: int) -> tuple[int, int, float]:
    """Damage files of a format.

    Returns:
        Files of which an undamaged row was lost, files refused whole, seconds of the slowest.
    """
    make, above, between, below, read = FORMATS[name]
    dice = random.Random(seed)  # noqa: S311 - to be drawn again, not to be secret
    lost = refused = 0
    slowest = 0.0
    for _ in range(many):
        rows, hit = make(dice), dice.randrange(ROWS)
        rows[hit] = damaged(rows[hit], dice)
        encoding = dice.choice(("utf-8", "utf-8", "latin-1"))
        raw = (above + between.join(rows) + below).encode(encoding)
        begun = time.perf_counter()
        try:
            found = {row[0] for row in read(raw) if not isinstance(row, Damage)}
            lost += any(f"R{n}" not in found for n in range(ROWS) if n != hit)
        except InputError:
            refused += 1
        slowest = max(slowest, time.perf_counter() - begun)
    return lost, refused, slowest


def main() -> None:
    """Print what came of it; status 1 when a row was lost or a file took too long."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=20250806)
    asked = parser.parse_args()
    bad = False
    for name in FORMATS:
        lost, refused, slowest = fuzz(name, asked.many, asked.seed)
        bad |= bool(lost) or slowest > LONGEST_SECONDS
        print(
            f"{name}: {asked.many:,} damages, {lost} lost a row, {refused:,} refused whole,"
            f" slowest {slowest:.3f} s",
            flush=True,
        )
    raise SystemExit(int(bad))


if __name__ == "__main__":
    main()
