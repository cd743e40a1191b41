"""The tables of a batch that intake makes or is given: requests, errors of rows, facts."""

from typing import Final

from ostiary.deciding.standardisation import STANDARD_COLUMNS
from ostiary.domain.columns import REQUEST
from ostiary.domain.declared_table import DeclaredTable
from ostiary.domain.facts import VOCABULARY

_TYPED: Final = {"date": "DATE", "flag": "BOOLEAN", "list": "VARCHAR[]", "years": "INTEGER[]"}
"""Kinds of columns that do not stay texts, see :func:`ostiary.deciding.intake.typed.typed`."""

KINDS_OF_FACTS: Final = {
    "bool": "BOOLEAN",
    "int": "BIGINT",
    "date": "DATE",
    "enum": "VARCHAR",
    "id": "VARCHAR",
}
"""The type of each kind of fact in a table of facts."""

TYPED_REQUESTS: Final = DeclaredTable(
    "typed_requests",
    {"row": "BIGINT", **{one.name: _TYPED.get(one.kind, "VARCHAR") for one in REQUEST}},
)
"""The rows of a file that are requests, in its order; ``row`` counts data rows from 1."""

REQUESTS: Final = DeclaredTable(
    "requests",
    {
        **TYPED_REQUESTS.columns,
        **dict.fromkeys(STANDARD_COLUMNS, "VARCHAR"),
        "n_name_stated": "BOOLEAN",
        "reason_digest": "VARCHAR",
    },
)
"""The requests with name and address in standard form, and the keyed digest of each reason."""

ROW_ERRORS: Final = DeclaredTable(
    "row_errors",
    {
        "row": "BIGINT",
        "column": "VARCHAR",
        "code": "VARCHAR",
        "message": "VARCHAR",
        "cure": "VARCHAR",
        "line": "BIGINT",
        "request_id": "VARCHAR",
    },
)
"""What is wrong with each row that is no request; ``column`` is empty for a whole row."""

HISTORY_OFFICERS: Final = DeclaredTable(
    "history_officers", {"officer": "VARCHAR", "open_matters": "BIGINT"}
)
"""How many open matters each officer carries by what the office holds; given to intake."""

HISTORY_REASONS: Final = DeclaredTable(
    "history_reasons", {"reason_digest": "VARCHAR", "people": "BIGINT"}
)
"""For how many people each reason was given before; given to intake."""

FACTS: Final = DeclaredTable(
    "facts",
    {"row": "BIGINT", **{name: KINDS_OF_FACTS[fact.kind] for name, fact in VOCABULARY.items()}},
)
"""The facts of each request on the day of receipt."""
