#!/bin/sh
# pysbd 0.3.4: citations end sentences. Treas. Reg. 301.6103 is three, Pub. L. 105-206 two; 26 U.S.C. 6103
# stays whole. Reasons counted, compared or redacted by the sentence lose their provision to the next one.
# Seen: Treas. | Reg. | 301.6103.; Pub. | L. 105-206 says so.
# Ostiary: parts no text by sentences.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    pysbd==0.3.4
PYTHONPATH=$folder python3 - <<'END'
from pysbd import Segmenter

def parted(text):
    return [one.strip() for one in Segmenter(language="en", clean=False).segment(text)]

found = [parted("Treas. Reg. 301.6103."), parted("Pub. L. 105-206 says so."), parted("See 26 U.S.C. 6103. It is so.")]
print(found)
assert found[0] == ["Treas.", "Reg.", "301.6103."]
assert found[1] == ["Pub.", "L. 105-206 says so."]
assert found[2] == ["See 26 U.S.C. 6103.", "It is so."]
END
