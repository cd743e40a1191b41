"""Attack: an operator sets the day back to a time before the stay."""

import shutil
from datetime import date

import pytest

from commands import ostiary
from officers import desk_on
from ostiary.domain.errors import InputError, OfficeError
from ostiary.office.folder.layout import create_office
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.release import release


def test_only_a_training_office_can_set_the_day(tmp_path):
    real = create_office(tmp_path / "real").root
    with (
        pytest.raises(InputError, match="only a training office"),
        at_work(real, on=date(2025, 8, 7)),
    ):
        pass
    done = ostiary("release", real, "--on", "2025-08-07")
    assert done.status == 2
    assert "only a training office" in done.err


def test_calling_a_real_office_a_training_office_is_noticed(tmp_path):
    real = create_office(tmp_path / "real").root
    settings = real / "office.toml"
    settings.write_text(settings.read_text().replace("training = false", "training = true"))
    with pytest.raises(OfficeError), at_work(real, on=date(2025, 8, 7)):
        pass


def test_what_a_training_office_is_stands_in_its_first_entry(office):
    with desk_on(office) as (place, _):
        assert b'"training":true' in place.store.entry(0).body


def test_an_earlier_receipt_does_not_help_on_the_day_of_disclosure(office, tmp_path):
    copy = tmp_path / "again"
    shutil.copytree(office, copy)
    with at_work(copy) as place:  # today, long after the stay
        assert release(place).answers == ()
