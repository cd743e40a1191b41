"""The errors a person may meet, and the exit status each one ends a command with.

A message says which input, what is wrong and what to do; it never holds a person's data.
"""


class OstiaryError(Exception):
    """Root of every error that Ostiary raises on purpose."""

    exit_status = 2


class InputError(OstiaryError):
    """Bad input or usage: nothing was changed.

    Args:
        message: what is wrong, lower case, without a full stop.
        where: the file, and the row or column in it, when there is one.
        cure: what to do about it.
    """

    def __init__(self, message: str, *, where: str = "", cure: str = "") -> None:
        self.message, self.where, self.cure = message, where, cure
        text = f"{where}: {message}" if where else message
        super().__init__(f"{text}. {cure}" if cure else text)


class OfficeError(InputError):
    """The office folder is missing, damaged, of a newer version, or set up unsafely."""


class DisposedError(OfficeError):
    """What this is about was destroyed on schedule: it is known that it was, and nothing else."""


class BookError(InputError):
    """The rule book, a register or an order cannot be used as it is written."""


class KeyFileError(InputError):
    """A key file cannot be read, is of the wrong kind, or belongs to somebody else."""


class UnsupportedAlgorithmError(KeyFileError):
    """A key is asked for what keys of its kind do not do here, such as another way to sign."""


class NotAllowedError(InputError):
    """The step is refused by a rule of the office; the message is the rule's own text."""


class FaultError(OstiaryError):
    """A verification found a fault: a broken proof, a false signature, a gap."""

    exit_status = 1


class StoppedError(OstiaryError):
    """Somebody stopped a command (Ctrl-C) after it had committed; the message says what stands."""

    exit_status = 130
