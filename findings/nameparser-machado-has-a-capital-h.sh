#!/bin/sh
# nameparser 2.6.0: a name in capitals, as files hold it, is given small letters with a capital behind Mac, whatever
# the surname: JUAN MACHADO is Juan MacHado, MACEDO MacEdo, MACIAS MacIas, MACAPAGAL MacApagal. MACY, MACK and MACE
# are left alone.
# Seen: MacHado, MacEdo, MacIas, MacApagal; Macy, Mack, Mace
# Ostiary: writes names in letters as whoever asks writes them, and changes no capitals.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    nameparser==2.6.0
PYTHONPATH=$folder python3 - <<'END'
from nameparser import HumanName

def written(surname):
    name = HumanName(f"JUAN {surname}")
    name.capitalize(force=True)
    return name.last

found = [written(one) for one in ("MACHADO", "MACEDO", "MACIAS", "MACAPAGAL", "MACY", "MACK", "MACE")]
print(found)
assert found == ["MacHado", "MacEdo", "MacIas", "MacApagal", "Macy", "Mack", "Mace"]
END
