#!/bin/sh
# nicknames 1.0.1: its table of given names is no hierarchy. Robert is among the nicknames of Bill, and Bill among those
# of Robert; Rupert is a nickname of Robert, Henry one of Harry. Two people at one door whose
# names are related by it need not be one: father William and son Robert both are Bill.
# Seen: True True True True
# Ostiary: takes a short form only for the full names of its own table, and says which.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" nicknames==1.0.1
PYTHONPATH=$folder python3 - <<'END'
from nicknames import NickNamer

of = NickNamer().nicknames_of
found = ["robert" in of("bill"), "bill" in of("robert"), "rupert" in of("robert"), "henry" in of("harry")]
print(*found)
assert all(found)
END
