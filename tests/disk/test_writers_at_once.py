"""Files that several threads and programs put in place at the same time."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from forks import FORKS
from ostiary.disk.durable import put_durably, put_private, replace_file
from ostiary.disk.locks import alone

WRITERS, TIMES = 5, 40


def _put_privately(target: Path, content: bytes) -> None:
    put_private(target, content, 0o600)


HOW = [put_durably, _put_privately]


def _put_often(folder: Path, letter: str, put=put_durably) -> None:
    for n in range(TIMES):
        put(folder / "file", letter.encode() * (100 + n))


def _count_up(folder: Path, times: int) -> None:
    for _ in range(times):
        with alone(folder / ".lock"):
            path = folder / "count"
            count = json.loads(path.read_text()) if path.exists() else 0
            replace_file(path, json.dumps(count + 1).encode())


def _is_of_one_writer(content: bytes) -> bool:
    return len(set(content)) == 1 and len(content) >= 100


@pytest.mark.parametrize("put", HOW)
def test_threads_that_put_one_file_all_succeed_and_tear_nothing(tmp_path, put):
    barrier = Barrier(WRITERS)

    def work(letter: str) -> None:
        barrier.wait()
        _put_often(tmp_path, letter, put)
        assert _is_of_one_writer((tmp_path / "file").read_bytes())

    with ThreadPoolExecutor(WRITERS) as pool:
        assert list(pool.map(work, "abcde")) == [None] * WRITERS
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("put", HOW)
def test_programs_that_put_one_file_all_succeed_and_tear_nothing(tmp_path, put):
    programs = [
        FORKS.Process(target=_put_often, args=(tmp_path, letter, put)) for letter in "abcde"
    ]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
    assert [program.exitcode for program in programs] == [0] * WRITERS
    assert _is_of_one_writer((tmp_path / "file").read_bytes())
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_what_a_crash_left_beside_is_taken_up(tmp_path):
    (tmp_path / "file.new").write_bytes(b"torn and longer than what comes")
    replace_file(tmp_path / "file", b"whole")
    assert (tmp_path / "file").read_bytes() == b"whole"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_what_is_private_stays_so_whatever_a_crash_left_beside(tmp_path):
    (tmp_path / ".file.new").write_bytes(b"torn, and for everybody")
    (tmp_path / ".file.new").chmod(0o666)
    put_private(tmp_path / "file", b"whole", 0o600)
    assert (tmp_path / "file").read_bytes() == b"whole"
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_nothing_is_lost_between_reading_and_putting_back(tmp_path):
    programs = [FORKS.Process(target=_count_up, args=(tmp_path, TIMES)) for _ in range(WRITERS)]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
    assert [program.exitcode for program in programs] == [0] * WRITERS
    assert json.loads((tmp_path / "count").read_text()) == WRITERS * TIMES
