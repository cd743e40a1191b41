"""``ostiary bench august``: a hundredth of the file, through the whole corridor, twice."""

import json

import pytest

from commands import ostiary

ROWS = 6_400


@pytest.fixture(scope="module")
def replayed(tmp_path_factory):
    out = tmp_path_factory.mktemp("bench") / "august"
    done = ostiary("bench", "august", "--people", 3000, "--rows", ROWS, "--out", out, "--json")
    assert done.status == 0, done.err
    return out, json.loads(done.out)


def test_nothing_of_the_file_as_it_was_gets_through_and_each_row_is_told_why(replayed):
    _, told = replayed
    was = told["was"]
    assert (was["returned"], was["accepted"], was["confirmed"]) == (ROWS, 0, 0)
    assert was["truth"]["unlawful"] == was["truth"]["wrong"] == 0
    assert was["summary"]["by_rule"]["policy.caseload"] == ROWS
    assert was["summary"]["decoys"] is None


def test_cured_the_lawful_ones_get_their_right_answer_and_nobody_a_wrong_one(replayed):
    _, told = replayed
    truth = told["cured"]["truth"]
    assert (truth["unlawful"], truth["confirmed_unlawful"], truth["wrong"]) == (0, 0, 0)
    assert truth["refused"] == 0
    assert truth["answered_right"] >= 0.999 * truth["lawful"] > 6_000
    assert truth["did"] >= 0.95 * truth["could"] > 0
    assert not told["cured"]["summary"]["decoys"]["exceeded"]


def test_every_placeholder_comes_back_cured_or_not(replayed):
    _, told = replayed
    for run in (told["was"], told["cured"]):
        placeholders = [row for row in run["truth"]["kinds"] if not row["lawful"]]
        assert placeholders
        assert not any(row["accepted"] for row in placeholders)
        assert all(row["right"] == row["rows"] for row in placeholders)


def test_it_leaves_a_page_and_figures_and_nothing_else(replayed):
    out, told = replayed
    assert sorted(path.name for path in out.iterdir()) == ["august.json", "august.md"]
    assert json.loads((out / "august.json").read_text()) == told
    page = (out / "august.md").read_text()
    assert f"{ROWS:,} requests" in page
    assert "<" not in page
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in rows)


def test_a_folder_in_use_is_refused(replayed):
    done = ostiary("bench", "august", "--out", replayed[0])
    assert (done.status, "already in use" in done.err) == (2, True)
