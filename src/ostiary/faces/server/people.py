"""People of the office: added by a command, enrolled by a link, confirmed by a fingerprint.

1. An administrator adds a person under an id of a register and hands over a link.
2. The link enrols one passkey, once, within a day.
3. The passkey counts when the administrator has compared its fingerprint with what the person's
   own screen showed, by telephone or face to face. A stolen link alone opens nothing.
4. An officer's passkey enters ``OFFICE/registers/reviewers.csv`` then, beside any key file, and
   from there anybody can check the officer's approvals.

Beside that, a person may be bound to a subject of the office's OpenID Connect provider, and then
signs in there as well. That opens pages; each step on a case still takes the person's own passkey.

That somebody was added, confirmed, bound or ended stands in the log:
:mod:`ostiary.faces.server.enrolment_log`.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Self

from ostiary.disk.durable import replace_file
from ostiary.disk.locks import alone
from ostiary.domain.errors import InputError
from ostiary.faces.server.doors import (
    binding_door,
    key_of,
    link_door,
    passkey_door,
    standing_doors,
    stands,
    waiting_door,
)
from ostiary.faces.server.enrolment_log import logged
from ostiary.faces.server.id_tokens import LONGEST_SUBJECT
from ostiary.faces.server.law_snapshot import LawSnapshot
from ostiary.faces.server.oidc import subject_digest
from ostiary.faces.server.orm import Binding, Enrolment, Passkey, Person
from ostiary.faces.server.registered import why_not_listed
from ostiary.faces.server.roles import Role, Signed
from ostiary.faces.server.site import Site
from ostiary.office.administration.register_rows import read_rows
from ostiary.office.folder.door_marks import Doors
from ostiary.verifying.keys.files import fingerprint, read_key_text

LINK_LASTS = timedelta(hours=24)
_CLOCKS_APART = timedelta(minutes=1)  # a link made by a clock that had leapt ahead ends with that
TRAINING_LINK = "demo/training"
"""Who gives the links of ``ostiary demo --serve``: no administrator can be called so."""
_NAME = re.compile(r"[a-z0-9.-]{1,80}")
_REVIEWERS = "reviewers"


@dataclass(frozen=True, slots=True)
class Listed:
    """A person as ``ostiary people list`` shows them."""

    role: str
    name: str
    agency: str
    state: str
    fingerprints: tuple[str, ...]
    provider: str = ""


def add_person(site: Site, role: Role, name: str, agency: str = "", *, by: str = "") -> str:
    """Add a person, or give one who is there another link; give the link.

    Args:
        site: the office.
        role: what they are to it.
        name: their id: in ``officers.csv`` of the agency for a requester; one of small letters,
            digits and ``/ . -`` for the others, because it stands in the log.
        agency: whom a requester asks for.
        by: the administrator who gives the link on a page; empty for a command. Another one has to
            confirm what is made by it.

    Raises:
        InputError: a requester without an agency or not in its register; an id that will not do.
    """
    _check_name(site, role, name, agency)
    token, now = secrets.token_urlsafe(32), datetime.now(UTC)
    person = _find_or_make(role, name, agency)
    link = Enrolment(
        person=person, token_hash=token_hash(token), expires_at=now + LINK_LASTS, link_by=by
    )
    with logged(site, person, "added", by, link_door(link)):
        person.ended_at = None
        person.save()
        link.person = person  # which has its number only now
        link.save()
    return f"{site.address}/enrol/{token}/"


def bind(site: Site, role: Role, name: str, subject: str, agency: str = "") -> None:
    """Let whom the office's provider knows by a subject be this person; an earlier binding ends.

    Args:
        site: the office.
        role: the person's role.
        name: the person's id.
        subject: ``sub`` of the provider, as its administrator tells it; only a digest is kept.
        agency: a requester's agency.

    Raises:
        InputError: no such person, the office has no provider, or the subject is another person's.
    """
    person, issuer = _find(role, name, agency), site.office.config.oidc.issuer
    if not issuer:
        raise InputError(
            "this office has no sign-in provider", cure="name one under [oidc] in office.toml"
        )
    if not 0 < len(subject) <= LONGEST_SUBJECT:
        raise InputError("a subject has 1 to 255 characters", where="--oidc-subject")
    digest = subject_digest(issuer, subject)
    if Binding.objects.filter(subject=digest).exclude(person=person).exists():
        raise InputError(
            "this subject is bound to another person",
            where="--oidc-subject",
            cure="end that person first; one account opens one role",
        )
    bound = Binding(person=person, issuer=issuer, subject=digest, bound_at=datetime.now(UTC))
    with logged(site, person, "bound", door=binding_door(bound)):
        Binding.objects.filter(person=person).delete()  # sessions of the earlier one end with it
        bound.save()


def token_hash(token: str) -> str:
    """Give what is stored of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_enrolment(site: Site, token: str) -> Enrolment | None:
    """Find the enrolment that a link stands for; None when it is used, too old or unknown.

    Used is one of which the log says so, and unknown one that the log does not know: a row that
    somebody laid into the table, or put back there, opens nothing.
    """
    now = datetime.now(UTC)
    found = (
        Enrolment.objects.select_related("person")
        .filter(
            token_hash=token_hash(token),
            used_at=None,
            expires_at__gt=now,
            expires_at__lte=now + LINK_LASTS + _CLOCKS_APART,
            person__ended_at=None,
        )
        .first()
    )
    return found if found and stands(site, found.person, link_door(found)) else None


