#!/bin/sh
# pymerkle 7.0.0: entries are counted from 1; an inclusion path has the leaf's own hash in it, so it is one longer
# than a path of RFC 9162; and there is no consistency proof from the empty tree, which the RFC calls
# consistent with every tree: prove_consistency(0, n) raises InvalidChallenge.
# Seen: append_entry -> 1; path of entry 1 of 3: 3 hashes, the first SHA-256(00 || entry); InvalidChallenge
# Ostiary: its own proofs follow RFC 9162.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    pymerkle==7.0.0 cachetools==7.2.1
PYTHONPATH=$folder python3 - <<'END'
import hashlib
from pymerkle import InmemoryTree, InvalidChallenge
tree = InmemoryTree(algorithm="sha256")
first = [tree.append_entry(entry) for entry in (b"a", b"b", b"c")][0]
path = tree.prove_inclusion(1, 3).serialize()["path"]
try:
    tree.prove_consistency(0, 3)
    raised = False
except InvalidChallenge:
    raised = True
print(first, len(path), path[0] == hashlib.sha256(b"\0a").hexdigest(), raised)
assert first == 1 and len(path) == 3 and raised
assert path[0] == hashlib.sha256(b"\0a").hexdigest()
END
