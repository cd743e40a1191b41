"""Attack: keys, case store and answers that everybody on the machine may read."""

import os
import stat
import subprocess
import sys

import pytest

from ostiary.deciding.law.reading import read_orders
from ostiary.domain.errors import BookError, OfficeError
from ostiary.office.folder.guarded_files import folders_of_log
from ostiary.office.folder.layout import create_office, open_office

KEPT = ("keys", "keys/secret", "keys/log.key", "keys/release.key", "cases.db", "batches", "answers")
LATER = (
    "reference",
    ".reference-before",
    "incoming",
    "recalls",
    "web",
    "tasks",
    "changes",
)


@pytest.fixture
def root(tmp_path):
    return create_office(tmp_path / "office", training=True).root


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("right", [0o004, 0o040, 0o020, 0o001])
def test_an_office_that_others_may_look_into_is_not_opened(root, name, right):
    path = root / name
    path.chmod(path.stat().st_mode | right)
    with pytest.raises(OfficeError, match="only the office may") as refused:
        open_office(root)
    assert refused.value.where == str(path)
    path.chmod(path.stat().st_mode & ~right)
    open_office(root)


@pytest.mark.parametrize("name", LATER)
def test_nor_is_one_in_which_a_step_left_peoples_data_for_all(root, name):
    (root / name).mkdir(mode=0o700, exist_ok=True)
    open_office(root)
    (root / name).chmod(0o750)
    with pytest.raises(OfficeError, match="only the office may") as refused:
        open_office(root)
    assert refused.value.where == str(root / name)


def test_what_is_made_is_private_from_the_start(root):
    assert all((root / name).stat().st_mode & 0o077 == 0 for name in KEPT)


FOLDERS = (
    *("", "registers", "orders", "accounting", "accounting/tile", "accounting/tile/0"),
    *("accounting/tile/entries/x000", "accounting/tile/0/x001", "accounting/tile/0/x001/002.p"),
    "accounting/tile/0/x001/x001",
)
FILES = (
    *("office.toml", "registers/signers.csv", "orders/stay.md"),
    *("accounting/checkpoint", "accounting/custodian.pub", "reference/model.json"),
)


@pytest.mark.parametrize(
    ("name", "right"),
    [(name, 0o002) for name in FOLDERS + FILES] + [(name, 0o1002) for name in FOLDERS],
)
def test_an_office_in_which_everybody_may_write_what_decides_is_not_opened(root, name, right):
    """Nor one in which they may only add files: an order more decides."""
    for folder in FOLDERS:
        (root / folder).mkdir(parents=True, exist_ok=True)
    for file in FILES:
        (root / file).touch()
    path = root / name
    path.chmod(path.stat().st_mode | 0o020)
    open_office(root)
    path.chmod(path.stat().st_mode | right)
    with pytest.raises(OfficeError, match="everybody on this machine may write") as refused:
        open_office(root)
    assert refused.value.where == str(path)
    path.chmod(path.stat().st_mode & ~0o002)
    open_office(root)


def refused_while_everybody_may_lay_anew(root, folder):
    """A sticky folder lets nobody replace what another laid there."""
    open_office(root)
    folder.chmod(0o777)
    with pytest.raises(OfficeError, match="everybody on this machine may write") as refused:
        open_office(root)
    assert refused.value.where == str(folder)
    folder.chmod(0o1777)
    open_office(root)


@pytest.mark.parametrize(
    "name", ["cases.db", "keys", "registers", "office.toml", "orders", "reference"]
)
def test_nor_one_of_which_a_part_lies_where_everybody_may_write(root, tmp_path, name):
    """A name leads into a folder of all: who may write there may put another file in its place."""
    elsewhere = tmp_path / "of-all"
    elsewhere.mkdir()
    (root / name).rename(elsewhere / "part")
    (root / name).symlink_to(elsewhere / "part")
    refused_while_everybody_may_lay_anew(root, elsewhere)


@pytest.mark.parametrize(
    "links",
    [
        {"office/orders": "../mid/hop", "mid/hop": "../safe"},
        {"office/orders": "../one", "one": "mid/hop", "mid/hop": "{}/safe"},
        {"office/orders": "{}/one/hop", "one": "mid", "mid/hop": "../safe"},
        {"office/orders": "../mid/in/../in/hop", "mid/in/hop": "../../safe"},
        {"office/orders/stay.md": "../../mid/stay.md", "mid/stay.md": "../safe/stay.md"},
    ],
)
def test_nor_one_that_is_led_on_by_a_link_that_everybody_may_lay_anew(root, tmp_path, links):
    """Two steps: the folder in between is of all, and where they end is not."""
    mid = tmp_path / "mid"
    for folder in (mid / "in", tmp_path / "safe"):
        folder.mkdir(parents=True)
    (tmp_path / "safe" / "stay.md").touch()
    for name, target in links.items():
        path = tmp_path / name
        if path.is_dir():
            path.rmdir()
        path.symlink_to(target.format(tmp_path))
    refused_while_everybody_may_lay_anew(root, mid)


def test_no_command_makes_anything_that_everybody_may_write(tmp_path):
    """The office that it makes is one that the next command opens, whatever the shell would let."""
    command = [sys.executable, "-m", "ostiary", "init", "office", "--training"]
    done = subprocess.run(command, check=False, cwd=tmp_path, umask=0, capture_output=True)
    assert done.returncode == 0, done.stderr
    open_office(tmp_path / "office")
    made = [path for path in tmp_path.rglob("*") if path.stat().st_mode & stat.S_IWOTH]
    assert made == []


def test_of_a_long_log_no_tile_is_looked_at(root):
    log = root / "accounting"
    for group in ("x000", "x001"):
        (log / "tile" / "0" / group).mkdir(parents=True)
        (log / "tile" / "0" / group / "000").touch()
    (log / "checkpoint").touch()
    seen = {path.relative_to(log).as_posix() for path in folders_of_log(log)}
    tiles = {"tile", "tile/0", "tile/0/x000", "tile/0/x001"}
    assert seen == {".", "checkpoint", *tiles}


@pytest.mark.parametrize("where", ["orders/stay.md", "orders/described"])
def test_a_pipe_in_place_of_an_order_keeps_nobody_waiting(root, where):
    os.mkfifo(root / where)
    with pytest.raises(BookError, match=r"no file|would not be read|not read"):
        read_orders(root / "orders")
