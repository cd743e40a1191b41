"""Entries as a real log has them: one large batch, and a record examined for most requests."""

from collections.abc import Iterator
from hashlib import sha256

from ostiary.office.store import NewEntry
from ostiary.verifying.log.commitments import commitment_root
from ostiary.verifying.log.entries import make_entry
from ostiary.verifying.log.tree import leaf_hash

ORIGIN = "log.example/bench"
AT = "2025-08-06T09:00:00Z"
_DAY = "2025-08-06"
_BATCH = 50_000
_EXAMINED = 36_000  # of the requests of a batch, as in docs/benchmarks.md


def digest(text: str) -> str:
    """Give a digest as entries hold them."""
    return f"sha256:{sha256(text.encode()).hexdigest()}"


def bodies(count: int) -> Iterator[bytes]:
    """Give the first ``count`` entries of a long log that verifies wherever it is cut by batch."""
    made = _all()
    for _ in range(count):
        yield next(made)


def hashed(body: bytes) -> NewEntry:
    """Hash an entry, as the journal does for each that is stored."""
    return NewEntry(body, leaf_hash(body))


def whole_batches(count: int) -> int:
    """Give the largest number of entries, up to ``count``, at which a batch ends."""
    batch = 1 + _BATCH + _EXAMINED
    return 2 + (count - 2) // batch * batch


def _all() -> Iterator[bytes]:
    yield make_entry("office.opened", at=AT, origin=ORIGIN, profile="modern", training=False)
    law = {name: digest(name) for name in ("book", "orders", "registers", "derivations")}
    yield make_entry("law.adopted", at=AT, **law)
    first, batch = 2, 0
    while True:
        yield from _batch(f"b-{batch}", first)
        first, batch = first + 1 + _BATCH + _EXAMINED, batch + 1


def _batch(name: str, first: int) -> Iterator[bytes]:
    statuses = [_status(number) for number in range(_BATCH)]
    contents = [digest(f"{name} {number}") for number in range(_BATCH)]
    yield make_entry(
        "batch.received",
        at=AT,
        batch=name,
        file=digest(name),
        received=_DAY,
        rows=_BATCH,
        row_errors=0,
        counts={status: statuses.count(status) for status in set(statuses)},
        root=commitment_root(contents),
    )
    frames = {status: _frame(name, status) for status in set(statuses)}
    for status, content in zip(statuses, contents, strict=True):
        yield frames[status].replace(b"0" * 64, content[7:].encode())
    accepted = [first + 1 + n for n, status in enumerate(statuses) if status == "accepted"]
    look = make_entry("record.examined", at=AT, of=0, outcome=digest(""), model=digest("model"))
    for of in accepted:
        outcome = sha256(b"%d" % of).hexdigest().encode()
        yield look.replace(b'"of":0', b'"of":%d' % of).replace(digest("")[7:].encode(), outcome)


def _status(number: int) -> str:
    if number % 25 < _EXAMINED * 25 // _BATCH:
        return "accepted"
    return "returned" if number % 2 else "suspended"


def _frame(batch: str, status: str) -> bytes:
    """An entry of a request whose digests are zeros, to be filled in."""
    zero = f"sha256:{'0' * 64}"
    return make_entry(
        "request.decided",
        at=AT,
        batch=batch,
        agency="dhs-ice",
        provision="/us/usc/t26/s6103/i/2",
        received=_DAY,
        status=status,
        mask="0" if status == "accepted" else "a0",
        book=digest("book"),
        request=zero,
        content=zero,
        facts=zero,
    )
