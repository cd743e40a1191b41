#!/bin/sh
# ruptures 1.1.10: a search that is called exact (Pelt, Dynp) looks for breaks at every fifth point only, unless told: a
# step at the 23rd of 40 values is two breaks by Pelt, before the 21st and the 26th, and one before the 21st by Dynp;
# Binseg and BottomUp do the same, KernelCPD finds the step. In monthly counts a break in April is moved to another
# month.
# Seen: [20, 25, 40], [20, 40]; with jump=1 [22, 40]; KernelCPD [22, 40]
# Known: argument jump of each search.
# Ostiary: looks for no breaks; the month of a break is stated in the plan.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    ruptures==1.1.10 numpy==2.4.6 scipy==1.17.1
PYTHONPATH=$folder python3 -W ignore - <<'END'
import numpy as np, ruptures

counts = np.r_[np.zeros(22), np.full(18, 5.0)] + np.sin(np.arange(40.0)) / 10
found = [
    ruptures.Pelt(model="l2").fit(counts).predict(pen=3),
    ruptures.Dynp(model="l2").fit(counts).predict(n_bkps=1),
    ruptures.Pelt(model="l2", jump=1).fit(counts).predict(pen=3),
    ruptures.KernelCPD(kernel="linear").fit(counts).predict(n_bkps=1),
]
print(found)
assert [list(map(int, one)) for one in found] == [[20, 25, 40], [20, 40], [22, 40], [22, 40]]
END
