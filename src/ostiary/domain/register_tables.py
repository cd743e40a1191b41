"""The registers in force as tables; see :data:`ostiary.domain.register_columns.REGISTERS`."""

from collections.abc import Mapping
from typing import Final

from ostiary.domain.declared_table import DeclaredTable
from ostiary.domain.register_columns import REGISTERS

_KINDS: Final = {"date": "DATE", "flag": "BOOLEAN"}

REGISTER: Final[Mapping[str, DeclaredTable]] = {
    name: DeclaredTable(
        f"reg_{name}", {one.name: _KINDS.get(one.kind, "VARCHAR") for one in columns}
    )
    for name, columns in REGISTERS.items()
}
"""By name each register, past rows included; the tables are called ``reg_agencies`` and so on."""

AGENCY_WITHIN: Final = DeclaredTable(
    "agency_within", {"agency": "VARCHAR", "within": "VARCHAR", "steps": "INTEGER"}
)
"""Each agency with itself and all that it is a component of on a day, by steps up."""
