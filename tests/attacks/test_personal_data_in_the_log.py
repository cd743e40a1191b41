"""Never: a person's data in the log in clear, hashed or encoded. Every published byte is read."""

import base64
import csv
import hashlib
from itertools import islice

import pyarrow.parquet as pq
import pytest

from officers import approve_twice, desk_on, first_case, key_of
from ostiary.office.release.release import release

FIELDS = ("surname", "address_line", "tin", "birth_date", "reason", "matter_number", "request_id")
BEGUN = 6  # bytes: few of the texts that are looked for begin as anything does that is there


@pytest.fixture
def published(office):
    """Every byte that an office publishes, after answers of each kind were released."""
    with desk_on(office) as (place, desk):
        for answer in ("confirmed", "no-answer"):
            request = first_case(desk, answer).request.request_id
            approve_twice(desk, office, request)
            release(place, request)
        refused = first_case(desk).request.request_id
        desk.determine(refused, "anna", key_of(office, "anna"), found=True)
        desk.refuse(refused, "cora", key_of(office, "cora"), "a why that nobody outside may read")
    files = [path for path in (office / "accounting").rglob("*") if path.is_file()]
    return b"\n".join(path.read_bytes() for path in files)


def secrets_of(world):
    """Every value of the request file and of people near it that must never be published."""
    with (world / "requests.csv").open() as file:
        for row in csv.DictReader(file):
            yield from (row[field] for field in FIELDS if len(row[field]) >= 4)
    people = pq.read_table(world / "people.parquet", columns=["surname", "tin", "person_id"])
    for row in islice(people.to_pylist(), 500):
        yield from (value for value in row.values() if value and len(value) >= 4)


def dresses(secret):
    """The forms in which a value might hide."""
    plain = secret.encode()
    for text in {plain, plain.upper(), plain.lower(), plain.replace(b"-", b"")}:
        yield text
        yield hashlib.sha256(text).hexdigest().encode()
        yield hashlib.sha256(text).digest()
        yield text.hex().encode()
        yield base64.b64encode(text).rstrip(b"=")[:-1] or text


def test_nothing_personal_is_published_in_any_dress(published, world):
    assert b"answer.released" in published
    seen = set(secrets_of(world))
    assert len(seen) > 2000
    begun = {published[at : at + BEGUN] for at in range(len(published))}  # or all is searched
    found = {
        secret
        for secret in seen
        for dress in dresses(secret)
        if (len(dress) < BEGUN or dress[:BEGUN] in begun) and dress in published
    }
    assert {secret for secret in found if len(secret) > 6} == set()
    # Short ones happen to stand within digests and base64; as a word of their own they must not.
    assert [secret for secret in found if f'"{secret}"'.encode() in published] == []


def test_a_why_is_committed_to_and_not_told(published):
    assert b"nobody outside may read" not in published
    assert b"answer.voted" in published
