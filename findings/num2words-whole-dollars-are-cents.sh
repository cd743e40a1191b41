#!/bin/sh
# num2words 0.5.14: an amount that is an integer is one of cents, one that is a float or a decimal is one of dollars:
# 100 is one dollar, 100.0 a hundred. A column of amounts that are all whole comes as integers, and the words in a
# letter are a hundredth of the figures beside them. In Spanish, 21 thousand is veintiuno mil for veintiun mil.
# Seen: one dollar, zero cents; one hundred dollars, zero cents; veintiuno mil
# Ostiary: writes no amount in words.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    num2words==0.5.14 docopt==0.6.2
PYTHONPATH=$folder python3 -W ignore - <<'END'
from num2words import num2words

found = [
    num2words(100, to="currency", currency="USD"),
    num2words(100.0, to="currency", currency="USD"),
    num2words(21000, lang="es"),
]
print(found)
assert found == ["one dollar, zero cents", "one hundred dollars, zero cents", "veintiuno mil"]
END
