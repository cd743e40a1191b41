#!/bin/sh
# elementpath 5.1.4: format-date of XPath with the picture for a month's name, [MNn], writes its number where no
# language is given, and the name where one is; so with the name of a day of the week. The definition (XPath functions
# 3.1, 9.8.4) leaves the language to the implementation but not the kind. A letter made by the short form says 8 6,
# 2025.
# Seen: 8 6, 2025 and 3; August 6, 2025
# Ostiary: writes dates of letters from its own lists of months, in both languages.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    elementpath==5.1.4
PYTHONPATH=$folder python3 -W ignore - <<'END'
import xml.etree.ElementTree as tree
import elementpath
from elementpath.xpath3 import XPath3Parser

asked = (
    "format-date(xs:date('2025-08-06'), '[MNn] [D], [Y]')",
    "format-date(xs:date('2025-08-06'), '[FNn]')",
    "format-date(xs:date('2025-08-06'), '[MNn] [D], [Y]', 'en', (), ())",
)
found = [elementpath.select(tree.XML("<a/>"), each, parser=XPath3Parser) for each in asked]
print(found)
assert found == ["8 6, 2025", "3", "August 6, 2025"]
END
