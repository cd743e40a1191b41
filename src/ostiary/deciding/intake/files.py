"""What kind of file was handed in, and whether its columns are the ones of the contract.

A file is refused whole, before anything is created, when it cannot be what it should be: no file,
empty, binary, of an unknown kind, or with other columns than the contract names. A header that
shares no column with the contract, or hardly any, is not quoted in the message: it may be a row of
somebody's data.
"""

import difflib
import re
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from zipfile import ZipInfo

from ostiary.deciding.intake.archives import OLE, ZIP, only_file, refuse_archive
from ostiary.domain.columns import Column
from ostiary.domain.errors import InputError


class Kind(StrEnum):
    """The kinds of file that intake reads."""

    CSV = "csv"
    JSON_LINES = "json-lines"
    PARQUET = "parquet"
    WORKBOOK = "workbook"


_SUFFIXES = {
    ".csv": Kind.CSV,
    ".tsv": Kind.CSV,
    ".tab": Kind.CSV,
    ".txt": Kind.CSV,
    ".jsonl": Kind.JSON_LINES,
    ".ndjson": Kind.JSON_LINES,
    ".json": Kind.JSON_LINES,
    ".parquet": Kind.PARQUET,
    ".pq": Kind.PARQUET,
    ".xlsx": Kind.WORKBOOK,
}
_PARQUET_SUFFIXES = frozenset({".parquet", ".pq"})
_PARQUET_MAGIC = b"PAR1"  # Apache Parquet format, "File format": first and last four bytes
_UTF_32_MARKS = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")  # the first begins as UTF-16 does
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_HEAD_BYTES = 4096
_SHOWN_CHARACTERS = 40
_LETTERS = 16  # bytes of the first names, which are plain letters
_FEW = 10  # columns that must be there: registers have fewer, and no persons


ENDINGS_OF_PACKED = {".gz": "gzip", ".zst": "Zstandard"}
"""What a file's last ending says of how it is packed."""

IN_ZIP = "ZIP"
"""How a file is packed that is the one file of a ZIP archive."""


def identify(path: Path) -> Kind:
    """Tell the kind of a file by its suffix, and by its first bytes when the suffix is unknown.

    Raises:
        InputError: no such file, a folder, not readable, empty, of no known kind, or its first
            bytes contradict its suffix (Parquet, UTF-16 or other binary content in a text file).
    """
    if path.is_dir():
        parquet_parts(path)
        return Kind.PARQUET
    head = _head(path)
    is_parquet = head.startswith(_PARQUET_MAGIC)
    kind = _SUFFIXES.get(path.suffix.lower())
    if kind is None and path.suffix.lower() in ENDINGS_OF_PACKED:
        # a browser that saves a packed file may unpack it and keep its name
        kind = _SUFFIXES.get(path.with_suffix("").suffix.lower())
    if kind is Kind.WORKBOOK:
        _refuse_no_workbook(path, head)
        return kind
    _refuse_workbook(path, head)
    _refuse_foreign(path, head)
    if kind is None and not is_parquet:
        raise InputError(
            "unknown kind of file",
            where=str(path),
            cure="hand in .csv (UTF-8), .jsonl (JSON Lines), .parquet or .xlsx",
        )
    if kind is None or (kind is Kind.PARQUET and is_parquet):
        return Kind.PARQUET
    if kind is Kind.PARQUET:
        raise InputError(
            "this is not a Parquet file", where=str(path), cure="write the file again as Parquet"
        )
    if is_parquet:
        raise InputError("this is Parquet", where=str(path), cure="give it the ending .parquet")
    _refuse_binary(path, kind, head)
    return kind


_MANAGED = {"_delta_log": "Delta Lake", ".hoodie": "Hudi", "metadata": "Iceberg"}
"""Folders that keep the log of a table: files of rows that were deleted lie beside the others."""


def parquet_parts(path: Path) -> list[Path]:
    """Give the files of a Parquet data set: the file itself, or the parts in a folder, in order.

    Raises:
        InputError: it is a folder, and something else lies in it that holds data.
    """
    if not path.is_dir():
        return [path]
    inside = sorted(path.iterdir())
    managed = next((_MANAGED[one.name] for one in inside if _is_log(one)), None)
    if managed:
        raise InputError(
            f"this is a table of {managed}: its own log says which of its files count",
            where=str(path),
            cure="write it out as plain Parquet, into another folder (Spark: df.write.parquet)",
        )
    found = [one for one in inside if not one.name.startswith(("_", "."))]
    parts = [one for one in found if one.suffix.lower() in _PARQUET_SUFFIXES and one.is_file()]
    if not parts and any(one.is_dir() and "=" in one.name for one in found):
        raise InputError(
            "this table is parted into folders that are named after what one column says",
            where=str(path),
            cure="write it into one folder, that column among the others (Spark: no partitionBy)",
        )
    if not parts:
        raise InputError(
            "this is a folder without parts in Parquet", where=str(path), cure="name a file in it"
        )
    others = [one.name for one in found if one not in parts]
    if others:
        raise InputError(
            f"beside {len(parts)} parts in Parquet something else lies here: {others[0]}",
            where=str(path),
            cure="leave the parts of one table in it, and nothing else",
        )
    return parts


