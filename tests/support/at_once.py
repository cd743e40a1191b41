"""Starts several at the same moment, and has them meet again where a race would be lost."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ostiary.verifying.keys.files import SigningKey

_PATIENCE = 60.0  # seconds after which a test is given up
_MEETING = 0.25  # seconds that a signature waits for the others: they may be kept apart


def at_once(steps: Sequence[Callable[[], Any]]) -> list[Any]:
    """Take each step in a thread of its own, all at once; give what each gave, or its error."""
    begin = threading.Barrier(len(steps))
    got: list[Any] = [None] * len(steps)

    def take(number: int) -> None:
        begin.wait(_PATIENCE)
        try:
            got[number] = steps[number]()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            got[number] = error

    threads = [threading.Thread(target=take, args=(number,)) for number in range(len(steps))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_PATIENCE)
    return got


class Meeting:
    """A stage of a run at which all runs wait for each other, the first time they come there."""

    def __init__(self, many: int, stage: str) -> None:
        self._barrier = threading.Barrier(many)
        self._stage = stage
        self._met: set[int] = set()

    def __call__(self, stage: str) -> None:
        """Wait for the others at the stage."""
        if stage == self._stage and threading.get_ident() not in self._met:
            self._met.add(threading.get_ident())
            self._barrier.wait(_PATIENCE)


class MeetingKey(Ed25519PrivateKey):
    """An officer's key that signs when others are about to sign too, or when none comes."""

    def __init__(self, key: SigningKey, meeting: threading.Barrier) -> None:
        self._key = key
        self._meeting = meeting

    def sign(self, data: bytes) -> bytes:
        """Sign."""
        with suppress(threading.BrokenBarrierError):
            self._meeting.wait(_MEETING)
        return self._key.sign(data)

    def public_key(self) -> Ed25519PublicKey:
        """Give the public half."""
        return self._key.public_key()

    def private_bytes(self, *_: Any) -> bytes:
        """Give nothing."""
        raise NotImplementedError

    def private_bytes_raw(self) -> bytes:
        """Give nothing."""
        raise NotImplementedError

    def __copy__(self) -> "MeetingKey":
        """Give itself."""
        return self

    def __deepcopy__(self, _: Any) -> "MeetingKey":
        """Give itself."""
        return self
