#!/bin/sh
# nameparser 2.6.0: one name behind a title is the first name behind some titles and the last behind others:
# Imam Ali has no first name, Sheikh Ali no last; Father Brown has the first name Brown, Officer Brown the
# last. A join on the last name loses half of them.
# Seen: ('', 'Ali') ('Ali', '') ('Brown', '') ('', 'Brown')
# Ostiary: a request has its surname in a column of its own; titles are no given names.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    nameparser==2.6.0
PYTHONPATH=$folder python3 - <<'END'
from nameparser import HumanName
found = []
for text in ("Imam Ali", "Sheikh Ali", "Father Brown", "Officer Brown"):
    name = HumanName(text)
    found.append((name.first, name.last))
print(found)
assert found == [("", "Ali"), ("Ali", ""), ("Brown", ""), ("", "Brown")]
END
