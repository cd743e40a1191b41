#!/bin/sh
# pyap 0.3.1: of a house with a half in its number the address begins at the half: 1234 1/2 Main St is 2 Main St, 12 1/2
# Oak Ave is 2 Oak Ave, another house in the same street. Of the numbers of a Wisconsin grid the first half goes. A
# number with a letter, or a unit behind #, is no address at all; nothing tells these from text without one.
# Seen: 2 Main St Apt 4; 2 Oak Ave; 23001 Bluemound Rd; none; none
# Ostiary: 1234 1/2 and N6W23001 are numbers of houses, whole.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" pyap==0.3.1
PYTHONPATH=$folder python3 - <<'END'
import pyap

lines = (
    "1234 1/2 Main St Apt 4", "12 1/2 Oak Ave", "N6W23001 Bluemound Rd", "100A Main St", "1 Main St # 5"
)
found = [[str(one) for one in pyap.parse(f"{line}, Salem, OR 97301", country="US")] for line in lines]
print(found)
end = ", Salem, OR 97301"
assert found == [["2 Main St Apt 4" + end], ["2 Oak Ave" + end], ["23001 Bluemound Rd" + end], [], []]
END
