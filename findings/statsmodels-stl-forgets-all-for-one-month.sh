#!/bin/sh
# statsmodels 0.15.0: one missing month among 72 makes every trend and season of STL a NaN, of the months years away
# too, without an error or a warning. A local smoother might be thought to lose the months near it, or to refuse, as
# seasonal_decompose of the same library does.
# Seen: 72 of 72 trends and 72 of 72 seasons NaN, none without the gap; ValueError of seasonal_decompose
# Ostiary: a series has a row a month, and a suppressed month is no zero and no guess
# (docs/explanation/do-people-stay-away.md).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    statsmodels==0.15.0 scipy==1.17.1 numpy==2.4.6 pandas==3.1.1 patsy==1.0.3 formulaic==1.2.2 \
    interface-meta==2.0.1 narwhals==2.29.0 wrapt==2.5.2 packaging==26.4 python-dateutil==2.9.0.post0 six==1.17.0 \
    typing_extensions==4.16.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
import numpy as np, pandas as pd
from statsmodels.tsa.seasonal import STL, seasonal_decompose

months = pd.date_range("2019-01-01", periods=72, freq="MS")
counts = pd.Series(np.where(months.month == 4, 900.0, 100.0), index=months)
hidden = counts.copy()
hidden.iloc[30] = np.nan
read = [STL(one, period=12).fit() for one in (hidden, counts)]
lost = [(int(np.isnan(one.trend).sum()), int(np.isnan(one.seasonal).sum())) for one in read]
print(lost)
assert lost == [(72, 72), (0, 0)]
try:
    seasonal_decompose(hidden, period=12)
except ValueError as error:
    print(error)
else:
    raise SystemExit("it takes missing months now")
END
