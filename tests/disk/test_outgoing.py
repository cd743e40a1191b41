"""What leaves the office lies in its folder itself: no link is followed, however it is laid."""

import os

import pytest

from ostiary.disk.outgoing import lies_in, open_outgoing, read_outgoing


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "secret").write_bytes(b"secret")
    made = tmp_path / "published"
    (made / "tile" / "0").mkdir(parents=True)
    (made / "tile" / "0" / "000").write_bytes(b"tile")
    return made


@pytest.mark.parametrize(
    ("at", "leads_to"),
    [
        ("one", "../keys/secret"),
        ("one", "tile/0/000"),
        ("tile/0/one", "../../../keys/secret"),
        ("one", "nowhere"),
        ("one", "one"),
        ("one", "/dev/zero"),
    ],
)
def test_no_link_is_followed(folder, at, leads_to):
    (folder / at).symlink_to(leads_to)
    assert not lies_in(folder, at)


@pytest.mark.parametrize("name", ["keys/secret", "tile/keys/secret", "inner/0/000"])
def test_nor_one_in_a_folder_s_place(folder, name):
    (folder / "keys").symlink_to("../keys")
    (folder / "tile" / "keys").symlink_to(folder.parent / "keys")
    (folder / "inner").symlink_to("tile")
    with pytest.raises(FileNotFoundError):
        open_outgoing(folder, name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "/",
        "..",
        "../keys/secret",
        "tile/../../keys/secret",
        "tile",
        "tile/0/000/x",
        "tile/0/000\x00",
        "tile/0/001",
        "pipe",
    ],
)
def test_what_is_no_file_below_is_not_there(folder, name):
    os.mkfifo(folder / "pipe")
    assert not lies_in(folder, name)
    assert not lies_in(folder, str(folder.parent / "keys" / "secret"))


def test_a_file_below_is_read_wherever_the_folder_lies(folder, tmp_path):
    (tmp_path / "elsewhere").symlink_to(folder)
    for where in (folder, tmp_path / "elsewhere"):
        assert read_outgoing(where, "tile/0/000") == b"tile"
