#!/bin/sh
# avro 1.12.2, the package of the format's own makers: a decimal that is given with fewer places than the schema has is
# written as if it had them all. 1234.5, into two places, is read back as 123.45, 1000 as 10.00, 1E+3 as 0.01; only
# 1234.50 stays what it is. More places than two are refused, fewer are not. What has more figures than the schema
# allows is written too, and read with its last ones gone. fastavro 1.13.1 writes and reads the amounts as they are.
# Seen: 123.45, 10.00, 0.01, 1234.50, and 12345.00 as 1.234E+4 by the one; 1234.50, 1000.00, 1000.00, 1234.50
# Ostiary: reads and writes no Avro; an amount is whole dollars.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" avro==1.12.2 fastavro==1.13.1
PYTHONPATH=$folder python3 -W ignore - <<'END'
import io
import json
from decimal import Decimal
import avro.io
import avro.schema
import fastavro


def one(amount, precision=9):
    kind = {"type": "bytes", "logicalType": "decimal", "precision": precision, "scale": 2}
    schema, held = avro.schema.parse(json.dumps(kind)), io.BytesIO()
    avro.io.DatumWriter(schema).write(Decimal(amount), avro.io.BinaryEncoder(held))
    held.seek(0)
    return str(avro.io.DatumReader(schema).read(avro.io.BinaryDecoder(held)))


def other(amount):
    kind, held = {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}, io.BytesIO()
    fastavro.schemaless_writer(held, kind, Decimal(amount))
    held.seek(0)
    return str(fastavro.schemaless_reader(held, kind))


amounts = ["1234.5", "1000", "1E+3", "1234.50"]
found, right = [one(each) for each in amounts], [other(each) for each in amounts]
print(found, one("12345.00", precision=4), right)
assert found == ["123.45", "10.00", "0.01", "1234.50"]
assert one("12345.00", precision=4) == "1.234E+4"
assert right == ["1234.50", "1000.00", "1000.00", "1234.50"]
try:
    one("0.125")
except Exception as refused:
    assert type(refused).__name__ == "AvroOutOfScaleException"
else:
    raise AssertionError("three places in two")
END
