#!/bin/sh
# pyasn1 0.6.5: the DER encoder takes every zero out of the fraction of a GeneralizedTime, not only those at its end:
# .05 s is written .5, and .005 too; .105 is .15. So decoding and encoding a time-stamp (RFC 3161) of 5 ms moves
# it by half a second, and its digest with it. X.690, 11.7 takes away zeros at the end alone.
# Seen: .05Z -> .5Z, .005Z -> .5Z, .105Z -> .15Z, .500Z -> .5Z
# Known: pull request 115 of pyasn1/pyasn1, open. asn1crypto 1.5.1 keeps them.
# Ostiary: writes no ASN.1 time; a time-stamp is kept as the bytes that came.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    pyasn1==0.6.5 asn1crypto==1.5.1
PYTHONPATH=$folder python3 - <<'END'
from asn1crypto import core
from pyasn1.codec.der import decoder, encoder

def again(fraction):
    text = f"20300101000000.{fraction}Z".encode()
    der = b"\x18" + bytes([len(text)]) + text
    time, _ = decoder.decode(der)
    other = core.GeneralizedTime(core.GeneralizedTime.load(der).native).dump()
    return encoder.encode(time)[16:].decode(), other[16:].decode()

found = {fraction: again(fraction) for fraction in ("05", "005", "105", "500")}
print(found)
assert [one for one, _ in found.values()] == [".5Z", ".5Z", ".15Z", ".5Z"]
assert [other for _, other in found.values()] == [".05Z", ".005Z", ".105Z", ".5Z"]
END
