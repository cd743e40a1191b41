"""Attack: the clock of the machine is set back to a day on which no stay stood.

An outsider finds it by the moments of the entries; the office finds it before it writes.
"""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest

from ostiary.domain.errors import OfficeError
from ostiary.domain.words import Moment
from ostiary.faces.server import site as served
from ostiary.office.folder.clock import TOLERANCE
from ostiary.office.folder.layout import create_office, open_office
from ostiary.office.recovery import entering
from ostiary.office.recovery.entering import at_work
from ostiary.verifying.log.clock_order import moment_of
from ostiary.verifying.log.entries import instant, read_entry
from web_office import opened


def set_clock(monkeypatch, back: timedelta) -> None:
    clock = datetime.now(UTC) - back
    moment = Moment(at=instant(clock), today=clock.date())
    monkeypatch.setattr(entering, "now", lambda _on=None: moment)


@pytest.fixture
def real(tmp_path):
    root = create_office(tmp_path / "office").root
    with at_work(root):
        pass
    return root


def size_of(root) -> int:
    with open_office(root).store as store:
        return store.log_size()


@pytest.mark.parametrize("back", [timedelta(minutes=11), timedelta(days=479)])
def test_the_office_does_not_open_and_nothing_is_written(real, monkeypatch, back):
    before = size_of(real)
    set_clock(monkeypatch, back)
    with pytest.raises(OfficeError, match="last entry is of") as refused, at_work(real):
        pass
    assert refused.value.cure
    assert size_of(real) == before


def test_no_page_logs_a_change_of_the_law_into_the_past(real, monkeypatch):
    """A look at a list reads the law, and enters it where it is another one."""
    clock = datetime.now(UTC) - timedelta(days=30)
    moment = Moment(at=instant(clock), today=clock.date())
    with opened(real, None) as site:
        (real / "registers" / "retention.csv").write_text("kind,years,authority\nreturned,9,own\n")
        before = site.office.store.log_size()
        monkeypatch.setattr(served, "now", lambda _on=None: moment)
        with pytest.raises(OfficeError, match="last entry is of"):
            site.desk()
        assert site.office.store.log_size() == before


def test_minutes_are_no_attack(real, monkeypatch):
    set_clock(monkeypatch, TOLERANCE / 2)
    with at_work(real) as place:
        assert place.store.log_size()


@pytest.mark.parametrize("seconds", [0, 1])
def test_ten_minutes_behind_the_last_entry_are_allowed_to_the_second(real, monkeypatch, seconds):
    with open_office(real).store as store:
        last = moment_of(read_entry(store.entry(store.log_size() - 1).body).at)
    clock = last - TOLERANCE - timedelta(seconds=seconds)
    moment = Moment(at=instant(clock), today=clock.date())
    monkeypatch.setattr(entering, "now", lambda _on=None: moment)
    allowed = pytest.raises(OfficeError, match="last entry") if seconds else nullcontext()
    with allowed, at_work(real):
        pass
