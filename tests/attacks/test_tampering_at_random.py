"""Attack: somebody tampers with a published log, in every way we could think of, anywhere in it.

The log is a real office's, cosigned by two witnesses and time-stamped twice. Each tampering must be
found, and named: the kind of the fault and the file or entry where it lies. See tampered_log.py.
"""

import shutil
from pathlib import Path
from random import Random

import pytest

from authorities import new_authority
from ostiary.verifying.log.verify import LogReport
from published_office import PublishedOffice, publish_office
from tampered_log import Case, Tampering
from tamperings_by_the_keeper import KEEPER
from tamperings_of_files import (
    FILES,
    bundle_cut,
    byte_of_a_tile,
    byte_of_an_entry,
    entry_backdated,
    entry_inserted,
    extra_file,
    stamps_swapped,
    tile_gone,
)
from tamperings_of_notes import NOTES

PLACES = 3
LOW = [byte_of_a_tile, byte_of_an_entry, bundle_cut, tile_gone, entry_inserted, entry_backdated]


@pytest.fixture(scope="module")
def log(determined_office: Path, tmp_path_factory: pytest.TempPathFactory) -> PublishedOffice:
    folder = tmp_path_factory.mktemp("published")
    office = Path(shutil.copytree(determined_office, folder / "office"))
    return publish_office(office, folder, new_authority(folder / "tsa"))


def named(report: LogReport) -> set[tuple[str, str]]:
    return {
        (str(fault.kind), fault.path if fault.index is None else f"entry {fault.index}")
        for fault in report.faults
    }


def test_the_untouched_log_is_sound(log: PublishedOffice, tmp_path: Path) -> None:
    """The negative control: what finds a fault in everything finds nothing."""
    report = log.audit(Path(shutil.copytree(log.folder, tmp_path / "log")))
    assert report.is_sound, report.faults
    assert len(report.cosigners) == 2
    assert [stamp.is_believed for stamp in report.stamps] == [True, True]
    assert report.size == len(log.entries) > 1000
    assert sum(row.answers for row in report.figures) > 2


@pytest.mark.parametrize("tamper", [*FILES, *NOTES, *KEEPER], ids=lambda one: one.__name__)
def test_it_is_found_and_named_wherever_it_is(
    log: PublishedOffice, tmp_path: Path, tamper: Tampering
) -> None:
    for seed in range(PLACES):
        folder = Path(shutil.copytree(log.folder, tmp_path / str(seed)))
        expected = tamper(Case(log, folder, Random(f"{tamper.__name__} {seed}")))
        report = log.audit(folder)
        assert not report.is_sound
        assert expected in named(report), report.faults
        for fault in report.faults:
            assert fault.path or fault.index is not None, f"no place is named: {fault}"


def test_two_tamperings_do_not_hide_each_other(log: PublishedOffice, tmp_path: Path) -> None:
    for seed in range(PLACES):
        random = Random(seed)
        folder = Path(shutil.copytree(log.folder, tmp_path / f"log{seed}"))
        case = Case(log, folder, random)
        expected = {tamper(case) for tamper in (random.choice(LOW), stamps_swapped, extra_file)}
        assert expected <= named(log.audit(folder)), expected
