#!/bin/sh
# word2number 1.1: years and house numbers as people say them are numbers nobody said, without an error: nineteen
# eighty four is 1524, twenty twenty five is 405, twelve thirty four is 364, one oh five is 6. One hundred and five,
# and two thousand and twenty five, are right.
# Seen: 1524, 405, 364, 6; 105, 2025
# Ostiary: reads numbers in words in addresses alone, by rules of its own.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    word2number==1.1
PYTHONPATH=$folder python3 - <<'END'
from word2number import w2n

said = ("nineteen eighty four", "twenty twenty five", "twelve thirty four", "one oh five")
whole = ("one hundred and five", "two thousand and twenty five")
found = [w2n.word_to_num(one) for one in said]
print(found, [w2n.word_to_num(one) for one in whole])
assert found == [1524, 405, 364, 6]
assert [w2n.word_to_num(one) for one in whole] == [105, 2025]
END
