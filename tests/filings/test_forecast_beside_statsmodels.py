"""The forecast, one pair of the grid, beside the state space models of statsmodels 0.15.

There the same model is an exactly remembering level and noise with coefficients as states; the
Kalman filter passes over missing months. Ours is a matrix. They must agree in mean, in variance and
in how much better one pair explains the months before than another.
"""

import numpy as np
import pytest

from ostiary.office.filings import forecast
from ostiary.office.filings.forecast import DRIFT, RHO, Before, _columns, _counting_noise, _Grid

MANY, AHEAD = 84, 6


@pytest.fixture(scope="module")
def months():
    rng = np.random.default_rng(3)
    times = np.arange(24000, 24000 + MANY + AHEAD)
    mean = 3e7 * (1.5 + np.sin(times[:MANY] * np.pi / 6)) * np.exp(rng.normal(0, 0.03, MANY))
    seen = np.ones(MANY, dtype=bool)
    seen[[20, 21, 22, 50]] = False
    return times, np.round(mean), seen


@pytest.fixture(scope="module")
def ours(months):
    times, counts, seen = months
    before = Before(times[:MANY][seen], counts[seen])
    # Counts of tens of millions waver by nothing: what is compared is noise and level.
    assert _counting_noise(before, times).max() < 1e-3
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forecast, "_counting_noise", lambda _before, at: np.zeros(len(at)))
        return _Grid(before, times[MANY:])


def theirs(months, rho, drift, size):
    # Imported here: it takes seconds, in each program that collects the tests.
    from statsmodels.tsa.statespace.structural import (  # noqa: PLC0415
        UnobservedComponents,
    )

    times, counts, seen = months
    logs = np.where(seen, np.log(counts + 0.5), np.nan)
    x = _columns(times, times[-1])
    x = x - x.mean(axis=0) * (np.arange(13) == 12)  # a smaller trend is a smaller error of theirs
    model = UnobservedComponents(
        logs, "rwalk", exog=x[:MANY, 1:], autoregressive=1, mle_regression=False
    )
    done = model.smooth([size * drift**2, size * (1 - rho**2), rho])
    return done.get_forecast(AHEAD, exog=x[MANY:, 1:])


@pytest.mark.parametrize(("at_rho", "at_drift"), [(3, 1), (4, 3), (6, 5)])
def test_mean_and_variance_agree(at_rho, at_drift, ours, months):
    pair = at_rho * len(DRIFT) + at_drift
    size = ours._square[pair] / ours._freedom
    told = theirs(months, RHO[at_rho], DRIFT[at_drift], size)
    assert ours._middle[pair] == pytest.approx(told.predicted_mean, rel=1e-4)
    assert size * np.diag(ours._around[pair]) == pytest.approx(told.var_pred_mean, rel=0.02)
