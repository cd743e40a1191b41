#!/bin/sh
# rfc8785 0.1.4, jcs 0.2.1: two packages for one canonical form (RFC 8785) part at 2**53. rfc8785 writes the float 2.0**53
# as 9007199254740992; read again that is an integer, and rfc8785 refuses it. jcs takes every integer and
# writes the float next to it: 9007199254740993 is written ...992, and that is what a receiver gets.
# Seen: 9007199254740992, then IntegerDomainError; jcs 9007199254740992 for ...992 and ...993
# Ostiary: takes no floats, and neither writes nor reads integers of 2**53 and more in canonical JSON.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    rfc8785==0.1.4 jcs==0.2.1
PYTHONPATH=$folder python3 - <<'END'
import json
import jcs, rfc8785

made = rfc8785.dumps(2.0**53)
try:
    rfc8785.dumps(json.loads(made))
except rfc8785.IntegerDomainError as error:
    print(made, error)
else:
    raise SystemExit("it takes its own numbers now")
found = [jcs.canonicalize(number) for number in (2**53, 2**53 + 1)]
print(found)
assert made == b"9007199254740992" and found == [made, made]
END
