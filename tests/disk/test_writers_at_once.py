"""Files that several threads and programs put in place at the same time."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from forks import FORKS
from ostiary.disk.durable import put_durably, replace_file
from ostiary.disk.locks import alone

WRITERS, TIMES = 5, 40


def _put_often(folder: Path, letter: str) -> None:
    for n in range(TIMES):
        put_durably(folder / "file", letter.encode() * (100 + n))


def _count_up(folder: Path, times: int) -> None:
    for _ in range(times):
        with alone(folder / ".lock"):
            path = folder / "count"
            count = json.loads(path.read_text()) if path.exists() else 0
            replace_file(path, json.dumps(count + 1).encode())


def _is_of_one_writer(content: bytes) -> bool:
    return len(set(content)) == 1 and len(content) >= 100


def test_threads_that_put_one_file_all_succeed_and_tear_nothing(tmp_path):
    barrier = Barrier(WRITERS)

    def work(letter: str) -> None:
        barrier.wait()
        _put_often(tmp_path, letter)
        assert _is_of_one_writer((tmp_path / "file").read_bytes())

    with ThreadPoolExecutor(WRITERS) as pool:
        assert list(pool.map(work, "abcde")) == [None] * WRITERS
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_programs_that_put_one_file_all_succeed_and_tear_nothing(tmp_path):
    programs = [FORKS.Process(target=_put_often, args=(tmp_path, letter)) for letter in "abcde"]
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


def test_nothing_is_lost_between_reading_and_putting_back(tmp_path):
    programs = [FORKS.Process(target=_count_up, args=(tmp_path, TIMES)) for _ in range(WRITERS)]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
    assert [program.exitcode for program in programs] == [0] * WRITERS
    assert json.loads((tmp_path / "count").read_text()) == WRITERS * TIMES
