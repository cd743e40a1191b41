"""A passkey in software: what a device does when a page asks, for tests without a browser."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def to_text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def to_bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "==")


@dataclass
class Device:
    """A device with one passkey on it.

    Attributes:
        origin: of the page that asks.
        party: whom the passkey is bound to.
        flags: what the device says of its owner.
    """

    origin: str = "http://localhost:8000"
    party: str = "localhost"
    flags: int = PRESENT | VERIFIED
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(24))
    count: int = 0

    def create(self, challenge: str) -> str:
        """Make the passkey, as ``navigator.credentials.create`` answers."""
        public = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (public.x, public.y))
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        attested = bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + cose
        data = self._data(self.flags | ATTESTED) + attested
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            clientDataJSON=self._client("webauthn.create", challenge), attestationObject=made
        )

    def get(self, challenge: str) -> str:
        """Sign a challenge, as ``navigator.credentials.get`` answers."""
        self.count += 1
        client, data = self._client("webauthn.get", challenge), self._data(self.flags)
        words = data + hashlib.sha256(client).digest()
        signature = self.key.sign(words, ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _data(self, flags: int) -> bytes:
        party = hashlib.sha256(self.party.encode()).digest()
        return party + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _answer(self, **response: bytes) -> str:
        return json.dumps(
            {
                "id": to_text(self.credential),
                "rawId": to_text(self.credential),
                "type": "public-key",
                "response": {name: to_text(value) for name, value in response.items()},
                "clientExtensionResults": {},
            }
        )
