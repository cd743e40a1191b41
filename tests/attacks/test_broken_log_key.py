"""Attack: one of the log's two keys is stolen, or its kind of signature is broken one day.

An office of the profile `modern` signs with Ed25519 and with ML-DSA-44 beside it. Who believes its
key file demands both, so one of them alone speaks for nobody.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from log_story import ORIGIN, OfficeLog, kinds, told_story
from officers import approve_twice, desk_on, first_case
from ostiary.domain.errors import KeyFileError
from ostiary.office.cases.officers import recipients_of
from ostiary.office.release.release import release
from ostiary.verifying.answers.faults import UnprovenError
from ostiary.verifying.answers.opening import open_answer
from ostiary.verifying.answers.trust import TRUST_FILE, Trust, parse_trust, read_trust, write_trust
from ostiary.verifying.keys.files import (
    fingerprint,
    key_text,
    new_post_quantum_key,
    new_signing_key,
    read_key_text,
    read_note_key,
    read_opening_key,
    read_sealing_text,
    read_signing_key,
    read_verifying_text,
    write_private,
)
from ostiary.verifying.log.checkpoints import sign_checkpoint
from ostiary.verifying.log.published import publish
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import LogReport, verify_log
from ostiary.verifying.log.vkeys import Signer

ML_DSA = Signer(ORIGIN, new_post_quantum_key())


@pytest.fixture
def log(tmp_path: Path) -> OfficeLog:
    story = told_story(12)
    size = len(story.entries)
    publish(tmp_path, story.from_index, size, story.signer, ORIGIN, beside=[ML_DSA])
    return story


def audit(log: OfficeLog, folder: Path, *, every: bool) -> LogReport:
    keys = [log.signer.verifier.vkey, ML_DSA.verifier.vkey]
    with open_source(folder) as source:
        return verify_log(source, keys, every=every)


def test_both_keys_sign_every_checkpoint(log: OfficeLog, tmp_path: Path) -> None:
    report = audit(log, tmp_path, every=True)
    assert report.is_sound
    assert report.signers == (ORIGIN,)


@pytest.mark.parametrize("stolen", ["ed25519", "ml-dsa-44"])
def test_one_stolen_key_speaks_for_nobody_who_demands_both(
    log: OfficeLog, tmp_path: Path, stolen: str
) -> None:
    thief = log.signer if stolen == "ed25519" else ML_DSA
    report = audit(log, tmp_path, every=True)
    made = sign_checkpoint(ORIGIN, report.size, bytes.fromhex(report.root), [thief])
    (tmp_path / "checkpoint").write_bytes(made.note)
    assert kinds(audit(log, tmp_path, every=True)) == {"checkpoint"}
    assert audit(log, tmp_path, every=False).is_sound, "who names keys one by one believes each"


def test_an_answer_is_not_opened_with_half_of_the_signatures(office: Path, world: Path) -> None:
    with desk_on(office) as (place, desk):
        case = first_case(desk)
        approve_twice(desk, office, case.request.request_id)
        ((_, path),) = release(place, case.request.request_id).answers
    key = read_opening_key(world / "recipients" / f"{recipients_of(case)[0]}.pem")
    trust = read_trust(office / "accounting" / TRUST_FILE)
    today = datetime.now(UTC).date()
    answer = json.loads(Path(path).read_text())
    assert open_answer(Path(path).read_bytes(), key, trust, today=today)
    *rest, post_quantum = answer["proof"].splitlines(keepends=True)
    assert len(post_quantum) > 3000
    answer["proof"] = "".join(rest)
    with pytest.raises(UnprovenError, match="has not signed this one"):
        open_answer(json.dumps(answer).encode(), key, trust, today=today)


def test_a_custodians_key_file_holds_both(office: Path, tmp_path: Path) -> None:
    trust = read_trust(office / "accounting" / TRUST_FILE)
    assert [one.type.name for one in trust.logs] == ["ED25519", "ML_DSA_44_COSIGNATURE"]
    write_trust(tmp_path / TRUST_FILE, trust)
    assert read_trust(tmp_path / TRUST_FILE).fingerprint == trust.fingerprint
    without = Trust(trust.origin, trust.log, trust.release)
    assert without.fingerprint != trust.fingerprint, "leaving one out does not go unseen"
    for beside in ([], "x", [5], [trust.log.vkey[1:]], [ML_DSA.verifier.vkey]):
        read = json.loads((tmp_path / TRUST_FILE).read_text()) | {"log_beside": beside}
        with pytest.raises(KeyFileError):
            parse_trust(json.dumps(read).encode())


def test_a_post_quantum_key_signs_checkpoints_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "log.key"
    write_private(path, ML_DSA.key)
    read = read_note_key(path)
    assert fingerprint(read.public_key()) == fingerprint(ML_DSA.key.public_key())
    for refused in (read_signing_key, read_opening_key):
        with pytest.raises(KeyFileError):
            refused(path)
    text = key_text(read.public_key())
    assert read_key_text(text) == read.public_key()
    for refuse in (read_verifying_text, read_sealing_text):
        with pytest.raises(KeyFileError):
            refuse(text)
    write_private(tmp_path / "other.key", new_signing_key())
    assert read_note_key(tmp_path / "other.key")
