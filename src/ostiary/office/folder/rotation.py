"""Changing the keys that sign the log, so that a stop at any moment is mended.

1. New keys are made beside the present ones.
2. The entry ``key.changed`` is committed; it names both by digest.
3. The present keys sign a last checkpoint, which holds the entry. Nothing else can be published
   between the two: the lock of the published log is held.
4. The new keys take the place of the old ones. ``custodian.pub`` tells where the old ones ended.

A stop before step 2 never happened; a stop after it is finished when the office is next entered.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ostiary.domain.errors import FaultError, KeyFileError
from ostiary.office.folder.key_rotation import (
    drop_next,
    finish_switch,
    is_cut,
    next_keys,
    prepare_next,
    retire,
)
from ostiary.office.folder.session import OfficeSession
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.answers.trust import MOST_EARLIER, TRUST_FILE, Trust, read_trust, write_trust
from ostiary.verifying.log.checkpoints import Checkpoint
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.key_changes import keys_digest
from ostiary.verifying.log.vkeys import Verifier


@dataclass(frozen=True, slots=True)
class Rotation:
    """A change of keys that is done.

    Attributes:
        old: the keys given up.
        new: the keys taken up.
        last: the last checkpoint of the old keys.
        trust: what the office publishes as its keys now.
    """

    old: tuple[Verifier, ...]
    new: tuple[Verifier, ...]
    last: Checkpoint
    trust: Trust


def rotate_keys(place: OfficeSession, *, stolen: bool = False) -> Rotation:
    """Give the log new keys.

    Args:
        place: the office.
        stolen: believe nothing more that the old keys signed, but for their last checkpoint.

    Returns:
        What changed.

    Raises:
        KeyFileError: keys have been changed so often that no key file could tell of it.
    """
    if len(place.retired) >= MOST_EARLIER:
        raise KeyFileError(
            f"the keys of this log have been changed {MOST_EARLIER} times",
            where=str(place.office.keys),
            cure="no key file tells of more; begin another office",
        )
    keys, old = place.office.keys, place.log_keys
    with place.publishing_alone():
        drop_next(keys)
        prepare_next(keys, place.office.config.profile, stolen=stolen)
        _log_change(place)
        last = _switch(place)
    return Rotation(old, place.log_keys, last, show_keys(place))


def finish_rotation(place: OfficeSession) -> None:
    """Finish a change of keys that was cut short after its entry; drop one that has none."""
    keys = place.office.keys
    if next_keys(keys) is None and not is_cut(keys):
        return
    with place.publishing_alone():  # nobody makes keys meanwhile: what is half made is of a cut
        if next_keys(keys) is not None and _is_logged(place):
            _switch(place)
        drop_next(keys)


def show_keys(place: OfficeSession) -> Trust:
    """Put the office's public keys beside what they check: the published log and the answers.

    Raises:
        FaultError: what stands there tells of keys that did not give way to the present ones.
    """
    release = place.office.release_key().public_key()
    log, *beside = place.log_keys
    trust = Trust(place.origin, log, (release,), tuple(beside), place.retired)
    for folder in (place.office.accounting, place.office.answers):
        folder.mkdir(exist_ok=True)
        path = folder / TRUST_FILE
        if path.exists():
            _check_shown(path, trust)
        if not path.exists() or _is_older(path, trust):
            write_trust(path, trust)
    return trust


def _check_shown(path: Path, trust: Trust) -> None:
    """See that keys changed by a change of keys alone: nobody exchanges them under the office.

    Raises:
        FaultError: they did not.
    """
    try:
        shown = read_trust(path)
    except KeyFileError:
        return
    before = [set(_texts(one.keys)) for one in trust.earlier]
    logs = set(_texts(shown.logs))
    has_changed = logs != set(_texts(trust.logs)) and logs not in before
    if shown.origin == trust.origin and not has_changed and shown.release == trust.release:
        return
    which = "the log" if has_changed else "the answers"
    raise FaultError(
        f"the office has other keys that sign {which} than it has shown, and no change of keys"
        f" stands between them: {path}; restore the folder `keys`, or this file, from the office's"
        " backup, whichever was exchanged"
    )


def _texts(keys: Iterable[Verifier]) -> Iterator[str]:
    return (one.vkey for one in keys)


def _is_older(path: Path, trust: Trust) -> bool:
    """Whether a key file tells of other keys of the log."""
    try:
        shown = read_trust(path)
    except KeyFileError:
        return False
    return (shown.logs, shown.earlier) != (trust.logs, trust.earlier)


def _log_change(place: OfficeSession) -> None:
    new, stolen = _next(place)
    entry = journal_entry(
        "key.changed",
        at=place.moment.at,
        old=keys_digest(place.log_keys),
        new=keys_digest(new),
        stolen=stolen,
    )
    with place.store.write() as txn:
        txn.log(entry)


def _switch(place: OfficeSession) -> Checkpoint:
    """Have the present keys sign for the last time, then put the next ones in their place."""
    last = place.publish_held()
    retire(place.office.keys, last.note, last.size)
    finish_switch(place.office.keys)
    return last


def _is_logged(place: OfficeSession) -> bool:
    """Whether an entry of the log names the next keys."""
    digest = keys_digest(_next(place)[0])
    return any(read_entry(body)["new"] == digest for body in _changes(place))


def _changes(place: OfficeSession) -> Iterator[bytes]:
    return (body for body in place.store.entries_from(0) if b'"type":"key.changed"' in body)


def _next(place: OfficeSession) -> tuple[tuple[Verifier, ...], bool]:
    found = next_keys(place.office.keys)
    if found is None:
        raise KeyFileError("no change of keys is under way", where=str(place.office.keys))
    keys, stolen = found
    return tuple(Verifier(place.origin, key.public_key()) for key in keys), stolen
