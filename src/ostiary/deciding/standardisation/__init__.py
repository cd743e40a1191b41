"""One standard form of names and addresses, the same for requests and for the reference file.

In: text as people wrote it. Out: standard names, standard addresses and the *shape* of an address.
Never here: a comparison, a decision, two sides treated differently. Every change has a version.
"""

from ostiary.deciding.standardisation.columns import INPUTS, STANDARD_COLUMNS, standardise_table
from ostiary.deciding.standardisation.records import (
    StandardAddress,
    StandardName,
    address_shape,
    standard_address,
    standard_name,
)
from ostiary.deciding.standardisation.row_executor import standardise, standardise_few
from ostiary.deciding.standardisation.shapes import SHAPES
from ostiary.deciding.standardisation.version import STANDARD_VERSION, standard_digest

__all__ = [
    "INPUTS",
    "SHAPES",
    "STANDARD_COLUMNS",
    "STANDARD_VERSION",
    "StandardAddress",
    "StandardName",
    "address_shape",
    "standard_address",
    "standard_digest",
    "standard_name",
    "standardise",
    "standardise_few",
    "standardise_table",
]
