#!/bin/sh
# cwt 3.3.0: of a claims set for a CBOR Web Token (RFC 8392) each claim whose name it does not know is left out, without
# an error: {"iss": ..., "years": ...} is signed without years. Three that nobody stated are added: the
# token expires in an hour, is not valid before now and was issued now.
# Seen: {1: 'agency.example', 4: now + 3600, 5: now, 6: now}; with -70001 in place of the name the claim is kept
# Ostiary: issues no CBOR tokens; its statements are canonical JSON.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    cwt==3.3.0 cbor2==5.9.0 cryptography==50.0.2 cffi==2.1.1 pycparser==3.12 certvalidator==0.11.1 \
    asn1crypto==1.5.1 oscrypto==1.3.0 attrs==26.1.0 pyhpke==0.6.5
PYTHONPATH=$folder python3 -W ignore - <<'END'
import cwt

key = cwt.COSEKey.generate_symmetric_key(alg="HS256", kid="01")
named = cwt.decode(cwt.encode({"iss": "agency.example", "years": [2024]}, key), key)
numbered = cwt.decode(cwt.encode({1: "agency.example", -70001: [2024]}, key), key)
print(named, numbered)
assert set(named) == {1, 4, 5, 6} and named[4] - named[6] == 3600 and named[5] == named[6]
assert numbered[-70001] == [2024]
END
