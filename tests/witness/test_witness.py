"""A witness behind a real socket: what it cosigns, what it refuses, and with which status."""

import base64
import contextlib
import hashlib
import http.client
import itertools
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from log_story import ORIGIN, OfficeLog, rewrite_and_sign, told_story
from ostiary.domain.errors import InputError
from ostiary.verifying.keys.files import new_post_quantum_key, new_signing_key
from ostiary.verifying.log.checkpoints import Checkpoint, sign_checkpoint
from ostiary.verifying.log.notes import open_note, sign_note, signature_line, split_note
from ostiary.verifying.log.reader import TileReader
from ostiary.verifying.log.sources import FolderSource
from ostiary.verifying.log.tree import EMPTY_ROOT, consistency_proof
from ostiary.verifying.log.vkeys import Signer, Verifier
from ostiary.verifying.witness.folder import WitnessFolder
from ostiary.verifying.witness.submissions import Submission, latest_path, read_submission
from ostiary.verifying.witness.witness import Witness
from witnesses import Running, new_witness, running

VECTORS = Path(__file__).parent / "vectors"


@pytest.fixture
def log() -> OfficeLog:
    return told_story(30)


@pytest.fixture
def witness(tmp_path: Path, log: OfficeLog) -> Iterator[Running]:
    folder = new_witness(tmp_path / "witness")
    folder.add_log(ORIGIN, [log.signer.verifier])
    with running(folder, seconds=2.0, connections=8) as one:
        yield one


def submission(log: OfficeLog, folder: Path, old: int, size: int) -> Submission:
    """An honest submission: the log at ``size``, and the proof from ``old``."""
    shutil.rmtree(folder, ignore_errors=True)
    checkpoint = log.publish(folder, size)
    node = TileReader(FolderSource(folder), size).node
    return Submission(old, tuple(consistency_proof(old, size, node)), checkpoint.note)


def lines_of(checkpoint: bytes, answer: bytes, witness: Running) -> list[str]:
    text, _ = split_note(checkpoint)
    opened = open_note(f"{text}\n{answer.decode()}".encode(), witness.keys)
    return [f"{one.verifier.type.name} {one.at > 0}" for one in opened.signatures]


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


def cosigned(witness: Running, log: OfficeLog, folder: Path, size: int = 20) -> Submission:
    sent = submission(log, folder, 0, size)
    assert witness.post(sent.body())[0] == 200
    return sent


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


GOOD_HASH = base64.b64encode(bytes(range(32))).decode()


@pytest.mark.parametrize(
    "head",
    [
        "",
        "old",
        "old ",
        "old 05",
        "old +5",
        "old -1",
        "old 5 ",
        " old 5",
        "OLD 5",
        "old 0x5",
        "old 1e3",
        "old 18446744073709551616",
        f"old {2**53}",
        "old " + "9" * 5000,
        "old \N{ARABIC-INDIC DIGIT FIVE}",
        "old 0\r",
        "old 0\x00",
        f"old 0\n{GOOD_HASH[:-1]}",
        f"old 0\n{GOOD_HASH}=",
        f"old 0\n {GOOD_HASH}",
        f"old 0\n{GOOD_HASH[:-2]}9=",
        "old 0\n" + base64.b64encode(bytes(31)).decode(),
        "old 0\n" + base64.b64encode(bytes(33)).decode(),
        "old 0\n" + base64.urlsafe_b64encode(b"\xff" * 32).decode(),
        "old 0\n" + "é" * 44,
        "old 0" + f"\n{GOOD_HASH}" * 64,
    ],
)
def test_hostile_heads_are_refused(
    witness: Running, log: OfficeLog, tmp_path: Path, head: str
) -> None:
    sent = submission(log, tmp_path / "log", 0, 5)
    assert witness.post(head.encode() + b"\n\n" + sent.note)[0] == 400
    assert witness.post(sent.body())[0] == 200, "it still works"


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        f"{ORIGIN}\n5\n{GOOD_HASH}\n",
        f"{ORIGIN}\n5\n{GOOD_HASH}\n\n",
        f"{ORIGIN}\n5\n{GOOD_HASH}\n\n— {ORIGIN} AAAA\n",
        f"{ORIGIN}\n{2**64}\n{GOOD_HASH}\n\n— {ORIGIN} AAAAAAAA\n",
        f"{ORIGIN}\n{'9' * 4000}\n{GOOD_HASH}\n\n— {ORIGIN} AAAAAAAA\n",
        f"{ORIGIN}\n5\n{GOOD_HASH[:-4]}\n\n— {ORIGIN} AAAAAAAA\n",
        f"{ORIGIN}\n5\n\n— {ORIGIN} AAAAAAAA\n",
        f"{ORIGIN}\r\n5\n{GOOD_HASH}\n\n— {ORIGIN} AAAAAAAA\n",
        f"{ORIGIN}\x1b[31m\n5\n{GOOD_HASH}\n\n— {ORIGIN} AAAAAAAA\n",
        f"{ORIGIN}\n5\n{GOOD_HASH}\n\n" + f"— {ORIGIN} AAAAAAAA\n" * 101,
    ],
)
def test_hostile_checkpoints_are_refused(witness: Running, note: str) -> None:
    assert witness.post(b"old 0\n\n" + note.encode())[0] == 400
    assert witness.post(b"old 0\n\n" + note.encode() + b"\xff")[0] == 400


