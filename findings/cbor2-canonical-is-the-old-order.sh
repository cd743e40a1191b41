#!/bin/sh
# cbor2 6.3.0: canonical=True puts the keys of a map by the length of their encoding first (RFC 7049, 3.9), not
# in the bytewise order of the core deterministic encoding (RFC 8949, 4.2.1) that COSE and newer formats
# mean. For the keys 24 (18 18) and -1 (20) the two orders differ, and with them digests and signatures.
# Seen: a2 20 02 18 18 01; RFC 8949 wants a2 18 18 01 20 02
# Ostiary: signs canonical JSON (RFC 8785) and no CBOR.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    cbor2==6.3.0
PYTHONPATH=$folder python3 - <<'END'
import cbor2
made = cbor2.dumps({24: 1, -1: 2}, canonical=True)
print(made.hex(" "))
assert made == bytes.fromhex("a22002181801")
END
