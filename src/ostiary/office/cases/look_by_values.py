"""What came of one request that the law lets us look at, worked out without a table.

An officer waits for this look. It is compared, bounded, held to its years and counted as
:func:`ostiary.office.batches.verification.compare` does it by tables, which fifty statements would
have to be planned for. What comes up rarely stays there: somebody who may have been asked about too
often, items beyond a confirmation, a hold that is no bar, decoys that have to be drawn. Then this
says so before anything is stored, and the look begins anew by tables. A test holds the two
together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from ostiary.deciding.decoys.control import Control
from ostiary.deciding.intake.facts_of_few import FiledRequest
from ostiary.deciding.law.book import Book
from ostiary.deciding.matching.model import Model, open_model
from ostiary.deciding.matching.reference_integrity import check_reference
from ostiary.deciding.matching.rules import BATCH_BOUND, HOLD, OTHER_PERIOD, OUTCOMES
from ostiary.deciding.matching.single import SingleVerifier
from ostiary.deciding.matching.years_of_one import asks_for_items, basis_of_one
from ostiary.domain.words import FOR_COUNSEL, Outcome, Verification
from ostiary.office.batches.asking_of_one import AskedRow, AskingOfOne, InDoubtError
from ostiary.office.batches.verification import SettledBefore
from ostiary.office.cases.look_at_one import Row
from ostiary.office.folder.session import OfficeSession


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One request as it was compared.

    Attributes:
        row: its number, outcome, rule, person, weight, margin, basis.
        model: what it was compared with.
        control: what the decoys showed.
        asking: how often its person was asked about.
        before: what was settled before it.
        asker: the reference, as it is opened for single requests.
    """

    row: Row
    model: Model
    control: Control
    asking: AskingOfOne
    before: SettledBefore
    asker: SingleVerifier

    def counted_again(self) -> "LookedAt":
        """Count what others stored meanwhile; call it inside the transaction.

        Raises:
            OvertakenError: that changes what may be confirmed; the look has to begin anew.
        """
        control = self.before.bound_again(self.control)
        self.asking.count_again(self.model.opened, self.asker, _confirmed(self.row))
        return self if control is None else replace(self, control=control)

    def asked(self) -> list[AskedRow]:
        """Give who was asked about, as it is stored."""
        return list(self.asking.rows())


def look_by_values(
    place: OfficeSession, one: FiledRequest, book: Book, day: date, manner: Sequence[int]
) -> LookedAt:
    """Compare one request with the reference, beside the decoys that stand ready.

    Args:
        place: the office.
        one: the request, which the law lets through.
        book: the law.
        day: legal day of the look.
        manner: of the file that the request came in; empty where it is not known.

    Raises:
        InDoubtError: that has to be done by tables.
        OfficeError: there is no reference, or a file of it is not the one that its model names.
    """
    check_reference(place.office.reference)
    model = open_model(place.office.reference)
    asking = AskingOfOne(place, one)
    asking.count()
    if asks_for_items(one.request, partial(book.answers_of, day)):
        raise InDoubtError  # whatever is found: who asks for items knows it
    before = SettledBefore(place, [one.request["agency"] or ""])
    asker = _asker(place, model)
    asked = one.request
    found = asker.verify(one.name, one.address, asked["birth_date"], asked["tin"] or "")
    rule = found.verification.rule
    control = before.control_of_one(rule, model, manner) if manner else None
    if control is None:
        raise InDoubtError
    told = _barred(one, found.verification, book, day, control)
    row = _heeding_years(one, told, found.records or (), model, book, day)
    asking.count_person(model.opened, asker, _confirmed(row))
    return LookedAt(row, model, control, asking, before, asker)


def _asker(place: OfficeSession, model: Model) -> SingleVerifier:
    """Give the reference that the process has open.

    Raises:
        InDoubtError: it has not opened this one.
    """
    asker = place.reference_at_hand()
    if asker is None or asker.digest != model.digest:
        raise InDoubtError
    return asker


def _barred(
    one: FiledRequest, told: Verification, book: Book, day: date, control: Control
) -> Verification:
    """Say what a hold and the office's limit make of it.

    A second text of :func:`.rulings.bars.apply_bars` and
    :func:`ostiary.deciding.decoys.controlled.confirm_nothing`, for one value instead of a table.

    Raises:
        InDoubtError: a hold that is no bar to this provision: it is compared without holds.
    """
    if told.rule == HOLD:
        bar = book.bars_of(day).get(one.request["provision"] or "")
        if bar == "none":
            raise InDoubtError
        return replace(told, rule=FOR_COUNSEL) if bar == "certificate" else told
    if control.exceeded and told.outcome is Outcome.CONFIRMED:
        return replace(told, outcome=OUTCOMES[BATCH_BOUND], rule=BATCH_BOUND, person_id="")
    return told


def _heeding_years(
    one: FiledRequest,
    told: Verification,
    records: Sequence[int],
    model: Model,
    book: Book,
    day: date,
) -> Row:
    """Give what is stored of the request, with what a confirmation rests on."""
    basis, outcome, rule = "", told.outcome, told.rule
    if told.outcome is Outcome.CONFIRMED:
        basis = basis_of_one(one.request, book.years_of(day), records, model.opened)
        if not basis:
            outcome, rule = OUTCOMES[OTHER_PERIOD], OTHER_PERIOD
    return (one.row, str(outcome), rule, told.person_id, told.weight, told.margin, basis)


def _confirmed(row: Row) -> str:
    """Give who is confirmed; empty for nobody."""
    _, outcome, _, person, *_ = row
    return str(person) if outcome == Outcome.CONFIRMED else ""
