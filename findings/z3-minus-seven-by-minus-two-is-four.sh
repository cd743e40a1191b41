#!/bin/sh
# z3-solver 5.4.1.0: / and % on whole numbers, which its Python interface gives the signs of Python's, are Euclid's:
# -7 / -2 is 4 and not 3 (nor 3.5), -7 % -2 is 1 and not -1. With a positive divisor they are Python's //. A proof of
# a formula that is worked out in Python holds for another one.
# Seen: -4, -3, 4 and 1, 1, 1; Python -4, -4, 3 and 1, -1, -1
# Ostiary: divides nothing in what it proves.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    z3-solver==5.4.1.0
PYTHONPATH=$folder python3 - <<'END'
import z3

pairs = ((-7, 2), (7, -2), (-7, -2))
whole = [z3.simplify(z3.IntVal(a) / z3.IntVal(b)).as_long() for a, b in pairs]
rest = [z3.simplify(z3.IntVal(a) % z3.IntVal(b)).as_long() for a, b in pairs]
print(whole, rest, [a // b for a, b in pairs], [a % b for a, b in pairs])
assert (whole, rest) == ([-4, -3, 4], [1, 1, 1])
assert [a // b for a, b in pairs] == [-4, -4, 3]
assert [a % b for a, b in pairs] == [1, -1, -1]
END