def _is_log(inside: Path) -> bool:
    """Tell whether this is the log of a table; ``metadata`` is also a name for other things."""
    if inside.name == "metadata":
        return any(inside.glob("*.metadata.json"))
    return inside.name in _MANAGED


def check_columns(found: Sequence[str], expected: Sequence[Column], *, where: str) -> None:
    """Refuse a file whose columns are not those of the contract.

    Args:
        found: the names as they stand in the file, in its order.
        expected: the columns of the contract.
        where: the file, for the message.

    Raises:
        InputError: a column repeated, unknown or missing; all of them are named.
    """
    known = [column.name for column in expected]
    if len(set(found) & set(known)) < _least(expected):
        if any(_stand_side_by_side(name, known) for name in found):
            raise InputError(
                "the columns stand side by side with blanks between them",
                where=where,
                cure="export the rows with commas between the columns, as CSV",
            )
        few = "hardly any" if set(found) & set(known) else "none"
        raise InputError(
            f"{few} of the expected columns is in the file",
            where=where,
            cure=f"begin with a header that names {', '.join(known)}",
        )
    repeated = sorted({name for name in found if found.count(name) > 1})
    if repeated:
        raise InputError(
            f"repeated in the header: {_listed(repeated)}", where=where, cure="name a column once"
        )
    missing = [c.name for c in expected if c.required and c.name not in found]
    _refuse(missing, [name for name in found if name not in known], missing, where)


def _least(expected: Sequence[Column]) -> int:
    """Give how many names of the contract a header has; a row of data may happen on one or two."""
    return 3 if sum(column.required for column in expected) > _FEW else 1


def _stand_side_by_side(name: str, known: Sequence[str]) -> bool:
    """Tell whether one name is made of several: columns of a fixed width, or parted by blanks."""
    return sum(f"_{one}_" in f"_{name}_" for one in known) > 1


def check_known(found: Sequence[str], expected: Sequence[Column], *, where: str) -> None:
    """Refuse a single object with a key that is no column; a key left out is an empty value.

    Raises:
        InputError: a key is unknown; all of them are named.
    """
    known = [column.name for column in expected]
    absent = [name for name in known if name not in found]
    _refuse([], [name for name in found if name not in known], absent, where)


def packed_with(path: Path) -> str | None:
    """Say what a file is packed with; None of a file that is not packed, and of a folder.

    Raises:
        InputError: it is the one file of a ZIP archive, behind a password.
    """
    if path.is_dir():
        return None
    head = _head(path)
    if head.startswith(ZIP) and path.suffix.lower() != ".xlsx":
        return IN_ZIP if file_in_zip(path) else None
    return next((name for mark, name in _PACKED.items() if head.startswith(mark)), None)


def file_in_zip(path: Path) -> ZipInfo | None:
    """Give the one file of rows that a ZIP archive is; None of any other.

    Raises:
        InputError: it is behind a password.
    """
    return only_file(path, _SUFFIXES)


def unreadable(path: Path, error: OSError) -> InputError:
    """Give the error of a file that the operating system would not let us read."""
    return InputError(
        f"cannot be read: {(error.strerror or 'see the permissions of the file').lower()}",
        where=str(path),
    )


def sql_path(path: Path) -> str:
    """Quote a path for DuckDB's readers, which would take ``*``, ``?`` and ``[`` for a pattern."""
    literal = "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path.absolute()))
    return "'" + literal.replace("'", "''") + "'"


def _head(path: Path) -> bytes:
    if not path.is_file():
        raise InputError("no such file", where=str(path), cure="check the path")
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise unreadable(path, error) from None
    if not head:
        raise InputError("the file is empty", where=str(path), cure="hand in a file with rows")
    return head


_PACKED = {
    b"\x1f\x8b": "gzip",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"BZh": "bzip2",
    b"\xfd7zXZ\0": "xz",
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
    b"Rar!\x1a\x07": "RAR",
    b"\x04\x22\x4d\x18": "LZ4",
    b"\xff\x06\0\0sNaPpY": "Snappy",
    b"\x1f\x9d": "compress",
}


def _refuse_no_workbook(path: Path, head: bytes) -> None:
    if head.startswith(OLE):
        raise InputError(
            "this workbook is behind a password, or of a spreadsheet before 2007",
            where=str(path),
            cure="save it as .xlsx without a password",
        )
    if not head.startswith(ZIP):
        raise InputError("this is not a workbook", where=str(path), cure="save it again as .xlsx")


