#!/bin/sh
# pycountry 26.2.16: the first country that search_fuzzy finds for a country's own common name may be another one:
# Nigeria for Niger, the Democratic People's Republic for Korea, the British islands for Virgin Islands, which in an
# American address are another country's. Who takes the first has the neighbour.
# Seen: NG before NE, KP before KR, VG before VI
# Ostiary: reads states, territories and codes of countries (ISO 3166-1) from lists of its own, and searches none.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    pycountry==26.2.16
PYTHONPATH=$folder python3 - <<'END'
import pycountry

found = {
    name: [one.alpha_2 for one in pycountry.countries.search_fuzzy(name)][:2]
    for name in ("Niger", "Korea", "Virgin Islands")
}
print(found)
assert found == {"Niger": ["NG", "NE"], "Korea": ["KP", "KR"], "Virgin Islands": ["VG", "VI"]}
END
