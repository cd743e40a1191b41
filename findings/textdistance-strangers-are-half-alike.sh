#!/bin/sh
# textdistance 4.6.3: normalised Needleman-Wunsch similarity of two names without a letter in common is 0.5, not 0, for
# a gap and a mismatch are normalised from -1; and Monge-Elkan, made for names of several words, compares letters unless
# told otherwise: with one letter of five changed a tenth of it is left, or less, by which of the two comes first.
# Seen: smith/jones 0.5; maria/mario 0.1, mario/maria 0.08, maria/maria 1.0
# Ostiary: likeness is a count of whole edits, told by levels; see docs/explanation/how-a-verification-decides.md.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    textdistance==4.6.3 numpy==2.4.6
PYTHONPATH=$folder python3 - <<'END'
import textdistance

found = (
    float(textdistance.needleman_wunsch.normalized_similarity("smith", "jones")),
    round(textdistance.monge_elkan.normalized_similarity("maria", "mario"), 2),
    round(textdistance.monge_elkan.normalized_similarity("mario", "maria"), 2),
    textdistance.monge_elkan.normalized_similarity("maria", "maria"),
)
print(found)
assert found == (0.5, 0.1, 0.08, 1.0)
END
