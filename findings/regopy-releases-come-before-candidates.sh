#!/bin/sh
# regopy 1.5.2 (rego-cpp): semver.compare puts a release before its own candidates, where Semantic Versioning (11.3)
# and the engine that the language comes from put it behind: 1.0.0 is less than 1.0.0-rc. Candidates among themselves
# and other releases are in order. A policy on bills of materials that looks for what is older takes the release for
# older than its trial.
# Seen: -1 for 1.0.0 and 1.0.0-rc; 1 the other way; -1 for alpha and beta; 1 for 2.0.0 and 1.0.0
# Ostiary: orders no versions; a release is named by its digest.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    regopy==1.5.2
PYTHONPATH=$folder python3 -W ignore - <<'END'
import json
import regopy

pairs = (("1.0.0", "1.0.0-rc"), ("1.0.0-rc", "1.0.0"), ("1.0.0-alpha", "1.0.0-beta"), ("2.0.0", "1.0.0"))
found = []
for left, right in pairs:
    said = regopy.Interpreter().query(f'x = semver.compare("{left}", "{right}")')
    found.append(json.loads(str(said))["bindings"]["x"])
print(found)
assert found == [-1, 1, -1, 1]
END
