#!/bin/sh
# py_stringmatching 0.4.7: TF-IDF without a corpus takes the two texts that are compared for one, as its pages say, so
# that a word which both have is in every document and worth log 1, nothing. John Smith and John Smith Jr are then as
# unlike as strangers, 0.0, as are any two that share words; only equal ones are 1.0. SoftTfIdf of the same package,
# which also finds words that are nearly alike, gives 0.58 for the two; so does TfIdf without dampening.
# Seen: 0.0 0.0 1.0; 0.5774 by SoftTfIdf; 0.5774 undampened; 0.4627 with one more document
# Ostiary: how common a name is is a matter of its reference file and its tables, not of the two names compared.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" \
  py_stringmatching==0.4.7 numpy==1.26.4
PYTHONPATH=$folder python3 -W ignore - <<'END'
from py_stringmatching import SoftTfIdf, TfIdf

one, other, stranger = ["john", "smith"], ["john", "smith", "jr"], ["ann", "lee"]
bare = [TfIdf().get_raw_score(one, each) for each in (other, stranger, one)]
rest = [
    SoftTfIdf().get_raw_score(one, other),
    TfIdf(dampen=False).get_raw_score(one, other),
    TfIdf([one, other, stranger]).get_raw_score(one, other),
]
print(bare, [round(each, 4) for each in rest])
assert bare == [0.0, 0.0, 1.0]
assert [round(each, 4) for each in rest] == [0.5774, 0.5774, 0.4627]
