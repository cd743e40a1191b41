#!/bin/sh
# korean_romanizer 0.28.0: the Revised Romanization, but with none of the sounds that change across two syllables of
# one name: what the rules write Silla, Wangsimni and Jongno comes out syllable by syllable. Within what it does change
# (the end of a syllable before a vowel) it follows them. Beside it, passports have Kim, Lee, Park and Choi, which no
# rule gives. Seen: sinra wangsipri jongro; gim i bak choe
# Ostiary: a name romanised in two ways is two spellings; its table of them joins them only where a birth date agrees.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" korean_romanizer==0.28.0
PYTHONPATH=$folder python3 - <<'END'
from korean_romanizer.romanizer import Romanizer

places = [Romanizer(word).romanize() for word in ("신라", "왕십리", "종로")]
surnames = [Romanizer(word).romanize() for word in ("김", "이", "박", "최")]
print(places, surnames)
assert places == ["sinra", "wangsipri", "jongro"]
assert surnames == ["gim", "i", "bak", "choe"]
assert Romanizer("음악").romanize() == "eumak"
END
