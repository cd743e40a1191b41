"""Changing a file of the office: one administrator prepares, another puts into force.

1. A change is prepared from the file as somebody saw it; if it was changed meanwhile, nothing is
   kept. The office's own readers take it, or it is refused (:mod:`.administration.trial`).
2. Who prepared a change does not put it into force. One alone may do so where it does nothing but
   end rows, in a register whose rows let somebody in: to close a door waits for nobody.
3. That it was prepared, by whom and what, is an entry of the log; what waits and does not open it
   comes into force by nobody (:mod:`.administration.prepared_steps`).
4. It comes into force only over the file that it was drawn from, and after the readers took it
   again. The log's entry comes first, with salted commitments to both wordings, then the file.
   When the machine stops between the two, the change still waits, and is put into force again.
5. A suspension of disclosures, and its end, are never dated back
   (:mod:`.administration.suspension_acts`); each of its steps has an entry of its own.
6. The files stay the truth. Who edits one by hand leaves no entry of its own here but that of the
   law that is adopted, and the file's page says that it was changed outside.
"""

import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace

from ostiary.disk.durable import put_private, sync_directory
from ostiary.disk.locks import alone
from ostiary.domain.errors import InputError
from ostiary.office.administration.change_files import (
    Change,
    ChangeState,
    change_of,
    contents_of,
    lock_of,
    new_change,
    put_change,
    settled,
)
from ostiary.office.administration.differences import only_ends_rows
from ostiary.office.administration.governed_files import GovernedFile, digest_of, governed_file
from ostiary.office.administration.prepared_steps import check_prepared, log_prepared, log_settled
from ostiary.office.administration.suspension_acts import check_acts, steps_between
from ostiary.office.administration.trial import tried
from ostiary.office.folder.session import OfficeSession
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.log.commitments import commit

_LONGEST_WHY = 500
_STEP = "change"
_READABLE = 0o644


def prepare(
    place: OfficeSession, name: str, content: bytes | None, *, seen: str, why: str, by: str
) -> Change:
    """Prepare a change of a file; nothing comes into force by it.

    Args:
        place: the office.
        name: of the file, see :func:`.governed_files.governed_file`.
        content: the file as it is to be; None takes it away.
        seen: digest of the file that its author saw, empty where there was none.
        why: what the author says of it, for colleagues.
        by: the administrator.

    Raises:
        InputError: there is no such file, it was changed meanwhile, nothing would change, no why
            is given, or the office's readers refuse it.
    """
    file, said = governed_file(place.office, name), read_why(why)
    if digest_of(content) == digest_of(file.content()):
        raise InputError("nothing would change")
    tried(place, file, content)
    check_acts(file.register, file.content(), content, place.moment.today)
    with _held(place, file):
        if digest_of(file.content()) != seen:
            raise _changed_meanwhile()
        at = place.moment.at
        drawn = new_change(place.office, file, content, why=said, by=by, at=at)
        entry = log_prepared(place, _STEP, by, drawn.salt, drawn.content)
        return put_change(place.office, replace(drawn, prepared=entry), file.content(), content)


def read_why(why: str) -> str:
    """Read why a change is made.

    Raises:
        InputError: nothing is said, or too much.
    """
    said = " ".join(why.split())
    if not 0 < len(said) <= _LONGEST_WHY:
        raise InputError(
            "a change says why it is made",
            where="why",
            cure=f"write a sentence of at most {_LONGEST_WHY} signs",
        )
    return said


def put_into_force(
    place: OfficeSession, number: int, by: str, *, seen: int | None = None
) -> Change:
    """Put a change into force.

    Args:
        place: the office; its log is published by the caller.
        number: of the change.
        by: the administrator.
        seen: the entry by which the change that ``by`` saw was prepared; None where nobody saw it
            on a page.

    Raises:
        InputError: it does not wait, its file was changed meanwhile, the readers refuse it now, it
            is not what was seen, or not what the log has, or it needs another administrator.
    """
    file = governed_file(place.office, change_of(place.office, number).file)
    with _held(place, file):
        change = _waiting(place, number)
        check_prepared(
            place, change.prepared, _STEP, change.prepared_by, change.salt, change.content
        )
        if seen not in (None, change.prepared):
            raise InputError("this is another change than was shown", cure="open it again")
        before, after = contents_of(place.office, change)
        if change.prepared_by == by and not only_ends_rows(file, before, after):
            raise InputError(
                "who prepares a change does not put it into force",
                where=by,
                cure="another administrator does",
            )
        if digest_of(file.content()) != change.before:
            raise _changed_meanwhile()
        tried(place, file, after)
        check_acts(file.register, before, after, place.moment.today)
        entry = _log(place, file, change, before, after, by)
        _place(file, after)
        return settled(
            place.office, change, ChangeState.IN_FORCE, by=by, at=place.moment.at, entry=entry
        )


def withdraw(place: OfficeSession, number: int, by: str) -> Change:
    """Withdraw a change that waits; whoever does so is kept with it.

    Raises:
        InputError: it does not wait.
    """
    with alone(lock_of(place.office)):
        change = _waiting(place, number)
        with place.store.write() as txn:
            log_settled(place, txn, change.prepared)
        return settled(
            place.office, change, ChangeState.WITHDRAWN, by=by, at=place.moment.at, entry=None
        )


def needs_another(place: OfficeSession, change: Change, by: str) -> bool:
    """Whether an administrator has to leave it to another to put a change into force.

    Raises:
        InputError: the files of the change were altered where they lie.
    """
    file = governed_file(place.office, change.file)
    return change.prepared_by == by and not only_ends_rows(file, *contents_of(place.office, change))


@contextmanager
def _held(place: OfficeSession, file: GovernedFile) -> Iterator[None]:
    """Keep away whoever changes files, those too who enter an officer's passkey."""
    with ExitStack() as held:
        held.enter_context(alone(lock_of(place.office)))
        if file.register == "reviewers":
            held.enter_context(alone(place.office.root / ".reviewers.lock"))
        yield


def _waiting(place: OfficeSession, number: int) -> Change:
    change = change_of(place.office, number)
    if change.state is not ChangeState.WAITING:
        raise InputError("this change does not wait any more", cure="look at the file's history")
    return change


def _log(
    place: OfficeSession,
    file: GovernedFile,
    change: Change,
    before: bytes | None,
    after: bytes | None,
    by: str,
) -> int:
    """Write the entry of a change: salted, since a register may name persons."""
    wordings = {
        label: commit(change.salt, label, digest_of(content))
        for label, content in (("before", before), ("after", after))
    }
    entry = journal_entry(
        "file.changed",
        at=place.moment.at,
        file=file.logged_name,
        prepared_by=change.prepared_by,
        administrator=by,
        **wordings,
    )
    steps = [
        journal_entry(
            "suspension.acted",
            at=place.moment.at,
            prepared_by=change.prepared_by,
            administrator=by,
            **asdict(step),
        )
        for step in steps_between(file.register, before, after)
    ]
    with place.store.write() as txn:
        index = txn.log(entry)
        for step in steps:
            txn.log(step)
        log_settled(place, txn, change.prepared)
        return index


def _place(file: GovernedFile, content: bytes | None) -> None:
    if content is None:
        file.path.unlink(missing_ok=True)
    else:  # with the rights that it had: settings may hold a password
        mode = stat.S_IMODE(file.path.stat().st_mode) if file.path.exists() else _READABLE
        put_private(file.path, content, mode)
    sync_directory(file.path.parent)


def _changed_meanwhile() -> InputError:
    return InputError(
        "the file was changed since this was drawn up",
        cure="load the file's page again and prepare the change anew",
    )
