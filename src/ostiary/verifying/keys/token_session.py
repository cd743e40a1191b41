"""The one session of this process with a token, and the module through which it speaks."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pkcs11

from ostiary.domain.errors import KeyFileError
from ostiary.verifying.keys.token_uri import TokenKeyName

_Result = TypeVar("_Result")


@dataclass
class TokenModule:
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
class TokenSession:
    """The one session of this process with a token."""

    name: TokenKeyName
    module: TokenModule
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


_MODULES: dict[str, TokenModule] = {}
_TOKENS: dict[tuple[str, str, str, str], TokenSession] = {}
_MAKING = threading.Lock()


def session_of(name: TokenKeyName) -> TokenSession:
    """Give the token of a key, the same one for all keys in it."""
    if not Path(name.module).is_file():
        raise KeyFileError("the token's module is not there", where=name.module)
    key = (name.module, name.token, name.serial, name.pin_source)
    with _MAKING:
        module = _MODULES.setdefault(name.module, TokenModule(name.module))
        return _TOKENS.setdefault(key, TokenSession(name, module))
