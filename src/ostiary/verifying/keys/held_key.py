"""A private key in a token: how it is found there, and what is refused of it."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Never, TypeVar

import pkcs11
from pkcs11 import KDF, Attribute, KeyType, ObjectClass

from ostiary.domain.errors import KeyFileError
from ostiary.verifying.keys.token_session import session_of
from ostiary.verifying.keys.token_uri import TokenKeyName

_Result = TypeVar("_Result")
P256_BYTES = 32


class HeldKey:
    """A private key in a token, looked up once in each session."""

    def __init__(self, name: TokenKeyName) -> None:
        self._name = name
        self._key: tuple[object, Any] | None = None

    @property
    def where(self) -> str:
        """What errors call it."""
        return f"token {self._name.token}, key {self._name.label or self._name.id.hex()}"

    @cached_property
    def params(self) -> bytes:
        """What its EC_PARAMS say of its kind, in DER."""
        return session_of(self._name).use(
            lambda session: bytes(self._public(session)[Attribute.EC_PARAMS])
        )

    @cached_property
    def point(self) -> bytes:
        """The public half, out of the OCTET STRING in which tokens wrap it."""
        wrapped = session_of(self._name).use(
            lambda session: bytes(self._public(session)[Attribute.EC_POINT])
        )
        is_wrapped = wrapped[:1] == b"\x04" and wrapped[1:2] == bytes([len(wrapped) - 2])
        return wrapped[2:] if is_wrapped else wrapped

    def use(self, step: Callable[[Any], _Result]) -> _Result:
        """Take a step with the private key."""
        return session_of(self._name).use(lambda session: step(self._private(session)))

    def agree(self, point: bytes) -> bytes:
        """Agree on a secret with whoever has this point; the token's own copy is destroyed."""
        return self.use(lambda key: _agreed(key, point))

    def refuse(self) -> Never:
        """Refuse to give the private half.

        Raises:
            KeyFileError: always.
        """
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


def _agreed(key: Any, point: bytes) -> bytes:
    readable = {Attribute.SENSITIVE: False, Attribute.EXTRACTABLE: True, Attribute.TOKEN: False}
    shared = key.derive_key(
        KeyType.GENERIC_SECRET,
        8 * P256_BYTES,
        mechanism_param=(KDF.NULL, None, point),
        template=readable,
    )
    try:
        return bytes(shared[Attribute.VALUE])
    finally:
        shared.destroy()
