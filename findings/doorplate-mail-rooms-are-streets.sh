#!/bin/sh
# doorplate 0.4.0: a community mail room (CMR) or an overseas mail centre (OMC) is a street without a number, while a
# postal service centre (PSC) and a unit beside it are military posts. All four are military delivery lines of
# one form; post, number and box of the first two are no parts, and the key to match by holds them as one name.
# Seen: PSC 402 Box 88 -> military, k3:M|PSC|402|88|APO|AE|09180; CMR 402 Box 88 -> street, missing_street_number,
#       k3:S|||CMR 402 BOX 88|||AE|09180
# Ostiary: PSC, CMR, OMC and UNIT are military posts with a number and a box.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" doorplate==0.4.0
PYTHONPATH=$folder python3 - <<'END'
import doorplate

def read(post):
    found = doorplate.parse(f"{post} Box 88, APO AE 09180")
    return found.address_type(), found.warnings, found.key()

found = {post: read(post) for post in ("PSC 402", "UNIT 402", "CMR 402", "OMC 402")}
print(found)
assert [one[0] for one in found.values()] == ["military", "military", "street", "street"]
assert found["CMR 402"][1:] == (["missing_street_number"], "k3:S|||CMR 402 BOX 88|||AE|09180")
END
