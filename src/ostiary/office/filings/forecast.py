"""What a monthly series would have been, foretold from the months before a break alone.

The logarithm of a count is twelve months of the year, a straight trend, and noise. The noise is
autoregressive, and may stand on a level that drifts; how strongly either, nobody knows. So neither
is estimated: a grid of values is gone through, each weighed by how well it explains the months
before (restricted likelihood), and the answer is averaged over all of them. Estimated values used
as if they were known give intervals that are too short; a benchmark shows it.

1. Only months before the break are read. What came after can make no forecast fit it.
2. A month that is masked or suppressed is missing; it is not zero, and not estimated first.
3. Coefficients and the noise's size are integrated out, flat: Student's t, no plug-in.
4. A sum of months is drawn as a sum. Bounds of months do not add up.
5. Small months waver more: the variance of counting stands beside the other noise, month by month.

Sources: D. A. Harville, 1974, Biometrika 61 (restricted likelihood); A. Gelman and others,
Bayesian Data Analysis, 3rd ed., ch. 14 (flat priors, Student's t).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

RHO = np.array([-0.2, 0.0, 0.15, 0.3, 0.45, 0.6, 0.7, 0.8, 0.88, 0.94])
DRIFT = np.array([0.0, 0.05, 0.1, 0.2, 0.35, 0.6])  # a month, as a share of the noise
STEADY = 0.5  # what is believed beforehand of a level that does not drift; the rest is even
_LEAST_NOISE = 0.005  # as a share of the count: no series is steadier than half a per cent
_TOO_EVEN = 0.1  # of the wavering of counting
_ZERO = 0.5  # added to a count, so that small ones have a logarithm


@dataclass(frozen=True)
class Before:
    """The months before a break.

    Attributes:
        times: Which months, counted from any January; ascending, gaps allowed.
        counts: Their counts, not negative.
        beside: Counts of a comparison in the same months; the ratio to them is foretold then.
    """

    times: NDArray[np.int64]
    counts: Vector
    beside: Vector | None = None

    @cached_property
    def logs(self) -> Vector:
        """Logarithms of the counts, or of their ratio to the comparison's."""
        own = np.log(self.counts + _ZERO)
        return own if self.beside is None else own - np.log(self.beside + _ZERO)

    @property
    def freedom(self) -> int:
        """Months beyond those that month effects and trend use up."""
        return len(self.times) - 13


@dataclass(frozen=True)
class Foretold:
    """Counterfactual counts of the months after.

    Attributes:
        drawn: Draws by months; the level may drift.
        steady: Draws by months; the level does not drift.
        weights: What the months before say of each (rho, drift); sums to one.
    """

    drawn: Vector
    steady: Vector
    weights: Vector

    @property
    def drifting(self) -> float:
        """How probable it is, after the months before, that the level drifts."""
        return float(self.weights[:, 1:].sum())

    @property
    def memory(self) -> float:
        """Correlation of a month's noise with the next month's, on average over the grid."""
        return float(self.weights.sum(axis=1) @ RHO)


def foretell(
    before: Before,
    after: NDArray[np.int64],
    *,
    seed: int,
    draws: int = 4_000,
    beside: Vector | None = None,
) -> Foretold:
    """Foretell the counts of the months ``after``, as if nothing had changed.

    Every month of the year among ``after`` must be among those before. The same seed gives the
    same draws. Where a ratio is foretold, ``beside`` has the comparison's counts of these months.
    """
    grid = _Grid(before, after)
    rng = np.random.default_rng(seed)
    allowed = np.zeros_like(grid.weights)
    allowed[:, 0] = grid.weights[:, 0]
    return Foretold(
        drawn=grid.draw(grid.weights, draws, rng, beside),
        steady=grid.draw(allowed / allowed.sum(), draws, rng, beside),
        weights=grid.weights,
    )


