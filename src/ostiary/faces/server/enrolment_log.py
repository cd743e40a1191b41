"""The log entries about who may come in: committed before the change is made, never after it.

The people of the web office stand in tables beside the case store, and an officer's key in a file
as well, so one transaction cannot hold it all. The entry comes first. When the change then fails,
or the machine stops between the two, the log tells of an act that did not take place, and the
administrator, whose command failed, does it again. No access changes without its entry.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from ostiary.faces.server.models import Person
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import Site
from ostiary.office.folder.log_marks import marks_in, requester_key, staff_key
from ostiary.office.store import NewEntry
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.log.commitments import SALT_BYTES, commit, field_salt
from ostiary.verifying.log.entries import instant

LABEL = "requester"
"""Label of the commitment to a requester's id."""

_HEADING = b"ostiary requester salt v1\n"


@contextmanager
def logged(site: Site, person: Person, act: str, by: str = "") -> Iterator[None]:
    """Store the entry that tells of a change to somebody's access, then let the change be made.

    The change is what the ``with`` block does, all or nothing in the web office's own tables. Check
    before it what could be refused: the entry stays. The log is published at the end.

    Args:
        site: the office.
        person: whose access changes; need not be stored yet.
        act: one of the vocabulary's ``ACCESS_ACTS``.
        by: the administrator who makes the change on a page; empty for a command.

    Raises:
        InputError, OfficeError: the entry cannot be stored; the block is not entered.
    """
    with site.working() as place:
        with place.store.write() as txn:  # the clock is read when nobody else can write any more
            at = site.place().moment.at
            change = txn.log(_entry(person, act, at))
            if by:
                txn.log(journal_entry("access.managed", at=at, administrator=by, change=change))
        with transaction.atomic():
            yield


def requester_salt(person: Person) -> str:
    """Give what opens the commitment to a requester's id, with the label and the id.

    It is derived from the 32 random bytes of ``handle``, which are kept with the person.
    """
    return field_salt(_salt(person), LABEL)


def has_ended(site: Site, person: Person, made_at: datetime) -> bool:
    """Whether the log says that somebody's access has ended since a key or binding was made.

    The web office's own tables say so too, and whoever edits them can have them say what they said
    before; the log goes on.

    Args:
        site: the office.
        person: whose access it is.
        made_at: when the passkey was enrolled, or the person bound to a provider's subject.
    """
    store = site.office.store
    told = marks_in(store).read(store).access.get(_key(person))
    return told is not None and (told.act == "ended" or instant(made_at) < told.ended)


def _key(person: Person) -> str:
    if person.role == Role.REQUESTER:
        return requester_key(person.agency, _committed(person))
    return staff_key(person.role, person.name)


def _committed(person: Person) -> str:
    return commit(_salt(person), LABEL, person.name)


def _entry(person: Person, act: str, at: str) -> NewEntry:
    if person.role == Role.REQUESTER:
        return journal_entry(
            "requester.changed", at=at, agency=person.agency, person=_committed(person), act=act
        )
    return journal_entry("staff.changed", at=at, role=person.role, person=person.name, act=act)


def _salt(person: Person) -> str:
    return sha256(_HEADING + bytes(person.handle)).hexdigest()[: 2 * SALT_BYTES]
