#!/bin/sh
# anyascii 0.3.3 and Unidecode 1.4.0: the letter of Hawaiian names that is written like an apostrophe (U+02BB) becomes
# a backtick, the one that people type in its place (U+02BC, or an apostrophe) an apostrophe: two spellings of
# Kaahumanu are two names, and one has a sign that no form takes.
# Seen: Ka`ahumanu for U+02BB; Ka'ahumanu for U+02BC and U+2019, by both
# Ostiary: takes all of them for an apostrophe, which is no letter of a name; in the audit of redacted texts since
# this was met.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    anyascii==0.3.3 Unidecode==1.4.0
PYTHONPATH=$folder python3 - <<'END'
from anyascii import anyascii
from unidecode import unidecode

spelled = ["Ka\u02bbahumanu", "Ka\u02bcahumanu", "Ka\u2019ahumanu"]
found = [[plain(one) for one in spelled] for plain in (anyascii, unidecode)]
print(found)
assert found == [["Ka`ahumanu", "Ka'ahumanu", "Ka'ahumanu"]] * 2
END
