#!/bin/sh
# fastavro 1.13.1: of a union of double and long an integer is written as the double where that comes first, though
# the other holds it exactly: from 2**53 up it comes back as its neighbour, and as a float. Of a union of float and
# double a number is a double wherever float comes, and of boolean and long True is the boolean: there it looks at
# what fits. A document number of sixteen digits that came from such a file is another one.
# Seen: 9007199254740992.0 for 9007199254740993; 9007199254740993 where long comes first; 1234567.89; True
# Ostiary: takes no Avro; a number that names something is text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    fastavro==1.13.1
PYTHONPATH=$folder python3 -W ignore - <<'END'
import io
import fastavro

def back(union, value):
    schema = fastavro.parse_schema(
        {"type": "record", "name": "Row", "fields": [{"name": "value", "type": union}]}
    )
    kept = io.BytesIO()
    fastavro.schemaless_writer(kept, schema, {"value": value})
    kept.seek(0)
    return repr(fastavro.schemaless_reader(kept, schema)["value"])

found = [
    back(["null", "double", "long"], 9007199254740993),
    back(["null", "long", "double"], 9007199254740993),
    back(["null", "float", "double"], 1234567.89),
    back(["long", "boolean"], True),
]
print(found)
assert found == ["9007199254740992.0", "9007199254740993", "1234567.89", "True"]
END
