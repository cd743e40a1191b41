#!/bin/sh
# zipcodes 3.0.0: a ZIP code of a military or diplomatic post has the country where the post stands: 09180 is DE, 96201
# KR, 34002 PA, with AE, AP and AA beside it. Asked for ZIP codes of the United States it leaves out most of them, whose
# mail is domestic; Puerto Rico, Guam and Wake Island are US.
# Seen: DE KR PA; 208 of 539 of AE are US; US for 00601, 96910, 96898
# Ostiary: AA, AE and AP are states of this country's mail, and so are the territories.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" zipcodes==3.0.0
PYTHONPATH=$folder python3 - <<'END'
import zipcodes

of = {code: zipcodes.matching(code)[0]["country"] for code in "09180 96201 34002 00601 96910 96898".split()}
posts, home = (len(zipcodes.filter_by(state="AE", **more)) for more in ({}, {"country": "US"}))
print(of, posts, home)
assert list(of.values()) == ["DE", "KR", "PA", "US", "US", "US"]
assert posts > 500 and home < posts / 2
END
