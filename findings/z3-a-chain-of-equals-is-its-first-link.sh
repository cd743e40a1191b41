#!/bin/sh
# z3-solver 5.4.0.0: x < y < z in Python raises, since a comparison is no truth value; x == y == z does not, and is x
# == y alone: the first comparison is looked at as a truth value (are the two the same term?), is false, and stands
# for the whole. So is "x in [y, z]" false, whatever is assumed of them. A proof about three dates that are one says
# nothing of the third, and passes.
# Seen: x == y; Z3Exception; False
# Ostiary: builds each equality by itself, from a tree of its own.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    z3-solver==5.4.0.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
import z3

x, y, z = z3.Ints("x y z")
chain = x == y == z
print(chain, x in [y, z])
assert str(chain) == "x == y"
assert (x in [y, z]) is False
try:
    x < y < z
except z3.Z3Exception as raised:
    print(raised)
else:
    raise SystemExit(1)
END
