#!/bin/sh
# joserfc 1.8.0: with "b64": false (RFC 7797) serialize_compact leaves the payload in the token or takes it out
# (detached) by what it says: 'pay' stays, 'a b' and 'pay.load' go. RFC 7797, 5.2 lets a blank stay. One
# caller so gets tokens of two shapes and must keep the payload itself.
# Seen: header.pay.signature; header..signature; header..signature
# Ostiary: uses encoded payloads alone.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    joserfc==1.8.0 cryptography==50.0.2 cffi==2.1.1 pycparser==3.12
PYTHONPATH=$folder python3 - <<'END'
from joserfc import jwk, jws
key = jwk.OctKey.import_key("a key of forty bytes, which is enough, ok")
header = {"alg": "HS256", "b64": False, "crit": ["b64"]}
middle = [
    jws.serialize_compact(header, text, key).split(".")[1] for text in (b"pay", b"a b", b"pay.load")
]
print(middle)
assert middle == ["pay", "", ""]
END
