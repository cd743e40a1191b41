#!/bin/sh
# jellyfish 1.3.0: the Match Rating Approach drops vowels and takes the letters not in common from 6; a pair of names
# with one letter left each has 5, which is what names so short need. So any two names whose only consonant stands
# first are a match: Lee and Wu, Ho and Lu, Le and Do, without a letter in common, where Lee and Roy are none. A good
# part of Chinese, Korean and Vietnamese surnames are such names.
# Seen: True True True for those pairs, False for Lee and Roy; the Jaro-Winkler likeness of Lee and Wu is 0
# Known: the rule is that of the approach itself (Moore and others, National Bureau of Standards, 1977).
# Ostiary: does not compare by sound; a slip of the pen in a surname needs five letters.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    jellyfish==1.3.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
import jellyfish

pairs = (("Lee", "Wu"), ("Ho", "Lu"), ("Le", "Do"), ("Lee", "Roy"))
found = [jellyfish.match_rating_comparison(*pair) for pair in pairs]
print(found)
assert found == [True, True, True, False]
assert jellyfish.jaro_winkler_similarity("Lee", "Wu") == 0
END
