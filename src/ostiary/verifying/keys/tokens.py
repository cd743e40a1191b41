"""Private keys that never leave a token (a hardware security module, PKCS#11, v2.40).

Where a key file's text stands, one line may stand instead that names a key in a token, see
:mod:`.keys.token_uri`. The key read from it is one of ``cryptography``'s, but that the
private step is the token's; so whoever signs, or opens what was sealed, knows no difference.

1. A process has one session with a token, and one thread at a time speaks to a module: not every
   module bears more.
2. A PIN that was refused is not tried again by this process: modules lock after a few.
3. A key that could leave its token, or can be used for what it is not for, is refused.
4. ECDSA is given a digest that is made here, and gives r and s side by side; here they become DER.
5. The secret of an exchange passes through our memory, and is destroyed in the token at once.

The package that speaks to tokens is an extra, so only :mod:`.keys.files` loads this module,
when it meets such a line. :mod:`.keys.held_key` finds the key, :mod:`.keys.token_session` speaks to
the token.
"""

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Never

import pkcs11
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, encode_dss_signature
from pkcs11 import Attribute, KeyType, Mechanism

from ostiary.domain.errors import KeyFileError, UnsupportedAlgorithmError
from ostiary.verifying.keys.held_key import P256_BYTES, HeldKey
from ostiary.verifying.keys.token_session import session_of
from ostiary.verifying.keys.token_uri import TokenKeyName

_ID_BYTES = 8
# What a key's EC_PARAMS say of Ed25519: an object identifier, or a name.
_EDWARDS = (bytes.fromhex("06032b6570"), b"\x13\x0cedwards25519")
_P256 = bytes.fromhex("06082a8648ce3d030107")


class TokenSigningKey(ed25519.Ed25519PrivateKey):
    """An Ed25519 key in a token."""

    def __init__(self, name: TokenKeyName) -> None:
        """Find the key.

        Raises:
            KeyFileError: see :func:`token_key`.
        """
        self._held = HeldKey(name)
        point = self._held.point
        self._public = ed25519.Ed25519PublicKey.from_public_bytes(point)

    def public_key(self) -> ed25519.Ed25519PublicKey:
        """Give the public half."""
        return self._public

    def sign(self, data: Any) -> bytes:
        """Have the token sign."""
        return self._held.use(lambda key: bytes(key.sign(bytes(data), mechanism=Mechanism.EDDSA)))

    def private_bytes(self, *_: Any, **__: Any) -> Never:
        """Refuse."""
        self._held.refuse()

    def private_bytes_raw(self) -> Never:
        """Refuse."""
        self._held.refuse()

    def __copy__(self) -> "TokenSigningKey":
        """Give itself."""
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> "TokenSigningKey":
        """Give itself."""
        return self


