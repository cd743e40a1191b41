#!/bin/sh
# rdflib 7.6.0: in SPARQL "?y IN (2022)" is by its standard (17.4.1.9) the same as "?y = 2022". Here = compares values,
# IN compares terms: a year that is an xsd:int or a decimal, as other writers have them, equals 2022, is not in (2022),
# and is therefore in NOT IN (2022), the opposite of !=. Who lists the years of a request in IN loses people from it.
# pyoxigraph 0.5.13 gives the same rows for both, from the same graph.
# Seen: = a b c, IN b, NOT IN a c e, != e by the one; a b c, a b c, e, e by the other
# Ostiary: asks its records in SQL, where IN is = with each.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" rdflib==7.6.0 pyoxigraph==0.5.13
PYTHONPATH=$folder python3 -W ignore - <<'END'
import pyoxigraph
import rdflib

years = """@prefix : <https://example.gov/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:a :year "2022"^^xsd:int . :b :year 2022 . :c :year 2022.0 . :e :year 2023 ."""
one, other = rdflib.Graph().parse(data=years, format="turtle"), pyoxigraph.Store()
other.load(years.encode(), format=pyoxigraph.RdfFormat.TURTLE)
filters = ["?y = 2022", "?y IN (2022)", "?y NOT IN (2022)", "?y != 2022"]
asked = [f"SELECT ?s {{ ?s <https://example.gov/year> ?y FILTER({each}) }}" for each in filters]
found = ["".join(sorted(str(row.s)[-1] for row in one.query(each))) for each in asked]
right = ["".join(sorted(row["s"].value[-1] for row in other.query(each))) for each in asked]
print(found, right)
assert found == ["abc", "b", "ace", "e"]
assert right == ["abc", "abc", "e", "e"]
END
