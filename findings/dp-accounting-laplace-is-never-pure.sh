#!/bin/sh
# dp-accounting 0.6.0: the noise of Laplace of scale 1 costs 1, exactly and with no chance of more. Both accountants of
# the library say infinity for it when asked for a chance of 0, and the one by Renyi orders says more than 1 for a
# chance of one in ten thousand million; so a budget of pure privacy looks broken by the first query, and one that is
# counted by what it says of a small chance has less left than is true.
# Seen: inf and inf for a chance of 0; 1.014 (Renyi) and at most 1.0001 (loss distribution) for 1e-10
# Ostiary: publishes suppressed counts; its tables have no budget to account for.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    dp-accounting==0.6.0 absl-py==2.5.1 attrs==23.2.0 dm-tree==0.1.10 numpy==2.4.6 wrapt==2.5.2 mpmath==1.4.1 \
    scipy==1.17.1
PYTHONPATH=$folder python3 -W ignore - <<'END'
import math
import dp_accounting
from dp_accounting import pld, rdp

by_order, by_loss = rdp.RdpAccountant(), pld.PLDAccountant()
for accountant in (by_order, by_loss):
    accountant.compose(dp_accounting.LaplaceDpEvent(1.0))
pure = [float(accountant.get_epsilon(0)) for accountant in (by_order, by_loss)]
small = [float(accountant.get_epsilon(1e-10)) for accountant in (by_order, by_loss)]
print(pure, small)
assert pure == [math.inf, math.inf] and 1.01 < small[0] < 1.02 and small[1] <= 1.0001
END
