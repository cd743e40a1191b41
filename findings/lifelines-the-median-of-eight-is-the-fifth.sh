#!/bin/sh
# lifelines 0.30.3: the median of the Kaplan-Meier estimator is the first time at which the curve is at most one half;
# the curve is made of sums of logarithms, and falls on 0.5000000000000001 where it should reach one half. So the
# median of eight waits of 1 to 8 days is 5, and of four waits 2; which numbers of cases have the half and which the
# next day depends on NumPy: 20 of the 50 even numbers up to 100 are late with NumPy 1.26.4, 14 with 2.4.6. The curve
# of scikit-survival 0.28.0 is 0.5 after the fourth of eight.
# Seen: 14 36 [6, 8, 14, 18]; 0.5000000000000001 after the fourth of eight
# Ostiary: counts its waits in whole days and whole cases, and estimates no curve.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" \
  lifelines==0.30.3 numpy==2.4.6
PYTHONPATH=$folder python3 -W ignore - <<'END'
from lifelines import KaplanMeierFitter


def median(cases):
    return KaplanMeierFitter().fit(range(1, cases + 1)).median_survival_time_


late = [cases for cases in range(2, 101, 2) if median(cases) == cases / 2 + 1]
exact = [cases for cases in range(2, 101, 2) if median(cases) == cases / 2]
curve = KaplanMeierFitter().fit(range(1, 9)).survival_function_at_times(4).iloc[0]
print(len(late), len(exact), late[:4], curve)
assert len(late) + len(exact) == 50
assert 8 in late and 4 in exact
assert 0.5 < curve < 0.5 + 1e-15
