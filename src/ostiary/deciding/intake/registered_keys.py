"""The public keys that registers hold, by whose they are; and those that do not count, left out."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

import duckdb
import pyarrow.compute as pc

from ostiary.deciding.intake.registers import Registers
from ostiary.domain.columns import KEY_COLUMNS, REGISTERS
from ostiary.domain.register_tables import REGISTER
from ostiary.domain.registered_keys import RegisteredKey

_KEPT_WITHOUT = "officers"  # an officer stands there without a key as well


@lru_cache(maxsize=8)  # by identity: what was read once does not change
def keys_of(registers: Registers) -> frozenset[RegisteredKey]:
    """Give every key that stands in the registers, whatever its days."""
    return frozenset(key for name in KEY_COLUMNS for key in _keys_in(registers, name))


def strike_out(con: duckdb.DuckDBPyConnection, keys: Iterable[RegisteredKey]) -> None:
    """Take keys out of the tables ``reg_*``: the row goes, or in ``officers`` its key alone."""
    for register, holder, digest in keys:
        column, first = KEY_COLUMNS[register], REGISTERS[register][0].name
        this = f"WHERE {first} = $1 AND sha256({column}) = $2"
        verb = f"UPDATE {REGISTER[register]} SET {column} = NULL"
        if register != _KEPT_WITHOUT:
            verb = f"DELETE FROM {REGISTER[register]}"
        con.execute(f"{verb} {this}", [holder, digest])


def _keys_in(registers: Registers, name: str) -> Iterator[RegisteredKey]:
    table = registers.tables[name].select([REGISTERS[name][0].name, KEY_COLUMNS[name]])
    given = table.filter(pc.is_valid(table[1]))
    for holder, text in zip(*(column.to_pylist() for column in given.columns), strict=True):
        yield RegisteredKey(name, holder, hashlib.sha256(text.encode()).hexdigest())
