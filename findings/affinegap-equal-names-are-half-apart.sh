#!/bin/sh
# affinegap 1.12, the comparison of strings in dedupe: a name is not at distance 0 of itself. Equal names are 0.5 apart
# when normalised, and without that as far as they have letters: two Wangs are 4, two Garcias 6; a Garcia and a Garcias,
# 8.125, are farther apart than two Garcias, but two As are nearer than any. Two empty strings are 0 apart.
# Seen: 0.5 0.5; 4 6 1 0
# Ostiary: equal parts are a level of their own, the first, whatever their length.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" affinegap==1.12
PYTHONPATH=$folder python3 - <<'END'
from affinegap import affineGapDistance, normalizedAffineGapDistance

names = ("wang", "garcia", "a", "")
found = [affineGapDistance(name, name) for name in names]
parts = [normalizedAffineGapDistance(name, name) for name in names[:2]]
print(parts, found, affineGapDistance("garcia", "garcias"))
assert parts == [0.5, 0.5] and found == [4, 6, 1, 0]
assert affineGapDistance("garcia", "garcias") > 6
END
