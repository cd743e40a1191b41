"""Names that are known to be names: those of present-day lists, and those the file knows.

Two known names that differ in one letter (``MARIAN``, ``MARION``) are two names, not a slip of the
pen. Each of the lists of :mod:`.standardisation.vocabulary.listed_names` is known, and so is
a name that at least :data:`KNOWN_FROM` people of the file carry. A name that anybody in the file
carries is *borne*, at any count: nobody's slip is somebody's name.

The lists count what is written, slips of the pen too: ``CHRISTOPEHR`` and ``RODRIGEUZ`` stand in
them. A rare name that is one of the commonest with two neighbouring letters exchanged is such a
slip and no name: nobody names brothers so. ``AIDEEN`` beside ``AIDEN``, a letter doubled, is one.
"""

from collections.abc import Iterator
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from ostiary.deciding.standardisation.vocabulary.listed_names import listed_names

KNOWN_FROM = 5
COMMON_DOUBLINGS = 12
"""A name that 4,096 people bear, or more, is *common*: what lies one letter beside it and is borne
by nobody is a slip."""
_SIXTEEN_TIMES = 4
_COMMONEST_DOUBLINGS = 17
_RAREST_DOUBLINGS = 8
"""Of a slip in the lists: 131,072 people bear the one spelling, or more, and fewer than 512 the
other one."""


def _misspelt(name: str) -> Iterator[str]:
    """Give what two neighbouring letters exchanged make of a name; its first letter stays."""
    for at in range(1, len(name) - 1):
        yield name[:at] + name[at + 1] + name[at] + name[at + 2 :]


@cache
def slips_listed(kind: str) -> pa.Array:
    """Give what the lists count as names of a kind and is a slip of one of the commonest.

    Args:
        kind: ``given`` or ``surname``.
    """
    listed = listed_names().filter(pc.field("kind") == kind)
    often = pc.greater_equal(listed["doublings"], _COMMONEST_DOUBLINGS)
    seldom = pc.less_equal(listed["doublings"], _RAREST_DOUBLINGS)
    slips = {slip for name in listed["name"].filter(often).to_pylist() for slip in _misspelt(name)}
    rare = listed["name"].filter(seldom)
    is_slip = pc.is_in(rare, value_set=pa.array(sorted(slips), pa.string()))
    found: pa.Array = rare.filter(is_slip).combine_chunks()
    return found


@cache
def names_of(kind: str) -> pa.Table:
    """Give the listed names of a kind, without slips of the pen: ``name`` and ``common``.

    Args:
        kind: ``given`` or ``surname``; of any other kind nothing is listed.
    """
    listed = listed_names().filter(pc.field("kind") == kind)
    listed = listed.filter(pc.invert(pc.is_in(listed["name"], value_set=slips_listed(kind))))
    common = pc.greater_equal(listed["doublings"], COMMON_DOUBLINGS)
    return pa.table({"name": listed["name"], "common": common}).combine_chunks()


@cache
def given_names_too() -> dict[str, pa.Array]:
    """Give what is no less a given name than a surname: HASSAN, THOMAS, and neither SMITH nor NGO.

    At least one sixteenth of those who bear it bear it as a given name. Where a father's given name
    is a surname, father and son have the two in each other's order.

    Returns:
        ``given``: all of them; ``surname``: those that are surnames, too.
    """
    listed = listed_names()
    given, family = (listed.filter(pc.field("kind") == kind) for kind in ("given", "surname"))
    at = pc.index_in(given["name"], value_set=family["name"].combine_chunks())
    as_family = pc.fill_null(family["doublings"].take(at), 0).cast(pa.int16())
    often = pc.greater_equal(pc.add(given["doublings"].cast(pa.int16()), _SIXTEEN_TIMES), as_family)
    both = pc.and_(often, pc.is_valid(at))
    names = given["name"]
    return {
        "given": names.filter(often).combine_chunks(),
        "surname": names.filter(both).combine_chunks(),
    }


def census_sexes() -> pa.Table:
    """Give who bears a given name more often, as a table: ``name`` and ``sex`` (``M`` or ``F``)."""
    return listed_names().filter(pc.field("kind") == "given").select(["name", "sex"])
