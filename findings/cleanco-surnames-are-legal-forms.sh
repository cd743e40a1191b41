#!/bin/sh
# cleanco 2.3: basename takes the legal form off a firm, of every country at once, and of whatever ends like one:
# Maria De Sa becomes Maria De, John Vu Oy John Vu; of a firm whose name is nothing but such words nothing stays, and
# two of those are then equal; the form of a national bank (N.A.) stays. Who cleans a column of owners in which people
# and firms are mixed takes surnames away.
# Seen: Maria De; empty for SE Company and AS; First National Bank N.A. as it was
# Ostiary: takes no legal form off a name; it asks about people, whose surname has a column of its own.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    cleanco==2.3
PYTHONPATH=$folder python3 -W ignore - <<'END'
from cleanco import basename

found = [basename(name) for name in ("Maria De Sa", "John Vu Oy", "SE Company", "AS", "First National Bank N.A.")]
print(found)
assert found == ["Maria De", "John Vu", "", "", "First National Bank N.A."]
END
