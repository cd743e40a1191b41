#!/bin/sh
# usaddress 0.5.16: a rural route and a highway contract route with their box are of the type 'PO Box', as a box
# at a post office is, and a PO box with a street behind it is of the type 'Street Address'. A rural box
# stands at a road and is delivered to; rules on PO boxes must not go by the type.
# Seen: RR 2 Box 30 -> PO Box, HC 68 Box 23 -> PO Box, PO Box 12 123 Main St -> Street Address
# Ostiary: tells them apart by its own grammar.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    usaddress==0.5.16 probableparsing==0.0.1 python-crfsuite==0.9.12
PYTHONPATH=$folder python3 - <<'END'
import usaddress
types = [
    usaddress.tag(line)[1] for line in ("RR 2 Box 30", "HC 68 Box 23", "PO Box 12 123 Main St")
]
print(types)
assert types == ["PO Box", "PO Box", "Street Address"]
END
