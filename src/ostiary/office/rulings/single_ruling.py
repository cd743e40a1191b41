"""The law on the day of disclosure for one case, while somebody waits: the same law, no engine.

Registers are asked once a day and reading; a case then costs the standard form of one request, its
facts and its mask, all of them in Python and all of them made from the very texts that a batch
runs (:func:`ostiary.office.rulings.disclosure.rule_on`).
"""

from datetime import date

from ostiary.deciding.intake.facts import Days
from ostiary.deciding.intake.facts_of_one import standard_form, stored_request
from ostiary.deciding.law.decide import mask_one, status_of
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.standardisation import StandardAddress, StandardName
from ostiary.domain.request import Request
from ostiary.domain.words import Stage
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.rulings.decision_document import found_of
from ostiary.office.rulings.disclosure import Ruling
from ostiary.office.rulings.register_days import REGISTER_DAYS
from ostiary.office.store import Case

Standard = tuple[StandardName, StandardAddress]


class RulingOnOne:
    """One reading of the law and the registers, to rule by on one case after the other.

    Several threads may ask it at the same time.
    """

    def __init__(self, law: CurrentLaw) -> None:
        """Keep a law and the registers that were read with it."""
        self.law = law

    def rule(self, case: Case, today: date) -> Ruling:
        """Rule on a case as :func:`ostiary.office.rulings.disclosure.rule_on` does on it alone.

        Args:
            case: its request must still be kept.
            today: the day of disclosure.
        """
        request = stored_request(case.request.payload or "{}")
        return self.rule_on_request(case, request, standard_form(request), today)

    def rule_on_request(
        self, case: Case, request: Request, standard: Standard, today: date
    ) -> Ruling:
        """Rule on a case whose request has been read and put into standard form already."""
        received = case.request.received
        registers = REGISTER_DAYS.of(self.law.registers, Days(received, today))
        facts = registers.facts(request, *standard)
        facts |= found_of(case)
        day = Day(Stage.DISCLOSURE, received, today)
        mask = mask_one(self.law.book, facts, day)
        items = tuple(request["items"] or ())
        return Ruling(status_of(self.law.book, mask), mask, day, facts, items)
