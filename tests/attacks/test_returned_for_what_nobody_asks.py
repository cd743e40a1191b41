"""An officer's *no* on what the law does not ask of a request: nobody could mend such a return."""

from datetime import date

import pytest

from officers import desk_on, first_case, key_of
from ostiary.deciding.law.decide import mask_one
from ostiary.deciding.law.elements import elements_by_rule, elements_heeded
from ostiary.deciding.law.legal_time import Day
from ostiary.domain.errors import InputError
from ostiary.domain.facts import HUMAN, VOCABULARY
from ostiary.domain.words import Stage
from ostiary.office.cases import steps
from ostiary.office.cases.states import CaseState
from ostiary.office.cases.steps import determine

ASKED = set(HUMAN) - {"offense_state_tax"}  # of an agency of the United States
DAY = Day(Stage.DISCLOSURE, date(2025, 8, 6), date(2025, 8, 7))


@pytest.mark.parametrize(
    ("provision", "asks", "asks_not", "said"),
    [
        ("/us/usc/t26/s6103/i/2", ASKED, {"offense_state_tax"}, {}),
        ("/us/usc/t26/s6103/i/1", {"offense_criminal"}, {"engaged", "party"}, {}),
        (
            "/us/usc/t26/s6103/i/1",
            set(),
            {"offense_criminal"},
            {"matter_kind": "missing-child"},
        ),
        ("/us/usc/t26/s6103/i/3/B", {"reason_specific"}, {"periods_related", "engaged"}, {}),
        (
            "/us/usc/t26/s6103/i/7/A",
            {"engaged", "periods_related"},
            {"party", "offense_criminal"},
            {},
        ),
        (
            "/us/usc/t26/s6103/d",
            {"periods_related"},
            {"engaged", "party", "offense_criminal", "offense_state_tax"},
            {"offense_class": "unstated"},
        ),
        (
            "/us/usc/t26/s6103/d",
            {"offense_state_tax"},
            {"offense_criminal"},
            {"offense_class": "state"},
        ),
        ("/us/usc/t26/s6103/l/7", set(), {"engaged", "party", "offense_criminal"}, {}),
    ],
)
def test_what_is_heeded_follows_from_the_rules_that_speak(book, provision, asks, asks_not, said):
    facts = dict.fromkeys(VOCABULARY) | {"provision": provision} | said
    heeded = elements_heeded(book, facts, DAY)
    assert heeded >= asks
    assert not heeded & asks_not


@pytest.mark.parametrize("doubted", [False, True])
def test_a_no_is_heeded_by_the_book_whether_or_not_anybody_doubted(book, doubted):
    facts = dict.fromkeys(VOCABULARY) | {
        "provision": "/us/usc/t26/s6103/i/2",
        "offense_class": "unknown" if doubted else "criminal",
        "party_doubts": int(doubted),
        "periods_reach": 16 if doubted else 1,
        "periods_count": 1,
        "recipient_open_matters": 26 if doubted else 1,
        "matter_people": 1,
    }
    rules = elements_by_rule(book, DAY)
    unmet = {
        said: {
            name: mask_one(book, {**facts, name: said}, DAY)
            & sum(1 << bit for bit, names in rules.items() if name in names)
            for name in ASKED
        }
        for said in (None, False, True)
    }
    for name in ASKED:
        assert unmet[False][name], name
        assert not unmet[True][name], name
        assert bool(unmet[None][name]) is (doubted or name == "reason_specific"), name


def test_a_no_that_names_no_rule_is_refused_with_what_to_do(office, monkeypatch):
    monkeypatch.setattr(steps, "elements_heeded", lambda *_: frozenset({"reason_specific"}))
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
