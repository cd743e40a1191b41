#!/bin/sh
# Authlib 1.9.10: the coordinates of an elliptic key are written as numbers, without the zeros in front, in a JWK; RFC
# 7518, 6.2.1.2 wants as many octets as the curve has. One P-256 key in 128 so has a short one, and then another
# thumbprint (RFC 7638) than the same key has with jwcrypto or joserfc: a token bound to it (DPoP) counts with one
# alone.
# Seen: of a key whose x begins with a zero: 31 octets and kid cqdWPhcn..., jwcrypto 32 octets and 7Yxe6c_3...
# Ostiary: compares the thumbprint of the key in the token with that in the proof, both by joserfc; another spelling of
# the key is another key, and is refused.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    Authlib==1.9.10 joserfc==1.8.0 jwcrypto==1.6.1 cryptography==50.0.2 cffi==2.1.1 pycparser==3.12 \
    typing_extensions==4.16.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
from base64 import urlsafe_b64decode
from authlib.jose import JsonWebKey
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import ec
from jwcrypto.jwk import JWK

public = ec.derive_private_key(379, ec.SECP256R1()).public_key()
assert public.public_numbers().x < 1 << 248
pem = public.public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)
one, other = JsonWebKey.import_key(pem, {"kty": "EC"}), JWK.from_pem(pem)
keys = one.as_dict(), other.export(as_dict=True)
octets = [len(urlsafe_b64decode(key["x"] + "==")) for key in keys]
prints = one.thumbprint(), other.thumbprint()
print(octets, prints)
assert octets == [31, 32] and prints[0] != prints[1]
END
