#!/bin/sh
# feelin 8.2.0 (npm): the function for a duration of years and months, which by the definition of decision tables
# (DMN, 10.3.4) has no days, gives days too: from 31 January to 28 February it is P28D where P0M is meant, and from 29
# February to 28 February of the next year P11M30D. So it equals none of the durations that a table compares it with,
# and a rule for "less than a month" is passed over.
# Seen: P28D, P11M30D; false for the comparison with duration("P0M"); P2M from 15 January to 15 March
# Ostiary: counts terms in days, or to a day that is written down.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" feelin@8.2.0
cd "$folder" && node - <<'END'
const assert = require('assert');
import('feelin').then(({ evaluate }) => {
  const found = [
    'years and months duration(date("2025-01-31"), date("2025-02-28"))',
    'years and months duration(date("2024-02-29"), date("2025-02-28"))',
    'years and months duration(date("2025-01-31"), date("2025-02-28")) = duration("P0M")',
    'years and months duration(date("2025-01-15"), date("2025-03-15"))',
  ].map((asked) => String(evaluate(asked, {}).value));
  console.log(found);
  assert.deepStrictEqual(found, ['P28D', 'P11M30D', 'false', 'P2M']);
});
END
