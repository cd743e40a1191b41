#!/bin/sh
# recordlinkage 0.16: two dates a month apart are half alike where the months are June and July or September and October
# (names that are taken for each other), and no other months; so are two whose month and day are exchanged. A
# missing date is as unlike as two that differ.
# Seen: 0.5 0.5 0 0.5 0 for June/July, October/September, May/June, 1 February/2 January, nothing/nothing
# Known: the reference of compare.date lists these months (swap_months, swap_month_day).
# Ostiary: two birth dates are equal or differ; where one is absent, that is a level of its own.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    recordlinkage==0.16 pandas==2.3.3 numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 joblib==1.6.0 \
    narwhals==2.29.0 threadpoolctl==3.8.0 jellyfish==1.3.0 python-dateutil==2.9.0.post0 pytz==2026.6 \
    tzdata==2026.6 six==1.17.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
import pandas as pd, recordlinkage

pairs = [
    ("2025-06-05", "2025-07-05"), ("2025-10-05", "2025-09-05"), ("2025-05-05", "2025-06-05"),
    ("2025-02-01", "2025-01-02"), (None, None),
]
left, right = (pd.DataFrame({"born": pd.to_datetime(list(side))}) for side in zip(*pairs))
compare = recordlinkage.Compare()
compare.date("born", "born", label="born")
found = compare.compute(pd.MultiIndex.from_arrays([range(len(pairs))] * 2), left, right)["born"].tolist()
print(found)
assert found == [0.5, 0.5, 0, 0.5, 0]
END
