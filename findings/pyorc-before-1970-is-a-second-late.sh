#!/bin/sh
# pyorc 0.12.0: a moment before 1970 with a fraction of a second is read back a whole second later: half a second
# before 1970 becomes half a second after its beginning. Without a fraction, and from 1970 on, it is the same. A
# decimal with more digits than its column is rounded, and a name longer than its varchar cut, without an error.
# Seen: 1970-01-01 00:00:00.5 for 1969-12-31 23:59:59.5; 1.11 for 1.109; Hernand for Hernandez in varchar(7)
# Ostiary: takes no ORC files; birth dates are days.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    pyorc==0.12.0 tzdata==2026.6
PYTHONPATH=$folder python3 -W ignore - <<'END'
import datetime
import io
from decimal import Decimal
import pyorc

def back(kind, value):
    kept = io.BytesIO()
    with pyorc.Writer(kept, f"struct<value:{kind}>") as writer:
        writer.write((value,))
    kept.seek(0)
    return next(iter(pyorc.Reader(kept)))[0]

def moment(*parts):
    return datetime.datetime(*parts, tzinfo=datetime.timezone.utc)

found = [
    back("timestamp", moment(1969, 12, 31, 23, 59, 59, 500000)) == moment(1970, 1, 1, 0, 0, 0, 500000),
    back("timestamp", moment(1969, 12, 31, 23, 59, 59)) == moment(1969, 12, 31, 23, 59, 59),
    back("timestamp", moment(1970, 1, 1, 0, 0, 1, 500000)) == moment(1970, 1, 1, 0, 0, 1, 500000),
    str(back("decimal(10,2)", Decimal("1.109"))),
    back("varchar(7)", "Hernandez"),
]
print(found)
assert found == [True, True, True, "1.11", "Hernand"]
END
