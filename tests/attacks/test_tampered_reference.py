"""Attack: somebody changes the reference on disk, so that another address is confirmed.

What decides must be what the log names: each file of the reference is held to its digest before
anybody is looked up, and again when it has changed under a program that keeps it open.
"""

import json
import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from commands import ostiary
from ostiary.deciding.matching.model import open_model
from ostiary.deciding.matching.reference_integrity import check_reference
from ostiary.domain.errors import OfficeError
from ostiary.office.cases.context import OpenReference

RECEIVED = date(2025, 8, 6)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"\0")


def loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def files_of(office: Path) -> list[Path]:
    return sorted(each for each in open_model(office / "reference").folder.iterdir()
                  if not each.name.startswith("decoys."))  # fmt: skip


@pytest.mark.parametrize("damage", [flip, cut, grow, Path.unlink, loop])
def test_each_changed_file_is_refused_by_its_name(office, damage):
    reference = office / "reference"
    check_reference(reference)
    for path in files_of(office):
        if damage is not grow and not path.stat().st_size:
            continue
        before = path.read_bytes()
        damage(path)
        with pytest.raises(OfficeError, match=rf"damaged: {path.name} ") as refused:
            check_reference(reference)
        assert refused.value.cure
        path.unlink(missing_ok=True)
        path.write_bytes(before)
        check_reference(reference)


def test_setting_the_time_back_hides_nothing(office):
    path = next(path for path in files_of(office) if path.name == "words.arrow")
    check_reference(office / "reference")
    times = path.stat()
    flip(path)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(OfficeError, match=r"words\.arrow"):
        check_reference(office / "reference")


def test_a_program_that_keeps_the_reference_open_notices(office):
    kept = OpenReference()
    assert kept.asked(office / "reference") is kept.asked(office / "reference")
    flip(next(path for path in files_of(office) if path.name == "records.bin"))
    with pytest.raises(OfficeError, match=r"records\.bin"):
        kept.asked(office / "reference")


def test_a_model_changed_in_its_place_is_opened_anew_whatever_its_time_says(office):
    """Else a page compares with one reference, and the log names another."""
    kept, path = OpenReference(), office / "reference" / "model.json"
    before = kept.asked(office / "reference")
    times, stated = path.stat(), json.loads(path.read_text())
    path.write_text(json.dumps(stated, indent=1))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert kept.soon(office / "reference") is not before


def test_a_model_that_leaves_out_a_file_or_reads_as_nothing_is_refused(loaded_office, tmp_path):
    """Else whoever changes a file takes its digest out of the list, and nobody compares it."""
    reference = shutil.copytree(loaded_office / "reference", tmp_path / "reference")
    path = reference / "model.json"
    sound, text = json.loads(path.read_text()), path.read_bytes()
    files = sound["files"]
    without = {name: digest for name, digest in files.items() if name != "words.arrow"}
    other = files | {"words.arrow": files["names.arrow"]}
    damaged = [sound | {"files": one} for one in ({}, [], without, other, {**files, "x": "y"})]
    damaged += [sound | {"folder": "../reference"}, sound | {"folder": ""}, [], None]
    damaged += [sound | {name: value} for name in sound for value in (None, [], "x", -1)]
    texts = [json.dumps(one).encode() for one in damaged]
    for bad in (*texts, b"", text[: len(text) // 2], b"[" * 100_000, b"\0" * 50, b"\xff\xfe"):
        path.write_bytes(bad)
        with pytest.raises(OfficeError, match="reference"):
            open_model(reference)
    path.write_bytes(text)
    assert open_model(reference).folder.name == sound["folder"]


@pytest.mark.parametrize("command", ["run", "extend"])
def test_nothing_is_looked_up_or_added_on_top_of_a_changed_reference(office, world, command):
    flip(next(path for path in files_of(office) if path.name == "words.arrow"))
    batches = sorted(each.name for each in (office / "batches").iterdir())
    model = (office / "reference" / "model.json").read_bytes()
    done = (
        ostiary("run", office, world / "requests.csv", "--received", RECEIVED)
        if command == "run"
        else ostiary("reference", "load", office, world / "people.parquet", "--extend")
    )
    assert done.status == 2
    assert "words.arrow" in done.err
    assert "Traceback" not in done.err
    assert sorted(each.name for each in (office / "batches").iterdir()) == batches
    assert (office / "reference" / "model.json").read_bytes() == model
