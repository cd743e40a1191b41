#!/bin/sh
# phonetics 1.0.5: its Soundex is not the one of the census and of name indexes, a letter and three digits. It keeps a
# 0 for each vowel, has as many characters as the name wants, and raises where a letter behind the first is a
# capital, a space or an apostrophe; its NYSIIS of many names is two letters.
# Seen: w02052305 p102306 l000; IndexError for VanDeusen; RA for robert, GA for gutierrez
# Ostiary: uses no phonetic key.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" phonetics==1.0.5
PYTHONPATH=$folder python3 - <<'END'
import phonetics

found = [phonetics.soundex(name) for name in ("washington", "pfister", "lee")]
print(found)
assert found == ["w02052305", "p102306", "l000"]
try:
    phonetics.soundex("VanDeusen")
except IndexError as error:
    print("raised", error)
else:
    raise SystemExit("it reads capitals now")
found = [phonetics.nysiis(name) for name in ("robert", "gutierrez")]
print(found)
assert found == ["RA", "GA"]
END
