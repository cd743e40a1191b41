"""The custodian's clock: no day falls on a weekend, and the three spans leave nobody out."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ostiary.faces.web.due_days import SOON, due_on, last_due_by, receipt_spans

DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
LENGTHS = st.integers(1, 40).map(timedelta)


@given(DAYS, LENGTHS)
def test_no_day_falls_on_a_weekend_and_none_comes_early(received, days):
    due = due_on(received, days)
    assert due.weekday() < 5
    assert received + days <= due <= received + days + timedelta(days=2)


@given(DAYS, LENGTHS)
def test_the_last_receipt_due_by_a_day_is_the_last(day, days):
    last = last_due_by(day, days)
    assert due_on(last, days) <= day < due_on(last + timedelta(days=1), days)


@given(DAYS, DAYS, LENGTHS)
def test_every_receipt_is_in_the_span_that_its_day_says(today, received, days):
    due, spans = due_on(received, days), receipt_spans(today, days)
    said = "overdue" if due < today else "soon" if due <= today + SOON else "later"
    first, last = spans[said]
    assert first is None or first <= received
    assert last is None or received <= last
