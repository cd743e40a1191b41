"""What a process keeps open: the reference file, where that is the shorter way."""

from ostiary.deciding.matching.model import open_model
from ostiary.office.cases import context
from ostiary.office.cases.context import OpenReference


def test_a_small_file_is_opened_and_stays_open(office):
    kept = OpenReference()
    found = kept.soon(office / "reference")
    assert found is not None
    assert found.digest == open_model(office / "reference").digest
    assert kept.soon(office / "reference") is found


def test_a_large_file_is_not_opened_for_a_few_requests(office, monkeypatch):
    monkeypatch.setattr(context, "_SOON", 100)
    kept = OpenReference()
    assert kept.soon(office / "reference") is None
    asked = kept.asked(office / "reference")
    assert kept.soon(office / "reference") is asked, "a page has opened it: it is at hand"


def test_another_office_is_not_answered_from_the_first_ones_file(office, determined_office):
    kept = OpenReference()
    first = kept.soon(office / "reference")
    assert kept.soon(determined_office / "reference") is not first
