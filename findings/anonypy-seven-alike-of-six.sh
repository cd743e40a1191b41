#!/bin/sh
# anonypy 0.2.1: asked for classes of at least seven alike from a table of six rows, it gives one class of six, without
# an error; k is a bound on where a class may be cut, and the first is never looked at. What it gives is a row for each
# sensitive value, so the count beside a row is no size of a class either: rows that say 1 and 2 are one class of
# three.
# Seen: one class with the counts 3 and 3 for k = 7; two classes with the counts 1 and 2 each for k = 2
# Ostiary: a cell below the floor is suppressed, and a table that is below it as a whole is not published.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    anonypy==0.2.1 pandas==2.3.3 numpy==2.4.6 python-dateutil==2.9.0.post0 pytz==2026.6 tzdata==2026.6 six==1.17.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
import anonypy, pandas as pd

table = pd.DataFrame({"age": [30, 31, 40, 41, 49, 50], "place": list("112233"), "state": list("ababab")})
for column in ("place", "state"):
    table[column] = table[column].astype("category")


def classes(at_least):
    rows = anonypy.Preserver(table, ["age", "place"], "state").anonymize_k_anonymity(k=at_least)
    sizes = {}
    for row in rows:
        sizes.setdefault((tuple(row["age"]), tuple(row["place"])), []).append(int(row["count"]))
    return sorted(sizes.values())


print(classes(7), classes(2))
assert classes(7) == [[3, 3]]
assert 1 in sum(classes(2), []) and all(sum(counts) >= 2 for counts in classes(2))
END
