"""An SMTP relay behind a real socket (RFC 5321), with or without TLS; it may misbehave."""

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class MailServer:
    """A relay that runs.

    Attributes:
        port: where it listens.
        certificate: of itself; None without TLS.
        mails: recipients and text of each mail that it took.
        secured: whether the connection was under TLS, for each mail.
        refused: recipients that it refuses.
        broken: whether it breaks off at the text of a mail.
        logins: what was sent to sign in.
        at_sign_in: what it answers then; nothing, and it hangs up.
        signs_in: whether it offers to sign in.
    """

    port: int = 0
    certificate: Path | None = None
    mails: list[tuple[list[str], str]] = field(default_factory=list)
    secured: list[bool] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    broken: bool = False
    logins: list[str] = field(default_factory=list)
    at_sign_in: str = "235 come in"
    signs_in: bool = True


def new_certificate(folder: Path) -> tuple[Path, Path]:
    """Make a key and a certificate for this machine; give the files of both."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "relay.pem", folder / "relay.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, private


class _Relay(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, told: MailServer, security: str, context: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.told, self.security, self.context = told, security, context


class _Talk(socketserver.StreamRequestHandler):
    """One connection; a method a verb."""

    server: _Relay

    def handle(self):
        self.recipients: list[str] = []
        with suppress(OSError):
            if self.server.security == "tls":
                self.under_tls()
            self.say("220 relay")
            while line := self.rfile.readline().decode().strip():
                verb, _, rest = line.partition(" ")
                if getattr(self, f"on_{verb.lower()}", self.on_other)(rest):
                    return

    def finish(self):
        with suppress(OSError, ValueError):
            super().finish()
        self.connection.close()

    def under_tls(self):
        self.connection = self.server.context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")

    @property
    def is_secured(self):
        return isinstance(self.connection, ssl.SSLSocket)

    def say(self, *lines):
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())
        self.wfile.flush()

    def on_other(self, _rest):
        self.say("250 ok")

    def on_ehlo(self, _rest):
        offers_tls = self.server.security == "starttls" and not self.is_secured
        offered = "AUTH PLAIN" if self.server.told.signs_in else "8BITMIME"
        self.say("250-relay", *(["250-STARTTLS"] if offers_tls else []), f"250 {offered}")

    def on_starttls(self, _rest):
        self.say("220 go ahead")
        self.under_tls()

    def on_auth(self, rest):
        self.server.told.logins.append(rest)
        if not self.server.told.at_sign_in:
            return True
        self.say(self.server.told.at_sign_in)
        return False

    def on_rcpt(self, rest):
        address = rest.partition("<")[2].partition(">")[0]
        if address in self.server.told.refused:
            self.say(f"550 no such user {address}")
            return
        self.recipients.append(address)
        self.say("250 ok")

    def on_data(self, _rest):
        told = self.server.told
        if told.broken:
            return True
        self.say("354 go on")
        text = b"".join(iter(self.rfile.readline, b".\r\n"))
        told.mails.append((self.recipients, text.decode()))
        told.secured.append(self.is_secured)
        self.recipients = []
        self.say("250 taken")
        return False

    def on_quit(self, _rest):
        self.say("221 bye")
        return True


@contextmanager
def mail_server(folder: Path, security: str = "none") -> Iterator[MailServer]:
    """Serve one on this machine; ``security`` as in ``office.toml``."""
    told, context = MailServer(), None
    if security != "none":
        told.certificate, key = new_certificate(folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(told.certificate, key)
    with _Relay(told, security, context) as server:
        told.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()
