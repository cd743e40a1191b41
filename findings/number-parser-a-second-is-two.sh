#!/bin/sh
# number-parser 0.3.2: words of order lose it where numbers in a text are written as digits: Wait a second is Wait a
# 2, a second hearing a 2 hearing, the First and Second Circuit the 1 and 2 Circuit.
# Seen: Wait a 2; a 2 hearing; the 1 and 2 Circuit
# Ostiary: reads numbers in words in addresses alone, and ordinals as ordinals.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    number-parser==0.3.2 attrs==26.1.0
PYTHONPATH=$folder python3 - <<'END'
from number_parser import parse

found = [parse(one) for one in ("Wait a second", "a second hearing", "the First and Second Circuit")]
print(found)
assert found == ["Wait a 2", "a 2 hearing", "the 1 and 2 Circuit"]
END
