"""The tables of a batch that say what may be looked at on a day."""

from typing import Final

from ostiary.deciding.intake.tables import FACTS, REQUESTS
from ostiary.deciding.law.tables import DETERMINATIONS
from ostiary.domain.declared_table import DeclaredTable

LOOK_FACTS: Final = FACTS.like("look_facts")
"""The facts of the accepted requests on the day of the look."""

LOOK_RULINGS: Final = DETERMINATIONS.like("look_rulings")
"""What the law of the day of the look says of them."""

AWAITING: Final = DeclaredTable(
    "awaiting", {"row": "BIGINT", "awaits": "VARCHAR", "stopped": "BOOLEAN"}
)
"""The accepted requests: elements that a person must find, with blanks between, and whether
anything else keeps the reference closed."""

TAKEN: Final = DeclaredTable("taken", {"row": "BIGINT", "fact": "VARCHAR"})
"""Elements that a training office takes as found."""

ELIGIBLE: Final = REQUESTS.like("eligible")
"""The requests that are looked at now."""

UNBARRED: Final = REQUESTS.like("unbarred")
"""Those of them that met a hold which no bar of their provision lets stand in the way."""
