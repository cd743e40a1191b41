#!/bin/sh
# sd-jwt 0.10.4: a holder says what to disclose in a tree of claims with True; True for the whole discloses nothing, for
# a person the person without what is sealed within, and for a list the list without its members: who reads it has a
# verified statement that years is [], as of one who filed in none. A claim's name that is misspelt is passed over. Only
# True for a single value gives all of it.
# Seen: {}; {'person': {'name': 'Ann'}}; {'years': []}; {'years': [2023, 2024]} where the list is sealed as one
# Ostiary: an answer is one sealed statement, and is opened whole.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" sd-jwt==0.10.4 jwcrypto==1.6.1
PYTHONPATH=$folder python3 -W ignore - <<'END'
from jwcrypto.jwk import JWK
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer, SDObj
from sd_jwt.verifier import SDJWTVerifier

key = JWK.generate(kty="EC", crv="P-256")


def read(claims, disclosed):
    holder = SDJWTHolder(SDJWTIssuer(claims, key).sd_jwt_issuance)
    holder.create_presentation(disclosed)
    return SDJWTVerifier(holder.sd_jwt_presentation, lambda *_: key).get_verified_payload()


person = {SDObj("person"): {"name": "Ann", SDObj("tin"): "078051120"}}
years = {SDObj("years"): [SDObj(2023), SDObj(2024)]}
found = [read(person, True), read(person, {"person": True}), read(years, {"years": True})]
whole = read({SDObj("years"): [2023, 2024]}, {"years": True})
print(found, whole)
assert found == [{}, {"person": {"name": "Ann"}}, {"years": []}]
assert whole == {"years": [2023, 2024]}
END
