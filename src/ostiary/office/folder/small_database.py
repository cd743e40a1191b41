"""A database for the questions of one case or a few, inside an engine that the process keeps.

To begin an engine takes 30 ms of processor time, and to load the registers as much again; a
database inside an engine that runs takes 1 ms. It looks into registers that were loaded before,
through views, so that it cannot change them; a copy of its own, which it can, takes 6 ms more.
Nothing here overflows to a disk; what may be large asks for
:func:`ostiary.office.folder.session.scratch_database`, which has an engine of its own.
"""

import itertools
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from ostiary.deciding.intake.registers import Registers, put_registers
from ostiary.domain.register_tables import REGISTER

Tables = Callable[[], duckdb.DuckDBPyConnection]
"""Gives where the registers of a law lie as tables; they are laid out when it is first asked."""
_MOST = 4  # registers that are kept loaded
_MEMORY = "4GiB"  # what all of them together may take
_SEES = "SET search_path = '{}'"  # the first is where tables are made


@dataclass(slots=True)
class _Ready:
    """Registers that are loaded: the databases of their tables and of views of these."""

    tables: str
    views: str
    used: int = 0


class _Engine:
    """An engine, and the registers that lie ready in it."""

    def __init__(self) -> None:
        """Begin an engine that writes to no disk."""
        self._con = duckdb.connect(config={"temp_directory": "", "memory_limit": _MEMORY})
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._ready: OrderedDict[str, _Ready] = OrderedDict()

    @contextmanager
    def database(
        self, registers: Registers, *, changing: bool
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a database of its own that holds some registers, or looks into them."""
        name = f"small_{next(self._numbers)}"
        with self._loaded(registers) as ready, self._con.cursor() as con:
            con.execute(f"ATTACH ':memory:' AS {name}")
            try:
                if changing:
                    con.execute(f"COPY FROM DATABASE {ready.tables} TO {name}")
                path = name if changing else f"{name},{ready.views}"
                con.execute(_SEES.format(path))
                _PATHS[id(con)] = path
                yield con
            finally:
                _PATHS.pop(id(con), None)
                con.close()
                self._drop(name)

    @contextmanager
    def _loaded(self, registers: Registers) -> Iterator[_Ready]:
        """Give registers that are loaded, and keep them as long as they are used."""
        digest = str(registers.digest)
        with self._lock:
            if digest not in self._ready:
                self._ready[digest] = self._load(registers)
            self._ready.move_to_end(digest)
            ready = self._ready[digest]
            ready.used += 1
        try:
            yield ready
        finally:
            with self._lock:
                ready.used -= 1
                self._forget()

    def _forget(self) -> None:
        """Let go of those used longest ago, beyond those that are kept, unless in use."""
        for digest in list(self._ready)[: max(0, len(self._ready) - _MOST)]:
            if not self._ready[digest].used:
                ready = self._ready.pop(digest)
                self._drop(ready.views)
                self._drop(ready.tables)

    def _load(self, registers: Registers) -> _Ready:
        number = next(self._numbers)
        ready = _Ready(f"registers_{number}", f"views_{number}")
        with self._con.cursor() as con:
            con.execute(f"ATTACH ':memory:' AS {ready.tables}; USE {ready.tables}")
            put_registers(con, registers)
            con.execute(f"ATTACH ':memory:' AS {ready.views}")
            for name in registers.tables:
                table = REGISTER[name]
                con.execute(f"CREATE VIEW {ready.views}.{table} AS FROM {ready.tables}.{table}")
        return ready

    def _drop(self, name: str) -> None:
        with self._con.cursor() as con:
            con.execute(f"DETACH {name}")


_ENGINES: dict[int, _Engine] = {}
_PATHS: dict[int, str] = {}  # what small connections see, by their identity
_LOCK = threading.Lock()


@contextmanager
def small_database(
    registers: Registers, *, changing: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory that holds some registers, and that nobody else sees.

    It is gone at the end. A cursor sees its tables where :func:`cursor_beside` gives it.

    Args:
        registers: what its tables ``reg_*`` hold.
        changing: whether these are a copy, to be changed in it; else they are views, by which
            nothing can be.
    """
    with _LOCK:  # an engine of the process that this one was forked from has no threads
        engine = _ENGINES.get(os.getpid()) or _ENGINES.setdefault(os.getpid(), _Engine())
    with engine.database(registers, changing=changing) as con:
        yield con


def cursor_beside(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Give a cursor that sees the tables of a connection, in a small database or a whole engine."""
    cursor = con.cursor()
    if id(con) in _PATHS:
        cursor.execute(_SEES.format(_PATHS[id(con)]))
    return cursor
