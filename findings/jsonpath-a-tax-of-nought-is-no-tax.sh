#!/bin/sh
# jsonpath-plus 10.4.0 (npm), python-jsonpath 2.2.2: `[?(@.tax)]` asks in RFC 9535 (2.3.5) whether there is a tax, in
# the older dialect, which is JavaScript, whether it is true: a tax of nought is then none, and null, false and "0" are
# at most nought. Neither follows the RFC for false: in it no order stands between false and a number, but the second
# has false below 1, and not at most 0. -1 takes the last case in the second and nothing in the first.
# Seen: of six cases 4 and 6 have a tax by the first, all but 3 by the second; 1 2 4 5 and 1 are at most 0
# Ostiary: asks no paths; an absent fact, one that is nought and one that is false are three.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" jsonpath-plus@10.4.0
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" python-jsonpath==2.2.2
cd "$folder"
cat > asked.json <<'END'
{"cases": [{"n": 1, "tax": 0}, {"n": 2, "tax": null}, {"n": 3}, {"n": 4, "tax": "0"}, {"n": 5, "tax": false},
           {"n": 6, "tax": 5}],
 "paths": ["$.cases[?(@.tax)].n", "$.cases[?(@.tax <= 0)].n", "$.cases[?(@.tax < 1)].n", "$.cases[-1].n"]}
END
node - <<'END'
const assert = require('assert');
const { JSONPath } = require('jsonpath-plus');
const asked = require('./asked.json');
const found = asked.paths.map((path) => JSONPath({ path, json: asked }));
console.log(found);
assert.deepStrictEqual(found, [[4, 6], [1, 2, 4, 5], [1, 2, 4, 5], []]);
END
PYTHONPATH=$folder python3 - <<'END'
import json
import jsonpath

with open("asked.json") as file:
    asked = json.load(file)
found = [jsonpath.findall(path, asked) for path in asked["paths"]]
print(found)
assert found == [[1, 2, 4, 5, 6], [1], [1, 5], [6]]
END
