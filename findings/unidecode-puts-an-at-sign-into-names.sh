#!/bin/sh
# Unidecode 1.4.0: the schwa of Azerbaijani names becomes an at sign: the surname written Mammadov in passports is
# M@mm@dov, the given name Vefa V@fa. anyascii 0.3.3 writes e. Neither writes a; whatever looks for a letter, a word or
# an address of mail in the result goes wrong.
# Seen: M@mm@dov V@fa @li; Memmedov Vefa Eli
# Ostiary: reads the schwa as A, as passports do.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    Unidecode==1.4.0 anyascii==0.3.3
PYTHONPATH=$folder python3 - <<'END'
from anyascii import anyascii
from unidecode import unidecode

names = ("M\u0259mm\u0259dov", "V\u0259fa", "\u018fli")
found = [unidecode(name) for name in names], [anyascii(name) for name in names]
print(found)
assert found == (["M@mm@dov", "V@fa", "@li"], ["Memmedov", "Vefa", "Eli"])
END
