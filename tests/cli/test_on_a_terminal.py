"""On a terminal of 80 columns long output is readable and whole; elsewhere it is what it was."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from commands import ostiary
from officers import NEXT_DAY
from ostiary.office.recovery.entering import at_work

COLUMNS = 80
_STYLE = re.compile(r"\x1b\[[0-9;]*m")


def on_terminal(*command: object) -> list[str]:
    """Run a command at a terminal of 80 columns; give its lines without their style."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    told = {**os.environ, "TERM": "xterm"}
    told.pop("COLUMNS", None)
    line = [sys.executable, "-m", "ostiary", *map(str, command)]
    with subprocess.Popen(line, stdin=its, stdout=its, stderr=its, env=told) as process:
        os.close(its)
        parts = []
        while True:
            try:
                part = os.read(ours, 65_536)
            except OSError:  # Linux says so when nobody writes any more
                break
            if not part:
                break
            parts.append(part)
    os.close(ours)
    text = _STYLE.sub("", b"".join(parts).decode())
    assert process.returncode == 0, text
    return [one.rstrip() for one in text.splitlines()]


@pytest.fixture
def asked(office: Path) -> str:
    with at_work(office) as place:
        return next(iter(place.store.queue())).request_id


def test_a_case_fits_the_terminal_what_matters_comes_first_and_nothing_is_left_out(office, asked):
    lines = on_terminal("review", office, "show", asked, "--on", NEXT_DAY)
    assert max(map(len, lines)) <= COLUMNS
    assert not any("…" in one for one in lines)
    order = [lines.index(one) for one in ("what officers said", "the request", "facts the law saw")]
    assert order == sorted(order)
    assert lines.index("what officers said") < 20
    together = re.sub(r"\s", "", "".join(lines))
    for line in ostiary("review", office, "show", asked, "--on", NEXT_DAY).out.splitlines():
        assert all(re.sub(r"\s", "", word) in together for word in line.split()[:1]), line


def test_a_proof_is_told_to_a_person_and_printed_to_a_file(office, asked):
    lines = on_terminal("accounting", "prove", office, asked)
    assert max(map(len, lines)) <= COLUMNS
    assert any("this is its proof" in one for one in lines)
    assert len(lines) < 10
    printed = ostiary("accounting", "prove", office, asked).out
    assert printed.startswith("c2sp.org/tlog-proof@v1\n")
    assert len(printed) > 1_000
