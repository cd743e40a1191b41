"""Small counts are withheld, and as many others beside them as it takes to keep them unknown.

A row of counts whose total is public gives a withheld count away when it is the only one withheld,
and when the method says too much of the others:

1. In each row either nothing is withheld, or at least two counts are, which together hold the
   threshold as many times as they are many, less one: so each small one may be anything below the
   threshold, also for a reader who knows which of them are small.
2. What is withheld beside them is chosen by name and not by size: were it the next larger count,
   each shown count would bound it (of 10, 9 and 9, the 10 shown, both others would be known).

Where a whole row is withheld its total alone is shown, and bounds what is in it.

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
    for name in sorted(counts, reverse=True):
        held = sum(counts[one] for one in hidden)
        if not hidden or (len(hidden) > 1 and held >= len(hidden) * threshold - 1):
            break
        hidden.add(name)
    return {name: None if name in hidden else count for name, count in counts.items()}
