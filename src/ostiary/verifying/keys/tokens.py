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
when it meets such a line.
"""

import os
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Never, TypeVar

import pkcs11
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, encode_dss_signature
from pkcs11 import KDF, Attribute, KeyType, Mechanism, ObjectClass

from ostiary.domain.errors import KeyFileError, UnsupportedAlgorithmError
from ostiary.verifying.keys.token_uri import TokenKeyName

_Result = TypeVar("_Result")
_ID_BYTES, _P256_BYTES = 8, 32
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
        self._held = _Held(name)
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
        self._held = _Held(name)
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
        if len(pair) != 2 * _P256_BYTES:
            raise KeyFileError("the token gave no ECDSA signature", where=self._held.where)
        r, s = pair[:_P256_BYTES], pair[_P256_BYTES:]
        return encode_dss_signature(int.from_bytes(r), int.from_bytes(s))

    def exchange(self, algorithm: ec.ECDH, peer_public_key: ec.EllipticCurvePublicKey) -> bytes:
        """Have the token agree on a secret with a peer; see rule 5."""
        del algorithm
        numbers = peer_public_key.public_numbers()
        point = b"\x04" + numbers.x.to_bytes(_P256_BYTES) + numbers.y.to_bytes(_P256_BYTES)
        return self._held.use(lambda key: _agree(key, point))

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
    params = _Held(name).params
    if params in _EDWARDS:
        return TokenSigningKey(name)
    if params == _P256:
        return TokenCurveKey(name)
    raise KeyFileError(
        "this kind of key in a token is not in use here",
        where=where,
        cure="use Ed25519 or P-256 to sign, P-256 to open answers",
    )


def make_token_key(token: str, label: str, *, curve: bool, where: str) -> str:
    """Make a pair in a token, which nobody can take out, and give the URI of its private half.

    Args:
        token: URI of the token.
        label: what to call the pair; its id is drawn.
        curve: a P-256 pair, else Ed25519.
        where: what errors call it.

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

    _token_of(name).change(make)
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

    _token_of(name).change(destroy)


class _Held:
    """A private key in a token, looked up once in each session."""

    def __init__(self, name: TokenKeyName) -> None:
        self._name = name
        self._key: tuple[object, Any] | None = None

    @property
    def where(self) -> str:
        return f"token {self._name.token}, key {self._name.label or self._name.id.hex()}"

    @cached_property
    def params(self) -> bytes:
        return _token_of(self._name).use(
            lambda session: bytes(self._public(session)[Attribute.EC_PARAMS])
        )

    @cached_property
    def point(self) -> bytes:
        """The public half, out of the OCTET STRING in which tokens wrap it."""
        wrapped = _token_of(self._name).use(
            lambda session: bytes(self._public(session)[Attribute.EC_POINT])
        )
        is_wrapped = wrapped[:1] == b"\x04" and wrapped[1:2] == bytes([len(wrapped) - 2])
        return wrapped[2:] if is_wrapped else wrapped

    def use(self, step: Callable[[Any], _Result]) -> _Result:
        """Take a step with the private key."""
        return _token_of(self._name).use(lambda session: step(self._private(session)))

    def refuse(self) -> Never:
        raise KeyFileError("this private key never leaves its token", where=self.where)

    def _private(self, session: "pkcs11.Session") -> Any:
        if self._key is None or self._key[0] is not session:
            found = self._one(session, ObjectClass.PRIVATE_KEY)
            if not found[Attribute.SENSITIVE] or found[Attribute.EXTRACTABLE]:
                raise KeyFileError(
                    "this key can leave its token",
                    where=self.where,
                    cure="make a pair in the token that is sensitive and not extractable",
                )
            self._key = session, found
        return self._key[1]

    def _public(self, session: "pkcs11.Session") -> Any:
        self._private(session)
        return self._one(session, ObjectClass.PUBLIC_KEY)

    def _one(self, session: "pkcs11.Session", kind: Any) -> Any:
        asked: dict[Any, Any] = {Attribute.CLASS: kind}
        asked |= {Attribute.LABEL: self._name.label} if self._name.label else {}
        asked |= {Attribute.ID: self._name.id} if self._name.id else {}
        found = list(session.get_objects(asked))
        if len(found) != 1:
            half = kind.name.lower().replace("_", " ")
            raise KeyFileError(
                f"the token has {len(found) or 'no'} {half}s of this name",
                where=self.where,
                cure="name the key by label and id; both halves of the pair must be in the token",
            )
        return found[0]


