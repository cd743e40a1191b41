"""What the API says, as plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a request was not let through.

    Attributes:
        rule: id of the rule in the custodian's book.
        citation: the provision it rests on.
        finding: what is wrong.
        cure: what would mend it.
        layer: whose rule it is: ``statute``, ``safeguard``, ``agreement``, ``policy`` (a condition
            of the custodian's own) or ``order``; empty where the office does not say.
    """

    rule: str
    citation: str
    finding: str
    cure: str
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said of a request.

    Attributes:
        request_id: the agency's own id.
        status: ``returned``, ``suspended``, ``to-counsel``, ``accepted`` or ``answered``.
        findings: why it was not let through.
        log: name of the office's log.
        entry: number of the request's entry in it; names the request in further calls.
        tree_size: size of the log when the request had been recorded.
    """

    request_id: str
    status: str
    findings: tuple[Finding, ...]
    log: str
    entry: int
    tree_size: int


@dataclass(frozen=True, slots=True)
class RowError:
    """A request that could not be read; ``row`` counts those of the submission from 1."""

    row: int
    column: str
    code: str
    message: str
    cure: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a submission."""

    batch: str
    replies: tuple[Reply, ...]
    errors: tuple[RowError, ...]


class RefusedError(Exception):
    """A call was refused (RFC 9457).

    Attributes:
        status: of the response.
        code: last part of the problem's type.
        problem: the whole document.
    """

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status, self.problem = status, problem
        self.code = str(problem.get("type", "")).rpartition(":")[2]
        said = f"{self.status} {problem.get('title', 'the call was refused')}"
        cure = problem.get("cure")
        super().__init__(f"{said}. {cure}" if cure else said)


def read_reply(said: Mapping[str, Any]) -> Reply:
    """Read a reply or a status; what a later version says beside is passed over."""
    receipt, layers = said["receipt"], said.get("layers", {})
    return Reply(
        request_id=said["request_id"],
        status=said["status"],
        findings=tuple(
            Finding(
                one["rule"],
                one["citation"],
                one["finding"],
                one["cure"],
                layers.get(one["rule"], ""),
            )
            for one in said["findings"]
        ),
        log=receipt["log"],
        entry=receipt["entry"],
        tree_size=receipt["tree_size"],
    )


def read_outcome(said: Mapping[str, Any]) -> Outcome:
    """Read the outcome of a submission."""
    return Outcome(
        batch=said["batch"],
        replies=tuple(map(read_reply, said["replies"])),
        errors=tuple(
            RowError(one["row"], one["column"], one["code"], one["message"], one["cure"])
            for one in said["errors"]
        ),
    )
