#!/bin/sh
# json-logic-qubit 0.9.1 and panzi-json-logic 1.0.1, two engines of one rule language: an amount that is not there is
# below one by the latter and not by the former, and equals nought by the latter alone. A
# rule that is moved from one to the other decides otherwise wherever something is missing.
# Seen: absent < 1: no, yes; absent == 0: no, yes
# Ostiary: has rules of its own, in which what is not known is neither.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for one in json-logic-qubit==0.9.1 panzi-json-logic==1.0.1; do
    python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder/$one" "$one" six==1.17.0
    PYTHONPATH=$folder/$one python3 - "$one" <<'END'
import sys
from json_logic import jsonLogic

absent = {"var": "amount"}
found = [bool(jsonLogic({sign: [absent, number]}, {})) for sign, number in (("<", 1), ("==", 0))]
print(sys.argv[1], found)
assert found == [sys.argv[1].startswith("panzi")] * 2
END
done
