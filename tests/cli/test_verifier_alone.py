"""A bare installation verifies, opens and witnesses; what needs more says what to install.

The wheel is built and laid into an empty folder beside the distributions that it asks for, and
nothing else: no site-packages, no checkout.
"""

import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from ostiary.faces.cli.extras import EXTRAS

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "tests" / "recovery" / "made-on-floor-one.tar.xz"
MOST_PACKAGES, MOST_BYTES = 12, 60_000_000
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
OTHER_NAMES = {
    "django-ninja": "ninja",
    "pdfminer.six": "pdfminer",
    "markdown-it-py": "markdown_it",
    "psycopg": "psycopg",
    "python-calamine": "python_calamine",
    "python-pkcs11": "pkcs11",
    "pyyaml": "yaml",
    "z3-solver": "z3",
}


def closure(asked: list[str]) -> dict[str, metadata.Distribution]:
    """Every distribution that some requirements bring with them."""
    found: dict[str, metadata.Distribution] = {}
    waiting = [Requirement(text) for text in asked]
    while waiting:
        one = waiting.pop()
        name = re.sub(r"[-_.]+", "-", one.name).lower()
        if name in found or (one.marker and not one.marker.evaluate({"extra": ""})):
            continue
        found[name] = metadata.distribution(one.name)
        waiting += [Requirement(text) for text in found[name].requires or ()]
    return found


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and what it asks for, as pip would lay them out."""
    made = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    site = tmp_path_factory.mktemp("bare")
    with zipfile.ZipFile(next(made.glob("*.whl"))) as wheel:
        wheel.extractall(site)  # noqa: S202 - our own, just built
    for one in closure(PROJECT["dependencies"]).values():
        for file in one.files or ():
            target = site / file
            if ".." not in file.parts and "__pycache__" not in file.parts:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(str(one.locate_file(file)), target)
    return site


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office's published log, an answer, and the keys of those who may open it."""
    folder = tmp_path_factory.mktemp("kept")
    with tarfile.open(KEPT) as archive:
        archive.extractall(folder, filter="tar")
    return folder


def ostiary(bare: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the bare installation: isolated, without any site-packages."""
    path = f"import sys; sys.path.append({str(bare)!r})"
    begin = f"{path}; from ostiary.faces.cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", begin, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_brings_few_packages(bare):
    assert len(closure(PROJECT["dependencies"])) <= MOST_PACKAGES
    assert sum(file.stat().st_size for file in bare.rglob("*") if file.is_file()) <= MOST_BYTES


def test_a_log_is_verified(bare, office):
    told = ostiary(bare, "accounting", "verify", str(office / "office" / "accounting"))
    assert told.returncode == 0, told.stderr
    assert "sound:" in told.stdout


def test_an_answer_is_opened(bare, office):
    answer = next((office / "office" / "answers").glob("*.answer"))
    keys = sorted((office / "recipients").glob("*.pem"))
    trust = office / "office" / "accounting" / "custodian.pub"
    told = [
        ostiary(bare, "open", str(answer), "--key", str(key), "--trust", str(trust)) for key in keys
    ]
    opened = [one for one in told if one.returncode == 0]
    assert opened, told[0].stderr
    assert all("confirmed" in one.stdout for one in opened)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("accounting", "verify-proof", "--help"),
        ("accounting", "verify-compliance", "--help"),
        ("witness", "--help"),
        ("receipts", "--help"),
        ("open", "--help"),
    ],
)
def test_what_it_gives_says_how_it_is_used(bare, arguments):
    told = ostiary(bare, *arguments)
    assert told.returncode == 0, told.stderr
    assert "Usage:" in told.stdout


def test_the_client_is_there(bare):
    path = f"import sys; sys.path.append({str(bare)!r})"
    client = "from ostiary.verifying.client import Client"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", f"{path}; {client}"], check=False)
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "extra"),
    [
        (("run", "office", "requests.csv", "--received", "2025-08-06"), "office"),
        (("book", "prove"), ""),
        (("synth", "world", "--people", "200", "--requests", "20"), "office"),
    ],
)
def test_a_command_that_needs_more_says_what_to_install(bare, tmp_path, arguments, extra):
    (tmp_path / "office").mkdir()
    (tmp_path / "requests.csv").touch()
    here = {one: str(tmp_path / one) for one in ("office", "requests.csv", "world")}
    told = ostiary(bare, *(here.get(one, one) for one in arguments))
    assert told.returncode == 2
    assert f"pip install 'ostiary[{extra}" in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1


def test_every_extra_is_told_by_its_modules():
    for extra, asked in PROJECT["optional-dependencies"].items():
        named = {re.split(r"[\[<>=]", one)[0] for one in asked} - {"ostiary"}
        assert {OTHER_NAMES.get(one, one) for one in named} == {*EXTRAS.get(extra, ())}
