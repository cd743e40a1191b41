#!/bin/sh
# rdflib 7.6.0: reading a graph rewrites what its literals say. A date with a time zone loses it, "2025-04-07Z" is
# "2025-04-07", which is another value; P12M is P1Y; a code kept as xsd:integer, 01234, is 1234, and 7, 007 and +7 are one
# triple. A graph that is parsed and written again has another digest than the one that was signed.
# Seen: 2025-04-07, P1Y, 1234; one triple of three
# Ostiary: writes its catalogue itself; a signed document is kept and compared as bytes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    rdflib==7.6.0 pyparsing==3.3.3
PYTHONPATH=$folder python3 -W ignore - <<'END'
from rdflib import Graph

text = """@prefix x: <http://www.w3.org/2001/XMLSchema#> . @prefix : <http://vocabulary.example/> .
:a :day "2025-04-07Z"^^x:date ; :term "P12M"^^x:duration ; :code "01234"^^x:integer ; :same 7, 007, +7 ."""
found = {p.split("/")[-1]: str(o) for _, p, o in Graph().parse(data=text, format="turtle")}
print(found, len(Graph().parse(data=text, format="turtle")))
assert found == {"day": "2025-04-07", "term": "P1Y", "code": "1234", "same": "7"}
assert len(Graph().parse(data=text, format="turtle")) == 4
END
