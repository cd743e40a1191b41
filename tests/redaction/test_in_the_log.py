"""A document's root stands in the log on the day of its signing; an outsider finds it there."""

import json

import pytest

from commands import ostiary


@pytest.fixture(scope="module")
def logged(tmp_path_factory):
    folder = tmp_path_factory.mktemp("logged")
    (folder / "d.md").write_text("# Agreement\n\nContact: {{(b)(6): Maria Quispe}}.\n")
    steps = [
        ("init", folder / "office", "--training"),
        ("redact", "make", folder / "d.md", "--out", folder / "out", "--secrets", folder / "s"),
        ("redact", "log", folder / "office", folder / "out" / "commitments.json",
         "--proof", folder / "proof"),
    ]  # fmt: skip
    for step in steps:
        done = ostiary(*step)
        assert done.status == 0, done.err
    return folder


def test_the_entry_holds_the_root_and_nothing_of_the_words(logged):
    [entry] = [one for one in (logged / "proof").iterdir() if one.suffix == ".json"]
    told = json.loads(entry.read_bytes())
    made = json.loads((logged / "out" / "commitments.json").read_text())
    assert told["type"] == "document.committed"
    assert told["root"] == made["root"]
    assert (told["pieces"], told["withheld"]) == (4, 1)
    assert b"uispe" not in entry.read_bytes()


def test_the_log_stays_sound_and_the_proof_needs_no_office(logged):
    verified = ostiary("accounting", "verify", logged / "office" / "accounting")
    assert verified.status == 0, verified.err
    assert "document.committed" in verified.out
    [proof] = [one for one in (logged / "proof").iterdir() if one.suffix == ".tlog-proof"]
    done = ostiary("accounting", "verify-proof", proof.with_suffix(".json"), proof,
                   "--public-key", logged / "office" / "accounting" / "custodian.pub")  # fmt: skip
    assert done.status == 0, done.err


def test_what_was_changed_is_not_logged(logged, tmp_path):
    told = json.loads((logged / "out" / "commitments.json").read_text())
    told["root"] = "0" * 64
    (tmp_path / "commitments.json").write_text(json.dumps(told))
    done = ostiary("redact", "log", logged / "office", tmp_path / "commitments.json")
    assert done.status == 1
    verified = ostiary("accounting", "verify", logged / "office" / "accounting", "--json")
    assert json.loads(verified.out)["size"] == 2
