"""Reviewers are read once of the same registers, and anew as soon as anything of these changes."""

from officers import NEXT_DAY
from ostiary.office.cases import officers
from ostiary.office.cases.officers import reviewers_in, reviewers_under
from ostiary.office.recovery.entering import at_work

LATE, EARLY = "2139-03-05", "2025-03-05"  # days that no other test ends a register's rows on


def counting(monkeypatch):
    """How often the register is read."""
    read = []

    def reading(con):
        read.append(1)
        return reviewers_in(con)

    monkeypatch.setattr(officers, "reviewers_in", reading)
    return read


def test_a_register_that_changes_is_read_anew(loaded_office, stores, tmp_path, monkeypatch):
    root = stores.copy(loaded_office, tmp_path / "office").root
    file = root / "registers" / "reviewers.csv"
    read, told = counting(monkeypatch), []
    for until in (*[LATE] * 2, *[EARLY] * 2, LATE):
        header, *rows = file.read_text().splitlines()
        ended = [f"{row.rpartition(',')[0]},{until}" for row in rows]
        file.write_text("\n".join([header, *ended]) + "\n")
        with at_work(root, on=NEXT_DAY) as place, place.law_and_tables() as (tables, law):
            told.append(reviewers_under(law, tables))
            assert told[-1] == reviewers_in(tables())
    assert told[0] == told[1] == told[4] != told[2] == told[3]
    assert len(read) == 2
