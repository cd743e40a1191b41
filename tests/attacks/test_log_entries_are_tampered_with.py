"""Somebody with the published files, but not the log's key, changes what is logged.

Twice each: once only the entry bundle is changed, as a careless hand would; once every tile is
computed anew, as a careful one would. Either way the entry, or the root, is named.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from log_story import OfficeLog, digest, kinds, rewrite, told_story
from ostiary.verifying.log.faults import FAULT_LIMIT
from ostiary.verifying.log.tiles import bundle_path, pack_entries, tile_path

SIZE = 600
Tampering = Callable[[list[bytes], int], None]


def edit(entries: list[bytes], at: int) -> None:
    entries[at] = entries[at].replace(b'"at":"2025-08-06', b'"at":"2025-08-05')


def drop(entries: list[bytes], at: int) -> None:
    del entries[at]


def insert(entries: list[bytes], at: int) -> None:
    entries.insert(at, entries[at])


def reorder(entries: list[bytes], at: int) -> None:
    entries[at], entries[at - 1] = entries[at - 1], entries[at]


def replace_by_older(entries: list[bytes], at: int) -> None:
    entries[at] = entries[0]


ALL: list[Tampering] = [edit, drop, insert, reorder, replace_by_older]
PLACES = [1, 255, 256, 300, SIZE - 1]


@pytest.fixture(scope="module")
def story() -> OfficeLog:
    log = told_story(450)
    log.entries = log.entries[: SIZE - 1]  # ends within its answers, like any log
    log.add("answer.opened", of=5, answer="a-none", on="2025-09-02", receipt=digest("r"))
    del log.entries[-1]
    asked = next(n for n, entry in enumerate(log.entries) if b'"status":"accepted"' in entry)
    log.add("release.stopped", of=asked, mask="1", on="2025-11-21")
    return log


@pytest.mark.parametrize("at", PLACES)
@pytest.mark.parametrize("tamper", ALL)
def test_a_careful_hand_is_betrayed_by_the_root(
    story: OfficeLog, tmp_path: Path, tamper: Tampering, at: int
) -> None:
    story.publish(tmp_path)
    assert story.verify(tmp_path).is_sound
    entries = list(story.entries)
    tamper(entries, at)
    rewrite(tmp_path, entries)
    found = kinds(story.verify(tmp_path))
    if len(entries) == SIZE:
        assert "root" in found
    else:
        assert found & {"root", "bundle", "tile"}, "the size itself does not fit the files"


@pytest.mark.parametrize("at", PLACES)
@pytest.mark.parametrize("tamper", [edit, reorder, replace_by_older])
def test_a_careless_hand_is_betrayed_by_the_lowest_tile_which_names_the_entry(
    story: OfficeLog, tmp_path: Path, tamper: Tampering, at: int
) -> None:
    story.publish(tmp_path)
    entries = list(story.entries)
    tamper(entries, at)
    for number in {at // 256, (at - 1) // 256}:
        part = entries[number * 256 : (number + 1) * 256]
        (tmp_path / bundle_path(number, len(part))).write_bytes(pack_entries(part))
    report = story.verify(tmp_path)
    named = {fault.index for fault in report.faults if str(fault.kind) == "entry"}
    changed = {n for n in range(SIZE) if entries[n] != story.entries[n]}
    assert named == changed
    assert changed
    assert "tile" not in kinds(report), "no innocent tile is blamed"


@pytest.mark.parametrize("at", [0, 300, SIZE - 1])
@pytest.mark.parametrize("tamper", [drop, insert])
def test_a_bundle_with_too_few_or_too_many_entries_is_named(
    story: OfficeLog, tmp_path: Path, tamper: Tampering, at: int
) -> None:
    story.publish(tmp_path)
    number, start = at // 256, at // 256 * 256
    part = story.entries[start : start + 256]
    path = bundle_path(number, len(part))
    tamper(part, at - start)
    (tmp_path / path).write_bytes(pack_entries(part))
    report = story.verify(tmp_path)
    assert [(str(fault.kind), fault.path) for fault in report.faults] == [("bundle", path)]


def test_a_bundle_that_is_gone_is_named(story: OfficeLog, tmp_path: Path) -> None:
    story.publish(tmp_path)
    (tmp_path / bundle_path(1)).unlink()
    report = story.verify(tmp_path)
    assert [(str(f.kind), f.path) for f in report.faults] == [("bundle", bundle_path(1))]


def test_where_a_bundle_and_its_hashes_are_gone_the_rest_is_still_audited(
    story: OfficeLog, tmp_path: Path
) -> None:
    story.publish(tmp_path)
    for path in (bundle_path(1), tile_path(0, 1)):
        (tmp_path / path).unlink()
    edited = bytes([1]) + bytes(len(story.entries[0]) - 1)
    (tmp_path / bundle_path(0)).write_bytes(pack_entries([edited, *story.entries[1:256]]))
    named = [(str(f.kind), f.index, f.path) for f in story.verify(tmp_path).faults]
    assert named[:2] == [("bundle", None, bundle_path(1)), ("tile", None, tile_path(0, 1))]
    assert ("root", None, "checkpoint") in named
    assert ("entry", 0, "") in named
    assert ("tile", None, tile_path(1, 0, 2)) in named


def test_of_a_great_many_edited_entries_as_many_are_named_as_people_read(
    story: OfficeLog, tmp_path: Path
) -> None:
    """One more is counted, so that it is seen that these are not all."""
    story.publish(tmp_path)
    entries = list(story.entries)
    for at in range(240, 280):
        edit(entries, at)
    for number in (0, 1):
        part = entries[number * 256 : (number + 1) * 256]
        (tmp_path / bundle_path(number)).write_bytes(pack_entries(part))
    report = story.verify(tmp_path)
    assert [fault.index for fault in report.faults] == list(range(240, 240 + FAULT_LIMIT))
    assert report.fault_count == FAULT_LIMIT + 1


def test_a_tile_of_which_every_hash_is_altered_is_named_once(
    story: OfficeLog, tmp_path: Path
) -> None:
    story.publish(tmp_path)
    path = tile_path(1, 0, 2)
    (tmp_path / path).write_bytes(bytes(64))
    [fault] = story.verify(tmp_path).faults
    assert (str(fault.kind), fault.path) == ("tile", path)
    assert "entries 0 to 255" in fault.message
