#!/bin/sh
# iuliia 0.13.0: eight of its schemas, those of the Library of Congress, of BGN/PCGN and of two GOST among them, leave the
# letter yo as it is in Russian: the surname Kovalyov is Latin but for one Cyrillic letter (U+0451), which looks like
# the Latin e with two dots and is equal to nothing. The tables of those schemas print a Latin letter there.
# Seen: U+0451 in ALA_LC, BGN_PCGN, BGN_PCGN_ALT, BS_2979, GOST_16876, GOST_779, SCIENTIFIC, UNGEGN_1987
# Ostiary: within a word of Latin letters, a letter of another script that looks like a Latin one is read as that.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" iuliia==0.13.0
PYTHONPATH=$folder python3 - <<'END'
import iuliia

name = "\u041a\u043e\u0432\u0430\u043b\u0451\u0432"
schemas = {one: getattr(iuliia, one) for one in dir(iuliia) if one.isupper()}
found = [one for one, schema in schemas.items() if "\u0451" in schema.translate(name)]
print(found, ascii(iuliia.BGN_PCGN.translate(name)))
assert found == [
    "ALA_LC", "BGN_PCGN", "BGN_PCGN_ALT", "BS_2979", "GOST_16876", "GOST_779", "SCIENTIFIC", "UNGEGN_1987",
]
assert iuliia.BGN_PCGN.translate(name) == "Koval\u0451v"
END
