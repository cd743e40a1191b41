"""An integrator makes a sandbox and calls it, before any real office knows them."""

import json
from datetime import date
from pathlib import Path

from commands import ostiary
from ostiary.verifying.keys.files import read_signing_key
from programs import fresh_key, program
from web_office import opened


def test_a_sandbox_takes_its_programs_requests(tmp_path, asked):
    done = ostiary("sandbox", tmp_path / "sandbox", "--people", 200, "--json")
    assert done.status == 0, done.err
    made = json.loads(done.out)
    key = read_signing_key(Path(made["key"]))
    with opened(Path(made["office"]), date(2025, 8, 7)) as site:
        assert site.office.config.training
        client = program(site, made["client"], key)
        outcome = client.submit(asked[:3], key=fresh_key())
        assert len(outcome.replies) + len(outcome.errors) >= 3
        for reply in outcome.replies:
            assert client.status(reply.entry) == reply


def test_a_sandbox_is_never_made_over_something(tmp_path):
    (tmp_path / "mine.txt").write_text("keep")
    done = ostiary("sandbox", tmp_path)
    assert done.status == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