@settings(
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_no_bytes_make_the_witness_fail(
    witness: Running, log: OfficeLog, tmp_path: Path, data: st.DataObject
) -> None:
    """Honest submissions with something wrong in them, and plain noise; asked without a socket."""
    core = Witness(witness.folder)
    body = bytearray(submission_once(log, tmp_path).body())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    for sent in (bytes(body), data.draw(st.binary(max_size=200))):
        reply = core.add_checkpoint(sent)
        assert reply.status in {200, 400, 403, 404, 409, 422}
        if reply.status == 200:  # what was changed was not a part that anyone signed
            assert read_submission(sent).note.startswith(f"{ORIGIN}\n".encode())


def submission_once(log: OfficeLog, tmp_path: Path) -> Submission:
    folder = tmp_path / "once"
    if not folder.exists():
        log.publish(folder, 20)
    checkpoint = (folder / "checkpoint").read_bytes()
    return Submission(0, (), checkpoint)


def head(length: object, *more: bytes) -> bytes:
    lines = [b"POST /add-checkpoint HTTP/1.1", b"Host: w"]
    if length is not None:
        lines.append(f"Content-Length: {length}".encode())
    return b"\r\n".join([*lines, *more]) + b"\r\n\r\n"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (head(None, b"Transfer-Encoding: chunked") + b"5\r\nold 0\r\n0\r\n\r\n", 411),
        (head(5, b"Transfer-Encoding: chunked") + b"5\r\nold 0\r\n0\r\n\r\n", 400),
        (head(None) + b"old 0\n\n", 411),
        (head("-5"), 400),
        (head("+5") + b"old 0", 400),
        (head("05") + b"old 0", 400),
        (head("5_0"), 400),
        (head("9" * 30), 400),
        (head("5, 5") + b"old 0", 400),
        (head(5, b"Content-Length: 6") + b"old 0", 400),
        (head(300_000), 413),
        (head(4_000_000_000), 413),
        (head(50) + b"old 0", 400),
        (b"PUT /add-checkpoint HTTP/1.1\r\nHost: w\r\n\r\n", 501),
        (b"POST /other HTTP/1.1\r\nHost: w\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", 404),
        (b"GET /../../keys/ed25519.key HTTP/1.1\r\nHost: w\r\nConnection: close\r\n\r\n", 404),
        (b"GET /" + b"%2e%2e/" * 8 + b" HTTP/1.1\r\nConnection: close\r\n\r\n", 404),
        (b"GET / HTTP/9.9\r\n\r\n", 505),
        (b"GARBAGE\r\n\r\n", 400),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", 414),
        (head(5, *[b"X-%d: y" % n for n in range(200)]), 431),
    ],
)
def test_hostile_requests_get_a_status_and_no_echo(
    witness: Running, sent: bytes, status: int
) -> None:
    reply = witness.raw(sent)
    first = reply.split(b"\r\n")[0]
    assert first.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"PRIVATE" not in reply
    assert b"GARBAGE" not in reply
    assert reply.count(b"HTTP/1.1") <= 1, "what follows a refused body is not read as a request"


