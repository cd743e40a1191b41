"""Has the published checkpoint time-stamped; once a day is a good habit.

An authority on the network is asked directly. For one that is not, the query is written to a file,
carried there, and the response is carried back.
"""

from pathlib import Path

from ostiary.domain.errors import InputError
from ostiary.office.folder.session import OfficeSession
from ostiary.verifying.log.checkpoints import unverified_checkpoint
from ostiary.verifying.log.faults import StampError
from ostiary.verifying.log.stamped_log import await_stamp, awaiting, keep_stamp, stamped_sizes
from ostiary.verifying.log.tiles import CHECKPOINT_PATH
from ostiary.verifying.log.time_stamps import (
    MAX_TOKEN,
    OtherContentError,
    ask_authority,
    stamp_query,
    stamped_content,
)


def stamp(place: OfficeSession, address: str) -> tuple[int, bool]:
    """Have the published checkpoint stamped by an authority on the network.

    Returns:
        The checkpoint's size, and whether it is a new stamp: an unchanged log needs none.

    Raises:
        InputError: the authority cannot be reached or refuses.
        StampError: it stamps something else.
    """
    folder, note = place.office.accounting, _published(place)
    size = unverified_checkpoint(note).size
    if size in stamped_sizes(folder):
        return size, False
    token = ask_authority(address, note)
    with place.publishing_alone():
        return keep_stamp(folder, note, token), True


def write_query(place: OfficeSession, target: Path) -> int:
    """Write the query for the published checkpoint to a file, and put the checkpoint aside.

    Returns:
        The checkpoint's size.
    """
    note = _published(place)
    with place.publishing_alone():
        await_stamp(place.office.accounting, note)
    target.write_bytes(stamp_query(note))
    return unverified_checkpoint(note).size


def take_response(place: OfficeSession, path: Path) -> int:
    """Take in the response to a query that was written before.

    Returns:
        The size of the checkpoint that it stamps.

    Raises:
        InputError: the file cannot be read.
        StampError: it stamps no checkpoint that a query was written for.
    """
    try:
        with path.open("rb") as file:
            token = file.read(MAX_TOKEN + 1)
    except OSError as error:
        raise InputError(
            "cannot read the response", where=str(path), cure=str(error.strerror).lower()
        ) from None
    folder = place.office.accounting
    with place.publishing_alone():
        for note in (*awaiting(folder), _published(place)):
            if _is_of(token, note):
                return keep_stamp(folder, note, token)
    raise StampError("the time-stamp is of no checkpoint that a query was written for")


def _is_of(token: bytes, note: bytes) -> bool:
    try:
        stamped_content(token, note)
    except OtherContentError:
        return False
    return True


def _published(place: OfficeSession) -> bytes:
    return (place.office.accounting / CHECKPOINT_PATH).read_bytes()
