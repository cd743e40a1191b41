#!/bin/sh
# ruptures 1.1.10: exact searches for the points at which a series changes look at every fifth value alone, unless told
# `jump=1`. A step after the 33rd of 60 months, without any noise, is found after the 35th by dynamic programming, and
# by PELT as two changes, after the 30th and the 35th, the second of which is none; a penalty twenty times as high
# does not mend it. A step after the 30th is found where it is.
# Seen: [35, 60] [30, 35, 60] [30, 35, 60] [33, 60] [30, 60]
# Ostiary: `filings` looks for no breaks: their days are registered beforehand, and placebo days are every month.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" \
  ruptures==1.1.10 numpy==2.4.6 scipy==1.17.1
PYTHONPATH=$folder python3 - <<'END'
import numpy
from ruptures import Dynp, Pelt


def step(after):
    return numpy.array([10.0] * after + [20.0] * (60 - after))


found = [
    Dynp(model="l2").fit(step(33)).predict(n_bkps=1),
    Pelt(model="l2").fit(step(33)).predict(pen=5),
    Pelt(model="l2").fit(step(33)).predict(pen=100),
    Pelt(model="l2", jump=1).fit(step(33)).predict(pen=5),
    Pelt(model="l2").fit(step(30)).predict(pen=5),
]
print(found)
assert found == [[35, 60], [30, 35, 60], [35, 60], [33, 60], [30, 60]]
END
