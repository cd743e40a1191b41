#!/bin/sh
# rdflib 7.6.0, PyLD 3.3.0: a catalogue in JSON-LD 1.1 with 1.0 in it has other triples by the two. The algorithm (JSON-LD
# 1.1 API, object to RDF conversion) makes an integer of a number without a fraction, so that 1 and 1.0 are one
# value; rdflib makes a double of 1.0, and writes doubles in another form. So digests of the graph, counts and
# queries for 1 differ.
# Seen: of [1, 1.0, 1.5] rdflib 1 integer, 1.0 double, 1.5 double; pyld 1 integer, 1.5E0 double
# Ostiary: its catalogue (DCAT in JSON-LD) has text, days and flags, no numbers.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    rdflib==7.6.0 pyparsing==3.3.3 PyLD==3.3.0 cachetools==8.0.2 frozendict==2.5.1 lxml==6.1.3
PYTHONPATH=$folder python3 -W ignore - <<'END'
import json
from pyld import jsonld
from rdflib import Graph

told = {"@context": {"@vocab": "http://vocabulary.example/"}, "@id": "urn:x", "count": [1, 1.0, 1.5]}
one = sorted(Graph().parse(data=json.dumps(told), format="json-ld").objects())
one = sorted(f"{value} {value.datatype.split('#')[1]}" for value in one)
other = sorted(
    f"{row['object']['value']} {row['object']['datatype'].split('#')[1]}"
    for row in jsonld.to_rdf(told)["@default"]
)
print(one, other)
assert one == ["1 integer", "1.0 double", "1.5 double"] and other == ["1 integer", "1.5E0 double"]
END
