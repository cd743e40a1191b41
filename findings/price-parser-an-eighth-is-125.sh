#!/bin/sh
# price-parser 0.5.1: with three digits behind a point it is the point of thousands, also behind a nought: 0.125 is
# 125, $ 0.015 is 15, 12.345 is 12345; 0.1250 and 1.25 are what they are. An amount of a share or a rate grows a
# thousandfold by its third digit.
# Seen: 125, 15, 12345; 0.1250, 1.25
# Ostiary: reads no amounts out of text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    price-parser==0.5.1 attrs==26.1.0
PYTHONPATH=$folder python3 - <<'END'
from price_parser import Price

found = [str(Price.fromstring(one).amount) for one in ("0.125", "$ 0.015", "12.345", "0.1250", "1.25")]
print(found)
assert found == ["125", "15", "12345", "0.1250", "1.25"]
END
