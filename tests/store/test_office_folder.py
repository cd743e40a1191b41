"""An office is made whole or not at all, and is opened only when it is whole."""

import os
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from ostiary.domain.errors import InputError, KeyFileError, OfficeError
from ostiary.office.folder.config import Limits
from ostiary.office.folder.layout import Office, create_office, open_office
from ostiary.verifying.keys.files import key_text, new_signing_key, read_verifying_text
from ostiary.verifying.keys.signatures import is_signed, sign


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def edit(office: Office, old: str, new: str) -> None:
    """Change office.toml as somebody with an editor would."""
    path = office.root / "office.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_new_office_has_everything_and_reads_back_as_it_was_made(tmp_path: Path) -> None:
    made = create_office(tmp_path / "office", profile="fips", training=True, origin="log.example/7")
    assert made == open_office(tmp_path / "office")
    assert made.origin == made.config.origin == "log.example/7"
    assert (made.config.profile, made.config.training) == ("fips", True)
    assert made.config.limits == Limits()
    folders = [made.reference, made.accounting, made.batches, made.answers]
    folders += [made.registers, made.orders, made.keys]
    assert all(folder.is_dir() for folder in folders)
    assert made.store.log_size() == 0
    made.store.close()
    assert [path.name for path in tmp_path.iterdir()] == ["office"], "nothing else is left behind"


def test_every_office_has_its_own_origin_and_secret(office: Office, tmp_path: Path) -> None:
    one, two = office, create_office(tmp_path / "two")
    assert one.origin != two.origin
    assert one.origin.startswith("ostiary.invalid/office/")
    assert one.secret() != two.secret()
    assert len(one.secret()) == 32


@pytest.mark.parametrize("profile", ["modern", "fips"])
def test_the_published_keys_check_what_the_private_ones_sign(tmp_path: Path, profile: str) -> None:
    office = create_office(tmp_path / "office", profile=profile)
    for name, key in (("log", office.log_key()), ("release", office.release_key())):
        text = (office.keys / f"{name}.pub").read_text()
        assert text.count("\n") == 1
        public = read_verifying_text(text.strip())
        assert is_signed(public, sign(key, b"words"), b"words")


def test_what_is_secret_or_personal_is_open_to_the_owner_alone(office: Office) -> None:
    assert {mode(office.keys / name) for name in ("log.key", "release.key", "secret")} == {0o600}
    assert mode(office.database.path) == 0o600
    private = (office.keys, office.reference, office.batches, office.answers)
    assert {mode(folder) for folder in private} == {0o700}


def test_settings_are_explained_where_they_stand(office: Office) -> None:
    lines = (office.root / "office.toml").read_text().splitlines()
    settings = [n for n, line in enumerate(lines) if " = " in line and not line.startswith("#")]
    assert len(settings) == 32
    assert all(lines[n - 1].startswith("#") for n in settings)


def test_an_office_is_never_made_over_something(office: Office, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    for taken in (tmp_path, office.root, office.database.path):
        with pytest.raises(OfficeError, match="something here already"):
            create_office(taken)
    assert sorted(tmp_path.rglob("*")) == before
    assert open_office(office.root) == office


def test_an_office_may_be_made_in_an_empty_folder_or_below_new_ones(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert create_office(tmp_path / "empty").store.log_size() == 0
    assert create_office(tmp_path / "a" / "b").store.log_size() == 0


def test_an_office_that_cannot_be_finished_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="cannot be made here"):
        create_office(tmp_path / "office", database="sqlite:///no/such/folder/cases.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"profile": "ancient"}, "`profile`"),
        ({"origin": "two words"}, "`origin`"),
        ({"origin": "a+b"}, "`origin`"),
        ({"database": "mysql://db/cases"}, "`database`"),
        ({"database": "postgresql://db/"}, "`database`"),
        ({"database": "postgresql://db/cases?options=-cfsync=off"}, "`database`"),
        ({"database": "sqlite:///"}, "`database`"),
    ],
)
def test_an_office_is_not_made_with_settings_that_will_not_do(
    tmp_path: Path, wrong: dict[str, str], named: str
) -> None:
    with pytest.raises(OfficeError, match=named):
        create_office(tmp_path / "office", **wrong)
    assert list(tmp_path.iterdir()) == []


