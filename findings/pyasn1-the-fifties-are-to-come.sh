#!/bin/sh
# pyasn1 0.6.5: a UTCTime has a year of two digits; in certificates and time-stamps 50 to 99 are of the last century
# (RFC 5280, 4.1.2.5.1). asDateTime goes by the C library's rule, 69 to 99: what began in 1950 to 1968 begins in 2050 to
# 2068. asn1crypto 1.5.1 follows the RFC.
# Seen: 49 -> 2049 2049, 50 -> 2050 1950, 68 -> 2068 1968, 69 -> 1969 1969
# Ostiary: reads certificates with the cryptography package, and time-stamps with rfc3161-client.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    pyasn1==0.6.5 asn1crypto==1.5.1
PYTHONPATH=$folder python3 - <<'END'
from asn1crypto import core
from pyasn1.codec.der import decoder

def years(two):
    der = b"\x17\x0d" + f"{two}0101000000Z".encode()
    return decoder.decode(der)[0].asDateTime.year, core.UTCTime.load(der).native.year

found = {two: years(two) for two in (49, 50, 68, 69)}
print(found)
assert found == {49: (2049, 2049), 50: (2050, 1950), 68: (2068, 1968), 69: (1969, 1969)}
END
