#!/bin/sh
# read-excel-file 9.3.17 (npm): of the 1440 minutes of a day, as a sheet holds them, 544 are read as a thousandth of a
# second before, so that their minute is the one before: 23:30 is 23:29:59.999, and eight full hours are in the hour
# before. Fractions of a day are cut off where they ought to be rounded; openpyxl 3.1.5 reads all of them as it wrote
# them. Midnight is whole, and days without a time are right.
# Seen: 544 of 1440 by the one, among them 23:30, eight in another hour; 0 by the other
# Ostiary: a time in a column of days is a row error (bad-date); midnight is the day.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" openpyxl==3.1.5
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" read-excel-file@9.3.17
FOLDER=$folder PYTHONPATH=$folder python3 -W ignore - <<'END'
import datetime
import os
import openpyxl

minutes = [datetime.datetime(2026, 1, 31) + datetime.timedelta(minutes=each) for each in range(1440)]
book = openpyxl.Workbook()
for each in minutes:
    book.active.append([each])
path = os.environ["FOLDER"] + "/minutes.xlsx"
book.save(path)
assert [row[0].value for row in openpyxl.load_workbook(path).active] == minutes
END
cd "$folder" && node - <<'END'
const assert = require('assert');
const required = require('read-excel-file/node');
const read = required.default || required;
(async () => {
  const [{ data }] = await read('minutes.xlsx');
  const written = data.map((_, minute) => new Date(Date.UTC(2026, 0, 31) + minute * 60000));
  const early = data.map(([each], row) => each.getTime() === written[row].getTime() - 1);
  const other = data.map(([each], row) => each.getUTCHours() !== written[row].getUTCHours());
  const count = (list) => list.filter(Boolean).length;
  console.log(data.length, count(early), count(other), data[1410][0]);
  assert.deepStrictEqual([data.length, count(early), count(other)], [1440, 544, 8]);
  assert.strictEqual(data[1410][0].toISOString(), '2026-01-31T23:29:59.999Z');
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
END
