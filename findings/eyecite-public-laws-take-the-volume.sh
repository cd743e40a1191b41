#!/bin/sh
# eyecite 2.7.8: an act cited as it mostly is, Pub. L. 94-455, 90 Stat. 1520, has section 90 of the public law, and no
# citation of the Statutes at Large is left. Both alone are read. The volume of the Cumulative Bulletin loses its year:
# 2004-1 C.B. 5 is 1 C.B. 5, volume 1 of 1919.
# Seen: [('94-455', '90')]; alone ('94-455', None) and ('90', '1520'); ('1', '5')
# Ostiary: names each provision by its USLM identifier, and reads no citation out of a text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    eyecite==2.7.8 courts-db==0.10.27 reporters-db==3.2.67 lxml==6.1.3 pyahocorasick==2.3.1 \
    fast-diff-match-patch==2.1.0 regex==2026.11.19
PYTHONPATH=$folder python3 -W ignore - <<'END'
from eyecite import get_citations

texts = ("Pub. L. 94-455, 90 Stat. 1520 (1976)", "Pub. L. 94-455", "90 Stat. 1520 (1976)", "2004-1 C.B. 5")
found = [[one.groups for one in get_citations(text)] for text in texts]
print(found)
assert found[0] == [{"reporter": "Pub. L.", "title": "94-455", "section": "90"}]
assert found[1] == [{"reporter": "Pub. L.", "title": "94-455", "section": None}]
assert [(one["volume"], one["page"]) for one in found[2] + found[3]] == [("90", "1520"), ("1", "5")]
END
