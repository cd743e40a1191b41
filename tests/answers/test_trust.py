"""The recipient's trust: a small file of public keys with a fingerprint for people."""

import json
import re
from dataclasses import replace

import pytest

from ostiary.domain.errors import KeyFileError
from ostiary.faces.cli.log_keys import believed_keys
from ostiary.verifying.answers.trust import MOST_BYTES, parse_trust, read_trust, write_trust
from ostiary.verifying.keys.files import key_text, new_opening_key, new_signing_key
from ostiary.verifying.log.key_changes import RetiredKeys
from ostiary.verifying.log.policies import Policy
from ostiary.verifying.log.sources import open_source
from simulated_custodian import Custodian


@pytest.fixture(params=["modern", "fips"])
def trust(request):
    return Custodian(request.param).trust


@pytest.fixture
def written(trust, tmp_path):
    path = tmp_path / "custodian.pub"
    write_trust(path, trust)
    return json.loads(path.read_text())


def test_what_is_written_is_read_again(trust, tmp_path):
    write_trust(tmp_path / "custodian.pub", trust)
    again = read_trust(tmp_path / "custodian.pub")
    assert (again.origin, again.log.vkey) == (trust.origin, trust.log.vkey)
    assert [key_text(key) for key in again.release] == [key_text(key) for key in trust.release]
    assert again.fingerprint == trust.fingerprint


def test_the_file_holds_public_keys_only(written):
    assert set(written) == {"format", "origin", "log", "release"}
    assert "PRIVATE" not in json.dumps(written)


def test_the_fingerprint_can_be_read_out_and_covers_every_key(trust):
    assert re.fullmatch("([0-9a-f]{4} ){7}[0-9a-f]{4}", trust.fingerprint)
    other = Custodian().trust
    changed = [
        replace(trust, origin="ostiary.invalid/other"),
        replace(trust, log=other.log),
        replace(trust, release=other.release),
        replace(trust, release=(*trust.release, *other.release)),
    ]
    assert len({trust.fingerprint, *(one.fingerprint for one in changed)}) == 5


def test_its_layout_does_not_matter_to_the_fingerprint(trust, written):
    assert parse_trust(json.dumps(written, indent=None).encode()).fingerprint == trust.fingerprint


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(KeyFileError, match=re.escape("custodian.pub")):
        read_trust(tmp_path / "custodian.pub")


@pytest.mark.parametrize(
    "change",
    [
        {"format": "ostiary-custodian/2"},
        {"origin": "ostiary.invalid/another"},
        {"origin": "Not A Name"},
        {"origin": None},
        {"log": "no key"},
        {"log": 5},
        {"log": "a+b+c"},
        {"log": "x" * 2000},
        {"release": []},
        {"release": "key"},
        {"release": [None]},
        {"release": ["no key"]},
        {"release": [key_text(new_opening_key().public_key())]},
        {"release": [key_text(new_signing_key().public_key())] * 17},
        {"more": 1},
    ],
)
def test_a_file_that_says_something_else_is_refused(written, change):
    with pytest.raises(KeyFileError):
        parse_trust(json.dumps(written | change).encode())


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff", b"[]", b"null", b"[" * 60_000, b'{"a":1,"a":2}', b"{" + b" " * MOST_BYTES],
)
def test_what_is_no_such_file_is_refused(raw):
    with pytest.raises(KeyFileError):
        parse_trust(raw)


def test_a_custodian_without_release_keys_cannot_be_written(trust, tmp_path):
    with pytest.raises(KeyFileError):
        write_trust(tmp_path / "custodian.pub", replace(trust, release=()))
    assert not (tmp_path / "custodian.pub").exists()


def test_a_key_file_that_tells_of_all_its_changes_is_read_whole(trust, tmp_path):
    changed = tuple(RetiredKeys((trust.log,), size, bytes(32)) for size in range(1, 401))
    path = tmp_path / "custodian.pub"
    write_trust(path, replace(trust, earlier=changed))
    assert path.stat().st_size > 64 * 1024
    assert read_trust(path).earlier == changed
    with open_source(str(tmp_path)) as source:
        for named in ((path,), ()):
            assert believed_keys(source, named, Policy()).retired == changed