def confirm(
    site: Site, role: Role, name: str, shown: str, agency: str = "", *, by: str = ""
) -> None:
    """Let a passkey count, once its fingerprint was compared.

    Args:
        site: the office.
        role: the person's role.
        name: the person's id.
        shown: the fingerprint as the person reads it from their own screen.
        agency: a requester's agency.
        by: the administrator who compared it on a page; empty for a command.

    Raises:
        InputError: no such person, or no passkey of theirs with this fingerprint waits; or the
            administrator gave the link, or it is their own.
    """
    person = _find(role, name, agency)
    waiting = person.passkeys.filter(confirmed_at=None, revoked_at=None)
    for one in waiting:
        if print_of(one) == shown.strip().lower():
            _check_made(site, one)
            _check_two_persons(person, one, by)
            with logged(site, person, "confirmed", by, passkey_door(one)):
                Passkey.objects.filter(pk=one.pk).update(confirmed_at=datetime.now(UTC))
                if role is Role.OFFICER:
                    _enter_reviewer(site, name, one.public_key)
            return
    raise InputError(
        "no passkey with this fingerprint waits for this person",
        where=name,
        cure="have the person read the fingerprint again; if it differs, somebody else used the "
        "link: end the person and add them anew",
    )


def comes_in_by_link(site: Site, enrolment: Enrolment) -> bool:
    """Whether a link lets its person in by itself: of a demonstration, in a training office."""
    return site.office.config.training and enrolment.link_by == TRAINING_LINK


def _check_made(site: Site, passkey: Passkey) -> None:
    """Refuse a passkey that was made by no link of ours.

    Raises:
        InputError: the log does not say that a link made it.
    """
    if not stands(site, passkey.person, waiting_door(passkey)):
        raise InputError(
            "the log does not say that this passkey was made by a link of this office",
            where=passkey.person.name,
            cure="end the person and add them anew; if it was not made by an earlier version, find"
            " out who wrote into the web office's database",
        )


def _check_two_persons(person: Person, passkey: Passkey, by: str) -> None:
    """Keep one administrator from letting somebody in alone.

    Raises:
        InputError: who gave the link, or whose passkey it is, would confirm it.
    """
    is_own = person.role == Role.ADMINISTRATOR and person.name == by
    if by and (passkey.link_by == by or is_own):
        raise InputError(
            "who gives a link does not confirm what is made by it, nor anybody their own passkey",
            where=by,
            cure="another administrator compares the fingerprint and confirms it",
        )


def end(site: Site, role: Role, name: str, agency: str = "", *, by: str = "") -> None:
    """End a person's access: passkeys and provider no longer count, open pages stop working.

    An officer's rows in ``reviewers.csv`` stay, for past approvals are checked with them; close
    them there with a day in ``until``.

    Raises:
        InputError: no such person, or an administrator would end their own access.
    """
    person = _find(role, name, agency)
    if by and (role, name) == (Role.ADMINISTRATOR, by):
        raise InputError("nobody ends their own access", cure="another administrator does")
    now = datetime.now(UTC)
    with logged(site, person, "ended", by):
        person.passkeys.filter(revoked_at=None).update(revoked_at=now)
        person.enrolments.filter(used_at=None).delete()
        Binding.objects.filter(person=person).delete()
        Person.objects.filter(pk=person.pk).update(ended_at=now)


def everybody(site: Site | None = None) -> list[Listed]:
    """List all people with where each stands; with an office, by its registers of the day."""
    now = _Now.of(site) if site else None
    return [
        Listed(one.role, one.name, one.agency, _state(one, now), _prints(one), _provider(one))
        for one in Person.objects.select_related("binding")
        .prefetch_related("passkeys")
        .order_by("role", "agency", "name")
    ]


