#!/bin/sh
# usaddress 0.5.16: of an address on two lines, as envelopes have it, the line break and a comma before it are part of
# the value: the type of street is 'St\n' or 'St,\n', the apartment '4B\n', the box '12\n'. A comma alone is taken off,
# and so is a carriage return with the break. A join on such values finds nothing, though they print alike.
# Seen: 'St\n' 'St,\n' '4B\n' '12\n'; 'St' with a comma or with CR LF
# Ostiary: a line break is a blank in every part of an address.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    usaddress==0.5.16 probableparsing==0.0.1 python-crfsuite==0.9.12
PYTHONPATH=$folder python3 - <<'END'
import usaddress

def last(line, between):
    parts, _ = usaddress.tag(f"{line}{between}Salem OR 97301")
    return list(parts.values())[-4]

ways = (
    ("100 Main St", "\n"), ("100 Main St", ",\n"), ("100 Main St Apt 4B", "\n"), ("PO Box 12", "\n"),
    ("100 Main St", ", "), ("100 Main St", "\r\n"),
)
found = [last(*way) for way in ways]
print(found)
assert found == ["St\n", "St,\n", "4B\n", "12\n", "St", "St"]
END
