#!/bin/sh
# pyreadstat 1.3.4: times are written to SPSS, Stata and SAS transport files rounded to the second, so that what
# happened in the last half-second of a day is of the next one: 23:59:59.6 on 6 August is 7 August. The formats hold
# fractions. A receipt or a deadline that is judged by its day moves, in one file of many thousand rows by a row or
# two.
# Seen: 2025-08-07 00:00:00 by all three; 2025-08-06 23:59:59 for 23:59:59.4
# Ostiary: writes none of these formats; a moment is text, in UTC.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    pyreadstat==1.3.4 pandas==2.3.3 numpy==2.2.6 narwhals==2.29.0 python-dateutil==2.9.0.post0 pytz==2026.6 \
    six==1.17.0 tzdata==2026.6
PYTHONPATH=$folder python3 -W ignore - <<'END'
import pathlib
import tempfile
import pandas
import pyreadstat

def back(kind, moment):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "file")
        getattr(pyreadstat, f"write_{kind}")(pandas.DataFrame({"moment": [pandas.Timestamp(moment)]}), path)
        reader = {"sav": "read_sav", "dta": "read_dta", "xport": "read_xport"}[kind]
        return str(getattr(pyreadstat, reader)(path)[0]["moment"][0])

late = [back(kind, "2025-08-06 23:59:59.600") for kind in ("sav", "dta", "xport")]
early = back("sav", "2025-08-06 23:59:59.400")
print(late, early)
assert late == ["2025-08-07 00:00:00"] * 3
assert early == "2025-08-06 23:59:59"
END
