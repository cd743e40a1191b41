"""What can be wrong with an answer: one error a check, each a fault (exit status 1).

The message begins with the name of the check that failed. It never repeats anything that was read
from the file beyond ids that the reader's own trust file or command line already holds.
"""

from ostiary.domain.errors import FaultError


class AnswerError(FaultError):
    """An answer was refused. ``check`` names the rule of :mod:`.answers.opening`."""

    check = "answer"

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(f"{self.check}: {message}")


class AnswerFormatError(AnswerError):
    """The file is no answer file of a format that this version reads."""

    check = "format"


class ForeignOriginError(AnswerError):
    """The file names another custodian than the trusted one."""

    check = "origin"


class UnprovenError(AnswerError):
    """The log entry is not shown to stand in the trusted custodian's log."""

    check = "proof"


class EntryMismatchError(AnswerError):
    """The proven log entry does not speak of this answer."""

    check = "entry"


class SealError(AnswerError):
    """A sealed part does not open with the key it names, or holds no padded content."""

    check = "seal"


class SignatureError(AnswerError):
    """No trusted release key signed the statement."""

    check = "signature"


class StatementError(AnswerError):
    """The signed statement is malformed, or contradicts the file or the log entry."""

    check = "statement"


class ConditionsError(AnswerError):
    """The conditions of use are missing, or can no longer be met."""

    check = "conditions"


class ReplayError(AnswerError):
    """The answer was opened before."""

    check = "replay"
