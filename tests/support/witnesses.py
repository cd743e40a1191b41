"""Witnesses that really run: each in a folder of its own, behind a real socket."""

import http.client
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from log_story import OfficeLog
from ostiary.verifying.answers.trust import read_trust
from ostiary.verifying.log.notes import open_note, split_note
from ostiary.verifying.log.policies import Witness as Cosigner
from ostiary.verifying.log.reader import TileReader
from ostiary.verifying.log.sources import FolderSource
from ostiary.verifying.log.tree import consistency_proof
from ostiary.verifying.log.vkeys import Verifier
from ostiary.verifying.witness.folder import WitnessFolder, create_witness
from ostiary.verifying.witness.server import WitnessServer
from ostiary.verifying.witness.submissions import Submission
from ostiary.verifying.witness.witness import Witness


@dataclass(frozen=True)
class Running:
    """A witness that runs.

    Attributes:
        folder: what it keeps.
        port: where it listens, on this machine.
    """

    folder: WitnessFolder
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def keys(self) -> list[Verifier]:
        return [signer.verifier for signer in self.folder.signers()]

    def cosigner(self, key: int = 0) -> Cosigner:
        return Cosigner(f"{self.folder.name}-{key}", self.keys[key], self.url)

    def post(self, body: bytes, path: str = "/add-checkpoint", **headers: str) -> tuple[int, bytes]:
        return self._ask("POST", path, body, headers)

    def get(self, path: str) -> tuple[int, bytes]:
        return self._ask("GET", path, None, {})

    def raw(self, sent: bytes, *, then_end: bool = True) -> bytes:
        """Send bytes as they are; give everything that comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(sent)
            if then_end:
                connection.shutdown(socket.SHUT_WR)
            received = b""
            while part := connection.recv(65536):
                received += part
            return received

    def _ask(self, method: str, path: str, body: Any, headers: Any) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body=body, headers=headers)
            with connection.getresponse() as response:
                return response.status, response.read()
        finally:
            connection.close()


def new_witness(root: Path, name: str = "witness.example/w1") -> WitnessFolder:
    """Make a witness in a folder."""
    return create_witness(root, name)


@contextmanager
def running(folder: WitnessFolder, **options: Any) -> Iterator[Running]:
    """Serve a witness until the end."""
    with folder.alone(), WitnessServer(Witness(folder), **options) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield Running(folder, server.server_port)
        finally:
            server.shutdown()
            thread.join()


def countersign(office: Path, *witnesses: tuple[str, str], quorum: int, without: str = "") -> None:
    """Enter witnesses (address, verifier key) into an office's settings."""
    listed = "".join(f'  {{ url = "{url}", key = "{key}" }},\n' for url, key in witnesses)
    kept = (office / "office.toml").read_text().partition("\n[accounting]\n")[0]
    table = f"\n[accounting]\nwitnesses = [\n{listed}]\nquorum = {quorum}\n"
    table += f'without_quorum = "{without}"\n' if without else ""
    (office / "office.toml").write_text(kept + table)


def watch(office: Path, root: Path, name: str = "witness.example/w1") -> WitnessFolder:
    """Make a witness that cosigns an office's log."""
    folder = new_witness(root, name)
    trust = read_trust(office / "accounting" / "custodian.pub")
    folder.add_log(trust.origin, trust.logs)
    return folder


class Script(BaseHTTPRequestHandler):
    """A server that answers everything with what its subclass says."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.say(*self.posted(self.rfile.read(int(self.headers["Content-Length"]))))

    def do_GET(self) -> None:
        self.say(*self.got())

    def posted(self, _: bytes) -> tuple[int, bytes]:
        return 404, b""

    def got(self) -> tuple[int, bytes]:
        return 404, b""

    def say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def scripted(handler: type[Script]) -> Iterator[str]:
    """Serve a script until the end; gives its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


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


def cosigned(witness: Running, log: OfficeLog, folder: Path, size: int = 20) -> Submission:
    sent = submission(log, folder, 0, size)
    assert witness.post(sent.body())[0] == 200
    return sent
