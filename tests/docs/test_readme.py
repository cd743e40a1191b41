"""What the README shows is run, as it stands there."""

import os
import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"


def by_hand():
    """The commands under "By hand", comments taken out, on a smaller world."""
    section = README.read_text().split("## By hand")[1]
    block = re.search(r"```\n(.*?)```", section, re.DOTALL)[1]
    lines = [re.sub(r"\s+#.*$|^\s+#.*$", "", line) for line in block.splitlines()]
    text = "\n".join(line for line in lines if line.strip())
    return text.replace("--people 20000 --requests 2000", "--people 2000 --requests 300")


def test_by_hand_works_as_written(tmp_path):
    commands = by_hand()
    assert commands.count("ostiary ") == 7
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        cwd=tmp_path,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "sound:" in done.stdout


def test_every_room_is_in_the_tour():
    package = README.parent / "src" / "ostiary"
    floors = ("verifying", "deciding", "office", "faces")
    rooms = {
        f"{floor}/{path.parent.name}"
        for floor in floors
        for path in package.glob(f"{floor}/*/__init__.py")
    }
    rooms |= {path.parent.name for path in package.glob("*/__init__.py")} - set(floors)
    told = set(re.findall(r"^\| `([\w/]+)` \|", README.read_text(), re.MULTILINE))
    assert rooms == told
