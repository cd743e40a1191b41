#!/bin/sh
# xmlschema 4.3.2: to encode a decimal takes the text that Python has for it, and for round sums that came out of a
# calculation that is one with an exponent, which xs:decimal does not have: a hundred becomes 1E+2, one ten-millionth
# 1E-7. Nothing is raised, though the same schema then calls the document invalid. 100.00 stays 100.00.
# Seen: 1E+2, not valid; 1E-7, not valid; 100.00, valid
# Ostiary: uses no XML schema; an amount is whole dollars, as an integer.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    xmlschema==4.3.2 elementpath==5.1.4
PYTHONPATH=$folder python3 -W ignore - <<'END'
import xml.etree.ElementTree as tree
from decimal import Decimal
import xmlschema

schema = xmlschema.XMLSchema(
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="paid" type="xs:decimal"/></xs:schema>'
)
found = []
for amount in (Decimal("100.00").normalize(), Decimal("0.0000001"), Decimal("100.00")):
    written = schema.encode(amount, path="paid")
    found.append((tree.tostring(written).decode(), schema.is_valid(written)))
print(found)
assert found == [("<paid>1E+2</paid>", False), ("<paid>1E-7</paid>", False), ("<paid>100.00</paid>", True)]
END
