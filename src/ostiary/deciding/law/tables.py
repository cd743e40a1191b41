"""The tables of a batch that the law makes."""

from typing import Final

from ostiary.domain.declared_table import DeclaredTable

DETERMINATIONS: Final = DeclaredTable(
    "determinations", {"row": "BIGINT", "mask": "VARCHAR", "status": "VARCHAR"}
)
"""What the law of the day of receipt says of each request; the mask as ``mask_text`` writes it."""

FINDINGS: Final = DeclaredTable("findings", {"row": "BIGINT", "findings": "VARCHAR"})
"""The findings of each request: a JSON array of ``rule``, ``citation``, ``finding``, ``cure``,
``layer``."""