_JSON = re.compile(rb"\s*(?:\[\s*)?\{\s*(?:\"[^\"]*\"\s*:|\})")
_EXPORT = "export its rows as CSV in UTF-8, or as .xlsx"
_FOREIGN: dict[bytes, tuple[str, str]] = {
    b"ARROW1": ("an Arrow or Feather file", "write it as Parquet"),
    b"FEA1": ("a Feather file", "write it as Parquet"),
    b"ORC": ("an ORC file", "write it as Parquet"),
    b"Obj\x01": ("an Avro file", "write it as Parquet"),
    b"SQLite format 3\0": ("a SQLite database", _EXPORT),
    b"%PDF-": ("a PDF", _EXPORT),
    b"{\\rtf": ("a text of a word processor", _EXPORT),
    b"<?xml": ("XML", _EXPORT),
    b"<html": ("a web page, whatever its name says", _EXPORT),
    b"<!doctype": ("a web page, whatever its name says", _EXPORT),
    b"<table": ("a web page, whatever its name says", _EXPORT),
}
"""What is often handed in for rows, by how it begins, with what to do."""
_OF_A_MAINFRAME = tuple(
    name.encode("cp037") for name in ("request_id", "REQUEST_ID", "person_id", "PERSON_ID")
)


def _refuse_foreign(path: Path, head: bytes) -> None:
    """Say of a file of another kind what it is, whatever its name says."""
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, (what, cure) in _FOREIGN.items():
        if begins.startswith(mark) or begins[: len(mark)].lower() == mark:
            raise InputError(f"this is {what}", where=str(path), cure=cure)
    if any(name in head for name in _OF_A_MAINFRAME):
        raise InputError("this is EBCDIC text", where=str(path), cure="convert it to UTF-8")


def _refuse_workbook(path: Path, head: bytes) -> None:
    """Say of a workbook and of a packed file what it is, whatever its name says."""
    refuse_archive(path, head)
    for mark, name in _PACKED.items():
        if head.startswith(mark):
            raise InputError(f"this is packed with {name}", where=str(path), cure="unpack it")


def _refuse_binary(path: Path, kind: Kind, head: bytes) -> None:
    """Rows may be damaged one by one; a beginning that is no text condemns the file."""
    if kind is Kind.CSV and _JSON.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise InputError("this is JSON", where=str(path), cure="give it the ending .json")
    wide = _wide(head)
    if wide:
        raise InputError(f"the file is {wide}", where=str(path), cure="save it as UTF-8")
    first = head.split(b"\n", 1)[0]
    marked = kind is Kind.JSON_LINES and first.lstrip().startswith(b"{")
    if b"\0" in (head if kind is Kind.JSON_LINES else first) or not (marked or _is_utf_8(first)):
        raise InputError(
            "the file is not UTF-8 text",
            where=str(path),
            cure="save it as UTF-8, or give Parquet the suffix .parquet",
        )


def _wide(head: bytes) -> str:
    """Say which encoding of several bytes a sign a text has, by its mark or by its zero bytes."""
    if head.startswith(_UTF_32_MARKS):
        return "UTF-32"
    begins = head[:_LETTERS]
    zeros = [not any(begins[at::2]) for at in (0, 1)]
    is_wide = len(begins) == _LETTERS and zeros[0] != zeros[1] and all(begins[int(zeros[0]) :: 2])
    return "UTF-16" if is_wide or head.startswith(_UTF_16_MARKS) else ""


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        # a character may be cut in two where the head of a long first line ends
        return len(line) == _HEAD_BYTES and error.start >= _HEAD_BYTES - 3
    return True


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name[:_SHOWN_CHARACTERS]}`" for name in names)


def _refuse(
    missing: Sequence[str], unknown: Sequence[str], free: Sequence[str], where: str
) -> None:
    """Raise when anything is missing or unknown; ``free`` names may have been meant."""
    if not missing and not unknown:
        return
    parts = (("missing columns", missing), ("unknown columns", unknown))
    raise InputError(
        "; ".join(f"{what}: {_listed(names)}" for what, names in parts if names),
        where=where,
        cure=_cure_of_columns(missing, unknown, free),
    )


def _cure_of_columns(missing: Sequence[str], unknown: Sequence[str], free: Sequence[str]) -> str:
    advice = []
    for name in unknown:
        near = difflib.get_close_matches(name.strip().lower(), free, n=1)
        advice.append(f"write `{near[0]}` for" if near else "leave out")
        advice[-1] += f" {_listed([name])}"
    still = [name for name in missing if not any(f"write `{name}`" in line for line in advice)]
    if still:
        advice.append(f"add {_listed(still)}, empty where there is nothing to say")
    return "; ".join(advice)
