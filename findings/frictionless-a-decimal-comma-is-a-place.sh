#!/bin/sh
# frictionless 5.21.0: amounts with a decimal comma, in a file with semicolons as spreadsheets of half the world save
# it, are places on earth: the column is inferred a geopoint, and 1,5 is read as longitude 1 and latitude 5, without
# an error.
# Seen: geopoint; [1.0, 5.0] and [2.0, 75.0]
# Ostiary: declares the type of each column and infers none; a comma in a number is refused by its row.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    frictionless==5.21.0 attrs==26.1.0 chardet==7.7.0 humanize==4.17.0 isodate==0.7.2 jinja2==3.1.6 \
    markupsafe==3.0.4 jsonschema==4.26.0 jsonschema-specifications==2025.9.1 referencing==0.37.0 \
    rpds-py==2026.9.1 marko==2.2.4 petl==1.7.30 pydantic==2.14.4 pydantic_core==2.50.5 \
    annotated-types==0.8.0 typing-inspection==0.4.5 python-dateutil==2.9.0.post0 six==1.17.0 \
    python-slugify==9.2.0 text-unidecode==1.3 pyyaml==6.0.4 requests==2.34.2 certifi==2026.10.19.post1 \
    charset-normalizer==3.5.3 idna==3.20 urllib3==2.8.0 rfc3986==1.5.0 simpleeval==1.0.8 tabulate==0.10.0 \
    typer==0.29.2 rich==15.0.0 markdown-it-py==4.3.0 mdurl==0.1.2 pygments==2.21.0 shellingham==1.5.4 \
    annotated-doc==0.0.7 click==8.4.0 typing_extensions==4.16.0 validators==0.36.0
PYTHONPATH=$folder python3 - <<'END'
import os
import tempfile

from frictionless import Resource

os.chdir(tempfile.mkdtemp(dir=os.environ["PYTHONPATH"]))
with open("amounts.csv", "w") as file:
    file.write("name;amount\nA;1,5\nB;2,75\n")
table = Resource("amounts.csv")
read = [list(map(float, row["amount"])) for row in table.read_rows()]
kinds = [field.type for field in table.schema.fields]
print(kinds, read)
assert kinds == ["string", "geopoint"]
assert read == [[1.0, 5.0], [2.0, 75.0]]
END
