#!/bin/sh
# pykakasi 2.3.0: the column `passport` is the spelling of passports, which writes no long vowel; it takes out the long
# o of Saito, Ito and Otani, and keeps it, and the long u, where they follow in other names: Yoko is youko, Yuko is
# yuuko, Tokyo, half taken out, tokyou. So one family of one passport is spelled in two ways, and the given name is on
# no list by that spelling.
# Seen: saito ito otani, youko yuuko tokyou
# Ostiary: names come in Latin letters from the file they are on; none is made out of another script's.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    pykakasi==2.3.0 jaconv==0.5.0 deprecated==1.3.1 wrapt==2.5.2
PYTHONPATH=$folder python3 -W ignore - <<'END'
import pykakasi

reader = pykakasi.kakasi()
names = ("斎藤", "伊藤", "大谷", "陽子", "裕子", "東京")
found = ["".join(part["passport"] for part in reader.convert(name)) for name in names]
print(found)
assert found == ["saito", "ito", "otani", "youko", "yuuko", "tokyou"]
END