class TokenCurveKey(ec.EllipticCurvePrivateKey):
    """A P-256 key in a token, to sign or to open what was sealed."""

    def __init__(self, name: TokenKeyName) -> None:
        """Find the key.

        Raises:
            KeyFileError: see :func:`token_key`.
        """
        self._held = HeldKey(name)
        self._public = ec.EllipticCurvePublicKey.from_encoded_point(
            ec.SECP256R1(), self._held.point
        )

    @property
    def curve(self) -> ec.EllipticCurve:
        """The curve."""
        return ec.SECP256R1()

    @property
    def key_size(self) -> int:
        """Bits of the curve."""
        return self.curve.key_size

    def public_key(self) -> ec.EllipticCurvePublicKey:
        """Give the public half."""
        return self._public

    def sign(self, data: Any, signature_algorithm: ec.EllipticCurveSignatureAlgorithm) -> bytes:
        """Hash here, have the token sign the digest, give the signature in DER."""
        algorithm = signature_algorithm.algorithm
        if isinstance(algorithm, Prehashed):
            raise UnsupportedAlgorithmError(
                "this key hashes what it signs, and signs no digest that was made elsewhere",
                where=self._held.where,
                cure="give it the words themselves",
            )
        hasher = hashes.Hash(algorithm)
        hasher.update(data)
        digest = hasher.finalize()
        pair = self._held.use(lambda key: bytes(key.sign(digest, mechanism=Mechanism.ECDSA)))
        if len(pair) != 2 * P256_BYTES:
            raise KeyFileError("the token gave no ECDSA signature", where=self._held.where)
        r, s = pair[:P256_BYTES], pair[P256_BYTES:]
        return encode_dss_signature(int.from_bytes(r), int.from_bytes(s))

    def exchange(self, algorithm: ec.ECDH, peer_public_key: ec.EllipticCurvePublicKey) -> bytes:
        """Have the token agree on a secret with a peer; see rule 5."""
        del algorithm
        numbers = peer_public_key.public_numbers()
        point = b"\x04" + numbers.x.to_bytes(P256_BYTES) + numbers.y.to_bytes(P256_BYTES)
        return self._held.agree(point)

    def private_numbers(self) -> Never:
        """Refuse."""
        self._held.refuse()

    def private_bytes(self, *_: Any, **__: Any) -> Never:
        """Refuse."""
        self._held.refuse()

    def __copy__(self) -> "TokenCurveKey":
        """Give itself."""
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> "TokenCurveKey":
        """Give itself."""
        return self


TokenKey = TokenSigningKey | TokenCurveKey


def token_key(text: str, *, where: str) -> TokenKey:
    """Open a key in a token.

    Args:
        text: its URI.
        where: what errors call it.

    Raises:
        KeyFileError: the URI is none; module, token or key is not there, or there are several; the
            PIN is refused; the key could leave the token, or is of a kind not in use here.
    """
    name = TokenKeyName.read(text.strip(), where=where)
    params = HeldKey(name).params
    if params in _EDWARDS:
        return TokenSigningKey(name)
    if params == _P256:
        return TokenCurveKey(name)
    raise KeyFileError(
        "this kind of key in a token is not in use here",
        where=where,
        cure="use Ed25519 or P-256 to sign, P-256 to open answers",
    )


def make_token_key(
    token: str,
    label: str,
    *,
    curve: bool,
    where: str,
    note: Callable[[str], None] = lambda _: None,
) -> str:
    """Make a pair in a token, which nobody can take out, and give the URI of its private half.

    Args:
        token: URI of the token.
        label: what to call the pair; its id is drawn.
        curve: a P-256 pair, else Ed25519.
        where: what errors call it.
        note: given the URI before the pair is made, so that a cut leaves no pair without a name.

    Raises:
        KeyFileError: the token cannot be reached, or makes no such pair.
    """
    name = TokenKeyName.read(token, where=where)
    name = replace(name, label=label, id=secrets.token_bytes(_ID_BYTES))

    kind = KeyType.EC if curve else KeyType.EC_EDWARDS
    making = Mechanism.EC_KEY_PAIR_GEN if curve else Mechanism.EC_EDWARDS_KEY_PAIR_GEN
    hidden = {Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False, Attribute.PRIVATE: True}

    def make(session: "pkcs11.Session") -> None:
        parameters = session.create_domain_parameters(
            kind, {Attribute.EC_PARAMS: _P256 if curve else _EDWARDS[0]}, local=True
        )
        parameters.generate_keypair(
            store=True, id=name.id, label=label, mechanism=making, private_template=hidden
        )

    note(str(name))
    session_of(name).change(make)
    return str(name)


def destroy_token_key(text: str, *, where: str) -> None:
    """Destroy a pair in its token; one that is gone already is no harm.

    Raises:
        KeyFileError: the token cannot be reached, or does not let go of it.
    """
    name = TokenKeyName.read(text.strip(), where=where)

    def destroy(session: "pkcs11.Session") -> None:
        for found in list(
            session.get_objects({Attribute.LABEL: name.label, Attribute.ID: name.id})
        ):
            found.destroy()

    session_of(name).change(destroy)