class _Grid:
    """All pairs of rho and drift at once: the first axis of every array here."""

    def __init__(self, before: Before, after: NDArray[np.int64]) -> None:
        times = np.concatenate([before.times, after])
        many = len(before.times)
        self._shape = (len(RHO), len(DRIFT))
        spread = _spread(times, _counting_noise(before, times))
        inner = np.linalg.inv(spread[:, :many, :many])
        x, ahead = _columns(times[:many], times[-1]), _columns(after, times[-1])
        self._freedom = before.freedom
        precision = x.T @ inner @ x
        among = np.linalg.inv(precision)
        fitted = (among @ (x.T @ inner @ before.logs)[..., None])[..., 0]
        left = before.logs - fitted @ x.T
        self._square = np.einsum("gi,gij,gj->g", left, inner, left)
        self.weights = self._weigh(spread[:, :many, :many], precision)
        carried = spread[:, many:, :many] @ inner
        open_ = ahead - carried @ x
        self._middle = fitted @ ahead.T + np.einsum("gij,gj->gi", carried, left)
        self._around = (
            spread[:, many:, many:]
            - carried @ spread[:, :many, many:]
            + open_ @ among @ open_.transpose(0, 2, 1)
        )

    def _weigh(self, spread: Vector, precision: Vector) -> Vector:
        """Prior times restricted likelihood, as (rho, drift)."""
        told = -0.5 * (
            np.linalg.slogdet(spread)[1]
            + np.linalg.slogdet(precision)[1]
            + self._freedom * np.log(self._square)
        )
        prior = np.full(len(DRIFT), (1 - STEADY) / (len(DRIFT) - 1))
        prior[0] = STEADY
        weights = np.exp(told - told.max()).reshape(self._shape) * prior
        return np.asarray(weights / weights.sum())

    def draw(
        self, weights: Vector, draws: int, rng: np.random.Generator, beside: Vector | None = None
    ) -> Vector:
        """Draw counts: draws by months."""
        chosen = rng.multinomial(draws, weights.ravel())
        paths = [self._paths(pair, int(many), rng) for pair, many in enumerate(chosen) if many]
        times = 1.0 if beside is None else beside + _ZERO
        return np.maximum(np.exp(np.concatenate(paths)) * times - _ZERO, 0.0)

    def _paths(self, pair: int, many: int, rng: np.random.Generator) -> Vector:
        """Draw logarithms under one pair: Student's t, all months of a path together."""
        root = np.linalg.cholesky(self._around[pair])
        scale = np.sqrt(self._square[pair] / rng.chisquare(self._freedom, many))
        normal = rng.standard_normal((many, root.shape[0]))
        return np.asarray(self._middle[pair] + scale[:, None] * (normal @ root.T))


def is_too_even(before: Before) -> bool:
    """Whether months repeat each other more exactly than anything that is counted can.

    A count wavers by its own square root where nothing changes at all (Poisson); a tenth of that
    is left by a formula, a projection or a typed row, and no interval can be drawn from it.
    """
    x = _columns(before.times, before.times[-1])
    logs = np.log(before.counts + _ZERO)
    left = logs - x @ np.linalg.lstsq(x, logs, rcond=None)[0]
    counting = (1 / (before.counts + _ZERO)).mean()
    return bool(left @ left / before.freedom < counting * _TOO_EVEN**2)


def _columns(times: NDArray[np.int64], last: int) -> Vector:
    """Twelve months of the year and a trend."""
    seasons = (times[:, None] % 12 == np.arange(12)).astype(float)
    return np.column_stack([seasons, (times - last) / 12.0])


def _counting_noise(before: Before, times: NDArray[np.int64]) -> Vector:
    """Variance that comes of counting alone, as a share of the other noise: large in small months.

    A count of 50 wavers by 14 % where nothing changes, one of 50,000 by 0.4 %. One size for all
    months would give the large ones, which make up the sum, the wavering of the small ones.
    """
    x, ahead = _columns(before.times, times[-1]), _columns(times, times[-1])
    left = before.logs - x @ np.linalg.lstsq(x, before.logs, rcond=None)[0]
    counting = np.zeros(len(times))
    for counts in (before.counts, before.beside):
        if counts is not None:  # a ratio wavers by the counting of both
            fitted = np.linalg.lstsq(x, np.log(counts + _ZERO), rcond=None)[0]
            counting += np.exp(-(ahead @ fitted))
    other = left @ left / before.freedom - counting[: len(before.times)].mean()
    return np.asarray(counting / max(other, _LEAST_NOISE**2))


def _spread(times: NDArray[np.int64], counting: Vector) -> Vector:
    """Covariance of the noise at these months, up to its size: pairs by months by months."""
    apart = np.abs(times[:, None] - times[None, :])
    since = np.minimum(times[:, None], times[None, :]) - times[0] + 1.0
    noise = RHO[:, None, None] ** apart
    level = DRIFT[:, None, None] ** 2 * since
    pairs: Vector = noise[:, None] + level[None] + np.diag(counting)
    return pairs.reshape(-1, len(times), len(times))


def bend(before: Before) -> float:
    """How far the trend before the break is from straight: a t value, averaged over the grid.

    Beyond about two either way, a straight trend continued is a poor forecast.
    """
    times = before.times
    curve = ((times - times.mean()) / len(times)) ** 2
    x = np.column_stack([_columns(times, times[-1]), curve])
    inner = np.linalg.inv(_spread(times, _counting_noise(before, times)))
    among = np.linalg.inv(x.T @ inner @ x)
    fitted = (among @ (x.T @ inner @ before.logs)[..., None])[..., 0]
    left = before.logs - fitted @ x.T
    square = np.einsum("gi,gij,gj->g", left, inner, left) / (before.freedom - 1)
    weights = _Grid(before, times[-1:]).weights.ravel()
    return float(weights @ (fitted[:, -1] / np.sqrt(square * among[:, -1, -1])))
