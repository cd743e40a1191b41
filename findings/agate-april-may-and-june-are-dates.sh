#!/bin/sh
# agate 1.14.2, the reader of csvkit: the kind of a column is guessed, and a date may be words. A column of the given
# names April, May and June is one of dates in the year 1, so is one of the surnames May and March; hours worked
# written 1:30 and 25:00 are minutes and seconds. With one name more that is none of these the column is text again:
# what a column is depends on who is in it.
# Seen: 0001-04-01 0001-05-01 0001-06-01; Text with Ruth; 0:01:30 and 0:25:00
# Known: the documentation of TypeTester has the order of kinds; that of parsedatetime has dates in words.
# Ostiary: a column has the kind that its format declares.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    agate==1.14.2 babel==2.19.0 isodate==0.7.2 leather==0.4.1 parsedatetime==2.6 python-slugify==9.2.0 \
    text-unidecode==1.3 pytimeparse==1.1.10 tzdata==2026.6
PYTHONPATH=$folder python3 -W ignore - <<'END'
import io
import agate


def column(*values):
    read = agate.Table.from_csv(io.StringIO("\n".join(("named", *values, "")))).columns[0]
    return type(read.data_type).__name__, [str(value) for value in read.values()]


assert column("May", "March")[0] == "Date"
found = [column("April", "May", "June"), column("April", "May", "June", "Ruth"), column("1:30", "25:00")]
print(found)
assert found[0] == ("Date", ["0001-04-01", "0001-05-01", "0001-06-01"])
assert found[1][0] == "Text" and found[2] == ("TimeDelta", ["0:01:30", "0:25:00"])
END
