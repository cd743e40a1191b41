"""The registers: dated data about agencies, office-holders, officers, safeguards and notices.

Folders overlay one another: the rows of a later folder replace every earlier row with the same id,
and leave the others alone. What an office adds or corrects is so a file of its own, and the book's
registers stay as they were shipped. Reading a folder is
:mod:`~ostiary.deciding.intake.register_folders`.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NewType

import duckdb
import pyarrow as pa

from ostiary.deciding.intake.register_checks import refuse_what_does_not_go_together
from ostiary.deciding.intake.register_folders import RegisterRow, RowsOfFolder, read_folder
from ostiary.deciding.intake.register_values import Value
from ostiary.domain.register_columns import REGISTERS
from ostiary.domain.register_tables import REGISTER

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
    "offense_parts": ("offense",),
    "provision_classes": ("provision", "concerns"),
}
_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_FEW_ROWS = 10_000  # of a register whose texts are made once


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


def overlaid(folders: Sequence[RowsOfFolder]) -> Registers:
    """Give what is in force of several folders.

    A row is replaced by a later folder's rows of the same id: the first column; ``signer`` and
    ``agency`` for signers; ``agency`` and ``kind`` for notices and arrangements; ``agreement`` and
    ``agency`` for agreements; ``parameter`` and ``provision`` for parameters;
    ``provision`` and ``federal`` for conditions; ``provision`` and ``concerns`` for classes of
    provisions. A register that no folder has is an empty table.

    Args:
        folders: as :func:`read_folder` gives them; later ones overlay earlier ones.

    Raises:
        BookError: the rows do not go together.
    """
    effective = {name: _overlaid(name, folders) for name in REGISTERS}
    refuse_what_does_not_go_together(effective)
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


def _overlaid(name: str, folders: Sequence[RowsOfFolder]) -> list[RegisterRow]:
    key = _KEYS.get(name, (REGISTERS[name][0].name,))
    effective: dict[tuple[Value, ...], list[RegisterRow]] = {}
    for folder in folders:
        replacing: dict[tuple[Value, ...], list[RegisterRow]] = {}
        for row in folder.get(name, ()):
            replacing.setdefault(tuple(row.values[part] for part in key), []).append(row)
        if name == "agencies":
            replacing = _with_parents(effective, replacing)
        effective.update(replacing)
    return [row for rows in effective.values() for row in rows]


def _with_parents(
    earlier: Mapping[tuple[Value, ...], list[RegisterRow]],
    later: Mapping[tuple[Value, ...], list[RegisterRow]],
) -> dict[tuple[Value, ...], list[RegisterRow]]:
    """A file that has no column of parents takes no agency out of its department."""

    def kept(key: tuple[Value, ...], row: RegisterRow) -> RegisterRow:
        if "parent" in row.given or key not in earlier:
            return row
        return replace(row, values={**row.values, "parent": earlier[key][-1].values["parent"]})

    return {key: [kept(key, row) for row in rows] for key, rows in later.items()}


def _as_texts(name: str, rows: Sequence[RegisterRow]) -> pa.Table:
    of = _texts_once if len(rows) <= _FEW_ROWS else _texts_of
    return of(name, tuple(rows))


def _texts_of(name: str, rows: tuple[RegisterRow, ...]) -> pa.Table:
    return pa.table(
        {
            column.name: pa.array([_text(row.values[column.name]) for row in rows], pa.string())
            for column in REGISTERS[name]
        }
    )


# The same rows, which :mod:`~ostiary.deciding.intake.register_folders` keeps, are the same texts.
_texts_once = lru_cache(maxsize=256)(_texts_of)


def canonical_text(value: Mapping[str, Any]) -> str:
    """Give RFC 8785 of an object of text, nulls and lists of text under ASCII keys.

    Of these alone the standard encoder writes the canonical form, and in a hundredth of the time: a
    register may have a million rows.
    """
    return _CANONICAL.encode(value)


def _text(value: Value) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else value
