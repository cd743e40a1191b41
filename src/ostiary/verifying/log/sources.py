"""Where a published log is read from: a folder, or a web address. Only bytes come through here."""

import http.client
import zlib
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import SplitResult, urlsplit

from ostiary.domain.errors import InputError
from ostiary.verifying.log.faults import TileError

_TIMEOUT_SECONDS = 30
_ABSENT = (404, 410)


class Source(Protocol):
    """Something that holds the files of a log. Use it as a context manager."""

    @property
    def name(self) -> str:
        """What to call it in a message."""

    def read(self, path: str, limit: int) -> bytes | None:
        """Give the bytes at a path below the log's prefix, or None when nothing is there.

        Raises:
            TileError: there is something, but it is longer than ``limit`` or cannot be read.
            InputError: the log as a whole cannot be reached.
        """

    def paths(self, below: str) -> list[str]:
        """List the files below a folder of the log; nothing where a place cannot be listed."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def open_source(place: str | Path) -> Source:
    """Open a log at a folder or an ``http(s)://`` address.

    Raises:
        InputError: neither such a folder nor such an address.
    """
    if isinstance(place, str) and place.startswith(("http://", "https://")):
        return UrlSource(place)
    folder = Path(place)
    if not folder.is_dir():
        raise InputError(
            "there is no published log here",
            where=str(place),
            cure="name the folder, or the http(s) address, that holds the file `checkpoint`",
        )
    return FolderSource(folder)


class FolderSource:
    """A log in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def name(self) -> str:
        """The folder's path."""
        return str(self._folder)

    def read(self, path: str, limit: int) -> bytes | None:
        """See :meth:`Source.read`."""
        try:
            with (self._folder / path).open("rb") as file:
                found = file.read(limit + 1)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise TileError(f"cannot be read ({error.strerror})", path=path) from None
        return _within(found, limit, path)

    def paths(self, below: str) -> list[str]:
        """See :meth:`Source.paths`."""
        found = (self._folder / below).rglob("*")
        return sorted(path.relative_to(self._folder).as_posix() for path in found if _is_file(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing is held open."""


class UrlSource:
    """A log behind a web server, over one connection that is kept open. Redirects are refused."""

    def __init__(self, address: str) -> None:
        self._address = urlsplit(address)
        self._connection = _connect(self._address)

    @property
    def name(self) -> str:
        """The log's address."""
        return self._address.geturl()

    def read(self, path: str, limit: int) -> bytes | None:
        """See :meth:`Source.read`."""
        try:
            return self._get(path, limit)
        except (http.client.HTTPException, OSError):
            self._connection.close()  # the server may have closed an idle connection: once more
        try:
            return self._get(path, limit)
        except (http.client.HTTPException, OSError):
            raise InputError(
                "the log cannot be reached",
                where=self.name,
                cure="check the address and the network, then run it again",
            ) from None

    def paths(self, below: str) -> list[str]:  # noqa: ARG002 - the web has no listing
        """See :meth:`Source.paths`: the web has no listing."""
        return []

    def _get(self, path: str, limit: int) -> bytes | None:
        target = f"{self._address.path.rstrip('/')}/{path}"
        self._connection.request("GET", target, headers={"Accept-Encoding": "gzip, identity"})
        with self._connection.getresponse() as response:
            body = response.read(limit + 1)
            if not response.isclosed():
                self._connection.close()  # more than we asked for: do not read on
            if response.status in _ABSENT:
                return None
            if response.status != http.HTTPStatus.OK:
                raise TileError(f"the server answers {response.status}", path=path)
            if response.headers.get("Content-Encoding") == "gzip":
                body = _unzip(body, limit, path)
            return _within(body, limit, path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()


def _connect(address: SplitResult) -> http.client.HTTPConnection:
    try:
        host, port = address.hostname or "", address.port
    except ValueError:
        host, port = "", None
    if not host:
        raise InputError("this is no web address", where=address.geturl())
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    return kind(host, port, timeout=_TIMEOUT_SECONDS)


def _unzip(body: bytes, limit: int, path: str) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(body, limit + 1)
    except zlib.error:
        raise TileError("the server sends broken gzip", path=path) from None


def _within(found: bytes, limit: int, path: str) -> bytes:
    if len(found) > limit:
        raise TileError(f"is longer than {limit} bytes", path=path)
    return found


def _is_file(path: Path) -> bool:
    return path.is_symlink() or not path.is_dir()
