"""How long the server waits for a client, and for how many: bounds of our own over waitress.

1. A request that has begun to come must have come whole within a minute; a client that sends a byte
   now and then is cut off like one that sends none.
2. Of one address there are no more than some connections at a time, as the office's settings say:
   many programs of an agency come from one. Behind a proxy all clients have one address, and the
   proxy counts.
3. What waits for nothing is closed after some seconds, so that nobody holds a place by silence.
"""

import time
from dataclasses import dataclass
from typing import Any, cast

from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the server allows.

    Attributes:
        whole_request: seconds in which a request must have come whole.
        idle: seconds that a connection may say nothing.
        connections: how many there may be.
        of_one_address: how many of one address; None for no bound, as where a proxy stands before.
    """

    whole_request: float = 60
    idle: float = 20
    connections: int = 1_000
    of_one_address: int | None = 200


class BoundedChannel(HTTPChannel):
    """A connection that knows since when its request has been coming."""

    coming_since: float | None = None

    def received(self, data: bytes) -> Any:
        """Take bytes in, and note when the first of an unfinished request came."""
        taken = super().received(data)
        if self.request is None:
            self.coming_since = None
        elif self.coming_since is None:
            self.coming_since = time.time()
        return taken


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
        """Close what says nothing, and what has been coming for too long."""
        super().maintenance(now)
        since = now - self.bounds.whole_request
        for channel in self._channels():
            if channel.coming_since is not None and channel.coming_since < since:
                channel.will_close = True

    def _channels(self) -> list[BoundedChannel]:
        """Give the open connections, the latest last."""
        return list(cast("dict[int, BoundedChannel]", self.active_channels).values())
