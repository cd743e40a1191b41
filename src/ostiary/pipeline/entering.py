"""Entering an office to work: what an earlier step left unfinished is finished first.

Every step commits before it writes the files that follow from it. So whatever was cut short, the
case store knows what is missing, and laying it out again changes nothing that is there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ostiary.accounting.journal import journal_entry
from ostiary.domain.errors import InputError
from ostiary.pipeline.batch_folder import drop_unnamed, finish_interrupted
from ostiary.pipeline.delivering import deliver
from ostiary.pipeline.reviewing import tell_missing
from ostiary.pipeline.workplace import Workplace, drop_dead_scratch, now
from ostiary.release.trust import Trust, write_trust
from ostiary.storage import open_office

TRUST_FILE = "custodian.pub"


@contextmanager
def at_work(root: Path, *, on: date | None = None) -> Iterator[Workplace]:
    """Open an office to work in; publish its log at the end, also when the work was refused.

    Args:
        root: the office.
        on: the legal day, when it is not today's.

    Raises:
        InputError: no office, or ``on`` in an office that is not for training.
        FaultError: the published log does not agree with the case store.
    """
    office = open_office(root)
    if on is not None and on != now().today and not office.config.training:
        raise InputError(
            "only a training office can set the day; the law of today decides",
            where="--on",
            cure="leave it out, or make the office with --training",
        )
    with office.store as store:
        place = Workplace(office, store, now(on))
        _begin_log(place)
        _show_keys(place)
        _finish_past(place)
        try:
            yield place
        finally:
            place.publish()


def _begin_log(place: Workplace) -> None:
    """Begin the log of a new office with the entry that says what it is."""
    if place.store.log_size():
        return
    config = place.office.config
    entry = journal_entry(
        "office.opened",
        at=place.moment.at,
        origin=config.origin,
        profile=config.profile,
        training=config.training,
    )
    with place.store.write() as txn:
        if txn.next_index == 0:
            txn.log(entry)


def _show_keys(place: Workplace) -> None:
    """Put the office's public keys beside what they check: the published log and the answers."""
    release = place.office.release_key().public_key()
    beside = tuple(signer.verifier for signer in place.beside)
    trust = Trust(place.origin, place.signer.verifier, (release,), beside)
    for folder in (place.office.accounting, place.office.answers):
        folder.mkdir(exist_ok=True)
        if not (folder / TRUST_FILE).exists():
            write_trust(folder / TRUST_FILE, trust)


def _finish_past(place: Workplace) -> None:
    """Publish what was committed, finish batch folders and answers, clear away what was not."""
    checkpoint = place.publish(ask_again=True)
    drop_dead_scratch(place.office.root)
    drop_unnamed(place)
    if place.store.pending_batches():
        with place.scratch() as con:
            finish_interrupted(place, place.read_law(con), checkpoint)
    if place.store.undelivered():
        deliver(place)
    tell_missing(place)
