"""Two officers put an office's clock right in the log, when it had leapt far ahead.

The first officer signs a word: how many entries there are, the moment of the last one, the moment
that it really is, and why the clock was wrong. The second signs the same; then one entry,
`clock.corrected`, is written, and the office goes on. Nothing else is written before: the office is
closed until then.

Refused is what would unsay real time: where entries follow one another without a leap, and where a
witness or an authority has seen the leap at the later time
(:mod:`ostiary.verifying.log.clock_order` asks the same of the published log).
"""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from ostiary.domain.errors import InputError, NotAllowedError, OfficeError
from ostiary.office.cases.clock_words import CORRECTED, spoken_of_clock
from ostiary.office.cases.officers import (
    Reviewer,
    check_another_person,
    check_officer,
    reviewers_in,
    row_that_signed,
)
from ostiary.office.folder.clock import TOLERANCE
from ostiary.office.folder.layout import open_office
from ostiary.office.folder.session import OfficeSession, now
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.keys.assertions import Signatory, signed_by
from ostiary.verifying.keys.files import Profile
from ostiary.verifying.log.checkpoints import unverified_checkpoint
from ostiary.verifying.log.clock_order import TOLERANCE as DAY
from ostiary.verifying.log.clock_order import Leap, leap_between, moment_of
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.stamped_log import FOLDER, stamped_sizes
from ostiary.verifying.log.tiles import CHECKPOINT_PATH
from ostiary.verifying.log.time_stamps import stamped_content


@dataclass(frozen=True, slots=True)
class Word:
    """What an officer says of the clock.

    Attributes:
        origin: the log's name.
        entries: how many entries the log has; the correction gets this number.
        stood: the moment of the last one.
        right: the moment that it really is.
        why: why the clock was wrong, one of the vocabulary's causes.
        officer: who says so.
        signature: over all of this, base64.
    """

    origin: str
    entries: int
    stood: str
    right: str
    why: str
    officer: str
    signature: str

    def says(self, officer: str) -> bytes:
        """Give the bytes that an officer signs."""
        said = (self.entries, self.stood, self.right, self.why)
        return spoken_of_clock(self.origin, said, officer)


def first_word(root: Path, why: str, officer: str, signatory: Signatory) -> Word:
    """Have one officer say that the clock is right now, and had leapt ahead. Nothing is written.

    Raises:
        OfficeError: the clock had not leapt, or the later time was real.
        NotAllowedError: no officer of this id is in office today.
        KeyFileError: the key is not the officer's.
    """
    with _closed_office(root) as (place, reviewers):
        check_officer(reviewers, officer, signatory, place.moment.today, _profile(place))
        stood = _last(place)
        _check_leap(place, place.moment.at)
        size = place.store.log_size()
        word = Word(place.origin, size, stood, place.moment.at, why, officer, "")
        signature = base64.b64encode(signed_by(signatory, word.says(officer))).decode()
        return Word(**{**asdict(word), "signature": signature})


def correct_clock(root: Path, word: Word, officer: str, signatory: Signatory) -> int:
    """Have another officer say the same, and write the correction; give its number in the log.

    Raises:
        InputError: the word is of another office, of another state of its log or of another day.
        OfficeError: the clock had not leapt, or the later time was real.
        NotAllowedError: the officer is the first one under this id or another, or one of the two
            is not in office today, or the first did not sign this.
        KeyFileError: the key is not the officer's.
    """
    with _closed_office(root) as (place, reviewers):
        own = check_officer(reviewers, officer, signatory, place.moment.today, _profile(place))
        _check_first(place, word, reviewers)
        check_another_person(reviewers, [word.officer], own)
        _check_leap(place, word.right)
        entry = journal_entry(
            CORRECTED,
            at=place.moment.at,
            stood=word.stood,
            right=word.right,
            why=word.why,
            officer=word.officer,
            signature=word.signature,
            second=officer,
            second_signature=base64.b64encode(signed_by(signatory, word.says(officer))).decode(),
        )
        with place.store.write() as txn:
            if txn.next_index != word.entries:
                raise _other_state()
            index = txn.log(entry)
        place.publish()
        return index


def written(word: Word) -> str:
    """Give a word as the text of a file for the second officer."""
    return json.dumps(asdict(word), indent=1) + "\n"


