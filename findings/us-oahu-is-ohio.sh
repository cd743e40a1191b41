#!/bin/sh
# us 4.0.0: states.lookup finds a state by how a word sounds where it is no name: Oahu, an island of Hawaii, is Ohio, as
# the exclamation oh is; taxes are Texas, man is Maine, ute is Utah, gum is Guam. What it does not find it tells with
# None; a word of another column it mostly finds.
# Seen: Oahu Ohio, Oh Ohio, taxes Texas, Man Maine, Ute Utah, Gum Guam; Ore, Penn, Cali None
# Known: its documentation says that lookup matches by metaphone.
# Ostiary: knows states by a table of names and codes; another word is none.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    us==4.0.0 jellyfish==1.3.0
PYTHONPATH=$folder python3 - <<'END'
from us import states

found = {word: str(states.lookup(word)) for word in "Oahu Oh taxes Man Ute Gum Ore Penn Cali".split()}
print(found)
assert list(found.values()) == ["Ohio", "Ohio", "Texas", "Maine", "Utah", "Guam", *["None"] * 3]
END
