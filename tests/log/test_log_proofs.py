"""Proofs that travel: whoever holds entry, proof and public key needs nothing else."""

from pathlib import Path

import pytest

from log_story import ORIGIN, OfficeLog, told_story
from ostiary.domain.errors import InputError
from ostiary.verifying.keys.files import new_signing_key
from ostiary.verifying.log.faults import NoteError, ProofError
from ostiary.verifying.log.proofs import read_proof
from ostiary.verifying.log.published import prove
from ostiary.verifying.log.vkeys import Signer


@pytest.fixture(scope="module")
def story() -> OfficeLog:
    return told_story(300)


@pytest.fixture(scope="module")
def folder(story: OfficeLog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("published")
    story.publish(made)
    return made


def test_every_entry_can_be_proved_offline(story: OfficeLog, folder: Path) -> None:
    for index, entry in enumerate(story.entries):
        proof = read_proof(prove(folder, index))
        checkpoint = proof.verify(entry, [story.signer.verifier], origin=ORIGIN)
        assert (proof.index, checkpoint.size) == (index, len(story.entries))


def test_a_proof_reads_as_the_specification_shows_it(folder: Path) -> None:
    text = prove(folder, 7)
    first, second, *rest = text.split("\n")
    assert (first, second) == ("c2sp.org/tlog-proof@v1", "index 7")
    assert rest[rest.index("") + 1] == ORIGIN
    assert text.endswith("\n")
    assert read_proof(text).text() == text


def test_a_proof_is_of_its_own_entry_only(story: OfficeLog, folder: Path) -> None:
    proof = read_proof(prove(folder, 7))
    for other in (story.entries[8], story.entries[7] + b" ", b""):
        with pytest.raises(ProofError):
            proof.verify(other, [story.signer.verifier])


def test_a_proof_under_an_unknown_key_proves_nothing(story: OfficeLog, folder: Path) -> None:
    proof = read_proof(prove(folder, 7))
    with pytest.raises(NoteError):
        proof.verify(story.entries[7], [Signer(ORIGIN, new_signing_key()).verifier])


def test_extra_lines_are_allowed_and_not_believed(story: OfficeLog, folder: Path) -> None:
    first, rest = prove(folder, 7).split("\n", 1)
    proof = read_proof(f"{first}\nextra aGVsbG8=\n{rest}")
    proof.verify(story.entries[7], [story.signer.verifier])
    assert "extra" not in proof.text()


def test_malformed_proofs_are_refused(folder: Path) -> None:
    text = prove(folder, 7)
    hashes = text.split("\n\n")[0].split("\n")[2:]
    for damaged in (
        "",
        "\n\n",
        text.replace("@v1", "@v2"),
        text.replace("index 7", "index 07"),
        text.replace("index 7", "index -7"),
        text.replace("index 7", "index 7 "),
        text.replace("index 7\n", ""),
        text.replace(hashes[0], hashes[0][:-1]),
        text.replace(hashes[0], ""),
        text.replace(hashes[0], "AAAA"),
        text.replace(hashes[0], "\n".join([hashes[0]] * 65)),
        text.split("\n\n", maxsplit=1)[0],
        text + "\ud800",
        "x" * 3_000_000,
    ):
        with pytest.raises((ProofError, NoteError)):
            read_proof(damaged).verify(b"", [])


def test_there_is_no_proof_of_what_is_not_in_the_log(folder: Path, tmp_path: Path) -> None:
    for index in (-1, 100_000):
        with pytest.raises(ProofError):
            prove(folder, index)
    with pytest.raises(InputError, match="no published log"):
        prove(tmp_path, 0)
