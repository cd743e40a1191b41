#!/bin/sh
# probablepeople 0.5.6: whether a person named Church is a person depends on the given name: Grace Church is one,
# Robert Church is a corporation; Baby Girl Smith is a person and Baby Boy Jones a corporation. As a filter
# for organisations it drops people.
# Seen: Corporation, Person, Corporation, Person
# Ostiary: does not sort people from firms by their names.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    probablepeople==0.5.6 probableparsing==0.0.1 python-crfsuite==0.9.12 DoubleMetaphone==1.2
PYTHONPATH=$folder python3 - <<'END'
import probablepeople
names = ("Robert Church", "Grace Church", "Baby Boy Jones", "Baby Girl Smith")
found = [probablepeople.tag(name)[1] for name in names]
print(found)
assert found == ["Corporation", "Person", "Corporation", "Person"]
END
