"""Attack: keys, case store and answers that everybody on the machine may read."""

import os

import pytest

from ostiary.deciding.law.reading import read_orders
from ostiary.domain.errors import BookError, OfficeError
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


DECIDES = ("", "office.toml", "registers", "registers/signers.csv", "orders", "orders/stay.md")


@pytest.mark.parametrize("name", DECIDES)
def test_an_office_in_which_everybody_may_write_what_decides_is_not_opened(root, name):
    for file in ("registers/signers.csv", "orders/stay.md"):
        (root / file).touch()
    path = root / name
    path.chmod(path.stat().st_mode | 0o002)
    with pytest.raises(OfficeError, match="everybody on this machine may write") as refused:
        open_office(root)
    assert refused.value.where == str(path)
    path.chmod(path.stat().st_mode & ~0o002)
    open_office(root)


@pytest.mark.parametrize("name", ["cases.db", "keys", "registers", "office.toml", "orders"])
def test_nor_one_of_which_a_part_lies_where_everybody_may_write(root, tmp_path, name):
    """A name leads into a folder of all: who may write there may put another file in its place."""
    elsewhere = tmp_path / "of-all"
    elsewhere.mkdir()
    (root / name).rename(elsewhere / "part")
    (root / name).symlink_to(elsewhere / "part")
    open_office(root)
    elsewhere.chmod(0o777)
    with pytest.raises(OfficeError, match="everybody on this machine may write") as refused:
        open_office(root)
    assert refused.value.where == str(elsewhere)
    elsewhere.chmod(0o1777)
    open_office(root)


@pytest.mark.parametrize("where", ["orders/stay.md", "orders/described"])
def test_a_pipe_in_place_of_an_order_keeps_nobody_waiting(root, where):
    os.mkfifo(root / where)
    with pytest.raises(BookError, match=r"no file|would not be read|not read"):
        read_orders(root / "orders")
