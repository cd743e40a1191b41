"""The tutorial is run as it is written, from an empty folder, by a shell that forgives nothing."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.md"
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SMALLER = (("--people 20000", "--people 500"), ("--requests 2000", "--requests 60"))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Everything that the commands of the tutorial print, on a smaller world."""
    script = "\n".join(_BLOCK.findall(TUTORIAL.read_text(encoding="utf-8")))
    for written, smaller in _SMALLER:
        assert written in script
        script = script.replace(written, smaller)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", f"set -euo pipefail\n{script}"],
        cwd=tmp_path_factory.mktemp("tutorial"),
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_what_must_be_refused_is_refused_for_the_reason_that_the_tutorial_gives(told: str) -> None:
    assert told.splitlines().count("refused") == 3
    assert "two different officers must approve" in told
    assert "this key is not the officer's" in told
    assert "was opened before" in told


def test_the_stay_holds_the_answer_back_until_the_day_is_set(told: str) -> None:
    assert "suspended, stays inside" in told
    assert "ddc-2025.stay" in told
    assert "release.stopped" in told
    assert "answer.released" in told


def test_the_recipient_reads_an_answer_and_its_conditions(told: str) -> None:
    assert re.search(r"^\S+: confirmed$", told, re.MULTILINE)
    assert "dispose by" in told


def test_the_outsider_finds_the_log_sound_before_and_after(told: str) -> None:
    assert told.count("sound: ") == 2
    assert "c2sp.org/tlog-proof@v1" in told
    assert "FAULT" not in told


def test_the_same_file_is_stopped_today(told: str) -> None:
    today = told[told.rindex("what became of them") :]
    assert not re.search(r"^accepted\b", today, re.MULTILINE)
    assert "dmass-2026.injunction" in today
