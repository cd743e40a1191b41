#!/bin/sh
# transliterate 1.10.2: the pack `uk` writes both letters, Г and Ж, so that they cannot be told apart where З stands
# before the first: Zhurs'kyj stands for Згурський and for Журський, two surnames. The official table of Ukraine (2010)
# writes zgh there, for this reason. The pack `ru` keeps them apart, for it writes Г as g.
# Seen: uk Zhurs'kyj and Zhurs'kyj; ru Zgurs and Zhurs
# Ostiary: a name in another script is its own value; what was written for it is compared as written.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    transliterate==1.10.2 six==1.17.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
from transliterate import translit

names = ("Згурський", "Журський")
found = [translit(name, "uk", reversed=True) for name in names]
others = [translit(name[:-4], "ru", reversed=True) for name in names]
print(found, others)
assert found[0] == found[1] == "Zhurs'kyj"
assert others == ["Zgurs", "Zhurs"]
END
