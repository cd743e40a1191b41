#!/bin/sh
# zen-engine 2.1.3: a month from 31 January is 28 February, and twelve months from 29 February are 28 February of the
# next year; a year from it is no date, without an error: it is neither before nor after any day, and its text is
# "Invalid date". A term of years that began on that day so has neither ended nor not ended, and the row of a decision
# table that asks for either is passed over.
# Seen: 2025-02-28; 2025-02-28; Invalid date; False and False
# Ostiary: a term of years from 29 February ends on 28 February where it permits, and on 1 March where it keeps.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    zen-engine==2.1.3
PYTHONPATH=$folder python3 -W ignore - <<'END'
import zen

questions = (
    "d('2025-01-31').add('1M').format('%Y-%m-%d')",
    "d('2024-02-29').add('12M').format('%Y-%m-%d')",
    "d('2024-02-29').add('1y').format('%Y-%m-%d')",
    "d('2024-02-29').add('1y').isBefore('2030-01-01')",
    "d('2024-02-29').add('1y').isAfter('2020-01-01')",
)
found = [zen.evaluate_expression(question, {}) for question in questions]
print(found)
assert found == ["2025-02-28", "2025-02-28", "Invalid date", False, False]
END
