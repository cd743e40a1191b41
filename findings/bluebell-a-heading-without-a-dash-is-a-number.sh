#!/bin/sh
# bluebell-akn 3.1.1, text to Akoma Ntoso: a heading is what stands behind a dash. Written with a dot, nearly as in acts
# of Congress, `SEC 2. Short title`, it is part of the number, and of the identifier that others cite, sec_2-Shorttitle,
# without an error; so the section is not found as sec_2.
# Seen: eId sec_2-Shorttitle and no heading; sec_2 with the dash
# Known: the project's page says that it never refuses a text, and always makes valid structure of it.
# Ostiary: the law's text is kept in Markdown with the number of each provision as a field of its own.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    bluebell-akn==3.1.1 cobalt==9.0.1 iso8601==2.1.0 lxml==6.1.3
PYTHONPATH=$folder python3 -W ignore - <<'END'
from bluebell.parser import AkomaNtosoParser
from cobalt import FrbrUri


def section(text):
    parser = AkomaNtosoParser(FrbrUri.parse("/akn/us/act/2026/1"))
    made = next(parser.parse_to_xml(text, "act").iter("{*}section"))
    return made.get("eId"), made.find("{*}heading") is not None


found = [section("SEC 2. Short title\n  (a) This act may be cited.\n"), section("SEC 2. - Short title\n  Text.\n")]
print(found)
assert found == [("sec_2-Shorttitle", False), ("sec_2", True)]
END
