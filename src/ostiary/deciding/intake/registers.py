"""The registers: dated data about agencies, office-holders, officers, safeguards and notices.

Folders overlay one another: the rows of a later folder replace every earlier row with the same id,
and leave the others alone. What an office adds or corrects is so a file of its own, and the book's
registers stay as they were shipped. Registers are small, and law rests on them: they are read
record by record, and one wrong row refuses them all.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, NewType

import duckdb
import pyarrow as pa

from ostiary.deciding.intake.csv_text import Damage, Fields
from ostiary.deciding.intake.files import identify, unreadable
from ostiary.deciding.intake.readers import records_of
from ostiary.deciding.intake.register_values import Value, value_of
from ostiary.deciding.intake.suspensions import Clocks, fault_of
from ostiary.deciding.intake.tabular import header_of, rows_of
from ostiary.deciding.intake.typed import DAMAGES
from ostiary.deciding.standardisation.records import standard_name
from ostiary.domain.columns import KEY_COLUMNS, PARAMETERS, REGISTERS, Column
from ostiary.domain.errors import BookError, InputError
from ostiary.domain.register_tables import REGISTER
from ostiary.domain.unread import refuse_unread

RegistersDigest = NewType("RegistersDigest", str)
"""``sha256:`` and 64 hex digits over the effective rows of all registers, in canonical order."""

_KEYS = {
    "signers": ("signer", "agency"),
    "notices": ("agency", "kind"),
    "agreements": ("agreement", "agency"),
    "arrangements": ("agency", "kind"),
    "court_leaves": ("order", "agency"),
    "court_notices": ("order", "agency"),
    "parameters": ("parameter", "provision"),
    "conditions": ("provision", "federal"),
}
_PERIODS = (
    ("from", "until"),
    ("suspended_from", "suspended_until"),
    ("given_on", "acknowledged_on"),
)
_OFFENSE_KINDS = ("criminal", "tax", "civil", "none", "undetermined")
_OFFENSE = re.compile(r"/us/usc/t\d+[A-Za-z]?(/s[0-9A-Za-z.-]+(/[0-9A-Za-z]+)*)?")
ARTIFICIAL_INTELLIGENCE = "artificial-intelligence"
AI_NOTICE = ("system", "model", "purpose", "runs_at", "responsible")
"""What a notice of analysis by artificial intelligence says; one of an older register says none."""
_LONGEST_PART = 60


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    where: str
    values: dict[str, Value]
    given: frozenset[str] = frozenset()


RowsOfFolder = Mapping[str, Sequence[_Row]]
"""What one folder says, by register: nothing is checked yet that other folders may complete."""


@dataclass(frozen=True, eq=False)
class Registers:
    """What is in force of several folders. Two are the same in what they say by ``digest``.

    Attributes:
        tables: the rows of each register, as text.
    """

    tables: Mapping[str, pa.Table]

    @cached_property
    def digest(self) -> RegistersDigest:
        """The same for the same rows, in whichever files.

        RFC 8785 (canonical JSON) of each row; the rows of a register sorted by it, each once.
        """
        content = {
            name: sorted({canonical_text(row) for row in table.to_pylist()})
            for name, table in self.tables.items()
        }
        canonical = canonical_text(content).encode()
        return RegistersDigest("sha256:" + hashlib.sha256(canonical).hexdigest())


_SMALL = 1 << 20  # bytes of a register that is read once
_FEW_ROWS = 10_000  # of a register whose texts are made once
_MOST_TOLD = 50
"""Rows of a register that cannot be used, of which each is named."""


def load_registers(con: duckdb.DuckDBPyConnection, folders: Sequence[Path]) -> RegistersDigest:
    """Read the registers of several folders into ``reg_agencies``, ``reg_signers`` and so on.

    Args:
        con: where the tables are made, see :func:`put_registers`.
        folders: see :func:`read_registers`.

    Returns:
        The digest of what is now in force.

    Raises:
        BookError: a file or row cannot be used; no table was changed.
    """
    found = read_registers(folders)
    put_registers(con, found)
    return found.digest


def read_registers(folders: Sequence[Path]) -> Registers:
    """Read the registers of several folders; see :func:`overlaid`.

    Args:
        folders: later ones overlay earlier ones; one that does not exist is an empty folder.

    Raises:
        BookError: a file or row cannot be used.
    """
    return overlaid([read_folder(folder) for folder in folders])


def read_folder(folder: Path) -> RowsOfFolder:
    """Read the registers of one folder, each by itself.

    Raises:
        BookError: a file or row cannot be used, or there is a file that is no register.
    """
    found = {name: read_register(folder, name) for name in REGISTERS}
    _refuse_strangers(folder)
    return found


def read_register(folder: Path, name: str) -> tuple[_Row, ...]:
    """Read one register of a folder; no rows where it has none.

    Raises:
        BookError: the file or a row cannot be used.
    """
    path = folder / f"{name}.csv"
    if not path.exists() and not path.is_symlink():
        return ()
    try:
        identify(path)
        content = path.read_bytes()
        read = _rows_once if len(content) <= _SMALL else _rows
        return read(path, name, content)
    except BookError:
        raise
    except InputError as error:
        raise BookError(error.message, where=error.where, cure=error.cure) from None
    except OSError as error:
        raise BookError(unreadable(path, error).message, where=str(path)) from None


def overlaid(folders: Sequence[RowsOfFolder]) -> Registers:
    """Give what is in force of several folders.

    A row is replaced by a later folder's rows of the same id: the first column; ``signer`` and
    ``agency`` for signers; ``agency`` and ``kind`` for notices and arrangements; ``agreement`` and
    ``agency`` for agreements; ``parameter`` and ``provision`` for parameters;
    ``provision`` and ``federal`` for conditions. A register that no folder has is an empty table.

    Args:
        folders: as :func:`read_folder` gives them; later ones overlay earlier ones.

    Raises:
        BookError: the rows do not go together.
    """
    effective = {name: _overlaid(name, folders) for name in REGISTERS}
    _check_agencies(effective)
    _check_parents(effective["agencies"])
    _check_offenses(effective["offenses"])
    _check_hours(effective["court_notices"])
    _check_one_standing(effective["safeguards"])
    _check_people(effective["people_in_orders"])
    _check_parameters(effective["parameters"])
    _check_notices(effective["notices"])
    _check_suspensions(effective["suspensions"], effective["parameters"])
    for name, column in KEY_COLUMNS.items():
        _check_own_keys(effective[name], column)
    return Registers({name: _as_texts(name, rows) for name, rows in effective.items()})


def put_registers(
    con: duckdb.DuckDBPyConnection, registers: Registers, *, instead_of: Registers | None = None
) -> None:
    """Make the tables ``reg_agencies`` and so on; they are replaced.

    Columns of days are DATE, flags BOOLEAN, the rest VARCHAR.

    Args:
        con: where.
        registers: what is in force.
        instead_of: what the tables hold now; those that say the same are left as they are.
    """
    for name, table in registers.tables.items():
        if instead_of and instead_of.tables[name].equals(table):
            continue
        con.execute(REGISTER[name].made_empty())
        if table.num_rows:
            con.register("intake_register", table)
            con.execute(f"INSERT INTO {REGISTER[name]} SELECT * FROM intake_register")
            con.unregister("intake_register")


def _overlaid(name: str, folders: Sequence[RowsOfFolder]) -> list[_Row]:
    key = _KEYS.get(name, (REGISTERS[name][0].name,))
    effective: dict[tuple[Value, ...], list[_Row]] = {}
    for folder in folders:
        replacing: dict[tuple[Value, ...], list[_Row]] = {}
        for row in folder.get(name, ()):
            replacing.setdefault(tuple(row.values[part] for part in key), []).append(row)
        if name == "agencies":
            replacing = _with_parents(effective, replacing)
        effective.update(replacing)
    return [row for rows in effective.values() for row in rows]


def _rows(path: Path, name: str, content: bytes) -> tuple[_Row, ...]:
    columns = REGISTERS[name]
    records = records_of(BytesIO(content), columns)
    header = header_of(records, columns, str(path))
    rows = rows_of(records, header, str(path))
    return tuple(_whole(header.kept, rows, columns, path))


# The same bytes in the same place say the same, whoever asks.
_rows_once = lru_cache(maxsize=256)(_rows)


def _whole(
    names: list[str], records: Iterator[Fields | Damage], columns: Sequence[Column], path: Path
) -> Iterator[_Row]:
    """Give the rows of a register.

    Raises:
        BookError: rows cannot be used; the first in full, and each of the others on a line.
    """
    faults: list[BookError] = []
    for number, record in enumerate(records, start=1):
        try:
            yield _row(names, record, columns, f"{path} row {number}")
        except BookError as fault:
            faults.append(fault)
    if len(faults) > 1:
        first, more = faults[0], faults[1:_MOST_TOLD]
        lines = [f"\n  {one}" for one in more]
        if len(faults) > _MOST_TOLD:
            lines.append(f"\n  and {len(faults) - _MOST_TOLD} more rows")
        raise BookError(first.message, where=first.where, cure="".join([first.cure, *lines]))
    if faults:
        raise faults[0]


def _row(header: list[str], record: Fields | Damage, columns: Sequence[Column], where: str) -> _Row:
    if isinstance(record, Damage):
        message, cure = DAMAGES[record.kind]
        raise BookError(message, where=where, cure=cure)
    texts = dict(zip(header, record, strict=True))
    values = {
        column.name: value_of(column, texts.get(column.name) or "", where) for column in columns
    }
    for first, last in _PERIODS:
        start, end = values.get(first), values.get(last)
        if isinstance(start, date) and isinstance(end, date) and start > end:
            raise BookError(
                f"`{first}` is after `{last}`",
                where=f"{where} column {last}",
                cure=f"write a day in `{last}` that is not before `{first}`",
            )
    return _Row(where, values, frozenset(header))


def _with_parents(
    earlier: Mapping[tuple[Value, ...], list[_Row]], later: Mapping[tuple[Value, ...], list[_Row]]
) -> dict[tuple[Value, ...], list[_Row]]:
    """A file that has no column of parents takes no agency out of its department."""

    def kept(key: tuple[Value, ...], row: _Row) -> _Row:
        if "parent" in row.given or key not in earlier:
            return row
        return replace(row, values={**row.values, "parent": earlier[key][-1].values["parent"]})

    return {key: [kept(key, row) for row in rows] for key, rows in later.items()}


def _check_agencies(effective: dict[str, list[_Row]]) -> None:
    known = {row.values["agency"] for row in effective["agencies"]}
    for rows in effective.values():
        for row in rows:
            if "agency" in row.values and row.values["agency"] not in known:
                raise BookError(
                    "this agency is not in the register of agencies",
                    where=f"{row.where} column agency",
                    cure="write an id from agencies.csv, or add the agency there",
                )


def _check_parents(agencies: Sequence[_Row]) -> None:
    """Refuse a parent that no register knows, and an agency that is within itself."""
    above = {row.values["agency"]: row.values["parent"] for row in agencies}
    for row in agencies:
        seen, parent = {row.values["agency"]}, row.values["parent"]
        while parent is not None:
            if parent in seen or parent not in above:
                raise BookError(
                    "an agency cannot be a component of this one",
                    where=f"{row.where} column parent",
                    cure="write the id of the department from agencies.csv, or nothing",
                )
            seen.add(parent)
            parent = above[parent]


def _check_offenses(offenses: Sequence[_Row]) -> None:
    for row in offenses:
        if row.values["kind"] not in _OFFENSE_KINDS:
            raise BookError(
                "this kind of provision is unknown",
                where=f"{row.where} column kind",
                cure=f"write one of {', '.join(_OFFENSE_KINDS)}",
            )
        if not _OFFENSE.fullmatch(str(row.values["offense"])):
            raise BookError(
                "this is no identifier of the United States Code",
                where=f"{row.where} column offense",
                cure="write it as /us/usc/t18/s1343",
            )


def _check_hours(notices: Sequence[_Row]) -> None:
    for row in notices:
        if not re.fullmatch(r"[0-9]{1,4}", str(row.values["hours"])):
            raise BookError(
                "no whole number of hours",
                where=f"{row.where} column hours",
                cure="write the hours that the order wants, such as 24",
            )


def _check_parameters(parameters: Sequence[_Row]) -> None:
    """Refuse a number that is none, or a name that nobody asks for."""
    for row in parameters:
        if row.values["parameter"] not in PARAMETERS:
            raise BookError(
                "nothing asks for this parameter",
                where=f"{row.where} column parameter",
                cure=f"write one of {', '.join(PARAMETERS)}",
            )
        if not re.fullmatch(r"[1-9][0-9]{0,3}", str(row.values["value"])):
            raise BookError(
                "no whole number from 1 to 9999",
                where=f"{row.where} column value",
                cure="write it in digits",
            )


def _check_notices(notices: Sequence[_Row]) -> None:
    """Refuse a notice of artificial intelligence of which a part is missing, and what is none."""
    for row in notices:
        told = [row.values[name] for name in AI_NOTICE if row.values[name] is not None]
        is_whole = len(told) == len(AI_NOTICE) and row.values["kind"] == ARTIFICIAL_INTELLIGENCE
        if told and not is_whole:
            raise BookError(
                "a notice of analysis by artificial intelligence has all of its parts, or none",
                where=row.where,
                cure=f"fill in {', '.join(AI_NOTICE)}; leave them empty in every other notice",
            )
        if any(len(str(one)) > _LONGEST_PART or not str(one).isprintable() for one in told):
            raise BookError(
                f"a part of the notice has more than {_LONGEST_PART} characters",
                where=row.where,
                cure="say it shorter: it stands in the conditions of each answer",
            )


def _check_suspensions(suspensions: Sequence[_Row], parameters: Sequence[_Row]) -> None:
    """Refuse a suspension that goes before its notice, or past the review that it is owed."""
    clocks = Clocks.of(row.values for row in parameters)
    seen: set[Value] = set()
    for row in suspensions:
        fault = fault_of(row.values, clocks)
        if row.values["suspension"] in seen:
            fault = ("suspension", "this id stands in the register twice", "give each its own")
        seen.add(row.values["suspension"])
        if fault:
            column, message, cure = fault
            raise BookError(message, where=f"{row.where} column {column}", cure=cure)


def _check_people(people: Sequence[_Row]) -> None:
    """Refuse a row that names nobody: an order would protect nobody, and nobody be told."""
    for row in people:
        name = standard_name(None, None, str(row.values["surname"]), None)
        if not name.n_surname:
            raise BookError(
                "this is nobody's surname",
                where=f"{row.where} column surname",
                cure="write the surname of the person whom the order is about",
            )


def _check_one_standing(safeguards: Sequence[_Row]) -> None:
    """Refuse two rows about the safeguards of one agency: which would count?"""
    seen: set[Value] = set()
    for row in safeguards:
        if row.values["agency"] in seen:
            raise BookError(
                "this agency's safeguards are in the register twice",
                where=f"{row.where} column agency",
                cure="keep the row that holds now",
            )
        seen.add(row.values["agency"])


def _check_own_keys(rows: Sequence[_Row], column: str) -> None:
    """Refuse one key under two ids, on whatever days: whoever holds it could act as both."""
    holders: dict[str, tuple[Value, str]] = {}
    for row in rows:
        key, holder = str(row.values[column] or ""), next(iter(row.values.values()))
        if not key:
            continue
        first, where = holders.setdefault(key, (holder, row.where))
        if first != holder:
            raise BookError(
                "one key stands under two ids",
                where=f"{row.where} column {column}, and {where}",
                cure="enter for each of them a key that nobody else holds",
            )


def _refuse_strangers(folder: Path) -> None:
    """Refuse whatever is no register: a register that nobody reads protects nobody."""
    if folder.is_dir():
        names = [f"{name}.csv" for name in REGISTERS]
        refuse_unread(
            str(folder), files_below(folder), names=names, ending=".csv", what="a register"
        )


def files_below(folder: Path) -> Iterator[str]:
    """Give every file below a folder, and every link to another folder, as paths from there."""
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()


def _as_texts(name: str, rows: Sequence[_Row]) -> pa.Table:
    of = _texts_once if len(rows) <= _FEW_ROWS else _texts_of
    return of(name, tuple(rows))


def _texts_of(name: str, rows: tuple[_Row, ...]) -> pa.Table:
    return pa.table(
        {
            column.name: pa.array([_text(row.values[column.name]) for row in rows], pa.string())
            for column in REGISTERS[name]
        }
    )


# The same rows, which :func:`_rows_once` keeps, are the same texts.
_texts_once = lru_cache(maxsize=256)(_texts_of)


def canonical_text(value: Mapping[str, Any]) -> str:
    """Give RFC 8785 of an object of text, nulls and lists of text under ASCII keys.

    Of these alone the standard encoder writes the canonical form, and in a hundredth of the time: a
    register may have a million rows.
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _text(value: Value) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else value
