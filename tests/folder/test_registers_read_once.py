"""Registers are read once for the same words, wherever these lie; never for other words."""

import os
import shutil
from pathlib import Path

import pytest

from ostiary.domain.errors import BookError
from ostiary.domain.kept import Kept
from ostiary.office.folder import registers_read
from ostiary.office.folder.law_in_force import written_law

AGENCY = "agency,name,federal,from,until,roles,parent\n{},An agency,true,2020-01-01,,,\n"


@pytest.fixture(autouse=True)
def nothing_read(monkeypatch):
    monkeypatch.setattr(registers_read, "_READ", Kept(8))


@pytest.fixture
def folder(tmp_path) -> Path:
    made = tmp_path / "registers"
    made.mkdir()
    (made / "agencies.csv").write_text(AGENCY.format("agency-one"))
    return made


def agencies(folder: Path) -> list[str]:
    return written_law(registers=[folder]).registers.tables["agencies"]["agency"].to_pylist()


def test_a_copy_says_what_was_read(folder, tmp_path):
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    assert written_law(registers=[folder]).registers is written_law(registers=[copy]).registers


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "agencies.csv").write_text(AGENCY.format("agency-two")),
        lambda folder: (folder / "agencies.csv").rename(folder / "agencies-2.csv"),
        lambda folder: (folder / "agencies.csv").unlink(),
    ],
    ids=["other words of one length", "another name", "taken away"],
)
def test_other_words_are_read_anew(folder, tmp_path, change):
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    assert "agency-one" in agencies(folder)
    change(copy)
    try:
        assert "agency-one" not in agencies(copy)
    except BookError:
        assert (copy / "agencies-2.csv").exists()  # a file that nobody reads is refused
    assert "agency-one" in agencies(folder)


def test_what_changes_while_it_is_read_is_kept_for_no_words(folder, tmp_path, monkeypatch):
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    read = registers_read.read_registers

    def read_late(folders):
        (folder / "agencies.csv").write_text(AGENCY.format("agency-two"))
        return read(folders)

    monkeypatch.setattr(registers_read, "read_registers", read_late)
    assert "agency-two" in agencies(folder)
    monkeypatch.setattr(registers_read, "read_registers", read)
    assert "agency-one" in agencies(copy)


def test_folders_in_the_other_order_are_other_words(folder, tmp_path):
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    (other / "agencies.csv").write_text(AGENCY.format("agency-one").replace("An a", "Another a"))
    names = [
        written_law(registers=both).registers.tables["agencies"]["name"].to_pylist()
        for both in ((folder, other), (other, folder))
    ]
    assert ["Another agency" in one for one in names] == [True, False]


def test_what_changes_within_a_tick_of_the_disks_clock_is_kept_for_no_words(
    folder, tmp_path, monkeypatch
):
    """Neither size nor times need tell, where a file is written twice in a few milliseconds."""
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    read = registers_read.read_registers

    def read_late(folders):
        (folder / "agencies.csv").write_text(AGENCY.format("agency-two"))
        return read(folders)

    with monkeypatch.context() as patched:
        patched.setattr(registers_read, "read_registers", read_late)
        patched.setattr(registers_read, "stamp_of", lambda _: ())
        assert "agency-two" in agencies(folder)
    assert "agency-one" in agencies(copy)


@pytest.mark.parametrize("target", ["nowhere", "suspensions.csv"], ids=["nowhere", "itself"])
@pytest.mark.parametrize("name", ["suspensions.csv", "stay.md"])
def test_a_link_that_leads_nowhere_is_no_absent_file(folder, tmp_path, name, target):
    """The rest was read before without it: what stood there must not cease to count in silence."""
    orders = tmp_path / "orders"
    orders.mkdir()
    law = written_law(registers=[folder], orders=orders)
    place = folder if name.endswith(".csv") else orders
    (place / name).symlink_to(name if target != "nowhere" else tmp_path / target)
    assert not law.stands()
    with pytest.raises(BookError, match=name):
        written_law(registers=[folder], orders=orders)


def test_a_name_that_is_no_text_is_refused_as_any_other(folder):
    (folder / "kopie-\udce4.csv").touch()
    with pytest.raises(BookError, match="not read as a register"):
        agencies(folder)


def test_a_pipe_is_refused_and_not_waited_for(folder):
    os.mkfifo(folder / "suspensions.csv")
    with pytest.raises(BookError, match=r"suspensions\.csv"):
        agencies(folder)
