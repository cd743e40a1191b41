"""An answer opens by the page that describes it alone: in JavaScript, without anything of ours."""

import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from ostiary.verifying.answers.opening import open_answer
from ostiary.verifying.answers.trust import read_trust, write_trust
from ostiary.verifying.keys.files import private_pem, read_opening_key
from ostiary.verifying.log.canonical import canonical
from simulated_custodian import RELEASED_ON, Custodian

ROOT = Path(__file__).parents[2] / "docs"
PROGRAM = ROOT / "how-to" / "open-an-answer.mjs"
VECTOR = ROOT / "reference" / "sealed-answer"
VECTOR_DAY = date(2025, 9, 1)


@pytest.fixture(scope="module")
def node():
    found = shutil.which("node")
    if found is None:
        if os.environ.get("OSTIARY_NO_SKIPS"):
            pytest.fail("node is not installed: on Debian, package `nodejs`")
        pytest.skip("node is not installed: on Debian, package `nodejs`")
    return found


def opened(node, folder, today=RELEASED_ON):
    names = ("one.answer", "officer.pem", "custodian.pub")
    command = [node, PROGRAM, *(folder / name for name in names), str(today)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def lay(folder, custodian, answer, key=None, trust=None):
    (folder / "one.answer").write_bytes(answer)
    (folder / "officer.pem").write_bytes(private_pem(key or custodian.key_of()))
    write_trust(folder / "custodian.pub", trust or custodian.trust)


@pytest.mark.parametrize("profile", ["modern", "fips"])
@pytest.mark.parametrize("entries", [1, 2, 7, 8, 200])
def test_it_opens_as_it_does_for_us(node, tmp_path, profile, entries):
    custodian = Custodian(profile)
    del custodian.entries[entries - 1 :]
    custodian.entries += [b"another entry"] * (entries - 1 - len(custodian.entries))
    answer = custodian.answer(custodian.statement())
    lay(tmp_path, custodian, answer)
    done = opened(node, tmp_path)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    ours = open_answer(answer, custodian.key_of(), custodian.trust, today=RELEASED_ON)
    assert said["predicate"]["answer_id"] == ours.statement.answer_id
    assert said["predicate"]["status"] == ours.statement.status


def changes(answer):
    """An answer file, changed in one place each time, with the word that refuses it."""
    read = json.loads(answer)
    letter = {"A": "B"}
    for part in ("entry", "sealed"):
        text = read[part][0]["ciphertext"]
        other = text[:100] + letter.get(text[100], "A") + text[101:]
        yield "", read | {part: [read[part][0] | {"ciphertext": other}]}
    yield "", read | {"answer_id": "answer-2"}
    yield "proof", read | {"index": read["index"] - 1}
    yield "origin", read | {"origin": "ostiary.invalid/elsewhere"}
    yield "format", read | {"format": "ostiary-answer/2"}
    head, _, note = read["proof"].partition("\n\n")
    lines = head.split("\n")
    yield "proof", read | {"proof": "\n".join(lines[:-1]) + "\n\n" + note}
    yield "proof", read | {"proof": read["proof"].replace("\n12\n", "\n13\n")}


def test_what_was_changed_is_refused(node, tmp_path):
    custodian = Custodian()
    answer = custodian.answer(custodian.statement())
    for number, (word, changed) in enumerate(changes(answer)):
        folder = tmp_path / str(number)
        folder.mkdir()
        lay(folder, custodian, canonical(changed))
        done = opened(node, folder)
        assert done.returncode == 1, number
        assert done.stdout == ""
        assert word in done.stderr, (number, done.stderr)


def test_whom_one_does_not_trust_is_refused(node, tmp_path):
    custodian, other = Custodian(), Custodian()
    answer = custodian.answer(custodian.statement())
    lay(tmp_path, custodian, answer, trust=other.trust)
    assert "the key of the log" in opened(node, tmp_path).stderr
    lay(tmp_path, custodian, answer, key=other.key_of())
    assert "not sealed to this key" in opened(node, tmp_path).stderr
    lay(tmp_path, custodian, answer)
    assert "disposal date" in opened(node, tmp_path, date(2027, 1, 1)).stderr


def test_the_vector_of_the_page_opens(node):
    done = opened(node, VECTOR, VECTOR_DAY)
    assert done.returncode == 0, done.stderr
    ours = open_answer(
        (VECTOR / "one.answer").read_bytes(),
        read_opening_key(VECTOR / "officer.pem"),
        read_trust(VECTOR / "custodian.pub"),
        today=VECTOR_DAY,
    )
    assert json.loads(done.stdout)["predicate"]["request_id"] == ours.statement.request_id
