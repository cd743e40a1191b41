"""Attack: a program is killed while it reads a file, and somebody looks for what it left behind."""

import gzip
import os
import signal
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forks import FORKS
from officers import NEXT_DAY
from ostiary.faces.start import open_site
from ostiary.faces.web.filing import as_workbook, check_form, of_a_form, uploaded_file
from ostiary.office.batches.running import run_batch
from ostiary.office.folder import session
from ostiary.office.recovery.entering import at_work

MARKER = "MARKERSURNAME"
ROW = f"request_id,surname\nR-1,{MARKER}\n"
FORM = of_a_form({"request_id": "R-1", "surname": MARKER}, "dhs-ice")


def upload(site):
    with uploaded_file(site, SimpleUploadedFile("a.csv", ROW.encode())):
        die()


def sent(site):
    """A request by form, which is no file: killed before it is committed."""
    with site.working() as place:
        run_batch(place, FORM, place.moment.today, on_stage=die_at("accounting"))


def checked(site):
    """A form that is checked: killed when all is done, before anything is tidied away."""
    session.shutil = SimpleNamespace(rmtree=lambda *_, **__: die())
    check_form(site, FORM)


def workbook(site):
    as_workbook(site, ROW.encode())
    with uploaded_file(site, SimpleUploadedFile("a.csv.gz", gzip.compress(ROW.encode()))):
        die()


def die_at(stage):
    return lambda begun: die() if begun == stage else None


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def work(step, root, elsewhere):
    os.chdir(elsewhere)
    tempfile.tempdir = str(elsewhere)
    step(open_site(root, on=NEXT_DAY))


def holding(folder: Path) -> list[Path]:
    """The files below a folder that hold the marker."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if MARKER.encode() in path.read_bytes()]


def killed(step, office, elsewhere):
    elsewhere.mkdir()
    process = FORKS.Process(target=work, args=(step, office, elsewhere))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("step", [sent, checked])
def test_of_a_request_by_form_no_copy_is_ever_made(office, tmp_path, step):
    killed(step, office, tmp_path / "elsewhere")
    assert holding(office) == holding(tmp_path / "elsewhere") == []


@pytest.mark.parametrize("step", [upload, workbook])
def test_nothing_is_left_after_the_next_entry_and_nothing_outside_ever(office, tmp_path, step):
    elsewhere = tmp_path / "elsewhere"
    killed(step, office, elsewhere)
    assert holding(office)
    assert all(path.stat().st_mode & 0o777 == 0o700 for path in office.glob(".scratch-*"))
    assert list(elsewhere.iterdir()) == []
    with at_work(office, on=NEXT_DAY):
        pass
    assert holding(office) == []
