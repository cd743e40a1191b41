"""The tables of a batch that the comparison makes."""

from typing import Final

from ostiary.domain.declared_table import DeclaredTable

VERIFICATIONS: Final = DeclaredTable(
    "verifications",
    {
        "row": "BIGINT",
        "outcome": "VARCHAR",
        "rule": "VARCHAR",
        "person_id": "VARCHAR",
        "weight": "DOUBLE",
        "margin": "DOUBLE",
        "basis": "VARCHAR",
    },
)
"""What came of each request that was compared, weight and margin in bits; see ``verify_batch``."""

ASKED_PEOPLE: Final = DeclaredTable(
    "asked_people",
    {"row": "BIGINT", "known_by": "VARCHAR", "person": "BIGINT", "address": "BIGINT"},
)
"""Whom each request asks about, and where, as keyed numbers of 60 bits."""

STOPPED: Final = DeclaredTable("stopped", {"row": "BIGINT"})
"""Requests that are compared with nobody, since one person was asked about too often."""

NEWLY_ASKED: Final = DeclaredTable(
    "newly_asked", {"person": "BIGINT", "address": "BIGINT", "row": "BIGINT"}
)
"""Who was asked about where for the first time, and by which row."""
