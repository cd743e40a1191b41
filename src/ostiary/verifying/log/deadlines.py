"""Reading from a socket by a moment: whoever sends one byte a second does not hold us for ever.

A socket's own timeout begins anew with each byte that arrives; a deadline does not.
"""

import io
import socket
import time
from typing import Any


class Deadline:
    """A moment that can be set again.

    Args:
        seconds: how far away it is set.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = 0.0
        self.reset()

    def reset(self) -> None:
        """Set it again, as far away as before."""
        self._end = time.monotonic() + self._seconds

    def left(self) -> float:
        """Give the seconds that are left.

        Raises:
            TimeoutError: none are.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the other side is too slow")
        return left


class DeadlineReader(io.RawIOBase):
    """What arrives on a socket before a deadline.

    Args:
        connection: the socket; closing the reader leaves it open.
        deadline: reading after it raises ``TimeoutError``.
    """

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        super().__init__()
        self._connection = connection
        self._deadline = deadline
        # A socket that is closed lives on for as long as a file of it is open. ``http.client``
        # closes it before the content is read when the other side will not keep the connection.
        self._open = connection.makefile("rb", buffering=0)

    def close(self) -> None:
        """Let go of the socket."""
        self._open.close()
        super().close()

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Wait for some bytes, but not beyond the deadline."""
        self._connection.settimeout(self._deadline.left())
        return self._connection.recv_into(buffer)


class DeadlineSocket:
    """A socket as :mod:`http.client` uses one, with a deadline over everything.

    Args:
        connection: the connected socket.
        deadline: for all that is sent and read.
    """

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._connection = connection
        self._deadline = deadline

    def sendall(self, content: bytes) -> None:
        """Send everything before the deadline."""
        self._connection.settimeout(self._deadline.left())
        self._connection.sendall(content)

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:
        """Give a reader; ``http.client`` reads answers through it."""
        return io.BufferedReader(DeadlineReader(self._connection, self._deadline))

    def close(self) -> None:
        """Close the socket."""
        self._connection.close()
