#!/bin/sh
# usaddress 0.5.16: a military address is read as long as its post has one or two digits. With three,
# PSC 100 and CMR 402 as most are, the words of the post and of the box get one label, and tag() raises
# RepeatedLabelError. PSC, CMR and BOX are the whole of a military delivery line (Domestic Mail Manual 703.2.2.1), and
# ways of reading it must not depend on how many digits a number has.
# Seen: PSC 3 and CMR 45 -> PO Box; PSC 100, PSC 402, CMR 100, CMR 402 -> RepeatedLabelError
# Ostiary: PSC, CMR and OMC are words of its grammar, whatever number follows.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    usaddress==0.5.16 probableparsing==0.0.1 python-crfsuite==0.9.12
PYTHONPATH=$folder python3 - <<'END'
import usaddress

def read(post):
    try:
        return usaddress.tag(f"{post} Box 88, APO AE 09180")[1]
    except usaddress.RepeatedLabelError:
        return "RepeatedLabelError"

found = {post: read(post) for post in ("PSC 3", "CMR 45", "PSC 100", "PSC 402", "CMR 100", "CMR 402")}
print(found)
assert list(found.values()) == ["PO Box"] * 2 + ["RepeatedLabelError"] * 4
END
