#!/bin/sh
# securesystemslib 1.6.0: encode_canonical, over which TUF and in-toto signatures are made, escapes the quotation mark
# and the backslash alone: a line break or tab in a string stands in it as it is, which RFC 8259 does not allow, and
# JSON readers refuse the bytes that were signed. Who keeps the signed bytes, instead of the object that they were
# made from, cannot read a purpose or an address of two lines again.
# Seen: {"purpose":"line one(line break)line two"}; JSONDecodeError
# Ostiary: signs canonical JSON by RFC 8785, which escapes them, and keeps the signed bytes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    securesystemslib==1.6.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
import json
from securesystemslib.formats import encode_canonical

written = encode_canonical({"purpose": "line one\nline two"})
print(repr(written))
assert written == '{"purpose":"line one\nline two"}'
try:
    json.loads(written)
except json.JSONDecodeError as refused:
    print(refused)
else:
    raise SystemExit(1)
END
