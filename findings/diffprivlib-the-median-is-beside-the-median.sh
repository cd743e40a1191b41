#!/bin/sh
# diffprivlib 0.6.6: the less noise a median is given, the surer it is not the median. It is drawn from the gaps between
# the values, and both gaps beside the middle one are as good: of five waits of 1, 2, 30, 300 and 400 days it is, with a
# budget so large that nothing is hidden, any number from 2 to 300, and nearly never 30. The mean with the same budget
# is the mean.
# Seen: of 300 medians the least below 20, the greatest above 250, at most one within 0.01 of 30; mean 146.6
# Ostiary: small cells are suppressed by counts of persons; no noise is added.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" \
  diffprivlib==0.6.6 scikit-learn==1.6.1 numpy==2.2.6
PYTHONPATH=$folder python3 -W ignore - <<'END'
import numpy
from diffprivlib import tools

waits = numpy.array([1.0, 2.0, 30.0, 300.0, 400.0])
bounds = (0, 500)
medians = [tools.median(waits, epsilon=1e6, bounds=bounds) for _ in range(300)]
mean = tools.mean(waits, epsilon=1e6, bounds=bounds)
near = sum(abs(each - 30) < 0.01 for each in medians)
print(min(medians), max(medians), near, mean)
assert 2 <= min(medians) < 20 and 250 < max(medians) <= 300
assert near <= 1
assert round(mean, 1) == 146.6
END
