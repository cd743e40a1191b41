#!/bin/sh
# statsmodels 0.15.0: where errors are asked to be robust (HC1, HAC) a linear fit also leaves the t distribution for the
# normal one: with twelve months and two coefficients the interval of 95 % has 1.96 standard errors to each side for
# 2.23. For series as short as those after a break it is an eighth too narrow, by that alone. use_t=True brings t back.
# Seen: 2.228, 1.96, 2.228 standard errors; use_t True, False, True
# Ostiary: uses no such errors; its intervals have the degrees of freedom that the months before leave.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    statsmodels==0.15.0 scipy==1.17.1 numpy==2.4.6 pandas==3.1.1 patsy==1.0.3 formulaic==1.2.2 \
    interface-meta==2.0.1 narwhals==2.29.0 wrapt==2.5.2 packaging==26.4 python-dateutil==2.9.0.post0 six==1.17.0 \
    typing_extensions==4.16.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
import numpy as np
from statsmodels.regression.linear_model import OLS

months = np.arange(12.0)
counts = 100 + months + np.where(months % 3 == 0, 2.0, -1.0)
model = OLS(counts, np.column_stack([np.ones(12), months]))

def errors(**asked):
    fit = model.fit(**asked)
    low, high = fit.conf_int()[1]
    return round((high - low) / 2 / fit.bse[1], 3), bool(fit.use_t)

found = [errors(), errors(cov_type="HC1"), errors(cov_type="HC1", use_t=True)]
print(found)
assert found == [(2.228, True), (1.96, False), (2.228, True)]
END
