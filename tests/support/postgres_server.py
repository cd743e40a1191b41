"""A real PostgreSQL server of the tests' own: made in a temporary folder, gone with it.

It listens on a Unix socket only. Tables are made by ``keeper``, who may make roles and databases
but is no superuser; ``clerk`` may only log in. Anybody on the machine who can reach the socket is
let in: the folder is the tests' alone.
"""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

OWNER, LOGIN = "keeper", "clerk"
_PORT = "54321"
_FEW = "shared_buffers=16MB\nmax_connections=40\nlisten_addresses=''\n"
# Durability is checked at start, so it stays on; a folder in memory makes it cheap.
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a private folder is made in it


def server_programs() -> Path | None:
    """Find the newest PostgreSQL server on this machine; Debian keeps it off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(os.path.realpath(on_path)).parent if on_path else None


def _version(path: Path) -> int:
    return int(path.parts[-3]) if path.parts[-3].isdigit() else 0


class Server:
    """A running server.

    Attributes:
        data: its data folder.
        socket: the folder of its socket.
    """

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self.data = folder / "data"
        self.socket = folder
        self._count = 0

    def make(self) -> None:
        """Make the cluster and its roles."""
        self._run("initdb", "-D", self.data, "-U", "postgres", "-E", "UTF8", "--no-sync",
                  "--locale=C", "--auth=trust")  # fmt: skip
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(f"{_FEW}port={_PORT}\nunix_socket_directories='{self.socket}'\n")
        self.start()
        self.ask(f"CREATE ROLE {OWNER} LOGIN CREATEROLE CREATEDB")
        self.ask(f"CREATE ROLE {LOGIN} LOGIN")

    def start(self, **settings: str) -> None:
        """Start the server, perhaps with other settings, and wait until it answers."""
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        log = self.socket / "log"
        self._run("pg_ctl", "-D", self.data, "-w", "-l", log, "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """Stop it: ``fast`` in good order, ``immediate`` as a crash does."""
        self._run("pg_ctl", "-D", self.data, "-w", "-m", how, "stop")

    def ask(
        self, statement: str, *, database: str = "postgres", user: str = "postgres"
    ) -> list[Any]:
        """Run one statement, each in its own transaction, and give the rows."""
        with self.connect(database, user) as connection:
            answer = connection.execute(statement)
            return answer.fetchall() if answer.description else []

    @contextmanager
    def connect(self, database: str, user: str = "postgres") -> Iterator[psycopg.Connection[Any]]:
        """Connect as an administrator's own program would, without Ostiary."""
        with psycopg.connect(
            dbname=database, user=user, host=str(self.socket), port=_PORT, autocommit=True
        ) as connection:
            yield connection

    def new_database(self, template: str = "template1") -> str:
        """Make a database that ``keeper`` owns, perhaps as a copy; give its name."""
        self._count += 1
        name = f"office_{os.getpid()}_{self._count}"
        self.ask(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template} STRATEGY file_copy")
        return name

    def kept_database(self, name: str) -> str:
        """Give a database that ``keeper`` owns, made when there is none of this name."""
        if not self.ask(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):
            self.ask(f"CREATE DATABASE {name} OWNER {OWNER}")
        return name

    def url(self, database: str, user: str = OWNER) -> str:
        """Give the URL of a database."""
        return f"postgresql://{user}@:{_PORT}/{database}?host={self.socket}"

    def _run(self, program: str, *arguments: object) -> None:
        subprocess.run(
            [self._programs / program, *map(str, arguments)],
            check=True,
            stdout=subprocess.DEVNULL,
            user=_unprivileged(),
            cwd=self.socket,
        )


@contextmanager
def running_server(near: Path = _IN_MEMORY) -> Iterator[Server]:
    """Give a server for as long as the block lasts.

    Args:
        near: where its folder is made; the system's temporary folder when it cannot be there.

    Raises:
        LookupError: no PostgreSQL server is installed.
    """
    programs = server_programs()
    if programs is None:
        raise LookupError("no PostgreSQL server is installed: on Debian, package `postgresql`")
    where = near if os.access(near, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="ostiary-pg-", dir=where) as made:
        folder = Path(made)
        os.chown(folder, pwd.getpwnam(_unprivileged() or getpass.getuser()).pw_uid, -1)
        server = Server(programs, folder)
        server.make()
        try:
            yield server
        finally:
            server.stop("immediate")


@contextmanager
def kept_server(folder: Path) -> Iterator[Server]:
    """Give a server whose data stays in a folder; it is stopped in good order.

    Raises:
        LookupError: no PostgreSQL server is installed.
    """
    programs = server_programs()
    if programs is None:
        raise LookupError("no PostgreSQL server is installed: on Debian, package `postgresql`")
    server = Server(programs, folder)
    if not (folder / "data").is_dir():
        folder.mkdir(parents=True)
        os.chown(folder, pwd.getpwnam(_unprivileged() or getpass.getuser()).pw_uid, -1)
        server.make()
        server.stop()
    # Each thread of a served office has two connections: to its cases and to its own tables.
    server.start(shared_buffers="256MB", max_connections="200")
    try:
        yield server
    finally:
        server.stop()


def _unprivileged() -> str | None:
    """The server refuses to run as root: then it runs as the user that its package made."""
    return "postgres" if os.geteuid() == 0 else None
