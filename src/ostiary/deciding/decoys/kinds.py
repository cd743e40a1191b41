"""The kinds of decoys: each one is a way in which a request can be wrong and look right.

For every kind of wrong confirmation that the levels guard against there is a kind of decoy. Some
need what few records have (a box, a title for a given name, a road that is a letter): they are
``rare``, and counted only together with all that say another name, or another place (``family``),
because a bound from a handful of decoys bounds nothing.

A change is SQL over ``f``, the filed record that a decoy starts from, ``o``, somebody else's, and
the texts one letter away: ``g`` of the given name among those of the file, ``l`` among the common
ones of present-day lists, ``m`` of the middle name among those, ``s`` of the surname's last word,
``w`` of the street.
"""

from dataclasses import dataclass

OTHER_NAME, OTHER_PLACE = "another-name", "another-place"


@dataclass(frozen=True, slots=True)
class DecoyKind:
    """One way of being wrong.

    Attributes:
        name: stands in ``summary.json``.
        meaning: one line for the page.
        many: how many are made, where the reference has them.
        overdrawn: how many records are drawn for each that is wanted.
        leaves_out: whether the person is in the file, and is left out for this one comparison.
        for_rate: made for the bound on the rate alone, not for the share of a batch.
        own_door: whether it asks at the person's own door, and is wrong all the same.
        family: with which others it is counted.
        rare: whether it is counted with its family alone, and not by itself as well.
        by_middle: whether it is wrong by its middle name, and so gives all of it.
    """

    name: str
    meaning: str
    many: int
    overdrawn: int = 2
    leaves_out: bool = False
    for_rate: bool = False
    own_door: bool = False
    family: str = ""
    rare: bool = False
    by_middle: bool = False


KINDS = (
    DecoyKind(
        "absent",
        "somebody left out of the file, at whose address a relative is on file",
        24_000,
        leaves_out=True,
    ),
    DecoyKind(
        "absent-little-known",
        "the same, asked for with less than requests give; for the rate alone",
        24_000,
        leaves_out=True,
        for_rate=True,
    ),
    DecoyKind(
        "relative", "a relative who does not exist: another given name", 6_000, family=OTHER_NAME
    ),
    DecoyKind(
        "twin", "a twin who does not exist: a given name one letter away", 6_000, family=OTHER_NAME
    ),
    DecoyKind(
        "junior",
        "a child of the same name: another middle initial, age or suffix",
        9_000,
        4,
        by_middle=True,
    ),
    DecoyKind("namesake", "the same name at somebody else's address", 9_000),
    DecoyKind("neighbour", "the right person at the next house number", 9_000, family=OTHER_PLACE),
    DecoyKind(
        "misspelt-neighbour",
        "the same, with a slip in the surname",
        3_000,
        3,
        family=OTHER_PLACE,
        rare=True,
    ),
    DecoyKind(
        "listed-sibling",
        "a sibling whose common given name nobody in the file need bear, one letter away",
        2_000,
        3,
        family=OTHER_NAME,
        rare=True,
    ),
    DecoyKind(
        "unlisted-sibling",
        "a sibling: two given names that hardly anybody bears, one letter apart",
        2_000,
        3,
        family=OTHER_NAME,
        rare=True,
    ),
    DecoyKind(
        "title-mate",
        "a sibling of whom nothing but the same title is given",
        500,
        own_door=True,
        family=OTHER_NAME,
        rare=True,
    ),
    DecoyKind(
        "short-form-child",
        "a child named by a short form of the right person's name: another middle initial, or none",
        1_000,
        4,
        family=OTHER_NAME,
        rare=True,
        by_middle=True,
    ),
    DecoyKind(
        "other-surname",
        "somebody else there: a surname one letter away, behind the same particle",
        2_000,
        3,
        family=OTHER_NAME,
        rare=True,
    ),
    DecoyKind(
        "other-particle",
        "somebody else there: the same surname behind another particle",
        1_000,
        3,
        own_door=True,
        family=OTHER_NAME,
        rare=True,
    ),
    DecoyKind(
        "middle-sibling",
        "a sibling of the same first name: a middle name one letter away",
        2_000,
        4,
        own_door=True,
        family=OTHER_NAME,
        rare=True,
        by_middle=True,
    ),
    DecoyKind(
        "father-or-son",
        "a father or son: given name and surname in each other's place",
        1_000,
        3,
        own_door=True,
        family=OTHER_NAME,
        rare=True,
    ),
    DecoyKind(
        "legal-person",
        "the trust, estate, ward or firm of the right person, or whose trustee it is",
        1_000,
        own_door=True,
        family=OTHER_NAME,
        rare=True,
    ),
    DecoyKind(
        "drawn-neighbour",
        "the right person at the next house number, a letter for a digit that is drawn like it",
        1_000,
        5,
        family=OTHER_PLACE,
        rare=True,
    ),
    DecoyKind(
        "other-unit",
        "the right person in another unit of the building",
        2_000,
        3,
        own_door=True,
        family=OTHER_PLACE,
        rare=True,
    ),
    DecoyKind(
        "unsaid-unit",
        "the right person as another household of the building is filed: with its unit, or without",
        1_000,
        3,
        own_door=True,
        family=OTHER_PLACE,
        rare=True,
    ),
    DecoyKind(
        "other-road",
        "the right person in a road told apart by a letter, a number or a compass word",
        2_000,
        3,
        family=OTHER_PLACE,
        rare=True,
    ),
    DecoyKind(
        "unsaid-direction",
        "the right person's address without what tells two streets of the place apart",
        1_000,
        3,
        own_door=True,
        family=OTHER_PLACE,
        rare=True,
    ),
    DecoyKind(
        "unsaid-zip",
        "the right person's number and street, which two ZIP Codes have, not in its own",
        1_000,
        3,
        own_door=True,
        family=OTHER_PLACE,
        rare=True,
    ),
    DecoyKind(
        "other-office",
        "the right person's box or route at another post office",
        1_000,
        3,
        family=OTHER_PLACE,
        rare=True,
    ),
)


def among(flag: str, kind: str = "kind") -> str:
    """Give SQL that tells whether a decoy is of a kind that has a flag; ``kind`` is its column."""
    names = ", ".join(f"'{one.name}'" for one in KINDS if getattr(one, flag))
    return f"({kind} IN ({names}))"
