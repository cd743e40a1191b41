"""The log entries about who may come in: committed before the change is made, never after it.

The people of the web office stand in tables beside the case store, and an officer's key in a file
as well, so one transaction cannot hold it all. The entry comes first. When the change then fails,
or the machine stops between the two, the log tells of an act that did not take place, and the
administrator, whose command failed, does it again. No access changes without its entry.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from ostiary.faces.server.doors import (
    LABEL,
    binding_door,
    committed,
    key_of,
    passkey_door,
    salt_of,
)
from ostiary.faces.server.orm import Binding, Passkey, Person
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import Site
from ostiary.office.folder.log_marks import marks_in
from ostiary.office.store import NewEntry
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.log.commitments import field_salt
from ostiary.verifying.log.entries import instant


@contextmanager
def logged(site: Site, person: Person, act: str, by: str = "", door: str = "") -> Iterator[None]:
    """Store the entry that tells of a change to somebody's access, then let the change be made.

    The change is what the ``with`` block does, all or nothing in the web office's own tables. Check
    before it what could be refused: the entry stays. The log is published at the end.

    Args:
        site: the office.
        person: whose access changes; need not be stored yet.
        act: one of the vocabulary's ``ACCESS_ACTS``.
        by: the administrator who makes the change on a page; empty for a command.
        door: the commitment to what opens by it, see :mod:`.doors`; empty when nothing does.

    Raises:
        InputError, OfficeError: the entry cannot be stored; the block is not entered.
    """
    with site.working() as place:
        with place.store.write() as txn:  # the clock is read when nobody else can write any more
            at = site.place().moment.at
            change = txn.log(_entry(person, act, at))
            if door:
                txn.log(journal_entry("door.opened", at=at, change=change, door=door))
            if by:
                txn.log(journal_entry("access.managed", at=at, administrator=by, change=change))
        with transaction.atomic():
            yield


def enter_doors_found(site: Site) -> None:
    """Enter by what people come in whom an earlier version let in; once for an office.

    Raises:
        OfficeError: the entries cannot be stored.
    """
    store = site.office.store
    if not marks_in(store).read(store).doors.are_to_be_found:
        return
    with site.working() as place, place.store.write() as txn:
        if not marks_in(store).read(store).doors.are_to_be_found:
            return  # another server has done it meanwhile
        at, found = site.place().moment.at, list(_doors_found(site))
        for person, act, door in found:
            change = txn.log(_entry(person, act, at))
            txn.log(journal_entry("door.opened", at=at, change=change, door=door))
        txn.log(journal_entry("doors.found", at=at, doors=len(found)))


def _doors_found(site: Site) -> Iterator[tuple[Person, str, str]]:
    """Give who comes in by what, by tables that no log bears out."""
    passkeys = Passkey.objects.select_related("person").order_by("id")
    for one in passkeys.filter(confirmed_at__isnull=False, revoked_at=None, person__ended_at=None):
        if not has_ended(site, one.person, one.enrolled_at):
            yield one.person, "confirmed", passkey_door(one)
    for bound in Binding.objects.select_related("person").filter(person__ended_at=None):
        if not has_ended(site, bound.person, bound.bound_at):
            yield bound.person, "bound", binding_door(bound)


def requester_salt(person: Person) -> str:
    """Give what opens the commitment to a requester's id, with the label and the id.

    It is derived from the 32 random bytes of ``handle``, which are kept with the person.
    """
    return field_salt(salt_of(person), LABEL)


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
    told = marks_in(store).read(store).access.get(key_of(person))
    return told is not None and (told.act == "ended" or instant(made_at) < told.ended)


def _entry(person: Person, act: str, at: str) -> NewEntry:
    if person.role == Role.REQUESTER:
        return journal_entry(
            "requester.changed",
            at=at,
            agency=person.agency,
            person=committed(person),
            act=act,
        )
    return journal_entry("staff.changed", at=at, role=person.role, person=person.name, act=act)
