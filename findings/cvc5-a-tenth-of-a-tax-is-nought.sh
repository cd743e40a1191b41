#!/bin/sh
# cvc5 1.4.2 has a way of writing for Python that is the one of Z3, for programs of the one to run on the other. A
# number with a fraction beside a whole unknown loses its fraction: x * 0.15 is x * 0, x > 0.5 is x > 0, and x / 2.5 is
# x / 2. A tax of 15 in the hundred of 1000 is 0. In z3-solver 5.4.1.0 the unknown becomes a real number, and the tax
# is 150; with an unknown that is real from the beginning both have 150.
# Seen: x*0, x > 0, x/2, 0 and 150 by the one; 150 and 150 by the other
# Ostiary: proves with Z3, and neither divides nor multiplies in what it proves.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" cvc5==1.4.2 z3-solver==5.4.1.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
import cvc5.pythonic as one
import z3 as other


def taxes(solver):
    found = []
    for kind in (solver.Int, solver.Real):
        income, tax = kind("income"), solver.Real("tax")
        asked = solver.Solver()
        asked.add(income == 1000, tax == income * 0.15)
        assert asked.check() == solver.sat
        found.append(str(asked.model()[tax]))
    return found


x = one.Int("x")
said = [str(each) for each in (x * 0.15, x > 0.5, x / 2.5)]
print(said, taxes(one), taxes(other))
assert said == ["x*0", "x > 0", "x/2"]
assert taxes(one) == ["0", "150"]
assert taxes(other) == ["150", "150"]
END
