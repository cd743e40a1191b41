#!/bin/sh
# formulas 1.3.4, which computes the formulas of spreadsheets: VALUE of an amount with its comma is a day where one can
# be read out of it, and no error. "1,500" is 182623, 1 January 2400; "2,022" is 22 February of the year in which it is
# computed; "12,345" is an error. In spreadsheets all three are the amounts. NUMBERVALUE has 1500, "1,500"+1 is refused.
# Seen: 182623; 365123 for 9,999; the 22nd of February; #VALUE! for 12,345 and for "1,500"+1; 1500
# Ostiary: no formula is worked out, and no amounts are read out of text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" formulas==1.3.4
PYTHONPATH=$folder python3 -W ignore - <<'END'
import datetime
import formulas
import numpy


def computed(formula):
    return str(numpy.asarray(formulas.Parser().ast(formula)[1].compile()()).ravel()[0])


asked = ['=VALUE("1,500")', '=VALUE("9,999")', '=VALUE("12,345")', '="1,500"+1', '=NUMBERVALUE("1,500")']
found = [computed(each) for each in asked]
day = datetime.date(1899, 12, 30) + datetime.timedelta(days=float(computed('=VALUE("2,022")')))
print(found, day)
assert found == ["182623.0", "365123.0", "#VALUE!", "#VALUE!", "1500.0"]
assert (day.month, day.day) == (2, 22)
END
