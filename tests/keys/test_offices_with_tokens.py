"""An office whose keys stay in a token, and one of the profile `fips`, from end to end."""

import csv
from datetime import date
from pathlib import Path

import pytest

from officers import NEXT_DAY, OFFICERS, approve_twice, equip, key_of
from ostiary.domain.errors import KeyFileError, OfficeError
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.batches.running import run_batch
from ostiary.office.cases.officers import recipients_of
from ostiary.office.cases.steps import at_desk
from ostiary.office.folder.key_rotation import drop_next, prepare_next
from ostiary.office.folder.layout import create_office, open_office
from ostiary.office.folder.rotation import rotate_keys
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.release import release
from ostiary.verifying.answers.opening import open_answer
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.keys.files import key_text, new_signing_key, private_pem, read_opening_key
from ostiary.verifying.keys.tokens import make_token_key, token_key
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log
from request_parts import in_parts

RECEIVED = date(2025, 8, 6)


@pytest.mark.parametrize("profile", ["modern", "fips"])
def test_the_keys_of_an_office_never_were_files(token, tmp_path, profile):
    root = create_office(tmp_path / "office", profile=profile, token=token.uri, training=True).root
    assert faults_after_work(root) == ()
    first = (root / "keys" / "log.key").read_text()
    with at_work(root) as place:
        rotate_keys(place)
    second = (root / "keys" / "log.key").read_text()
    assert first != second
    assert faults_after_work(root) == ()
    with pytest.raises(KeyFileError, match="no private keys of this name"):
        token_key(first, where="here")  # what signs no more is gone
    for name in ("log", "release"):
        assert b"PRIVATE KEY" not in (root / "keys" / f"{name}.key").read_bytes()


def faults_after_work(root):
    with at_work(root):
        pass
    trust = read_trust(root / "accounting" / TRUST_FILE)
    with open_source(str(root / "accounting")) as source:
        keys = [one.vkey for one in trust.logs]
        return verify_log(source, keys, every=True, retired=trust.earlier).faults


def test_a_key_that_was_never_taken_up_is_destroyed(token, tmp_path):
    root = create_office(tmp_path / "office", token=token.uri, training=True).root
    keys = root / "keys"
    prepare_next(keys, "modern", stolen=False)
    made = (keys / "next" / "log.key").read_text()
    token_key(made, where="here")
    drop_next(keys)
    with pytest.raises(KeyFileError, match="no private keys"):
        token_key(made, where="here")


@pytest.fixture(scope="module")
def fips(world, token, tmp_path_factory):
    """An office of the profile `fips` with keys in a token, and the keys of its recipients.

    One of its officers and one recipient have a key of the other profile.
    """
    folder = tmp_path_factory.mktemp("fips")
    root = create_office(folder / "office", profile="fips", token=token.uri, training=True).root
    equip(root, world)
    (part, *_) = in_parts(world / "requests.csv", folder / "parts", rows=15)
    rows = ["officer,public_key,from,until"]
    for officer in OFFICERS:
        key = new_signing_key("modern" if officer == "cora" else "fips")
        (root / "officers" / f"{officer}.pem").write_bytes(private_pem(key))
        rows.append(f"{officer},{key_text(key.public_key())},2025-01-01,")
    (root / "registers" / "reviewers.csv").write_text("\n".join(rows) + "\n")
    held = give_keys(root / "registers" / "officers.csv", token, named_in(part))
    with at_work(root, on=RECEIVED) as place:
        load_people(place, world / "people.parquet")
        run_batch(place, part, RECEIVED)
    return root, held


def named_in(part):
    with part.open(newline="") as file:
        named = [row["recipients"].split(";") for row in csv.DictReader(file)]
    return sorted({officer for officers in named for officer in officers})


def give_keys(register, token, officers):
    """Give each officer a P-256 key in the token, but the last, who keeps X25519."""
    uris = {one: make_token_key(token.uri, one, curve=True, where="here") for one in officers[:-1]}
    with register.open(newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["officer"] in uris:
            key = token_key(uris[row["officer"]], where="here")
            row["encryption_key"] = key_text(key.public_key())
    with register.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return uris


def cases_of(place, held):
    """Split the waiting cases by whether each recipient has a key of the profile."""
    with at_desk(place) as desk:
        cases = [desk.numbered(item.id) for item in place.store.queue()]
    good = [case for case in cases if set(recipients_of(case)) <= held.keys()]
    return good, [case for case in cases if case not in good]


def test_fips_from_request_to_opened_answer(fips, tmp_path):
    root, held = fips
    with at_work(root, on=NEXT_DAY) as place, at_desk(place) as desk:
        (case, *_), _ = cases_of(place, held)
        name = f"{case.request.agency}/{case.request.request_id}"
        approve_twice(desk, root, name)
        ((_, answer),) = release(place, name).answers
    for officer in recipients_of(case):
        path = tmp_path / f"{officer}.key"
        path.write_text(held[officer])
        trust = read_trust(root / "accounting" / TRUST_FILE)
        content = Path(answer).read_bytes()
        opened = open_answer(content, read_opening_key(path), trust, today=NEXT_DAY)
        assert opened.statement.request_id == case.request.request_id
    assert faults_after_work(root) == ()


def test_fips_refuses_by_name_what_is_not_of_it(fips):
    root, held = fips
    with at_work(root, on=NEXT_DAY) as place, at_desk(place) as desk:
        _, (case, *_) = cases_of(place, held)
        name = f"{case.request.agency}/{case.request.request_id}"
        with pytest.raises(KeyFileError, match=r"Ed25519.*P-256 alone"):
            desk.determine(name, "cora", key_of(root, "cora"), found=True)
        approve_twice(desk, root, name)
        with pytest.raises(KeyFileError, match=r"X25519.*P-256 alone"):
            release(place, name)
        assert desk.case(name).answer is None


def test_an_office_does_not_change_its_profile(tmp_path):
    root = create_office(tmp_path / "office").root
    settings = root / "office.toml"
    settings.write_text(settings.read_text().replace('"modern"', '"fips"'))
    with pytest.raises(KeyFileError, match=r"Ed25519.*P-256 alone"):
        open_office(root)


def test_keys_of_every_kind_are_not_let_in_by_a_word_in_the_settings(tmp_path):
    """P-256 is of both profiles, so the keys alone do not tell that an office was of `fips`."""
    root = create_office(tmp_path / "office", profile="fips").root
    with at_work(root) as place:
        size = place.store.log_size()
    settings = root / "office.toml"
    settings.write_text(settings.read_text().replace('"fips"', '"modern"'))
    said = r'opened with the profile fips.* write "fips"'
    with pytest.raises(OfficeError, match=said), at_work(root):
        pass
    with open_office(root).store as store:
        assert store.log_size() == size