def read_word(text: str, *, where: str) -> Word:
    """Read what :func:`written` gives.

    Raises:
        InputError: it is not that.
    """
    try:
        found = json.loads(text)
        word = Word(**found)
    except (ValueError, TypeError, RecursionError):
        raise InputError(
            "this is no officer's word on the clock", where=where, cure="see `ostiary clock sign`"
        ) from None
    if not isinstance(word.entries, int) or not all(
        isinstance(value, str) for name, value in found.items() if name != "entries"
    ):
        raise InputError("this is no officer's word on the clock", where=where)
    return word


@contextmanager
def _closed_office(root: Path) -> Iterator[tuple[OfficeSession, tuple[Reviewer, ...]]]:
    """Open an office without the steps of entering one, which its clock refuses."""
    office = open_office(root)
    with office.store as store:
        place = OfficeSession(office, store, now())
        if office.config.training or not store.log_size():
            raise OfficeError("this office does not keep to the clock", where=str(root))
        with place.law_at_hand() as (con, _):
            yield place, reviewers_in(con)


def _profile(place: OfficeSession) -> Profile:
    return place.office.config.profile


def _check_first(place: OfficeSession, word: Word, reviewers: tuple[Reviewer, ...]) -> None:
    """Hold the first officer's word to this office, to today and to the register."""
    state = (place.origin, place.store.log_size(), _last(place))
    if state != (word.origin, word.entries, word.stood):
        raise _other_state()
    if not -TOLERANCE <= moment_of(place.moment.at) - _moment(word.right) <= DAY:
        raise InputError(
            f"the first officer signed at {word.right}, and the clock says {place.moment.at}",
            cure="set the clock right, and have both officers sign within a day",
        )
    signature, said, today = _bytes(word.signature), word.says(word.officer), place.moment.today
    if row_that_signed(reviewers, word.officer, signature, said, day=today) is None:
        raise NotAllowedError(
            "no officer who is in office today signed this word",
            where=word.officer,
            cure="have another officer sign with `ostiary clock sign`",
        )


def _check_leap(place: OfficeSession, right: str) -> None:
    """See that the clock had leapt from behind this moment, and that nobody saw it do so truly."""
    leap = _leap_behind(place, right)
    if leap is None:
        raise OfficeError(
            "the entries of this office follow one another without a leap of more than 31 days"
            f" past {right}",
            where=str(place.office.root),
            cure="set the clock right; what was written is not dated back",
        )
    if any(leap.was_real_by(seen) for seen in _seen_since(place, leap)):
        raise OfficeError(
            f"a witness or a time-stamp shows that {leap.at} was real",
            where=str(place.office.root),
            cure="set the clock right; it is behind",
        )


def _leap_behind(place: OfficeSession, right: str) -> Leap | None:
    """Walk back through the entries that are dated later, to the leap before them."""
    later = ""
    for index in range(place.store.log_size() - 1, -1, -1):
        at = read_entry(place.store.entry(index).body).at
        leap = leap_between(index + 1, at, later) if later else None
        if leap is not None and leap.is_undone_by(right):
            return leap
        if at <= right:
            return None
        later = at
    return None


def _seen_since(place: OfficeSession, leap: Leap) -> Iterator[datetime]:
    """Give the moments at which others saw the log with the leap in it."""
    published = place.office.accounting / CHECKPOINT_PATH
    if published.is_file():
        note = published.read_bytes()
        if unverified_checkpoint(note).size > leap.index:
            policy = place.witnessing.policy
            yield from (datetime.fromtimestamp(at, UTC) for at in policy.seen_at(note))
    folder = place.office.accounting / FOLDER
    for size in stamped_sizes(place.office.accounting):
        if size > leap.index:
            note = (folder / f"{size}.checkpoint").read_bytes()
            yield stamped_content((folder / f"{size}.tsr").read_bytes(), note)


def _last(place: OfficeSession) -> str:
    return read_entry(place.store.entry(place.store.log_size() - 1).body).at


def _moment(text: str) -> datetime:
    try:
        return moment_of(text)
    except ValueError:
        raise InputError("this word names no moment", cure="have it signed anew") from None


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def _other_state() -> InputError:
    return InputError(
        "the first officer's word is of another office, or of another state of its log",
        cure="have both officers sign about the log as it stands",
    )
