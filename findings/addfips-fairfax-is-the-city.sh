#!/bin/sh
# addfips 0.4.2: where a city and a county of a state share a name, the name alone is the city, without a word:
# Fairfax, Virginia is the city of 24,000 people (51600) and not the county of more than a million (51059); so
# Baltimore and St. Louis. Counts by county move to the wrong row.
# Seen: 51600, 24510, 29510; with the word County 51059, 24005, 29189
# Ostiary: counts nothing by county.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    addfips==0.4.2
PYTHONPATH=$folder python3 - <<'END'
from addfips import AddFIPS

codes = AddFIPS()
places = (("Fairfax", "VA"), ("Baltimore", "MD"), ("St. Louis", "MO"))
bare = [codes.get_county_fips(name, state) for name, state in places]
whole = [codes.get_county_fips(f"{name} County", state) for name, state in places]
print(bare, whole)
assert bare == ["51600", "24510", "29510"]
assert whole == ["51059", "24005", "29189"]
END
