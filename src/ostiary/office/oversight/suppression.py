"""Small counts are withheld, and as many others beside them as it takes to keep them unknown.

A row of counts whose total is public gives a withheld count away when it is the only one withheld,
and gives small counts nearly away when the withheld ones add up to little. So in each row either
nothing is withheld, or at least two counts are, which together hold at least the threshold.

Only row totals are published with such a table: a column total would be a second equation.
"""

from collections.abc import Mapping

THRESHOLD = 10


def withheld(counts: Mapping[str, int], threshold: int = THRESHOLD) -> dict[str, int | None]:
    """Give a row of counts for publication; what is withheld is None.

    A count of 0 is withheld like any other small one: that nobody was in a group says something
    about each who might have been.

    Args:
        counts: the row, whose total is published; no count is negative.
        threshold: smaller counts are withheld.
    """
    hidden = {name for name, count in counts.items() if count < threshold}
    rising = sorted(counts, key=lambda name: (counts[name], name))
    for name in rising:
        if not hidden or (len(hidden) > 1 and sum(counts[one] for one in hidden) >= threshold):
            break
        hidden.add(name)
    return {name: None if name in hidden else count for name, count in counts.items()}
