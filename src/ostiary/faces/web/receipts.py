"""Receipts from a browser: what a recipient signed, about the one answer that the page is about.

The page is about an answer to the agency's own request. A receipt of any other answer is refused
in the same words whether there is such an answer or not, and so is one by any officer whom the
request does not name: neither other requests nor the register can be asked by uploads.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ostiary.domain.errors import InputError, NotAllowedError
from ostiary.faces.server.site import Site
from ostiary.office.cases.officers import recipients_of
from ostiary.office.release.heard_of import heard_of as who_signed
from ostiary.office.release.receipts import receive
from ostiary.office.store import ReceiptRecord, RequestLine
from ostiary.verifying.answers.receipts import MOST_BYTES, read_receipt

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


@dataclass(frozen=True, slots=True)
class Given:
    """A receipt that the office has.

    Attributes:
        kind: opened or disposed.
        how: what was done with the answer; empty once the receipt itself is destroyed.
        officer: who signed.
        on: the day that the receipt states.
        taken: the moment it was taken in.
        entry: its number in the log.
    """

    kind: str
    how: str
    officer: str
    on: date
    taken: str
    entry: int


@dataclass(frozen=True, slots=True)
class Heard:
    """What has been heard of one answer, and of whom nothing.

    Attributes:
        given: in the order they were taken in.
        not_opened: recipients whose receipt of opening is missing.
        not_certified: recipients whose certificate of disposal is missing.
    """

    given: tuple[Given, ...]
    not_opened: tuple[str, ...]
    not_certified: tuple[str, ...]


def heard_of(site: Site, line: RequestLine) -> Heard:
    """Give what the recipients of an answer have sent about it."""
    store = site.office.store
    here = store.receipts_on(line.answer_id or "")
    signed = who_signed(here, recipients_of(store.case(line.id)))
    return Heard(tuple(map(_given, here)), signed.not_opened, signed.not_certified)


def give(site: Site, line: RequestLine, upload: "UploadedFile[Any] | None") -> bool:
    """Take in a receipt that was uploaded on the page of one answer.

    Returns:
        Whether it is new.

    Raises:
        InputError: there is no file, it is too large, no receipt, or of another answer.
        NotAllowedError: its officer is no recipient of this answer.
        ReceiptError: its signature or its code is false.
    """
    raw = _content(upload)
    claimed = read_receipt(raw)
    if (claimed.origin, claimed.answer_id) != (site.office.origin, line.answer_id):
        raise InputError("this receipt is not about the answer to this request")
    if claimed.officer not in recipients_of(site.office.store.case(line.id)):
        raise NotAllowedError("the officer is no recipient of this answer")
    with site.working() as place:
        return receive(place, raw)[1]


def _content(upload: "UploadedFile[Any] | None") -> bytes:
    if upload is None:
        raise InputError("choose a file")
    if upload.size is None or upload.size > MOST_BYTES:
        raise InputError(f"a receipt is not larger than {MOST_BYTES // 1024} KiB")
    return bytes(upload.read(MOST_BYTES))


def _given(one: ReceiptRecord) -> Given:
    how = str(read_receipt(bytes(one.receipt)).how) if one.receipt else ""
    return Given(one.kind, how, one.recipient, one.day, one.at, one.entry_index)
