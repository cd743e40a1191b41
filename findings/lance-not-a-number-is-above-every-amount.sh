#!/bin/sh
# pylance 14.0.2: "not a number", as which pandas and NumPy hold an amount that is not known, is above every number in a
# filter: "tax > 0" and "tax >= 1e300" hold for it, "tax > 0" negated does not, but "tax BETWEEN 0 AND 10" leaves it
# out; what is null is in none of them. pyarrow 26.0.1, of whose tables the data set is made, has it above nothing. To
# delete where a tax is owed so deletes the people of whom nobody knows whether they owe any.
# Seen: [2, 3], [3] and [2] by the one, [2] by the other; after the deletion [1, 4]
# Ostiary: has no amounts in floating point; what is not known is absent, and neither above nor below.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" \
  pylance==14.0.2 pyarrow==26.0.1 numpy==2.4.6
FOLDER=$folder PYTHONPATH=$folder python3 -W ignore - <<'END'
import os
import lance
import pyarrow
import pyarrow.compute as compute

people = pyarrow.table({"n": [1, 2, 3, 4], "tax": [0.0, 5.0, float("nan"), None]})
held = lance.write_dataset(people, os.environ["FOLDER"] + "/people.lance")
filters = ["tax > 0", "tax >= 1e300", "tax BETWEEN 0 AND 10 AND tax > 0"]
found = [held.to_table(filter=each)["n"].to_pylist() for each in filters]
other = people.filter(compute.field("tax") > 0)["n"].to_pylist()
held.delete("tax > 0")
left = held.to_table()["n"].to_pylist()
print(found, other, left)
assert found == [[2, 3], [3], [2]]
assert other == [2]
assert left == [1, 4]
END
