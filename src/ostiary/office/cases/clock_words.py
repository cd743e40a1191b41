"""What two officers sign who put an office's clock right, and whether a log's entry bears it out.

Everything that is signed stands in the entry `clock.corrected` itself, its number included, so the
register of reviewers is all that is needed to check it, at any later time.
"""

import base64
from collections.abc import Iterable, Iterator
from datetime import date

from ostiary.domain.errors import NotAllowedError
from ostiary.office.cases.officers import Reviewer, check_another_person, row_that_signed
from ostiary.verifying.log.entries import Entry

CORRECTED = "clock.corrected"
_BY = (("officer", "signature"), ("second", "second_signature"))


def spoken_of_clock(origin: str, said: Iterable[object], officer: str) -> bytes:
    """Give the bytes that an officer signs.

    Args:
        origin: the log's name.
        said: how many entries the log has, the moment of the last one, the moment that it really
            is, and why the clock was wrong.
        officer: who signs.
    """
    words = ("ostiary clock v1", "correct", origin, *map(str, said), officer, "")
    return "\n".join(words).encode()


def correction_faults(
    origin: str, index: int, entry: Entry, rows: tuple[Reviewer, ...]
) -> Iterator[str]:
    """Give a sentence for each signature of a correction that does not hold; it names the entry.

    Args:
        origin: the log's name.
        index: the entry's number.
        entry: a `clock.corrected`.
        rows: the register, past rows included.
    """
    said = (index, *(entry.fields[name] for name in ("stood", "right", "why")))
    day = date.fromisoformat(entry.at[:10])
    signed: list[Reviewer] = []
    for who, field in _BY:
        officer = str(entry.fields[who])
        signature = base64.b64decode(str(entry.fields[field]))
        words = spoken_of_clock(origin, said, officer)
        found = row_that_signed(rows, officer, signature, words, day=day)
        if found is None:
            yield f"entry {index}: no key that {officer} had on that day signed this correction"
        else:
            signed.append(found)
    if len(signed) == len(_BY):
        try:
            check_another_person(rows, [signed[0].officer], signed[1])
        except NotAllowedError:
            yield f"entry {index}: one person signed this correction as two officers"
