"""What people choose from by name; the rooms that carry the choice out know the same names."""

from typing import Literal

from ostiary.domain.register_columns import REGISTERS

EngineName = Literal["duckdb", "spark"]
"""What may run a batch."""

Scenario = Literal["mixed", "clean", "relatives", "real-dress", "august-2025", "august-2025-cured"]
"""Which requests a synthetic world has."""

FORMATS = ("csv", "parquet")
"""The files that the log is exported as."""

TEMPLATES = ("requests", "reference", *REGISTERS)
"""What there are templates of."""

FIRST_PROVISION = "/us/usc/t26/s6103/i/2"
"""The gateway that a template or a form is for, until another one is named."""
