"""Entering an office to work: what an earlier step left unfinished is finished first.

Every step commits before it writes the files that follow from it. So whatever was cut short, the
case store knows what is missing, and laying it out again changes nothing that is there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

from ostiary.domain.errors import FaultError, InputError, OfficeError
from ostiary.office.batches.batch_folder import drop_unnamed, finish_interrupted
from ostiary.office.batches.reference_loading import log_missing_load
from ostiary.office.cases.context import OPEN
from ostiary.office.cases.looks_in_custody import tell_custody
from ostiary.office.cases.steps import tell_missing
from ostiary.office.folder.clock import check_clock
from ostiary.office.folder.layout import open_office
from ostiary.office.folder.rotation import finish_rotation, show_keys
from ostiary.office.folder.session import OfficeSession, drop_dead_scratch, now
from ostiary.office.release.delivery import deliver, prove_again
from ostiary.office.release.disposal import finish_disposal
from ostiary.office.release.recall import lay_out_notices
from ostiary.office.rulings.content_digests import content_digests_of
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.log.entries import read_entry

_ENOUGH = 3  # digests that are compared


@contextmanager
def at_work(root: Path, *, on: date | None = None) -> Iterator[OfficeSession]:
    """Open an office to work in; publish its log at the end, also when the work was refused.

    Args:
        root: the office.
        on: the legal day, when it is not today's.

    Raises:
        InputError: no office, or ``on`` in an office that is not for training.
        OfficeError: the clock stands before the office's last entry.
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
        place = OfficeSession(office, store, now(on), partial(OPEN.soon, office.reference))
        check_clock(place)
        _check_secret(place)
        _begin_log(place)
        finish_rotation(place)
        show_keys(place)
        _finish_past(place)
        try:
            yield place
        finally:
            place.publish()


def _check_secret(place: OfficeSession) -> None:
    """See that the office's secret is the one that its requests were digested with.

    With another one nobody would be known who has been asked about, and no request that repeats.
    One request whose digest does not open may have been changed; when none opens, it is the secret.
    The latest requests of which the office keeps what they say are asked, however long ago they
    came: what was returned, and what was destroyed, tells nothing.

    Raises:
        FaultError: it is another one.
    """
    opened = []
    for one in place.store.latest_kept(_ENOUGH):
        told = content_digests_of(place.secret_text(), one.salt or "", one.payload or "")
        opened.append(one.content in told)
    if len(opened) > 1 and not any(opened):
        raise FaultError(
            "the office's secret is not the one with which its requests were entered:"
            f" {place.office.keys / 'secret'}; restore it from the office's backup"
        )


def _begin_log(place: OfficeSession) -> None:
    """Begin the log of a new office with the entry that says what it is, or see that it is that.

    Raises:
        OfficeError: the settings name another profile than the office was opened with.
    """
    config = place.office.config
    if place.store.log_size():
        opened = read_entry(place.store.entry(0).body)
        if opened.type == "office.opened" and opened["profile"] != config.profile:
            raise OfficeError(
                f"the office was opened with the profile {opened['profile']}, by its log",
                where="office.toml: profile",
                cure=f'write "{opened["profile"]}"; another profile is another office',
            )
        return
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


def _finish_past(place: OfficeSession) -> None:
    """Publish what was committed, finish batch folders and answers, clear away what was not."""
    checkpoint = place.publish(ask_again=True)
    log_missing_load(place)
    drop_dead_scratch(place.office.root)
    drop_unnamed(place)
    if place.store.pending_batches():
        with place.scratch() as con:
            finish_interrupted(place, place.read_law(con), checkpoint)
    if place.store.undelivered():
        deliver(place)
    prove_again(place)
    if not all(one.done for one in place.store.disposals()):
        finish_disposal(place)
    if not all(one.delivered for one in place.store.recalls()):
        lay_out_notices(place)
    tell_custody(place)
    tell_missing(place)
