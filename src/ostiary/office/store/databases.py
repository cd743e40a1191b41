"""Where cases are kept: an SQLite file or a PostgreSQL database, named by a URL.

    sqlite:///FILE                              beside office.toml
    sqlite:////FOLDER/FILE                      elsewhere
    postgresql://USER@HOST:PORT/DATABASE        PORT and USER may be left out
    postgresql:///DATABASE?host=/SOCKET/FOLDER  by a Unix socket

A URL says where and as whom, and how the connection is protected; it cannot say how commits are
made. Options are those of libpq that do the former; any other is refused.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from ostiary.domain.errors import OfficeError
from ostiary.office.store.sqlite.kept import KeptConnection

DEFAULT_DATABASE = "sqlite:///cases.db"
BUSY_SECONDS = 30
SQLITE_OPTIONS: Final = {
    "timeout": BUSY_SECONDS,
    "transaction_mode": "IMMEDIATE",
    "factory": KeptConnection,
}
"""How every file of SQLite is opened."""
SCHEMA_NAME = "ostiary"
CLERK = "ostiary_clerk"
"""The role that works in offices: it may add rows, and change next to nothing."""

_SQLITE = "sqlite:///"
_POSTGRES = ("postgresql", "postgres")
# https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
_OPTIONS = (
    "connect_timeout",
    "gssencmode",
    "host",
    "passfile",
    "port",
    "require_auth",
    "sslcert",
    "sslcrl",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "target_session_attrs",
)
_NAME = re.compile(r"[^\x00-\x1f\x7f/]{1,63}")
CURE = (
    f'write "{DEFAULT_DATABASE}", sqlite:/// and a path, or postgresql://USER@HOST/DATABASE with'
    f" one of the options {', '.join(_OPTIONS)}"
)


@dataclass(frozen=True, slots=True)
class SqliteDatabase:
    """A case store in a file.

    Attributes:
        path: the file.
    """

    path: Path

    @property
    def where(self) -> str:
        """Name the store in messages."""
        return str(self.path)

    def settings(self, *, owner: bool) -> dict[str, Any]:  # noqa: ARG002 - a file has one owner
        """Give Django's settings for a connection."""
        return {
            "ENGINE": "django.db.backends.sqlite3",
            # `mode=rw` never makes a file: an empty new one must not stand in for a lost one.
            "NAME": f"{self.path.resolve().as_uri()}?mode=rw",
            "OPTIONS": SQLITE_OPTIONS,
            "CONN_MAX_AGE": None,  # a server keeps it, see ostiary.office.store.sqlite.kept
        }


@dataclass(frozen=True, slots=True)
class PostgresDatabase:
    """A case store in a PostgreSQL database, in a schema of its own.

    Attributes:
        name: the database.
        user: who logs in; the system's user when empty.
        password: empty where the server trusts the user, or a password file says it.
        host: name, address, or folder of a socket; libpq's default when empty.
        port: libpq's default when empty.
        options: further parameters of the connection.
    """

    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def where(self) -> str:
        """Name the store in messages, without a password."""
        return f"postgresql://{self.host}{f':{self.port}' if self.port else ''}/{self.name}"

    def settings(self, *, owner: bool) -> dict[str, Any]:
        """Give Django's settings for a connection, of the tables' owner or of the clerk."""
        options: dict[str, Any] = {
            "application_name": "ostiary",
            "connect_timeout": BUSY_SECONDS,
            "options": f"-c search_path={SCHEMA_NAME} -c lock_timeout={BUSY_SECONDS}s",
            **dict(self.options),
        }
        if not owner:
            options["assume_role"] = CLERK
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": self.port,
            "OPTIONS": options,
        }


Database = SqliteDatabase | PostgresDatabase


def read_database(url: Any, root: Path) -> Database:
    """Read the URL of a case store.

    Args:
        url: what ``office.toml`` or a person says.
        root: the office's folder, beside which a relative path lies.

    Raises:
        OfficeError: it names no database, or has an option that is not known; a URL may hold a
            password and is not repeated.
    """
    found: Database | None = None
    if isinstance(url, str) and re.fullmatch(rf"{_SQLITE}[^?#]*[^/?#]", url):
        found = SqliteDatabase(root / url.removeprefix(_SQLITE))
    elif isinstance(url, str) and url.partition("://")[0] in _POSTGRES:
        found = _postgres(url)
    if found is None:
        raise OfficeError("`database` will not do", cure=CURE)
    return found


def _postgres(url: str) -> PostgresDatabase | None:
    """Read a PostgreSQL URL; None when it is none that will do."""
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
        options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    except ValueError:
        return None
    name = unquote(parts.path.removeprefix("/"))
    if not _NAME.fullmatch(name) or parts.fragment or not options.keys() <= set(_OPTIONS):
        return None
    return PostgresDatabase(
        name=name,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=options.pop("host", "") or _host(parts),
        port=options.pop("port", "") or port,
        options=tuple(sorted(options.items())),
    )


def _host(parts: SplitResult) -> str:
    """Give the host as it is written; a folder of sockets keeps its capital letters."""
    host = parts.netloc.rpartition("@")[2]
    if not host.endswith("]"):  # an address of version 6 has colons of its own
        name, colon, _ = host.rpartition(":")
        host = name if colon else host
    return unquote(host).removeprefix("[").removesuffix("]")
