#!/bin/sh
# python-pkcs11 0.10.1: decode_ecdsa_signature turns a DER signature into the form that tokens take, two numbers of as
# many octets as the order of the curve has (PKCS #11, ECDSA). It goes by the longer of the two: where both begin with a
# zero octet, one P-256 signature in 65,536, the result has 62 octets for 64, and a token is asked about another
# signature.
# Seen: r of 32 octets, s of 1: 64; r and s of 31 octets: 62; r and s of 1 octet: 2
# Ostiary: uses no such helper; of a token it takes 64 octets, 32 a number, or says that it gave no signature.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    python-pkcs11==0.10.1 asn1crypto==1.5.1 cryptography==50.0.2 cffi==2.1.1 pycparser==3.12
PYTHONPATH=$folder python3 - <<'END'
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pkcs11.util.ec import decode_ecdsa_signature

pairs = ((1 << 255, 3), ((1 << 248) - 1, 1 << 240), (1, 2))
found = [len(decode_ecdsa_signature(encode_dss_signature(*pair))) for pair in pairs]
print(found)
assert found == [64, 62, 2]
END
