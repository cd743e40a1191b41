"""What a command prints to be typed next runs as it stands."""

import re
import shlex
import shutil

import pytest

from commands import ostiary
from officers import NEXT_DAY


def an_engaged_officer(office):
    rows = (office / "registers" / "officers.csv").read_text().splitlines()[1:]
    return next(row.split(",")[0] for row in rows if ",dhs-ice," in row)


@pytest.mark.parametrize("role", ["officer", "auditor", "counsel", "requester"])
def test_the_line_that_confirms_a_person_names_the_very_person(office, tmp_path, role):
    """Only the fingerprint is to be filled in; before the passkey is enrolled, that is said."""
    folder = tmp_path / "an office"
    shutil.copytree(office, folder)
    name = an_engaged_officer(office) if role == "requester" else f"{role}-1"
    whose = ["--agency", "dhs-ice"] if role == "requester" else []
    done = ostiary("people", "add", folder, name, "--role", role, *whose, "--on", NEXT_DAY)
    assert done.status == 0, done.err
    (line,) = re.findall(r"ostiary (people confirm .*) --fingerprint", done.out)
    tried = ostiary(*shlex.split(line), "--fingerprint", "0000 0000")
    assert tried.status == 2
    assert "nobody of this role" not in tried.err
    assert "passkey" in tried.err or "fingerprint" in tried.err


def test_who_forgets_the_agency_of_a_requester_is_told(office):
    name = an_engaged_officer(office)
    ostiary("people", "add", office, name, "--role", "requester", "--agency", "dhs-ice",
            "--on", NEXT_DAY)  # fmt: skip
    tried = ostiary("people", "confirm", office, name, "--role", "requester", "--fingerprint", "0",
                    "--on", NEXT_DAY)  # fmt: skip
    assert tried.status == 2
    assert "--agency" in tried.err
