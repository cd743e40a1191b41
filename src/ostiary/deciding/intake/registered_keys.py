"""The public keys that registers hold, by whose they are; and those that do not count, left out."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import duckdb
import pyarrow.compute as pc

from ostiary.deciding.intake.registers import Registers
from ostiary.domain.register_columns import KEY_COLUMNS, REGISTERS
from ostiary.domain.register_tables import REGISTER
from ostiary.domain.registered_keys import RegisteredKey

_KEPT_WITHOUT = "officers"  # an officer stands there without a key as well


@lru_cache(maxsize=8)  # by identity: what was read once does not change
def keys_of(registers: Registers) -> Mapping[RegisteredKey, str]:
    """Give every key that stands in the registers, with its last day; empty where it has none."""
    found: dict[RegisteredKey, str] = {}
    for name in KEY_COLUMNS:
        for key, until in _keys_in(registers, name):
            found[key] = _later(found.get(key, until), until)
    return found


def _later(one: str, other: str) -> str:
    """Give the later of two last days; none is the latest."""
    return max(one, other) if one and other else ""


def strike_out(con: duckdb.DuckDBPyConnection, keys: Iterable[RegisteredKey]) -> None:
    """Take keys out of the tables ``reg_*``: the row goes, or in ``officers`` its key alone."""
    for register, holder, digest in keys:
        column, first = KEY_COLUMNS[register], REGISTERS[register][0].name
        this = f"WHERE {first} = $1 AND sha256({column}) = $2"
        verb = f"UPDATE {REGISTER[register]} SET {column} = NULL"
        if register != _KEPT_WITHOUT:
            verb = f"DELETE FROM {REGISTER[register]}"
        con.execute(f"{verb} {this}", [holder, digest])


def _keys_in(registers: Registers, name: str) -> Iterator[tuple[RegisteredKey, str]]:
    columns = [REGISTERS[name][0].name, KEY_COLUMNS[name], "until"]
    table = registers.tables[name].select(columns)
    given = table.filter(pc.is_valid(table[1]))
    for holder, text, until in zip(*(column.to_pylist() for column in given.columns), strict=True):
        digest = hashlib.sha256(text.encode()).hexdigest()
        yield RegisteredKey(name, holder, digest), until or ""
