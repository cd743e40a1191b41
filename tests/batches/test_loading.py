"""A reference file in use is a reference file in the log, whatever came in between."""

import pytest

from officers import NEXT_DAY
from ostiary.deciding.matching.model import open_model
from ostiary.office.batches import reference_loading
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.recovery.entering import at_work
from ostiary.verifying.log.entries import read_entry


def loads(place) -> list[str]:
    entries = (read_entry(body) for body in place.store.entries_from(0))
    return [entry["model"] for entry in entries if entry.type == "reference.loaded"]


def test_a_load_that_was_cut_short_is_logged_once_when_the_office_is_entered(
    office, tmp_path, monkeypatch
):
    class PowerCut(Exception):  # noqa: N818 - nothing that the program expects
        pass

    def cut(*_args: object) -> None:
        raise PowerCut

    few = tmp_path / "few.csv"
    header = "person_id,given_name,middle_name,surname,name_suffix,birth_date,tin,address_line,unit"
    few.write_text(
        f"{header},city,state,postal_code,country,period,source\n"
        "p1,Ada,,Sample,,1980-02-29,900700001,1 Some St,,Springfield,IL,62701,,2023,return\n"
    )
    with at_work(office, on=NEXT_DAY) as place:
        (first,) = loads(place)
        with monkeypatch.context() as patch:
            patch.setattr(reference_loading, "log_reference", cut)
            with pytest.raises(PowerCut):
                load_people(place, few, replace=True)
        assert loads(place) == [first]
    for _ in range(2):
        with at_work(office, on=NEXT_DAY) as place:
            assert loads(place) == [first, open_model(office / "reference").digest]


def test_a_mark_that_was_lost_logs_nothing_twice(office):
    with at_work(office, on=NEXT_DAY) as place:
        before = place.store.log_size()
    (office / "reference" / ".logged").unlink()
    with at_work(office, on=NEXT_DAY) as place:
        assert place.store.log_size() == before
    assert (office / "reference" / ".logged").exists()
