"""How long the server waits for a client, and for how many: bounds of our own over waitress.

1. A request that has begun to come must have come whole within a minute; a client that sends a byte
   now and then is cut off like one that sends none.
2. Of one address there are no more than some connections at a time, as the office's settings say:
   many programs of an agency come from one. Behind a proxy all clients have one address, and the
   proxy counts.
3. What waits for nothing is closed after some seconds, so that nobody holds a place by silence.
4. Who asks and takes nothing of the answer is closed: what is not taken fills memory, and past
   waitress's high water the thread that answers waits for the client.
5. Requests that come before the answers to earlier ones have left are answered up to a few; then
   the connection ends, and the client asks for the rest again (RFC 9112, section 9.3.2).
6. Who asks before sending (``Expect: 100-continue``) what is refused by its head alone is told so,
   and not to go on (RFC 9110, section 10.1.1).
"""

import time
from dataclasses import dataclass
from typing import Any, cast

from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer

from ostiary.faces.server.early_refusals import EarlyRefusal
from ostiary.faces.server.one_reading import OneReadingParser


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the server allows.

    Attributes:
        whole_request: seconds in which a request must have come whole.
        idle: seconds that a connection may say nothing.
        connections: how many there may be.
        of_one_address: how many of one address; None for no bound, as where a proxy stands before.
        untaken: seconds in which a client has to take some of what waits for it.
        ahead: requests that a client may send before it has the answer to the first of them.
    """

    whole_request: float = 60
    idle: float = 20
    connections: int = 1_000
    of_one_address: int | None = 200
    untaken: float = 60
    ahead: int = 8


class BoundedChannel(HTTPChannel):
    """A connection that knows since when its request has been coming."""

    coming_since: float | None = None
    error_task_class = EarlyRefusal
    parser_class = OneReadingParser

    def received(self, data: bytes) -> Any:
        """Take bytes in, and note when the first of an unfinished request came."""
        taken = super().received(data)
        if self.request is None:
            self.coming_since = None
        elif self.coming_since is None:
            self.coming_since = time.time()
        self._end_with_the_last()
        return taken

    def _end_with_the_last(self) -> None:
        """Keep as many requests as may wait; the connection ends with the last of them."""
        most = cast("BoundedServer", self.server).bounds.ahead
        with cast("Any", self).requests_lock:  # waitress's own; its stubs do not know it
            waiting = cast("list[Any]", self.requests)
            if len(waiting) > most:
                for dropped in waiting[most:]:
                    dropped.close()
                del waiting[most:]
                waiting[-1].headers["CONNECTION"] = "close"

    def send_continue(self) -> None:
        """Tell a client to go on, unless its request is refused already."""
        if self.request is not None and self.request.error is None:
            super().send_continue()


class BoundedServer(TcpWSGIServer):
    """Waitress's server within bounds.

    Args:
        bounds: what it allows.
        arguments: those of waitress's server.
    """

    channel_class = BoundedChannel

    def __init__(self, *arguments: Any, bounds: Bounds, **more: Any) -> None:
        self.bounds = bounds
        super().__init__(*arguments, **more)

    def handle_accept(self) -> None:
        """Take a connection, unless its address has as many as it may have."""
        super().handle_accept()
        most = self.bounds.of_one_address
        if most is None or not self.active_channels:
            return
        *_, last = self._channels()
        same = sum(one.addr[0] == last.addr[0] for one in self._channels())
        if same > most:
            last.handle_close()

    def maintenance(self, now: Any) -> None:
        """Close what says nothing, what has been coming for too long, and what nobody takes."""
        super().maintenance(now)
        since, taken = now - self.bounds.whole_request, now - self.bounds.untaken
        for channel in self._channels():
            if channel.coming_since is not None and channel.coming_since < since:
                channel.will_close = True
            if channel.total_outbufs_len and channel.last_activity < taken:
                channel.handle_close()  # `will_close` waits until the client takes something

    def _channels(self) -> list[BoundedChannel]:
        """Give the open connections, the latest last."""
        return list(cast("dict[int, BoundedChannel]", self.active_channels).values())
