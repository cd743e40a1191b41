"""An officer signs why a file is entered long after the day of which it is said to have come.

The law of admission is that of the day of receipt, so whoever names the day chooses the law. Of a
day more than 14 days back outsiders are told who signed why, or that nobody did. Everything that is
signed stands in the entry itself, its number included, so the register of reviewers is all that is
needed to check it later.
"""

import base64
from collections.abc import Iterable, Iterator
from datetime import date

from ostiary.office.cases.officers import (
    Reviewer,
    check_officer,
    reviewers_in,
    row_that_signed,
)
from ostiary.office.folder.session import OfficeSession
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.keys.assertions import Signatory, signed_by
from ostiary.verifying.log.entries import Entry

EXPLAINED = "receipt.explained"


class LateReceipt:
    """An officer's word on a day of receipt, which enters the log once, before its file does.

    Args:
        place: the office.
        received: the day of receipt.
        officer: who says so.
        signatory: the officer's key.
        why: one of the vocabulary's reasons.

    Raises:
        NotAllowedError: no officer of this id is in office today.
        KeyFileError: the key is not the officer's.
    """

    def __init__(
        self, place: OfficeSession, received: date, officer: str, signatory: Signatory, why: str
    ) -> None:
        today, profile = place.moment.today, place.office.config.profile
        with place.law_at_hand() as (con, _):
            check_officer(reviewers_in(con), officer, signatory, today, profile)
        self._place, self._received, self._why = place, received, why
        self._officer, self._signatory = officer, signatory
        self._index = -1

    def enter(self) -> int:
        """Store the entry, unless it has been; give its number."""
        if self._index < 0:
            place = self._place
            with place.store.write() as txn:
                said = _spoken(
                    place.origin, txn.next_index, self._received, self._why, self._officer
                )
                entry = journal_entry(
                    EXPLAINED,
                    at=place.moment.at,
                    received=self._received.isoformat(),
                    why=self._why,
                    officer=self._officer,
                    signature=base64.b64encode(signed_by(self._signatory, said)).decode(),
                )
                self._index = txn.log(entry)
        return self._index


def explanation_faults(
    origin: str, index: int, entry: Entry, reviewers: Iterable[Reviewer]
) -> Iterator[str]:
    """Give a sentence if no key that the officer had on the day signed an explanation.

    Args:
        origin: the log's name.
        index: the entry's number.
        entry: a `receipt.explained`.
        reviewers: the register, past rows included.
    """
    officer, day = str(entry["officer"]), date.fromisoformat(entry.at[:10])
    said = _spoken(origin, index, entry["received"], entry["why"], officer)
    signature = base64.b64decode(str(entry["signature"]))
    if row_that_signed(reviewers, officer, signature, said, day=day) is None:
        yield f"entry {index}: no key that {officer} had on that day signed this explanation"


def _spoken(origin: str, index: int, received: date | str, why: str, officer: str) -> bytes:
    words = ("ostiary receipt v1", "explain", origin, index, received, why, officer, "")
    return "\n".join(map(str, words)).encode()
