"""Doors: by what somebody may come in, held to the log, never to the web office's tables alone.

A link, a passkey that waits, a passkey that counts and a binding are rows of the web office, and
whoever may edit its database may lay rows there. Each is committed to in the log, over everything
in its row that decides, with a salt derived from the 32 random bytes of the person; a row that the
log does not commit to, or no longer, opens nothing (:mod:`ostiary.office.folder.door_marks`).
"""

import json
from datetime import UTC, datetime
from hashlib import sha256

from ostiary.domain.errors import InputError
from ostiary.faces.server.orm import Binding, Enrolment, Passkey, Person
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import Site
from ostiary.office.folder.door_marks import Doors
from ostiary.office.folder.log_marks import Marks, marks_in, requester_key, staff_key
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.log.commitments import SALT_BYTES, commit

LABEL = "requester"
"""Label of the commitment to a requester's id."""

_HEADING = b"ostiary requester salt v1\n"


def salt_of(person: Person) -> str:
    """Give the salt of what the log says of a person, derived from their ``handle``."""
    return sha256(_HEADING + bytes(person.handle)).hexdigest()[: 2 * SALT_BYTES]


def committed(person: Person) -> str:
    """Commit to a requester's id."""
    return commit(salt_of(person), LABEL, person.name)


def key_of(person: Person) -> str:
    """Name a person as the marks of the log do."""
    if person.role == Role.REQUESTER:
        return requester_key(person.agency, committed(person))
    return staff_key(person.role, person.name)


def link_door(link: Enrolment) -> str:
    """Commit to a link: what opens it, until when, and who gave it."""
    return _door(link.person, "link", link.token_hash, _text(link.expires_at), link.link_by)


def waiting_door(passkey: Passkey) -> str:
    """Commit to a passkey that waits for its fingerprint to be compared."""
    return _passkey(passkey, "waiting")


def passkey_door(passkey: Passkey) -> str:
    """Commit to a passkey that counts."""
    return _passkey(passkey, "passkey")


def binding_door(binding: Binding) -> str:
    """Commit to whom the provider knows as somebody."""
    told = (binding.issuer, binding.subject, _text(binding.bound_at))
    return _door(binding.person, "binding", *told)


def stands(served: Site, person: Person, door: str) -> bool:
    """Whether the log says of a door that it stands, and is this person's."""
    return standing_doors(served).stands(key_of(person), door)


def standing_doors(served: Site) -> Doors:
    """Give the doors that the log says stand, for who asks about many people at one moment."""
    return _marks(served).doors


def is_borne_out(served: Site, passkey: Passkey) -> bool:
    """Whether the log says of a passkey that it counts, or that it waits."""
    door = passkey_door if passkey.confirmed_at else waiting_door
    return stands(served, passkey.person, door(passkey))


def log_use(served: Site, link: Enrolment, made: Passkey) -> None:
    """Store the entry that a link was used, before the passkey made by it is.

    Raises:
        InputError: the link has been used, or was never given, whatever its row says.
    """
    with served.working() as place, place.store.write() as txn:
        door = link_door(link)
        if not stands(served, link.person, door):
            raise InputError("this link has been used")
        at = served.place().moment.at
        txn.log(journal_entry("door.used", at=at, door=door, made=waiting_door(made)))


def _marks(served: Site) -> Marks:
    return marks_in(served.office.store).read(served.office.store)


def _passkey(one: Passkey, label: str) -> str:
    keys = (one.credential, one.public_key, bytes(one.cose).hex())
    return _door(one.person, label, *keys, _text(one.enrolled_at), one.link_by)


def _door(person: Person, label: str, *told: str) -> str:
    who = (person.role, person.agency, person.name)
    return commit(salt_of(person), label, json.dumps([*who, *told]))


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