def test_what_is_smuggled_behind_a_body_is_not_served(witness: Running) -> None:
    inner = b"GET /" + b"0" * 64 + b"/checkpoint HTTP/1.1\r\nHost: w\r\n\r\n"
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(inner), inner)
    reply = witness.raw(head(None, b"Transfer-Encoding: chunked") + chunked)
    assert reply.count(b"HTTP/1.1 ") == 1


def test_who_sends_too_slowly_is_sent_away_and_others_are_served(
    witness: Running, log: OfficeLog, tmp_path: Path
) -> None:
    replies = []
    slow = [
        threading.Thread(
            target=lambda: replies.append(witness.raw(head(100) + b"old", then_end=False))
        )
        for _ in range(4)
    ]
    for one in slow:
        one.start()
    cosigned(witness, log, tmp_path / "log")
    for one in slow:
        one.join()
    assert all(b" 408 " in reply.split(b"\r\n")[0] for reply in replies)
    assert len(replies) == 4


def test_one_byte_at_a_time_does_not_hold_it_for_ever(witness: Running) -> None:
    start = time.monotonic()
    with socket.create_connection(("127.0.0.1", witness.port), timeout=20) as connection:
        try:
            for letter in itertools.cycle(b"x"):
                connection.sendall(bytes([letter]))
                time.sleep(0.1)
                if time.monotonic() - start > 15:
                    break
        except OSError:
            pass
    assert time.monotonic() - start < 15


def test_more_connections_than_there_is_room_for_are_closed(log: OfficeLog, tmp_path: Path) -> None:
    room, surplus = 8, 22
    folder = new_witness(tmp_path / "crowded")
    folder.add_log(ORIGIN, [log.signer.verifier])
    with running(folder, seconds=60.0, connections=room) as witness:
        address = ("127.0.0.1", witness.port)
        crowd = [socket.create_connection(address, timeout=20) for _ in range(room + surplus)]
        left = crowd
        while len(left) > room:
            left = [one for one in left if not is_closed(one)]
        assert not any(is_closed(one) for one in left), "whoever found room is served"
        for one in crowd:
            one.close()
        sent = submission(log, tmp_path / "log", 0, 20)
        status = 0
        while status == 0:  # until it has seen that the crowd is gone
            with contextlib.suppress(OSError, http.client.HTTPException):
                status = witness.post(sent.body())[0]
        assert status == 200


def is_closed(connection: socket.socket) -> bool:
    """Whether the other end has closed a connection by now, or does in a moment."""
    connection.settimeout(0.05)
    try:
        return connection.recv(1) == b""
    except ConnectionError:
        return True
    except TimeoutError:
        return False


def test_many_connections_at_once_cosign_one_history(
    witness: Running, log: OfficeLog, tmp_path: Path
) -> None:
    """Of two checkpoints from the same old size exactly one can be the next."""
    cosigned(witness, log, tmp_path / "log", 4)
    bodies = [submission(log, tmp_path / f"log-{n}", 4, 5 + n).body() for n in range(6)]
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda body=body: statuses.append(witness.post(body)[0]))
        for body in bodies
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(statuses) == [200, 409, 409, 409, 409, 409]


def test_what_was_cosigned_outlives_the_program(log: OfficeLog, tmp_path: Path) -> None:
    folder = new_witness(tmp_path / "witness")
    folder.add_log(ORIGIN, [log.signer.verifier])
    with running(folder) as witness:
        cosigned(witness, log, tmp_path / "log")
    with running(WitnessFolder(folder.root)) as witness:
        assert witness.post(submission(log, tmp_path / "log", 0, 5).body())[1] == b"20\n"


