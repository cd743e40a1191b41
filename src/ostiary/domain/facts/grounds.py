"""The ground of a request: provision, orders about it, agreement."""

from ostiary.domain.facts.fact import Fact
from ostiary.domain.facts.formulas import one_provision

FACTS = (
    Fact(
        "provision",
        "id",
        "the provision relied on; a part of what opens by a judge's order is named by the whole",
        formula=f"coalesce({one_provision('r.provision')}, 'none')",
        known="`none` where the request names none",
        lasting=True,
    ),
    Fact(
        "leave_of_court",
        "id",
        "the first order under which leave of the court stands",
        formula="x.leave_1",
        known="`none` where no leave is on file",
    ),
    Fact(
        "second_leave_of_court",
        "id",
        "the second order under which leave stands",
        formula="x.leave_2",
    ),
    Fact(
        "notice_to_court",
        "id",
        "the first order whose notice was given and whose hours ran",
        formula="x.notice_1",
        known="`none` where no leave is on file",
    ),
    Fact(
        "second_notice_to_court",
        "id",
        "the second such order",
        formula="x.notice_2",
    ),
    Fact(
        "person_in_order",
        "id",
        "the order of a court that is about this very person",
        formula="x.person_order",
        reads=("given_name", "surname", "birth_date"),
    ),
    Fact(
        "agreement",
        "id",
        "the agreement relied on",
        formula="coalesce(r.agreement, 'none')",
        known="`none` where the request names none",
        lasting=True,
    ),
    Fact(
        "agreement_standing",
        "bool",
        "a registered agreement of this agency under this provision stands on the day",
        formula=(
            "EXISTS (SELECT 1 FROM standing_agreements m WHERE m.agency = r.agency"
            " AND m.agreement = r.agreement AND m.provision = r.provision)"
        ),
        reads=("agreement", "agency"),
        known="the register either has it or does not",
    ),
)
