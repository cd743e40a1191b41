#!/bin/sh
# deltalake 1.6.6: a table that is parted by a column gives its empty texts back as nulls; of a column that does not
# part the table they stay as they are. A file of requests parted by state or by agency so changes what was asked:
# left empty becomes not known, and a count of either differs from the file that was loaded.
# Seen: parted: None, None, PR; not parted: None, empty, PR
# Ostiary: reads an empty value and an absent one alike, in every format.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    deltalake==1.6.6 pyarrow==26.0.1 arro3-core==0.9.1 deprecated==1.3.1 wrapt==2.5.2 typing_extensions==4.15.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
import tempfile
import deltalake
import pyarrow

def back(**options):
    with tempfile.TemporaryDirectory() as folder:
        table = pyarrow.table({"state": ["", "PR", None], "row": [1, 2, 3]})
        deltalake.write_deltalake(folder, table, **options)
        read = pyarrow.table(deltalake.DeltaTable(folder).to_pyarrow_table())
        return [each["state"] for each in sorted(read.to_pylist(), key=lambda each: each["row"])]

found = back(partition_by=["state"]), back()
print(found)
assert found == ([None, "PR", None], ["", "PR", None])
END
