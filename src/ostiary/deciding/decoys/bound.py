"""An exact upper bound on a rate, from how often something happened in so many trials.

Clopper and Pearson (Biometrika 26, 1934): the largest rate under which so few events, or fewer,
would still be seen with probability ``1 - confidence``. It holds for every number of trials; no
normal curve is in it.
"""

from functools import lru_cache
from math import ceil, exp, log, log1p

_STEPS = 60  # halvings: far below what a double can tell apart


@lru_cache(maxsize=4096)  # a batch states it of 28 kinds, five times: 0.3 ms each
def upper_bound(events: int, trials: int, confidence: float = 0.95) -> float:
    """Give the one-sided Clopper-Pearson upper bound on a rate.

    Args:
        events: how often it happened.
        trials: how often it could have.
        confidence: how sure the bound is to hold, between 0 and 1.

    Returns:
        The bound; 1.0 when nothing was tried, or everything happened.

    Raises:
        ValueError: no such counts, or no such confidence.
    """
    if not 0 <= events <= trials or not 0 < confidence < 1:
        raise ValueError("events lie between 0 and trials, confidence between 0 and 1")
    if events == trials:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _at_most(events, trials, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def trials_needed(limit: float, confidence: float = 0.95) -> int:
    """Give the fewest trials whose bound lies within ``limit`` when nothing happened in them."""
    return ceil(log(1 - confidence) / log1p(-limit))


def _at_most(events: int, trials: int, rate: float) -> float:
    """Give the probability of at most so many events (binomial), summed from the largest term."""
    odds = log(rate) - log1p(-rate)
    term = trials * log1p(-rate)
    logs = [term]
    for count in range(1, events + 1):
        term += log(trials - count + 1) - log(count) + odds
        logs.append(term)
    most = max(logs)
    return exp(most) * sum(exp(each - most) for each in logs)
