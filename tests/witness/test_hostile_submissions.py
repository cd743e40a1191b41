"""What is sent to a witness by somebody who means harm: refused, with no echo, and it goes on."""

import base64
import contextlib
import http.client
import itertools
import socket
import threading
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from log_story import ORIGIN, OfficeLog
from ostiary.verifying.witness.submissions import Submission, read_submission
from ostiary.verifying.witness.witness import Witness
from witnesses import Running, cosigned, new_witness, running, submission

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
