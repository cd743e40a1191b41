#!/bin/sh
# strsimpy 0.2.1: its Jaro-Winkler likeness counts the whole beginning that two texts share, with a weight that falls
# with the longer one's length, where Winkler counts at most four letters and jellyfish and rapidfuzz do so.
# Thresholds of one are none of the other: ELIZABETHTOWN and ELIZABETHTOWN RD are 0.9883 alike by it and 0.9625 by
# the others, MARTINEZ-LOPEZ and MARTINEZ-LOPES 0.9966 and 0.9714.
# Seen: 0.9883, 0.9966; jellyfish 1.3.0 and rapidfuzz 3.14.6: 0.9625, 0.9714
# Ostiary: has no threshold of likeness.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    strsimpy==0.2.1 jellyfish==1.3.0 rapidfuzz==3.14.6
PYTHONPATH=$folder python3 - <<'END'
import jellyfish
from rapidfuzz.distance import JaroWinkler
from strsimpy.jaro_winkler import JaroWinkler as Other

pairs = [("ELIZABETHTOWN", "ELIZABETHTOWN RD"), ("MARTINEZ-LOPEZ", "MARTINEZ-LOPES")]
one = [round(Other().similarity(*pair), 4) for pair in pairs]
two = [round(jellyfish.jaro_winkler_similarity(*pair), 4) for pair in pairs]
three = [round(JaroWinkler.similarity(*pair), 4) for pair in pairs]
print(one, two, three)
assert one == [0.9883, 0.9966]
assert two == three == [0.9625, 0.9714]
END
