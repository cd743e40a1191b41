"""An officer's *no* on what the law does not ask of a request: nobody could mend such a return."""

from datetime import date

import pytest

from officers import desk_on, first_case, key_of
from ostiary.deciding.law.elements import elements_asked
from ostiary.deciding.law.legal_time import Day
from ostiary.domain.errors import InputError
from ostiary.domain.facts import HUMAN, VOCABULARY
from ostiary.domain.words import Stage
from ostiary.office.cases import steps
from ostiary.office.cases.states import CaseState
from ostiary.office.cases.steps import determine

DAY = Day(Stage.DISCLOSURE, date(2025, 8, 6), date(2025, 8, 7))


@pytest.mark.parametrize(
    ("provision", "asks", "asks_not"),
    [
        ("/us/usc/t26/s6103/i/2", set(HUMAN), set()),
        ("/us/usc/t26/s6103/d", set(), {"engaged", "party", "offense_criminal"}),
        ("/us/usc/t26/s6103/l/7", set(), {"engaged", "party", "offense_criminal"}),
    ],
)
def test_what_is_asked_follows_from_the_rules_that_speak(book, provision, asks, asks_not):
    facts = dict.fromkeys(VOCABULARY) | {"provision": provision}
    asked = elements_asked(book, facts, DAY)
    assert asked >= asks
    assert not asked & asks_not


def test_a_no_that_names_no_rule_is_refused_with_what_to_do(office, monkeypatch):
    monkeypatch.setattr(steps, "elements_asked", lambda *_: frozenset({"reason_specific"}))
    anna = key_of(office, "anna")
    with desk_on(office) as (place, desk):
        case = first_case(desk).request
        name, size = f"{case.agency}/{case.request_id}", place.store.log_size()
        for element in set(HUMAN) - {"reason_specific"}:
            with pytest.raises(InputError, match="no rule asks for this") as refused:
                determine(place, name, "anna", anna, found=False, fact=element)
            assert "reason-specific" in refused.value.cure
            assert "no answer" in refused.value.cure
        assert place.store.log_size() == size
        assert desk.state(desk.case(name)) is CaseState.AWAITS_DETERMINATION
        determine(place, name, "anna", anna, found=False, fact="reason_specific")
        assert desk.state(desk.case(name)) is CaseState.RETURNED
