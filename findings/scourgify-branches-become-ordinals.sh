#!/bin/sh
# usaddress-scourgify 0.7.1: the number of a road becomes an ordinal where a branch of it follows: US Highway 30
# stays a number, US Highway 30 Bypass is US HWY 30TH BYP, Highway 30 Loop HWY 30TH LOOP. A normalised branch
# shares no number with its road, and looks like a numbered street.
# Seen: US HWY 30, US HWY 30TH BYP, HWY 30TH LOOP, COUNTY RD 30TH SPUR, US HWY 41 BUSINESS
# Ostiary: a number behind a word for a road stays a number; a branch is a road of its own beside it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    usaddress-scourgify==0.7.1 usaddress==0.5.16 probableparsing==0.0.1 python-crfsuite==0.9.12 \
    yaml-config==0.1.5 pyyaml==6.0.4
PYTHONPATH=$folder python3 - <<'END'
from scourgify import normalize_address_record

roads = ("US Highway 30", "US Highway 30 Bypass", "Highway 30 Loop", "County Road 30 Spur", "US Hwy 41 Business")
found = [
    normalize_address_record(f"61 {road}, Salem OR 97301")["address_line_1"] for road in roads
]
print(found)
assert found == [
    "61 US HWY 30", "61 US HWY 30TH BYP", "61 HWY 30TH LOOP", "61 COUNTY RD 30TH SPUR",
    "61 US HWY 41 BUSINESS",
]
END
