"""What may lie among the tiles of a published log besides the tiles of its present size."""

from pathlib import Path

import pytest

from log_story import OfficeLog
from ostiary.verifying.log.faults import FAULT_LIMIT
from ostiary.verifying.log.sources import UrlSource, open_source

SIZE = 300


@pytest.fixture
def log(tmp_path: Path) -> OfficeLog:
    story = OfficeLog()
    for number in range(SIZE + 1):
        story.adopt(f"book {number}")
    story.publish(tmp_path, SIZE)
    return story


def strays(log: OfficeLog, folder: Path) -> list[tuple[str, str]]:
    return [(str(fault.kind), fault.path) for fault in log.verify(folder).faults]


def put(folder: Path, path: str, content: bytes = b"-") -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(content)


@pytest.mark.parametrize(
    "path",
    [
        "tile/readme",
        "tile/0/0000",
        "tile/0/00",
        "tile/00/000",
        "tile/0/x000/000",
        "tile/0/000.p",
        "tile/0/000/1",
        "tile/0/001.p/044",
        "tile/0/001.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/257",
        "tile/0/000.p/999",
        "tile/entries/001.p/44x",
        "tile/entries/x000/000",
        "tile/-1/000",
        "tile/0/001.p/\u0664\u0664",
    ],
)
def test_a_name_that_no_tile_has_is_a_stray(log: OfficeLog, tmp_path: Path, path: str) -> None:
    if path == "tile/0/000/1":
        (tmp_path / "tile/0/000").rename(tmp_path / "kept")
        put(tmp_path, path)
        assert ("stray", path) in strays(log, tmp_path)
        return
    put(tmp_path, path)
    assert strays(log, tmp_path) == [("stray", path)]


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/002",
        "tile/0/001",
        "tile/0/001.p/45",
        "tile/entries/x001/234",
        "tile/1/000.p/2",
        "tile/7/000",
        "tile/0/001.p/44.new",
        "tile/entries/001.new",
    ],
)
def test_what_the_next_publication_writes_is_let_be(
    log: OfficeLog, tmp_path: Path, path: str
) -> None:
    put(tmp_path, path)
    assert strays(log, tmp_path) == []


@pytest.mark.parametrize("place", ["notes.txt", "tiles/0/000", "timestamps/x", ".tile"])
def test_what_lies_beside_the_tiles_is_no_business_of_the_log(
    log: OfficeLog, tmp_path: Path, place: str
) -> None:
    put(tmp_path, place)
    assert strays(log, tmp_path) == []


def test_the_partial_tiles_of_an_earlier_size_are_the_beginning_of_those_of_now(
    log: OfficeLog, tmp_path: Path
) -> None:
    whole = {
        path: (tmp_path / path).read_bytes()
        for path in ("tile/0/001.p/44", "tile/entries/001.p/44")
    }
    log.publish(tmp_path, SIZE + 1)
    assert all((tmp_path / path).read_bytes() == content for path, content in whole.items())
    assert strays(log, tmp_path) == []
    for path, content in whole.items():
        for changed in (content[:-1], content + b"-", bytes(len(content)), b""):
            (tmp_path / path).write_bytes(changed)
            assert strays(log, tmp_path) == [("stray", path)]
        (tmp_path / path).write_bytes(content)


def test_an_earlier_partial_tile_is_not_blamed_for_what_is_missing_now(
    log: OfficeLog, tmp_path: Path
) -> None:
    log.publish(tmp_path, SIZE + 1)
    (tmp_path / "tile/0/001.p/45").unlink()
    assert ("tile", "tile/0/001.p/45") in strays(log, tmp_path)


def test_a_link_is_a_file_and_an_empty_folder_is_none(log: OfficeLog, tmp_path: Path) -> None:
    (tmp_path / "tile/0/009").mkdir()
    (tmp_path / "tile/elsewhere").symlink_to("/")
    assert strays(log, tmp_path) == [("stray", "tile/elsewhere")]


def test_many_strays_are_not_listed_without_end(log: OfficeLog, tmp_path: Path) -> None:
    for number in range(FAULT_LIMIT + 5):
        put(tmp_path, f"tile/stray{number}")
    report = log.verify(tmp_path)
    assert (len(report.faults), report.fault_count) == (FAULT_LIMIT, FAULT_LIMIT)


def test_a_folder_is_listed_and_the_web_is_not(log: OfficeLog, tmp_path: Path) -> None:
    assert log.entries
    with open_source(tmp_path) as source:
        assert source.paths("tile") == [
            "tile/0/000",
            "tile/0/001.p/44",
            "tile/1/000.p/1",
            "tile/entries/000",
            "tile/entries/001.p/44",
        ]
        assert source.paths("nothing") == []
    with UrlSource("http://log.example/") as source:
        assert source.paths("tile") == []


def test_a_tile_that_is_audited_anyway_is_not_named_twice(log: OfficeLog, tmp_path: Path) -> None:
    path = tmp_path / "tile/0/001.p/44"
    path.write_bytes(path.read_bytes()[:-1])
    assert strays(log, tmp_path) == [("tile", "tile/0/001.p/44")]
