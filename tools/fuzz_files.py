"""Damages at random to one row of a small file: is any other row lost, and how long does it take?

Each file has six rows and one of them is damaged by one to three signs that readers disagree about.
The other five must be read as they were, whatever became of the damaged one; an array of JSON may
be refused whole instead. Files that are not made of lines are damaged anywhere: workbooks in the
text of their parts, packed files and Parquet in their bytes. Each is refused whole, or has six rows
and every id in its own. Run by ``make fuzz-files``; a share of it is among the tests.
"""

import argparse
import gzip
import io
import json
import random
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from ostiary.deciding.intake.csv_text import Damage, Fields, Records
from ostiary.deciding.intake.files import identify
from ostiary.deciding.intake.json_stream import Values
from ostiary.deciding.intake.json_text import Objects
from ostiary.deciding.intake.packed import unpacked
from ostiary.deciding.intake.readers import Loading
from ostiary.deciding.intake.tabular import header_of, rows_of
from ostiary.deciding.intake.workbook import sheet_of
from ostiary.domain.columns import Column
from ostiary.domain.errors import InputError

ROWS = 6
SIGNS = ['"', '""', ",", "\r", "\n", "\0", "\xe9", " ", ";", "\t", "{", "}", "[", "\\", ":"]
XML_SIGNS = '"<>&/017ACrsv =\0\xe9'
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


def workbook(path: Path) -> dict[str, bytes]:
    """Make a workbook of six rows; give its parts."""
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [column.name for column in COLUMNS])
    for n in range(ROWS):
        sheet.write_row(n + 1, 0, [f"R{n}", f"a{n}", "x y" if n % 2 else "b", n])
    book.close()
    with zipfile.ZipFile(path) as archive:
        return {one: archive.read(one) for one in archive.namelist()}


def damage_workbook(parts: dict[str, bytes], path: Path, dice: random.Random) -> None:
    """Write a workbook of which one part has one to three other signs."""
    name = dice.choice([*parts, *[one for one in parts if "sheet1" in one] * len(parts)])
    text = bytearray(parts[name])
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(text) or 1)
        text[at : at + dice.randint(0, 1)] = dice.choice(XML_SIGNS).encode("latin-1")
    with zipfile.ZipFile(path, "w") as archive:
        for one, content in parts.items():
            archive.writestr(one, bytes(text) if one == name else content)


def read_workbook(path: Path) -> list[Fields | Damage]:
    """Read the rows of a workbook."""
    sheet = sheet_of(path, COLUMNS)
    return list(rows_of(sheet, header_of(sheet, COLUMNS, "file"), "file"))


def damage_bytes(whole: bytes, path: Path, dice: random.Random) -> None:
    """Write a file of which one to three bytes are others, or some are gone."""
    content = bytearray(whole)
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(content))
        content[at : at + dice.choice((1, 1, 1, 0, 5))] = dice.randbytes(dice.choice((1, 1, 0)))
    path.write_bytes(content)


def damage_footer(whole: bytes, path: Path, dice: random.Random) -> None:
    """Write a Parquet file of which the footer alone is damaged, and told in its true length."""
    size = int.from_bytes(whole[-8:-4], "little")
    footer = bytearray(whole[-8 - size : -8])
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(footer))
        footer[at : at + dice.choice((0, 1, 1, 1))] = dice.randbytes(dice.choice((1, 1, 0)))
    told = len(footer).to_bytes(4, "little")
    path.write_bytes(whole[: -8 - size] + bytes(footer) + told + whole[-4:])


def read_packed(path: Path) -> list[Fields | Damage]:
    """Unpack a CSV file and read it."""
    for plain in path.parent.glob("a.*"):
        if plain != path:
            plain.unlink()
    with unpacked(path, path.parent, most=1 << 20) as plain:
        identify(plain)  # what is no longer packed is refused by its name
        return read_csv(plain.read_bytes())


