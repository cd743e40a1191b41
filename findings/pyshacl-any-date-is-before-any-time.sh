#!/bin/sh
# pyshacl 0.40.1 with rdflib 7.6.0: `sh:lessThan` is broken by values that cannot be compared (SHACL 4.5.3), as a date
# and a moment cannot. It is kept where the first is a date and the second a moment, whatever they say, and broken the
# other way round: an agreement issued on a day of 2030 is before its end at a moment of 2026. Terms of years and
# months are compared as texts: a year is less than two months.
# Seen: kept for 2030-01-01 and 2026-01-02T00:00:00, broken when exchanged; likewise for P1Y and P2M
# Ostiary: one column is one kind of date; the catalogue's dates are compared before it is written.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    pyshacl==0.40.1 importlib-metadata==10.2.0 zipp==4.1.2 lazy-importer==0.1.0 owlrl==7.6.2 rdflib==7.6.0 \
    pyparsing==3.3.3 packaging==26.4 prettytable==3.18.0 wcwidth==0.9.4
PYTHONPATH=$folder python3 -W ignore - <<'END'
import pyshacl, rdflib

names = "@prefix sh: <http://www.w3.org/ns/shacl#>. @prefix d: <http://www.w3.org/2001/XMLSchema#>. "
names += "@prefix x: <urn:x:>."
shape = rdflib.Graph().parse(
    data=names + "x:s a sh:NodeShape; sh:targetNode x:a; sh:property [sh:path x:issued; sh:lessThan x:ends].",
    format="turtle",
)
day, moment = '"2030-01-01"^^d:date', '"2026-01-02T00:00:00"^^d:dateTime'
year, months = '"P1Y"^^d:duration', '"P2M"^^d:duration'


def kept(issued, ends):
    data = rdflib.Graph().parse(data=f"{names} x:a x:issued {issued}; x:ends {ends}.", format="turtle")
    return pyshacl.validate(data, shacl_graph=shape)[0]


found = [kept(day, moment), kept(moment, day), kept(year, months), kept(months, year)]
print(found)
assert found == [True, False, True, False]
END
