"""Edits: how far two words lie apart, as SQL of whole numbers.

Damerau-Levenshtein over equal texts and lengths; no score with a threshold is in it, so that every
engine computes the same. One edit is a slip of the pen where the longer word has six letters or
more.
"""

EDIT_FROM = 6


def edits(a: str, b: str, *, at_most: int, longer: int) -> str:
    """Give SQL that tells whether two words lie at most so many edits apart.

    Args:
        a: SQL of one word.
        b: SQL of the other one.
        at_most: so many edits.
        longer: the longer word has at least so many letters.
    """
    return (
        f"(greatest(length({a}), length({b})) >= {longer}"
        f" AND abs(length({a}) - length({b})) <= {at_most}"
        f" AND damerau_levenshtein({a}, {b}) <= {at_most})"
    )


def one_edit(a: str, b: str) -> str:
    """Give SQL that tells whether two words are one edit apart, and long enough for a slip."""
    return edits(a, b, at_most=1, longer=EDIT_FROM)
