#!/bin/sh
# regression 2.0.1 (npm): slope and intercept are rounded to two places behind the point (its manual calls them
# significant figures), and the line that is fitted, its predictions and its R squared are those of the rounded ones. A
# share that rises from 2.1 to 2.9 in the hundred within three years has the slope 0 and an R squared of -2.34, though
# the three lie on one line; what grows by 0.004 a month from 10 is 10.05 after twenty years, and not 10.96. With more
# places asked for both are right, and with the shares in hundredths as well.
# Seen: [0, 0.03], -2.34; [0, 10.05], 10.05; [0.004, 10], 10.96; [0.4, -805.9], 1
# Ostiary: fits in full figures, and rounds what it prints.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" regression@2.0.1
cd "$folder" && node - <<'END'
const assert = require('assert');
const regression = require('regression');
const shares = regression.linear([[2020, 0.021], [2021, 0.025], [2022, 0.029]]);
const hundredths = regression.linear([[2020, 2.1], [2021, 2.5], [2022, 2.9]]);
const months = [...Array(24)].map((_, month) => [month, 10 + 0.004 * month]);
const [two, six] = [regression.linear(months), regression.linear(months, { precision: 6 })];
const found = [shares.equation, shares.r2, two.equation, two.predict(240)[1], six.equation, six.predict(240)[1]];
console.log(found, hundredths.equation, hundredths.r2);
assert.deepStrictEqual(found, [[0, 0.03], -2.34, [0, 10.05], 10.05, [0.004, 10], 10.96]);
assert.deepStrictEqual([hundredths.equation, hundredths.r2], [[0.4, -805.9], 1]);
END
