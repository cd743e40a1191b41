#!/bin/sh
# One column of decimal(18, 2), as DuckDB and pyarrow write amounts, read in Node by three packages (npm): hyparquet
# 1.33.0 gives floats, so that 90071992547409.93 loses a cent; @dsnp/parquetjs 1.8.8 gives the eight bytes of the
# unscaled number; and apache-arrow 21.2.0, from the same table as Arrow, gives 123450 for 1234.50, the point left in
# the schema. Integers beyond 2**53 come whole from all three.
# Seen: 1234.5, 90071992547409.92; 000000000001e23a; 123450, 9007199254740993
# Ostiary: writes no amounts as decimals; what an answer holds is text, and reads the same everywhere.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/python" pyarrow==25.0.0
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" \
  hyparquet@1.33.0 @dsnp/parquetjs@1.8.8 apache-arrow@21.2.0
cd "$folder" && PYTHONPATH=python python3 - <<'END'
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

amounts = [Decimal("1234.50"), Decimal("90071992547409.93")]
whole = pa.array([1, 2**53 + 1], pa.int64())
table = pa.table({"amount": pa.array(amounts, pa.decimal128(18, 2)), "whole": whole})
pq.write_table(table, "t.parquet")
with pa.OSFile("t.arrow", "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
    writer.write_table(table)
END
cat > read.mjs <<'END'
import assert from 'assert';
import fs from 'fs';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import parquetjs from '@dsnp/parquetjs';
import { tableFromIPC } from 'apache-arrow';

const floats = await parquetReadObjects({ file: await asyncBufferFromFile('t.parquet') });
const cursor = (await parquetjs.ParquetReader.openFile('t.parquet')).getCursor();
const bytes = [await cursor.next(), await cursor.next()];
const arrow = [...tableFromIPC(fs.readFileSync('t.arrow'))];
const found = [
  floats.map((row) => row.amount), bytes.map((row) => row.amount.toString('hex')), arrow.map((row) => String(row.amount)),
];
console.log(found);
assert.deepStrictEqual(found, [
  [1234.5, 90071992547409.92], ['000000000001e23a', '0020000000000001'], ['123450', '9007199254740993'],
]);
for (const rows of [floats, bytes, arrow]) assert.strictEqual(rows[1].whole, 9007199254740993n);
END
node read.mjs
