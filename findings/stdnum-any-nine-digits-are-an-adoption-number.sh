#!/bin/sh
# python-stdnum 2.2: an adoption taxpayer number (ATIN) is of the form 9nn-93-nnnn, but every number written
# 3-2-4 is taken for one. So `stdnum.us.tin` finds each such number valid: areas 000 and 666, which are never
# issued, too, and a number that `ssn` refuses.
# Seen: ssn and itin refuse all three, tin finds them valid, of the kind ['atin']
# Ostiary: does not judge a number by what `tin` says of it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" python-stdnum==2.2
PYTHONPATH=$folder python3 - <<'END'
from stdnum.us import itin, ssn, tin

never = ("000-12-3456", "666-12-3456", "123-00-4567")
print([(ssn.is_valid(one), itin.is_valid(one), tin.is_valid(one), tin.guess_type(one)) for one in never])
assert not any(ssn.is_valid(one) or itin.is_valid(one) for one in never)
assert all(tin.is_valid(one) and tin.guess_type(one) == ["atin"] for one in never)
END