@pytest.mark.parametrize("harm", ["removed", "empty", "cut", "foreign", "unsigned"])
def test_a_witness_that_lost_its_record_cosigns_nothing(
    log: OfficeLog, tmp_path: Path, harm: str
) -> None:
    folder = new_witness(tmp_path / "witness")
    known = folder.add_log(ORIGIN, [log.signer.verifier])
    with running(folder) as witness:
        sent = cosigned(witness, log, tmp_path / "log")
        record = known.folder / "latest"
        if harm == "removed":
            record.unlink()
        else:
            whole = record.read_bytes()
            foreign = sign_checkpoint(ORIGIN, 1, bytes(32), [log.signer]).note
            harmed = {"empty": b"", "cut": whole[:-100], "foreign": foreign, "unsigned": sent.note}
            record.write_bytes(harmed[harm])
        assert witness.post(submission(log, tmp_path / "log", 0, 5).body())[0] == 500
        assert witness.post(submission(log, tmp_path / "log", 20, 25).body())[0] == 500


def test_nothing_is_answered_that_is_not_recorded(
    log: OfficeLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = new_witness(tmp_path / "witness")
    known = folder.add_log(ORIGIN, [log.signer.verifier])
    witness = Witness(folder)
    before = known.latest()
    full = OSError(28, "no space left on device")
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(full))
    reply = witness.add_checkpoint(submission_written_before(log, tmp_path))
    assert reply.status == 500
    assert "—".encode() not in reply.body
    assert known.latest() == before


def submission_written_before(log: OfficeLog, tmp_path: Path) -> bytes:
    del tmp_path
    checkpoint = sign_checkpoint(ORIGIN, 3, hashlib.sha256(b"any").digest(), [log.signer])
    return Submission(0, (), checkpoint.note).body()


def test_two_programs_cannot_serve_one_witness(tmp_path: Path) -> None:
    folder = new_witness(tmp_path / "witness")
    with folder.alone(), pytest.raises(InputError, match="already"), folder.alone():
        pass


def test_further_keys_of_a_log_leave_its_record_alone(log: OfficeLog, tmp_path: Path) -> None:
    folder = new_witness(tmp_path / "witness")
    folder.add_log(ORIGIN, [log.signer.verifier])
    with running(folder) as witness:
        cosigned(witness, log, tmp_path / "log")
        folder.add_log(ORIGIN, [log.signer.verifier, Signer(ORIGIN, new_signing_key()).verifier])
        assert witness.post(submission(log, tmp_path / "log", 0, 5).body())[1] == b"20\n"
        assert [len(one.keys) for one in folder.logs()] == [2]


@pytest.mark.parametrize("origin", ["", " ", "a\nb", "a\x00b", "\udcff"])
def test_a_log_needs_a_name_that_can_stand_in_a_checkpoint(
    log: OfficeLog, tmp_path: Path, origin: str
) -> None:
    folder = new_witness(tmp_path / "witness")
    with pytest.raises(InputError):
        folder.add_log(origin, [log.signer.verifier])
    with pytest.raises(InputError):
        folder.add_log(ORIGIN, [])
    assert folder.logs() == []


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "é" * 128])
def test_a_witness_needs_a_name_that_can_stand_in_a_note(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        new_witness(tmp_path / "witness", name)
    assert not (tmp_path / "witness").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="already"):
        new_witness(tmp_path)
    with pytest.raises(InputError, match="no witness"):
        WitnessFolder(tmp_path)


def forked(log: OfficeLog, folder: Path) -> Checkpoint:
    """The same log with its third entry changed, signed with its own key."""
    entries = [*log.entries[:2], log.entries[3], *log.entries[3:]]
    return rewrite_and_sign(folder, entries[:20], log.signer)


def test_a_fork_is_refused_and_kept_as_evidence(
    witness: Running, log: OfficeLog, tmp_path: Path
) -> None:
    cosigned(witness, log, tmp_path / "log")
    body = Submission(20, (), forked(log, tmp_path / "fork").note).body()
    for _ in range(3):
        assert witness.post(body)[0] == 422
    (kept,) = (witness.folder.logs()[0].folder / "evidence").iterdir()
    assert kept.read_bytes() == body
