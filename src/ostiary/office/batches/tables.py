"""The tables of a batch in which it is compared, recorded and answered."""

from typing import Final

from ostiary.deciding.intake.tables import REQUESTS
from ostiary.domain.columns import REQUEST
from ostiary.domain.declared_table import DeclaredTable
from ostiary.domain.mending import MENDING

COMPARABLE: Final = REQUESTS.like("comparable")
"""The eligible requests without those that are stopped for asking too often."""

WAITING_REQUESTS: Final = REQUESTS.like("waiting_requests")
"""The accepted requests that were not compared."""

CONTENTS: Final = DeclaredTable(
    "contents",
    {
        "row": "BIGINT",
        "agency": "VARCHAR",
        "request_id": "VARCHAR",
        "payload": "VARCHAR",
        "content": "VARCHAR",
    },
)
"""Each request as JSON, keys in the order of the contract, with the office's keyed digest of it."""

REPEATS: Final = DeclaredTable(
    "repeats",
    {
        "row": "BIGINT",
        "agency": "VARCHAR",
        "request_id": "VARCHAR",
        "batch": "VARCHAR",
        "status": "VARCHAR",
        "same": "BOOLEAN",
        "entry": "BIGINT",
    },
)
"""Rows that repeat an earlier request word for word, with its batch, status and log entry."""

NUMBERED: Final = DeclaredTable(
    "numbered",
    {"row": "BIGINT", "ordinal": "BIGINT", "examined": "BIGINT", "salt": "VARCHAR"},
)
"""The requests in file order, from 0; ``examined`` is the ordinal among those looked at."""

RECORDED: Final = DeclaredTable(
    "recorded",
    {
        **NUMBERED.columns,
        "status": "VARCHAR",
        "mask": "VARCHAR",
        "content": "VARCHAR",
        "request_id": "VARCHAR",
        "given_agency": "VARCHAR",
        "reason_digest": "VARCHAR",
        "agency": "VARCHAR",
        "provision": "VARCHAR",
        "c_request": "VARCHAR",
        "c_content": "VARCHAR",
        "c_facts": "VARCHAR",
        "c_outcome": "VARCHAR",
    },
)
"""The requests as they are stored, with their commitments; ``c_outcome`` is NULL unless examined.

``agency`` and ``provision`` stand as the log may name them.
"""

RECORDED_TAKEN: Final = DeclaredTable(
    "recorded_taken",
    {"row": "BIGINT", "ordinal": "BIGINT", "fact": "VARCHAR", "place": "BIGINT"},
)
"""Elements taken as found, in the order of their log entries, from 0."""

ASKED_ROWS: Final = DeclaredTable(
    "asked_rows", {"row": "BIGINT", "token": "BIGINT", "place": "BIGINT"}
)
"""By what keyed digests the requests compared are found again."""

REPLIES: Final = DeclaredTable(
    "replies",
    {
        "row": "BIGINT",
        "request_id": "VARCHAR",
        "status": "VARCHAR",
        "findings": "VARCHAR",
        "receipt": "VARCHAR",
    },
)
"""What the agency is told of each request; ``receipt`` is JSON, or NULL where there is no log."""

FINDING_LINES: Final = DeclaredTable(
    "finding_lines",
    {
        "row": "BIGINT",
        "line": "BIGINT",
        "request_id": "VARCHAR",
        "status": "VARCHAR",
        "column": "VARCHAR",
        "rule": "VARCHAR",
        "citation": "VARCHAR",
        "finding": "VARCHAR",
        "cure": "VARCHAR",
        "layer": "VARCHAR",
        "nth": "BIGINT",
    },
)
"""A finding a line, and a line for each row without one; see ``ready_to_mend``."""

TO_MEND: Final = DeclaredTable(
    "to_mend",
    {
        **dict.fromkeys((column.name for column in REQUEST), "VARCHAR"),
        **dict.fromkeys(MENDING, "VARCHAR"),
        "row": "BIGINT",
        "line": "BIGINT",
    },
)
"""The rows that failed, as they were sent, and what is wrong with each."""
