"""Who may decide: officers of the custodian's own register, each with a key, none in the matter."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from ostiary.domain.errors import KeyFileError, NotAllowedError
from ostiary.domain.kept import Kept
from ostiary.domain.period import Period
from ostiary.domain.register_tables import REGISTER
from ostiary.domain.registered_keys import RegisteredKey
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.folder.small_database import Tables
from ostiary.office.store import Case
from ostiary.verifying.keys.assertions import Signatory, is_signature, text_of
from ostiary.verifying.keys.files import Profile, read_key_text, read_verifying_text
from ostiary.verifying.keys.profiles import check_profile

SealingKeys = Callable[[str, Collection[str]], Mapping[str, str]]
"""Gives, of some officers of an agency, the public key of each that answers are sealed to."""


def no_sealing_keys(agency: str, officers: Collection[str]) -> Mapping[str, str]:  # noqa: ARG001
    """Give none: the register was not read."""
    return {}


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A row of ``reviewers.csv``: an officer, a public key (one-line text), and its days."""

    officer: str
    public_key: str
    first: date
    last: date | None

    def serves_on(self, day: date) -> bool:
        """Whether the officer is in office on a day."""
        return day in Period(self.first, self.last)


def reviewers_in(con: duckdb.DuckDBPyConnection) -> tuple[Reviewer, ...]:
    """Give the register of reviewers as it is loaded in ``con``, past rows included."""
    rows = con.execute(
        f'SELECT officer, public_key, "from", "until" FROM {REGISTER["reviewers"]} ORDER BY ALL'
    ).fetchall()
    return tuple(Reviewer(*row) for row in rows)


def reviewers_under(law: CurrentLaw, tables: Tables) -> tuple[Reviewer, ...]:
    """Give the reviewers that count under a law, whose registers ``tables`` gives.

    What a process has read of the same registers, with the same keys pending, it reads no more.
    """
    which = (str(law.registers.digest), law.pending)
    return _READ.get(which, lambda: reviewers_in(tables()))


_READ: Kept[tuple[str, frozenset[RegisteredKey]], tuple[Reviewer, ...]] = Kept(8)


def row_that_signed(
    rows: Iterable[Reviewer],
    officer: str,
    signature: bytes,
    words: bytes,
    *,
    day: date | None = None,
) -> Reviewer | None:
    """Find the register's row of an officer whose key made a signature.

    Args:
        rows: the register, past rows included.
        officer: who is said to have signed.
        signature: what was signed with.
        words: what was signed.
        day: the officer is in office then; any row counts where none is given.
    """
    for row in rows:
        if row.officer == officer and (day is None or row.serves_on(day)):
            key = read_verifying_text(row.public_key, where="reviewers.csv")
            if is_signature(key, signature, words):
                return row
    return None


def check_officer(
    reviewers: Iterable[Reviewer],
    officer: str,
    key: Signatory,
    day: date,
    profile: Profile = "modern",
) -> Reviewer:
    """Find the register's row that entitles this officer with this key.

    Raises:
        NotAllowedError: no such officer is in office on the day.
        KeyFileError: the key is not the officer's, or of a kind that the office's profile refuses.
    """
    rows = check_in_office(reviewers, officer, day)
    own = text_of(key)
    for row in rows:
        if row.public_key == own:
            check_profile(read_key_text(own), profile, where=f"reviewers.csv, {officer}")
            return row
    raise KeyFileError(
        "this key is not the officer's",
        where=officer,
        cure="use the key that reviewers.csv names; one that took the place of another, or stands"
        " beside it, counts once two officers have accepted it (`ostiary keys list`)",
    )


def check_in_office(reviewers: Iterable[Reviewer], officer: str, day: date) -> list[Reviewer]:
    """Find the rows of the register for an officer who is in office on a day.

    Raises:
        NotAllowedError: there is none.
    """
    known = [row for row in reviewers if row.officer == officer]
    rows = [row for row in known if row.serves_on(day)]
    if not rows:
        raise _not_in_office(officer, known, day)
    return rows


def _not_in_office(officer: str, known: Collection[Reviewer], day: date) -> NotAllowedError:
    """Say why nobody of an id is in office: never entered, not yet, or not any more."""
    if not known:
        return NotAllowedError(
            "no disclosure officer of this id is in office on the day",
            where=officer,
            cure="enter the officer in OFFICE/registers/reviewers.csv",
        )
    ended = [row.last for row in known if row.last and row.last < day]
    coming = [row.first for row in known if row.first > day]
    when = f"from {min(coming)} on" if coming and not ended else f"until {max(ended, default=day)}"
    return NotAllowedError(
        f"this officer is in office {when}, and not on {day}",
        where=officer,
        cure="another officer takes the step; who serves anew gets a row of their own in"
        " OFFICE/registers/reviewers.csv, and what has ended stays as it is",
    )


def check_not_involved(case: Case, officer: str) -> None:
    """Keep out an officer whom the request itself names as a recipient.

    Raises:
        NotAllowedError: the officer would decide in their own matter.
    """
    if officer in recipients_of(case):
        raise NotAllowedError(
            "an officer who is named in the matter cannot decide it",
            where=f"{case.request.request_id}, {officer}",
        )


def claimed(name: str | None) -> str:
    """Give what a look is logged under when nobody proved that the name is theirs, or gave one."""
    return f"unproved/{name}" if name is not None else "not-named"


def check_another_person(
    reviewers: Iterable[Reviewer], signed: Iterable[str], officer: Reviewer
) -> None:
    """Keep one person from acting as two: neither the same id nor the same key signs twice.

    Args:
        reviewers: the register, past rows included.
        signed: ids of the officers who have approved the decision already.
        officer: who is about to.

    Raises:
        NotAllowedError: the officer, or the key under another id, has signed already.
    """
    earlier = set(signed)
    keys = {row.public_key for row in reviewers if row.officer in earlier}
    if officer.officer in earlier or officer.public_key in keys:
        raise NotAllowedError(
            "two different officers must approve; this one has already",
            where=officer.officer,
            cure="ask a second officer, who signs with a key of their own",
        )


def recipients_of(case: Case) -> tuple[str, ...]:
    """Name the recipients that a request asks an answer for, each once."""
    request: Mapping[str, object] = json.loads(case.request.payload or "{}")
    named = request.get("recipients") or []
    return tuple(dict.fromkeys(map(str, named))) if isinstance(named, list) else ()