def test_cases_may_be_kept_on_another_disk(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    database = f"sqlite:///{tmp_path}/disk/cases.db"
    office = create_office(tmp_path / "office", database=database)
    assert office.database.path == tmp_path / "disk" / "cases.db"
    assert mode(office.database.path) == 0o600
    assert not (office.root / "cases.db").exists()
    with pytest.raises(OfficeError, match="the database is there already"):
        create_office(tmp_path / "second", database=database)
    assert open_office(tmp_path / "office").store.log_size() == 0


def test_a_folder_with_a_strange_name_serves_as_well(tmp_path: Path) -> None:
    office = create_office(tmp_path / "büro 100%?mode=memory#:memory:")
    assert open_office(office.root).store.log_size() == 0
    assert office.database.path.stat().st_size > 0


def test_no_office_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="this folder is no office"):
        open_office(tmp_path)
    with pytest.raises(OfficeError, match="there is no such folder"):
        open_office(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["log.key", "log.pub", "release.key", "release.pub", "secret"])
def test_a_missing_key_file_is_named(office: Office, name: str) -> None:
    (office.keys / name).unlink()
    with pytest.raises(OfficeError, match=f"{name}: a key file of the office is missing"):
        open_office(office.root)


def test_a_key_of_another_pair_is_noticed(office: Office) -> None:
    (office.keys / "log.pub").write_text(key_text(new_signing_key().public_key()))
    with pytest.raises(OfficeError, match=r"does not belong to log\.key"):
        open_office(office.root)


def test_damaged_keys_are_noticed(office: Office) -> None:
    (office.keys / "secret").write_text("abc")
    with pytest.raises(OfficeError, match="not the secret of an office"):
        open_office(office.root)
    (office.keys / "secret").write_text("00" * 32)
    (office.keys / "release.key").write_text("abc")
    with pytest.raises(KeyFileError, match="no private key"):
        open_office(office.root)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[office]", "[office", "not in TOML form"),
        ("[office]", "[offices]", "unknown setting: offices"),
        ("training = ", "traning = ", "unknown setting: traning"),
        ('profile = "modern"', 'profile = "none"', "`profile` will not do"),
        ("training = false", 'training = "no"', "`training` will not do"),
        ('"sqlite:///cases.db"', '"postgresql://host/cases?options=x"', "postgresql://USER@HOST"),
        ("file_rows = 5000000", "file_rows = 0", "`limits` will not do"),
        ("file_rows = 5000000", "file_rows = true", "`limits` will not do"),
        ("origin = ", "# origin = ", "`origin` is missing"),
    ],
)
def test_a_setting_that_means_nothing_is_refused(
    office: Office, old: str, new: str, message: str
) -> None:
    edit(office, old, new)
    with pytest.raises(OfficeError, match=message) as refused:
        open_office(office.root)
    assert "office.toml" in refused.value.where
    assert refused.value.cure


def test_limits_are_the_offices_own(office: Office) -> None:
    edit(office, "file_rows = 5000000", "file_rows = 12")
    assert open_office(office.root).config.limits.file_rows == 12


def test_a_training_office_and_a_real_one_cannot_be_passed_off_as_each_other(
    office: Office,
) -> None:
    edit(office, "training = false", "training = true")
    with pytest.raises(OfficeError, match="not what this case store was made with"):
        open_office(office.root)


def test_the_case_store_of_another_office_is_noticed(office: Office, tmp_path: Path) -> None:
    one, two = office, create_office(tmp_path / "two")
    shutil.copy(two.database.path, one.database.path)
    with pytest.raises(OfficeError, match=two.origin):
        open_office(one.root)


def test_a_missing_case_store_is_not_replaced_by_an_empty_one(office: Office) -> None:
    office.database.path.unlink()
    with pytest.raises(OfficeError, match="the case store of the office is missing"):
        open_office(office.root)
    assert not office.database.path.exists()


@pytest.mark.parametrize("content", [b"not a database at all, but long enough" * 100, b"", b"x"])
def test_a_damaged_case_store_is_said_to_be_damaged(office: Office, content: bytes) -> None:
    office.database.path.write_bytes(content)
    with pytest.raises(OfficeError, match=r"cases\.db: the case store") as refused:
        open_office(office.root)
    assert "backup" in refused.value.cure


def test_the_database_of_another_program_is_no_case_store(office: Office) -> None:
    office.database.path.unlink()
    office.database.path.touch(mode=0o600)
    other = sqlite3.connect(office.database.path)
    other.execute("CREATE TABLE office (chairs integer)")
    other.close()
    with pytest.raises(OfficeError, match="another database"):
        open_office(office.root)


def test_half_a_case_store_is_said_to_be_damaged(office: Office) -> None:
    os.truncate(office.database.path, office.database.path.stat().st_size // 2)
    with pytest.raises(OfficeError, match="damaged"):
        open_office(office.root)


def test_every_refusal_ends_a_command_with_status_2(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        open_office(tmp_path)
    assert refused.value.exit_status == 2
