"""A real time-stamp authority: OpenSSL's responder, with keys of its own, behind a web server."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from witnesses import Script, scripted

_CONFIG = """\
[req]
distinguished_name = dn
prompt = no
[dn]
CN = {name}
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
[leaf]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = here
[here]
dir = {folder}
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
certs = {folder}/tsa.pem
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = {digests}
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True)
class Authority:
    """A time-stamp authority in a folder; ``certificate`` is what a verifier is given."""

    folder: Path

    @property
    def certificate(self) -> Path:
        return self.folder / "root.pem"

    def carry(self, *certificates: Path) -> None:
        """Have responses carry these certificates beside the signer's."""
        text = "".join(each.read_text() for each in certificates)
        (self.folder / "carried.pem").write_text(text)
        config, own = self.folder / "config", f"certs = {self.folder}/tsa.pem"
        config.write_text(config.read_text().replace(own, f"certs = {self.folder}/carried.pem"))

    def set(self, **settings: str) -> None:
        """Change settings of the responder, or add them."""
        lines = (self.folder / "config").read_text().splitlines()
        kept = [one for one in lines if one.partition(" = ")[0] not in settings]
        kept += [f"{name} = {value}" for name, value in settings.items()]
        (self.folder / "config").write_text("\n".join(kept) + "\n")

    def answer(self, query: bytes) -> bytes:
        """Answer a query, as ``openssl ts -reply`` does."""
        (self.folder / "query").write_bytes(query)
        config, out = self.folder / "config", self.folder / "response"
        _openssl(
            "ts", "-reply", "-config", config, "-queryfile", self.folder / "query", "-out", out
        )
        return out.read_bytes()

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Answer over HTTP; gives the address."""
        authority = self

        class Responder(Script):
            def posted(self, query: bytes) -> tuple[int, bytes]:
                asked = self.headers["Content-Type"] == "application/timestamp-query"
                return 200 if asked else 400, authority.answer(query)

        with scripted(Responder) as url:
            yield url


def new_authority(
    folder: Path, name: str = "tsa.example", digests: str = "sha256", kind: str = "EC"
) -> Authority:
    """Make an authority: a root, and a certificate made for time-stamping alone.

    Args:
        folder: a new one.
        name: of the authority.
        digests: that it takes.
        kind: of its keys, ``EC`` or ``RSA``.
    """
    how = {"EC": "ec_paramgen_curve:P-256", "RSA": "rsa_keygen_bits:2048"}[kind]
    folder.mkdir()
    config = folder / "config"
    config.write_text(_CONFIG.format(name=name, folder=folder, digests=digests))
    (folder / "serial").write_text("01\n")
    for key in ("root", "tsa"):
        _openssl("genpkey", "-algorithm", kind, "-pkeyopt", how,
                 "-out", folder / f"{key}.key")  # fmt: skip
    _openssl("req", "-x509", "-new", "-key", folder / "root.key", "-config", config,
             "-extensions", "root", "-days", "30", "-out", folder / "root.pem")  # fmt: skip
    _openssl("req", "-new", "-key", folder / "tsa.key", "-config", config,
             "-subj", f"/CN=signer of {name}", "-out", folder / "tsa.csr")  # fmt: skip
    _openssl("x509", "-req", "-in", folder / "tsa.csr", "-CA", folder / "root.pem",
             "-CAkey", folder / "root.key", "-CAcreateserial", "-extfile", config,
             "-extensions", "leaf", "-days", "20", "-out", folder / "tsa.pem")  # fmt: skip
    return Authority(folder)


def openssl_accepts(authority: Authority, token: Path, content: Path) -> bool:
    """Whether OpenSSL's own verifier accepts a response for a file."""
    done = subprocess.run(
        ["openssl", "ts", "-verify", "-data", content, "-in", token, "-CAfile",
         authority.certificate],
        capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode == 0


def _openssl(*arguments: object) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
