"""One case ruled on while somebody waits comes out as it does among those that are released."""

import json
import random
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from ostiary.domain.columns import REQUEST
from ostiary.office.cases.event_index import CaseEventIndex
from ostiary.office.folder.layout import open_office
from ostiary.office.folder.session import OfficeSession, now
from ostiary.office.rulings import disclosure
from ostiary.office.rulings.disclosure import rule_on
from ostiary.office.rulings.single_ruling import RulingOnOne

DAYS = (date(2025, 8, 7), date(2025, 11, 24), date(2026, 9, 1))


@pytest.fixture
def place(office):
    opened = open_office(office)
    with opened.store as store:
        yield OfficeSession(opened, store, now(DAYS[0]))


def _mixed(cases, dice):
    """Take a case, and some columns of its request from another one, or leave them empty."""
    case, other = dice.sample(cases, 2)
    request, told = json.loads(case.request.payload), json.loads(other.request.payload)
    for column in dice.sample([one.name for one in REQUEST if one.name != "agency"], 6):
        is_flag = column in {"sole_use", "ai_analysis", "approval_certified"}
        request[column] = told[column] if is_flag or dice.random() < 0.6 else None
    return replace(case, request=replace(case.request, payload=json.dumps(request)))


def test_a_case_alone_is_ruled_on_as_among_few_and_among_many(place, monkeypatch):
    dice = random.Random(11)
    numbers = [item.id for item in place.store.queue()]
    cases = list(place.store.cases(numbers))
    chosen = [*dice.sample(cases, 3), *(_mixed(cases, dice) for _ in range(7))]
    masks = set()
    with duckdb.connect() as con:
        law = place.read_law(con)
        alone = RulingOnOne(law)
        for case in chosen:
            day = dice.choice(DAYS)
            found = rule_on(con, law, [case], case.request.received, day)[case.request.id]
            assert alone.rule(case, day) == found
            with monkeypatch.context() as many:
                many.setattr(disclosure, "MOST", 0)
                by_engine = rule_on(con, law, [case], case.request.received, day)
            assert by_engine[case.request.id] == found
            masks.add(found.mask)
    assert len(masks) >= 3


def test_the_log_beside_batches_is_read_on_and_not_again(place):
    log, store = CaseEventIndex(), place.store
    first = next(store.queue())
    entry = store.request(first.id).entry_index
    before = log.about(store, entry)
    fresh = CaseEventIndex()
    assert fresh.about(store, entry) == before
    assert [one.type for _, one in before if one.type == "request.decided"] == []
    assert log.looks(store) == fresh.looks(store)
    assert list(store.batches_from(0)) == list(store.batches())
    (batch,) = store.batches()
    assert store.batch(batch.id) == batch
    assert store.batch("no-such-batch") is None
    assert list(store.entries_from(3, 7)) == list(store.entries_from(3))[:4]