def read_parquet(path: Path) -> list[Fields | Damage]:
    """Read a Parquet file as a request file is read."""
    with duckdb.connect(config={"threads": 1}) as con:
        loading = Loading(con, path, COLUMNS, "rows", lambda rows: f"SELECT * FROM {rows}")
        loading.load()
        return [list(row) for row in con.execute("SELECT id, one, two, three FROM rows").fetchall()]


def fuzz_whole(name: str, many: int, seed: int, folder: Path) -> tuple[int, int, float]:
    """Damage workbooks, packed files or Parquet anywhere; give what :func:`fuzz` gives.

    A byte of a Parquet file that is not packed may be part of a value, and one of its footer may
    be the number of its rows: of these only the number of rows, as damaged, is held to the file.
    """
    dice = random.Random(seed)  # noqa: S311 - to be drawn again, not to be secret
    ending, spoils, read = WHOLE[name]
    path = folder / f"a.{ending}"
    spoil = spoils(path)
    lost = refused = 0
    slowest = 0.0
    for _ in range(many):
        spoil(dice)
        begun = time.perf_counter()
        try:
            rows = len(read(path))
            lost += rows != (ROWS if name != "footer" else pq.read_metadata(path).num_rows)
        except InputError:
            refused += 1
        slowest = max(slowest, time.perf_counter() - begun)
    return lost, refused, slowest


Spoil = Callable[[random.Random], None]


def _spoil_workbook(path: Path) -> Spoil:
    parts = workbook(path)
    return lambda dice: damage_workbook(parts, path, dice)


def _spoil_packed(path: Path) -> Spoil:
    rows = [f"R{n},a{n},b,c" for n in range(ROWS)]
    whole = gzip.compress("\n".join(["id,one,two,three", *rows, ""]).encode(), mtime=0)
    return lambda dice: damage_bytes(whole, path, dice)


def _spoil_zip(path: Path) -> Spoil:
    rows = [f"R{n},a{n},b,c" for n in range(ROWS)]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "\n".join(["id,one,two,three", *rows, ""]))
    return lambda dice: damage_bytes(packed.getvalue(), path, dice)


def _parquet(path: Path) -> bytes:
    texts = {column.name: [f"{column.name} {n}" for n in range(ROWS)] for column in COLUMNS}
    pq.write_table(pa.table(texts), path)
    return path.read_bytes()


def _spoil_parquet(path: Path) -> Spoil:
    whole = _parquet(path)
    return lambda dice: damage_bytes(whole, path, dice)


def _spoil_footer(path: Path) -> Spoil:
    whole = _parquet(path)
    return lambda dice: damage_footer(whole, path, dice)


WHOLE: dict[str, tuple[str, Callable[[Path], Spoil], Callable[[Path], list[Fields | Damage]]]] = {
    "workbook": ("xlsx", _spoil_workbook, read_workbook),
    "packed": ("csv.gz", _spoil_packed, read_packed),
    "zip": ("zip", _spoil_zip, read_packed),
    "parquet": ("parquet", _spoil_parquet, read_parquet),
    "footer": ("parquet", _spoil_footer, read_parquet),
}


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
    parser.add_argument("--format", action="append", choices=(*FORMATS, *WHOLE))
    parser.add_argument("--seed", type=int, default=20250806)
    asked = parser.parse_args()
    bad = False
    for name in asked.format or (*FORMATS, *WHOLE):
        if name in WHOLE:
            with tempfile.TemporaryDirectory() as folder:
                found = fuzz_whole(name, asked.many, asked.seed, Path(folder))
        else:
            found = fuzz(name, asked.many, asked.seed)
        lost, refused, slowest = found
        bad |= bool(lost) or slowest > LONGEST_SECONDS
        print(
            f"{name}: {asked.many:,} damages, {lost} lost a row, {refused:,} refused whole,"
            f" slowest {slowest:.3f} s",
            flush=True,
        )
    raise SystemExit(int(bad))


if __name__ == "__main__":
    main()