def state_of(site: Site, role: Role, name: str, agency: str = "") -> str:
    """Say where one person stands on the office's day.

    Raises:
        InputError: no such person.
    """
    return _state(_find(role, name, agency), _Now.of(site))


def print_of(passkey: Passkey) -> str:
    """Give a passkey's fingerprint, in groups that can be read aloud."""
    text = fingerprint(read_key_text(passkey.public_key))
    return "-".join(text[n : n + 4] for n in range(0, len(text), 4))


def _prints(person: Person) -> tuple[str, ...]:
    return tuple(print_of(one) for one in person.passkeys.all() if one.revoked_at is None)


def _provider(person: Person) -> str:
    return person.binding.issuer if hasattr(person, "binding") else ""


@dataclass(frozen=True, slots=True)
class _Now:
    """What people are held to at one moment, read once for a whole list.

    Attributes:
        doors: by what the log says that somebody may come in.
        registers: the law and the registers.
        today: the office's day.
    """

    doors: Doors
    registers: LawSnapshot
    today: date

    @classmethod
    def of(cls, site: Site) -> Self:
        return cls(standing_doors(site), site.snapshot(), site.place().moment.today)

    def counts(self, person: Person, door: str) -> bool:
        return self.doors.stands(key_of(person), door)

    def why_not(self, person: Person, public_key: str | None) -> str:
        signed = Signed(person.pk, Role(person.role), person.name, person.agency)
        return why_not_listed(self.registers, self.today, signed, public_key)


def _state(person: Person, now: _Now | None) -> str:
    """Say where somebody stands; without an office, by the tables alone."""
    if person.ended_at is not None:
        return "ended"
    keys = [one for one in person.passkeys.all() if one.revoked_at is None]
    count = [one for one in keys if one.confirmed_at]
    borne_out = [one for one in count if not now or now.counts(person, passkey_door(one))]
    confirmed = [one.public_key for one in borne_out]
    is_bound = has_binding = hasattr(person, "binding")
    if has_binding and now:
        is_bound = now.counts(person, binding_door(person.binding))
    doors = [None, *confirmed] if is_bound else confirmed
    if (count or has_binding) and not doors:
        return "is not let in: the log does not bear the passkey out; add them anew"
    if doors:
        why_not = [now.why_not(person, key) for key in doors] if now else [""]
        return "may sign in" if "" in why_not else why_not[-1]
    return "waits for confirmation" if keys else "has not enrolled yet"


def _find_or_make(role: Role, name: str, agency: str) -> Person:
    """Find a person, or make the row of a new one without storing it."""
    found = Person.objects.filter(role=role.value, name=name, agency=agency).first()
    return found or Person(
        role=role.value,
        name=name,
        agency=agency,
        handle=secrets.token_bytes(32),
        added_at=datetime.now(UTC),
    )


def _find(role: Role, name: str, agency: str) -> Person:
    found = Person.objects.filter(role=role.value, name=name, agency=agency).first()
    if found is None:
        raise InputError(
            "there is nobody of this role and id",
            where=name,
            cure="see `ostiary people list`; of a requester, give --agency as well",
        )
    return found


def _check_name(site: Site, role: Role, name: str, agency: str) -> None:
    if role is Role.REQUESTER:
        if not site.snapshot().is_engaged(agency, name, site.place().moment.today):
            raise InputError(
                "no officer of this id is engaged by this agency today",
                where=name,
                cure="enter them in the register officers.csv, and name their agency",
            )
    elif agency:
        raise InputError("only a requester belongs to an agency", where="--agency")
    elif role is Role.MONITOR and not site.snapshot().watched(name, site.place().moment.today):
        raise InputError(
            "no order of a court that is in force today names a monitor of this id",
            where=name,
            cure="put the order into force first: its `monitors` say who may look",
        )
    elif not _NAME.fullmatch(name):
        raise InputError(
            "this id cannot stand in the log",
            where=name,
            cure="use 1 to 80 small letters, digits, dots and hyphens; no person's name",
        )


def _enter_reviewer(site: Site, officer: str, public_key: str) -> None:
    """Add an officer's passkey to the register, beside the rows that are there, in its columns."""
    path = site.office.registers / f"{_REVIEWERS}.csv"
    row = {"officer": officer, "public_key": public_key, "from": str(site.place().moment.today)}
    with alone(site.office.root / ".reviewers.lock"):
        rows = read_rows(_REVIEWERS, path.read_bytes() if path.exists() else None)
        replace_file(path, rows.with_row(row).content())
