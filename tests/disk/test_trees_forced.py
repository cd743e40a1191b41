"""A folder forced to the disk by threads: all of it, the folder itself last, or an error."""

import errno
import os
from pathlib import Path

import pytest

from ostiary.disk.durable import sync_tree

FILES = 12  # more than threads


@pytest.fixture
def forced(tmp_path, monkeypatch):
    """A folder of files and folders; what of it is forced, in the order in which that ended."""
    below = tmp_path / "tree" / "custody" / "deep"
    below.mkdir(parents=True)
    for number in range(FILES):
        (below.parent / f"{number}.csv").write_text("x")
    (below / "one.parquet").write_text("x")
    ended, fsync = [], os.fsync

    def forcing(handle):
        fsync(handle)
        ended.append(Path(f"/proc/self/fd/{handle}").readlink())

    monkeypatch.setattr(os, "fsync", forcing)
    return tmp_path / "tree", ended


def test_all_of_it_is_forced_and_the_folder_itself_last(forced):
    tree, ended = forced
    sync_tree(tree)
    assert sorted(ended) == sorted([tree, *tree.rglob("*")])
    assert ended[-1] == tree


@pytest.mark.parametrize("fails", ["custody", "0.csv", "11.csv", "one.parquet"])
def test_a_file_that_cannot_be_forced_is_an_error(forced, monkeypatch, fails):
    """Whatever thread meets it: nothing is committed that relies on the folder."""
    tree, ended = forced
    forcing = os.fsync

    def failing(handle):
        if Path(f"/proc/self/fd/{handle}").readlink().name == fails:
            raise OSError(errno.EIO, "the disk failed")
        forcing(handle)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(OSError, match="the disk failed"):
        sync_tree(tree)
    assert tree not in ended
