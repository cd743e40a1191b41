#!/bin/sh
# addressformatting 1.3.2: the templates it takes from the project of all address formats find the country by the part
# `country_code`; here that part is passed over, and an address of Illinois is set as in the default of the world, the
# house number behind the street, the ZIP code before the city, the state left out. The country has to be said apart,
# as an argument; then it is right.
# Seen: Main St 1, 62701 Springfield; 1 Main St, Springfield, Illinois 62701 when said apart
# Ostiary: addresses are of the United States and its territories, and compared by their parts, not as set.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    addressformatting==1.3.2 pyyaml==6.0.4 chevron==0.14.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
from addressformatting import AddressFormatter

parts = {
    "house_number": "1", "road": "Main St", "city": "Springfield", "state": "Illinois", "postcode": "62701",
    "country_code": "us",
}
formatter = AddressFormatter()
found = [formatter.one_line(dict(parts)), formatter.one_line(dict(parts), country="us")]
print(found)
assert found[0] == "Main St 1, 62701 Springfield"
assert found[1] == "1 Main St, Springfield, Illinois 62701"
END
