#!/bin/sh
# datasketches 5.2.0: a number is counted by how it is held: 1 and 1.0 are two items of a sketch, 0.0 and -0.0 one.
# Where one of two sources had a missing value in its column, so that its integers became floating-point numbers, the
# sketch of what both have in common finds nobody but number 0. An empty string is no item at all: a column of blanks
# has none.
# Seen: 2 distinct of 1 and 1.0, 1 in common of ten, 0 of the empty string
# Known: the sketch has an update of its own for each type, for compatibility with Java's (theta_sketch.hpp).
# Ostiary: what is compared is text, standardised first; nothing is counted by sketches.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    datasketches==5.2.0 numpy==2.4.6
PYTHONPATH=$folder python3 -W ignore - <<'END'
from datasketches import theta_intersection, update_theta_sketch


def sketch(*values):
    made = update_theta_sketch(12)
    for value in values:
        made.update(value)
    return made


common = theta_intersection()
common.update(sketch(*range(10)))
common.update(sketch(*map(float, range(10))))
found = [common.get_result().get_estimate()]
found += [sketch(*values).get_estimate() for values in ((1, 1.0), (0.0, -0.0), ("",))]
print(found)
assert found == [1, 2, 1, 0]
END
