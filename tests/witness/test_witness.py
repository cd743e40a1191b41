"""A witness behind a real socket: what it cosigns, what it refuses, and with which status."""

import base64
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ed25519

from log_story import ORIGIN, OfficeLog
from ostiary.verifying.keys.files import new_post_quantum_key, new_signing_key
from ostiary.verifying.log.checkpoints import sign_checkpoint
from ostiary.verifying.log.notes import open_note, sign_note, signature_line, split_note
from ostiary.verifying.log.tree import EMPTY_ROOT
from ostiary.verifying.log.vkeys import Signer, Verifier
from ostiary.verifying.witness.submissions import Submission, latest_path
from witnesses import Running, cosigned, lines_of, new_witness, running, submission

VECTORS = Path(__file__).parent / "vectors"


def test_growing_checkpoints_are_cosigned_with_both_keys(
    witness: Running, log: OfficeLog, tmp_path: Path
) -> None:
    old = 0
    for size in (1, 2, 7, 8, 31, len(log.entries)):
        sent = submission(log, tmp_path / "log", old, size)
        status, answer = witness.post(sent.body())
        assert status == 200
        expected = ["ML_DSA_44_COSIGNATURE True", "ED25519_COSIGNATURE True"]
        assert lines_of(sent.note, answer, witness) == expected
        old = size


def test_the_latest_checkpoint_can_be_fetched_with_the_logs_signature(
    witness: Running, log: OfficeLog, tmp_path: Path
) -> None:
    path = f"/{latest_path(ORIGIN)}"
    assert witness.get(path)[0] == 404
    stranger = Signer("stranger.example", new_signing_key())
    sent = submission(log, tmp_path / "log", 0, 9)
    text, _ = split_note(sent.note)
    noisy = sent.note + signature_line(stranger, text).encode()
    assert witness.post(Submission(0, (), noisy).body())[0] == 200
    status, note = witness.get(path)
    opened = open_note(note, [log.signer.verifier, *witness.keys])
    assert (status, len(opened.signatures)) == (200, 3)
    assert b"stranger" not in note


def test_the_steps_of_a_foreign_witnesses_test_give_the_same_answers(tmp_path: Path) -> None:
    """The requests and statuses of litewitness' own test (filippo.io/torchwood).

    One status differs. The false signature in it is written in base64 with bits left over, which
    Go's decoder overlooks: to us it is no signature line at all (RFC 4648, section 3.5).
    """
    left_over = "8WVrx6gx="
    steps = (VECTORS / "litewitness.txt").read_text().split("\n====\n")
    origin = "sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562"
    key = bytes.fromhex("ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f")
    folder = new_witness(tmp_path / "witness")
    folder.add_log(origin, [Verifier(origin, ed25519.Ed25519PublicKey.from_public_bytes(key))])
    with running(folder) as witness:
        for step in steps:
            head, _, body = step.partition("\n")
            status, answer = witness.post(body.encode())
            assert status == (400 if left_over in body else int(head.removeprefix("status ")))
            if status == 409:
                assert answer in {b"3\n", b"5\n"}
    assert len(steps) == 8


def test_a_log_whose_key_has_another_name_is_cosigned(tmp_path: Path) -> None:
    """As in Go's checksum database: the origin has spaces, the key is named otherwise."""
    origin, signer = "go.sum database tree", Signer("sum.golang.org", new_signing_key())
    folder = new_witness(tmp_path / "witness")
    folder.add_log(origin, [signer.verifier])
    text = f"{origin}\n3\n{base64.b64encode(bytes(range(32))).decode()}\n"
    with running(folder) as witness:
        assert witness.post(Submission(0, (), sign_note(text, [signer])).body())[0] == 200


def test_a_post_quantum_log_is_cosigned(tmp_path: Path) -> None:
    signer = Signer(ORIGIN, new_post_quantum_key())
    folder = new_witness(tmp_path / "witness")
    folder.add_log(ORIGIN, [signer.verifier])
    made = sign_checkpoint(ORIGIN, 0, EMPTY_ROOT, [signer])
    with running(folder) as witness:
        for _ in range(2):
            assert witness.post(Submission(0, (), made.note).body())[0] == 200


def test_a_wrong_old_size_is_answered_with_the_right_one(
    witness: Running, log: OfficeLog, tmp_path: Path
) -> None:
    cosigned(witness, log, tmp_path / "log")
    for old in (0, 19, 21):
        sent = submission(log, tmp_path / "log", old, 25)
        reply = witness.raw(
            b"POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nConnection: close\r\nContent-Length: "
            + str(len(sent.body())).encode()
            + b"\r\n\r\n"
            + sent.body()
        )
        assert b" 409 Conflict\r\n" in reply
        assert b"Content-Type: text/x.tlog.size\r\n" in reply
        assert reply.endswith(b"\r\n\r\n20\n")


def test_the_same_checkpoint_again_is_cosigned_again(
    witness: Running, log: OfficeLog, tmp_path: Path
) -> None:
    sent = cosigned(witness, log, tmp_path / "log")
    assert witness.post(Submission(20, (), sent.note).body())[0] == 200
    assert witness.post(Submission(20, (bytes(32),), sent.note).body())[0] == 422


def test_unknown_logs_unknown_keys_and_false_signatures(
    witness: Running, log: OfficeLog, tmp_path: Path
) -> None:
    thief = Signer(ORIGIN, new_signing_key())
    other = Signer("other.example/log", log.signer.key)
    root = bytes(32)
    honest = submission(log, tmp_path / "log", 0, 5)
    mangled = honest.note.decode().replace("\n5\n", "\n6\n").encode()
    for note, status in (
        (sign_checkpoint("other.example/log", 5, root, [other]).note, 404),
        (sign_checkpoint(ORIGIN, 5, root, [thief]).note, 403),
        (mangled, 403),
    ):
        assert witness.post(Submission(0, (), note).body())[0] == status
    assert witness.post(honest.body())[0] == 200


def test_proofs_that_prove_nothing(witness: Running, log: OfficeLog, tmp_path: Path) -> None:
    cosigned(witness, log, tmp_path / "log")
    honest = submission(log, tmp_path / "log", 20, 30)
    hashes = list(honest.proof)
    assert len(hashes) > 2
    wrong = [
        [],
        hashes[:-1],
        [*hashes, bytes(32)],
        hashes[::-1],
        [hashes[1], hashes[0], *hashes[2:]],
        [bytes(32), *hashes[1:]],
        hashes[:1] * len(hashes),
    ]
    for proof in wrong:
        assert witness.post(Submission(20, tuple(proof), honest.note).body())[0] == 422
    assert witness.post(honest.body())[0] == 200


def test_from_nothing_there_is_nothing_to_prove(
    witness: Running, log: OfficeLog, tmp_path: Path
) -> None:
    sent = submission(log, tmp_path / "log", 0, 5)
    assert witness.post(Submission(0, (bytes(32),), sent.note).body())[0] == 422


def test_an_empty_tree_with_a_root_is_no_tree(witness: Running, log: OfficeLog) -> None:
    text = f"{ORIGIN}\n0\n{base64.b64encode(bytes(32)).decode()}\n"
    note = sign_note(text, [log.signer])
    assert witness.post(Submission(0, (), note).body())[0] == 422
