"""Who has opened an answer, and who has certified what became of it: one answer to both."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ostiary.office.store import ReceiptRecord
from ostiary.verifying.answers.receipts import ReceiptKind


@dataclass(frozen=True, slots=True)
class HeardOf:
    """What the recipients of one answer have signed, by id.

    Attributes:
        opened: those whose receipt of opening was taken in, in that order.
        certified: those whose certificate of disposal was taken in, in that order.
        not_opened: recipients of whom there is no receipt of opening.
        not_certified: recipients of whom there is no certificate.
    """

    opened: tuple[str, ...]
    certified: tuple[str, ...]
    not_opened: tuple[str, ...]
    not_certified: tuple[str, ...]


def heard_of(receipts: Iterable[ReceiptRecord], recipients: Collection[str]) -> HeardOf:
    """Say who has signed, and who has not.

    Args:
        receipts: all that was taken in about the answer.
        recipients: to whom it was sealed.
    """
    given = [(one.kind, one.recipient) for one in receipts]
    opened = tuple(name for kind, name in given if kind == ReceiptKind.OPENED)
    certified = tuple(name for kind, name in given if kind == ReceiptKind.DISPOSED)
    return HeardOf(
        opened,
        certified,
        tuple(name for name in recipients if name not in opened),
        tuple(name for name in recipients if name not in certified),
    )
