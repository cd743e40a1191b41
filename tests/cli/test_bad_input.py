"""Wrong input brings one clear message, exit status 2, and leaves nothing half done."""

import shutil

import pytest

from casedb import change
from commands import ostiary
from officers import key_of
from ostiary.deciding.law.shipped import shipped_book
from ostiary.verifying.keys.files import new_opening_key, private_pem

RECEIVED = ("--received", "2025-08-06")


def assert_refused(*arguments, says):
    """Run a command that must be refused in one line that says this, without a trace."""
    done = ostiary(*arguments)
    assert done.status == 2, done
    assert says in done.err, done.err
    assert "Traceback" not in done.err
    return done


def state(office):
    """What an office holds: the files that a step may change, with their content."""
    kept = [path for path in sorted(office.rglob("*")) if path.is_file()]
    return {str(path.relative_to(office)): path.read_bytes() for path in kept}


def test_a_file_that_is_not_there(office):
    assert_refused("run", office, office / "nothing.csv", says="nothing.csv")


def test_a_file_without_a_column(office, world, tmp_path):
    lines = (world / "requests.csv").read_text().splitlines()
    file = tmp_path / "short.csv"
    file.write_text("\n".join(line.split(",", 1)[1] for line in lines[:1]) + "\nx\n")
    before = state(office)
    assert_refused("run", office, file, *RECEIVED, says="request_id")
    assert state(office) == before


def test_a_file_with_an_unknown_column(world, tmp_path):
    text = (world / "requests.csv").read_text().replace("surname", "sirname", 1)
    (tmp_path / "odd.csv").write_text(text)
    assert_refused("check", tmp_path / "odd.csv", *RECEIVED, says="sirname")


def test_a_picture_is_no_request_file(tmp_path):
    (tmp_path / "cat.csv").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    assert_refused("check", tmp_path / "cat.csv", says="cat.csv")


@pytest.mark.parametrize("day", ["06.08.2025", "2025-02-30", "yesterday"])
def test_a_day_that_is_none(world, day):
    assert_refused(
        "check", world / "requests.csv", "--received", day, says="is no day such as 2025-08-06"
    )


@pytest.mark.parametrize(
    "words",
    [
        ("check", "r.csv", "--received", "2025-08-06", "--received=2026-08-06"),
        ("run", "office", "r.csv", "--why", "paper", "--why", "outage"),
        ("review", "office", "approve", "R1", "--officer", "anna", "--officer", "ben"),
        ("book", "diff", "a", "b", "r.csv", "--received", "2025-08-06", "--received", "2025-08-06"),
    ],
)
def test_an_option_that_is_given_twice(words):
    """The earlier word would count for nothing, and choose another law or another officer."""
    assert_refused(*words, says="is given more than once; say it once")


def test_a_flag_that_is_given_twice_says_the_same(tmp_path):
    (tmp_path / "cat.csv").write_bytes(b"no table")
    assert_refused("check", tmp_path / "cat.csv", "--json", "--json", says="cat.csv")


def test_a_day_that_has_not_come(office, world):
    assert_refused(
        "run", office, world / "requests.csv", "--received", "2999-01-01", says="after today"
    )


def test_a_folder_that_is_no_office(tmp_path, world):
    assert_refused("run", tmp_path, world / "requests.csv", says="this folder is no office")


def test_an_office_is_never_overwritten(office):
    assert_refused("init", office, says="there is something here already")


def test_a_database_that_is_not_served_yet(tmp_path):
    assert_refused(
        "init", tmp_path / "o", "--database", "postgresql://localhost/x", says="database"
    )
    assert not (tmp_path / "o").exists()


def test_an_office_without_a_reference_file(tmp_path, world):
    assert ostiary("init", tmp_path / "o", "--training").status == 0
    shutil.copytree(world / "registers", tmp_path / "o" / "registers", dirs_exist_ok=True)
    assert_refused(
        "run",
        tmp_path / "o",
        world / "requests.csv",
        *RECEIVED,
        says="no reference file was loaded",
    )
    assert not list((tmp_path / "o" / "batches").iterdir())


def test_a_register_with_a_wrong_date(office, world):
    register = office / "registers" / "officers.csv"
    register.write_text(register.read_text().replace("2025-", "25-", 1))
    assert_refused("run", office, world / "requests.csv", *RECEIVED, says="officers.csv")


def test_a_rule_book_with_a_fault(tmp_path, world):
    book = tmp_path / "book"
    shutil.copytree(shipped_book(), book)
    rule = book / "policies" / "fan-out.md"
    rule.write_text(rule.read_text().replace("reason_shared <= 100", "reason_shred <= 100"))
    done = assert_refused(
        "check", world / "requests.csv", "--book", book, says="`reason_shred` is no fact"
    )
    assert "policies/fan-out.md, policy.boilerplate" in done.err


def test_a_key_that_is_none(office, tmp_path):
    (tmp_path / "key.pem").write_text("not a key")
    assert_refused(
        *("review", office, "approve", "x", "--officer", "anna"),
        *("--key", tmp_path / "key.pem"),
        says="no private key in PEM form",
    )


def test_a_key_that_opens_cannot_sign(office, tmp_path):
    (tmp_path / "key.pem").write_bytes(private_pem(new_opening_key()))
    assert_refused(
        *("review", office, "approve", "x", "--officer", "anna"),
        *("--key", tmp_path / "key.pem"),
        says="it cannot sign",
    )


def test_a_key_that_signs_cannot_open(office, tmp_path):
    assert key_of(office, "anna")
    (tmp_path / "a.answer").write_text("{}")
    assert_refused(
        "open", tmp_path / "a.answer", "--key", office / "officers" / "anna.pem", says="cannot open"
    )


def test_an_office_of_a_newer_version(office, world):
    change(office, "UPDATE office SET schema = 999, made_by = '9.9'")
    done = assert_refused("run", office, world / "requests.csv", *RECEIVED, says="newer")
    assert "9.9" in done.err


def test_usage_is_explained():
    assert "Usage" in assert_refused("run", says="Missing argument").err


def test_every_command_that_others_rely_on_is_listed():
    help_text = ostiary("--help").out
    for name in (
        "init", "synth", "reference", "check", "run", "review", "release", "open", "recall",
        "accounting", "book", "replay", "report", "serve", "demo", "bench",
    ):  # fmt: skip
        assert f"\n  {name} " in help_text
