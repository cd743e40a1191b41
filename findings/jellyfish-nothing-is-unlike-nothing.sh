#!/bin/sh
# jellyfish 1.3.0: the Jaro and Jaro-Winkler similarity of two empty strings is 0.0, although they are equal
# and the edit distance is 0. A comparison of two records that both lack a middle name so scores as total
# disagreement unless it asks for emptiness first.
# Seen: 0.0 0.0 0; of "a" with itself 1.0
# Ostiary: an absent part is a level of its own and never scored as a likeness.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    jellyfish==1.3.0
PYTHONPATH=$folder python3 - <<'END'
import jellyfish
found = (
    jellyfish.jaro_similarity("", ""),
    jellyfish.jaro_winkler_similarity("", ""),
    jellyfish.levenshtein_distance("", ""),
    jellyfish.jaro_similarity("a", "a"),
)
print(found)
assert found == (0.0, 0.0, 0, 1.0)
END
