#!/bin/sh
# clingo 5.8.3: numbers of a logic program have 32 bits, and what is larger wraps round without an error or a message:
# an amount of 30 million dollars in cents is negative, as a fact that was written down, as a product and as a sum. A
# rule on a threshold then decides the other way, and only for the largest.
# Seen: -1294967296 for 3000000000 and for 30000000 * 100; -2147483648 for the sum of 2147483647 and 1
# Ostiary: an amount is whole dollars, of at most 15 digits, in 64 bits.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    clingo==5.8.3 cffi==2.1.1 pycparser==3.12
PYTHONPATH=$folder python3 -W ignore - <<'END'
from clingo import Control

told = []
program = Control([], logger=lambda code, text: told.append(text))
program.add("base", [], """
fact(3000000000).  product(30000000 * 100).
part(2147483647; 1).  sum(S) :- S = #sum { P : part(P) }.
#show fact/1.  #show product/1.  #show sum/1.
""")
program.ground([("base", [])])
found = []
program.solve(on_model=lambda model: found.extend(sorted(map(str, model.symbols(shown=True)))))
print(found, told)
assert found == ["fact(-1294967296)", "product(-1294967296)", "sum(-2147483648)"]
assert not told
END