@dataclass
class _Module:
    """A module as this process has loaded it; one thread at a time speaks to it."""

    path: str
    turn: threading.RLock = field(default_factory=threading.RLock)
    _process: int = 0

    def loaded(self) -> Any:
        """Give the module; what was opened before a fork is not ours, and begins anew."""
        try:
            found = pkcs11.lib(self.path)
        except (OSError, RuntimeError):
            raise KeyFileError("this is no PKCS#11 module", where=self.path) from None
        if self._process not in {0, os.getpid()}:
            found.reinitialize()
        self._process = os.getpid()
        return found


@dataclass
class _Token:
    """The one session of this process with a token."""

    name: TokenKeyName
    module: _Module
    _session: Any = None
    _process: int = 0
    _is_refused: bool = False

    def use(self, step: Callable[[Any], _Result]) -> _Result:
        """Take a step in the session.

        Raises:
            KeyFileError: the token refuses it. The session is given up, as an error may outlive
                its call.
        """
        with self.module.turn, self._told():
            return step(self._open())

    def change(self, step: Callable[[Any], None]) -> None:
        """Take a step in a session of its own that may make and destroy keys."""
        with self.module.turn, self._told():
            own = self._open().token.open(rw=True)
            try:
                step(own)
            finally:
                own.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell an error of a token as ours."""
        try:
            yield
        except pkcs11.PKCS11Error as error:
            self._close()
            raise KeyFileError(
                f"the token refuses this: {type(error).__name__}",
                where=f"token {self.name.token}",
                cure="see whether the token is there, and what its maker says of this",
            ) from None

    def _open(self) -> Any:
        if self._session is not None and self._process == os.getpid():
            return self._session
        if self._is_refused:
            raise self._refused()
        self._session, self._process = self._logged_in(), os.getpid()
        return self._session

    def _close(self) -> None:
        """End the session and with it the login, which would outlive what is forgotten."""
        session, self._session = self._session, None
        with suppress(pkcs11.PKCS11Error):
            if session is not None:
                session.close()

    def _logged_in(self) -> Any:
        try:
            asked: dict[str, Any] = {"token_label": self.name.token}
            asked |= {"token_serial": self.name.serial.encode()} if self.name.serial else {}
            return self.module.loaded().get_token(**asked).open(user_pin=self._pin())
        except (pkcs11.NoSuchToken, pkcs11.MultipleTokensReturned) as error:
            several = isinstance(error, pkcs11.MultipleTokensReturned)
            raise KeyFileError(
                f"the module has {'several tokens' if several else 'no token'} of this label",
                where=f"token {self.name.token}",
                cure="name the token by label and serial number",
            ) from None
        except (pkcs11.PinIncorrect, pkcs11.PinLocked, pkcs11.PinInvalid):
            self._is_refused = True
            raise self._refused() from None

    def _refused(self) -> KeyFileError:
        return KeyFileError(
            "the token refused the PIN; it is not tried again",
            where=self.name.pin_source,
            cure="mend the file and start anew; a token locks itself after a few wrong PINs",
        )

    def _pin(self) -> str:
        path = Path(self.name.pin_source)
        try:
            if path.stat().st_mode & 0o077:
                raise KeyFileError(
                    "others may read this PIN", where=str(path), cure=f"chmod 600 {path}"
                )
            return path.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise KeyFileError(
                "cannot read the PIN of the token",
                where=str(path),
                cure=(error.strerror or "").lower(),
            ) from None


_MODULES: dict[str, _Module] = {}
_TOKENS: dict[tuple[str, str, str, str], _Token] = {}
_MAKING = threading.Lock()


def _token_of(name: TokenKeyName) -> _Token:
    """Give the token of a key, the same one for all keys in it."""
    if not Path(name.module).is_file():
        raise KeyFileError("the token's module is not there", where=name.module)
    key = (name.module, name.token, name.serial, name.pin_source)
    with _MAKING:
        module = _MODULES.setdefault(name.module, _Module(name.module))
        return _TOKENS.setdefault(key, _Token(name, module))


def _agree(key: Any, point: bytes) -> bytes:

    readable = {Attribute.SENSITIVE: False, Attribute.EXTRACTABLE: True, Attribute.TOKEN: False}
    shared = key.derive_key(
        KeyType.GENERIC_SECRET,
        8 * _P256_BYTES,
        mechanism_param=(KDF.NULL, None, point),
        template=readable,
    )
    try:
        return bytes(shared[Attribute.VALUE])
    finally:
        shared.destroy()
