#!/bin/sh
# eyecite 2.7.8: a citation of the United States Code is one only with a section sign, and only where the number has
# no hyphen. 26 U.S.C. 6103(i)(2), as statutes, regulations and agencies write it, is nothing at all; 42 U.S.C.
# § 1320b-7, the section that agencies ask tax records for, is an unknown citation without a title.
# Seen: [], ['FullLawCitation'], ['UnknownCitation']
# Ostiary: names each provision by its USLM identifier, and reads no citation out of a text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    eyecite==2.7.8 courts-db==0.10.27 reporters-db==3.2.67 lxml==6.1.3 pyahocorasick==2.3.1 \
    fast-diff-match-patch==2.1.0 regex==2026.11.19
PYTHONPATH=$folder python3 -W ignore - <<'END'
from eyecite import get_citations

texts = ("26 U.S.C. 6103(i)(2)", "26 U.S.C. § 6103(i)(2)", "42 U.S.C. § 1320b-7(a)")
found = [[type(one).__name__ for one in get_citations(text)] for text in texts]
print(found)
assert found == [[], ["FullLawCitation"], ["UnknownCitation"]]
END
