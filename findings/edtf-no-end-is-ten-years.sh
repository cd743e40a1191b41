#!/bin/sh
# edtf 5.0.2 (Library of Congress dates, ISO 8601-2): an interval whose end is unknown, 2025/, ends ten years after its
# beginning, and one whose end is open, 2025/.., never. A doubt about a month widens the year as well: 2025-02? begins in
# January 2024. A winter (2025-24) is December of its year alone.
# Seen: 2035-01-01; inf; 2024-01-01 to 2026-03-28; 2025-12-01 to 2025-12-31
# Ostiary: an instrument has an end that is a day, or none; no date is in doubt.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    edtf==5.0.2 pyparsing==3.3.3 python-dateutil==2.9.0.post0 six==1.17.0 convertdate==2.4.1 PyMeeus==0.5.12
PYTHONPATH=$folder python3 -W ignore - <<'END'
from math import inf
from edtf import parse_edtf

def day(moment):
    return moment if moment == inf else "%d-%02d-%02d" % moment[:3]

read = {text: parse_edtf(text) for text in ("2025/", "2025/..", "2025-02?", "2025-24")}
found = {text: (day(one.lower_fuzzy()), day(one.upper_fuzzy())) for text, one in read.items()}
print(found)
assert found == {
    "2025/": ("2025-01-01", "2035-01-01"),
    "2025/..": ("2025-01-01", inf),
    "2025-02?": ("2024-01-01", "2026-03-28"),
    "2025-24": ("2025-12-01", "2025-12-31"),
}
END
