"""What goes in and comes out, as pydantic models; the API document is printed from them.

A request has the columns of a request file but ``agency``: whose it is, the key says and not the
call. Nothing else may stand in it. An id is of visible ASCII characters, so that every program
along the way reads the same one.
"""

import re
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, create_model

from ostiary.domain.columns import REQUEST, Column
from ostiary.faces.api.gathering import MOST_ROWS

Text = Annotated[str, StringConstraints(max_length=4_000)]
Entry = Annotated[Text, StringConstraints(max_length=200)]
RequestId = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[!-~]+$")]
_Use = Literal["used", "not-used", "no-offence", "prosecution", "pending"]


def _whole(value: Any) -> Any:
    """JSON knows one kind of number: 2023.0 is 2023 (JSON Schema 2020-12, 4.2.3)."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def in_digits(value: Any) -> Any:
    """Give a number of an address as it came, when it is written as we write it: one way alone.

    Python reads ``+7``, ``07``, ``0_7`` and blanks around as the same; caches, logs and rules of a
    proxy do not.

    Raises:
        ValueError: it is written in another way.
    """
    if not re.fullmatch(r"0|[1-9][0-9]*", str(value)):
        raise ValueError("a number is written in digits, without more before or behind")
    return value


Year = Annotated[int, Field(ge=0, le=9999), BeforeValidator(_whole)]
_KINDS: dict[str, Any] = {
    "text": Text,
    "digits": Text,
    "date": Annotated[str, StringConstraints(max_length=40)],
    "flag": bool,
    "list": Annotated[list[Entry], Field(max_length=200)],
    "years": Annotated[list[Year], Field(max_length=200)],
}


def _field(column: Column) -> Any:
    if column.name == "request_id":
        return (RequestId, Field(description=column.meaning))
    return (_KINDS[column.kind] | None, Field(default=None, description=column.meaning))


RequestIn = create_model(
    "Request",
    __config__=ConfigDict(extra="forbid", strict=True),
    __doc__="One request about one person.",
    **{one.name: _field(one) for one in REQUEST if one.name != "agency"},
)


class SubmissionIn(Schema):
    """One request or many."""

    model_config = ConfigDict(extra="forbid", strict=True)

    requests: Annotated[list[RequestIn], Field(min_length=1, max_length=MOST_ROWS)]  # type: ignore[valid-type] # made from the columns


class FindingOut(Schema):
    """Why a request was not let through."""

    rule: str
    citation: str
    finding: str
    cure: str


_Layers = Annotated[
    dict[str, Literal["statute", "safeguard", "agreement", "policy", "order"]],
    Field(default_factory=dict, description="Whose rule each finding's is, by `rule`."),
]


class ReceiptOut(Schema):
    """Where a request stands in the public log; ``entry`` is its number in this API."""

    log: str
    entry: int
    tree_size: int


class ReplyOut(Schema):
    """What the law said of a request, before any record was read."""

    request_id: str
    status: Literal["returned", "suspended", "to-counsel", "accepted"]
    findings: list[FindingOut]
    layers: _Layers
    receipt: ReceiptOut


class RowErrorOut(Schema):
    """A request that could not be read; ``row`` counts the requests of the submission from 1."""

    row: int
    column: str
    code: str
    message: str
    cure: str


class SubmissionOut(Schema):
    """The outcome of a submission: replies in the order of the requests, and what was not read."""

    batch: str
    replies: list[ReplyOut]
    errors: list[RowErrorOut]


class StatusOut(Schema):
    """Where a request stands. ``answered`` says that there is an answer, never which.

    ``counsel_answered`` is the day on which the custodian's counsel answered it by another way;
    no answer comes from here then.
    """

    request_id: str
    status: Literal["returned", "suspended", "to-counsel", "accepted", "answered"]
    received: str
    findings: list[FindingOut]
    layers: _Layers
    counsel_answered: str | None
    receipt: ReceiptOut


class UseIn(Schema):
    """What became of an answer, whatever it said; there is no room for words of one's own."""

    model_config = ConfigDict(extra="forbid", strict=True)

    use: _Use


class UseOut(Schema):
    """What the office has of the agency's reports on one answer: the last one counts."""

    request_id: str
    use: _Use
    reported: str


class EventOut(Schema):
    """That the status of a request has changed; ask for the status to know more."""

    id: str
    type: Literal[
        "request.returned",
        "request.suspended",
        "request.to-counsel",
        "request.accepted",
        "request.answered",
    ]
    request: int
    time: str
    link: str


class TokenOut(Schema):
    """An access token, bound to the key of the DPoP proof that came with the call."""

    access_token: str
    token_type: Literal["DPoP"]
    expires_in: int


class ProblemOut(Schema):
    """A refusal (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    authority: str
    cure: str
    detail: str = ""
    error: str = ""
    errors: list[dict[str, str]] = Field(default_factory=list)


class OAuthErrorOut(ProblemOut):
    """A refusal of the token endpoint (RFC 6749, section 5.2), the problem's members beside it."""

    error: str
    error_description: str
