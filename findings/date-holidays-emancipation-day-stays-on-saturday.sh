#!/bin/sh
# date-holidays 3.37.0 (npm): a federal holiday on a Saturday or Sunday has its day in lieu, as a substitute; the
# Emancipation Day of the District of Columbia (16 April) has none, though the District's Code moves it likewise (D.C.
# Code 28-2701), and so the last day of April 2022 and 2023 for a return was the 18th (26 USC 7503). A day
# on which nothing need be done counts so as one on which it must be.
# Seen: Juneteenth 2022 twice, 19 and 20 June; Emancipation Day 2022 and 2023 only on Saturday and Sunday
# Known: the country's file has that day as the bare date 04-16, and Juneteenth with its substitutes
# (data/countries/US.yaml).
# Ostiary: counts calendar days; where a term ends on such a day is left to counsel.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" date-holidays@3.37.0
cd "$folder" && node - <<'END'
const assert = require('assert');
const Holidays = require('date-holidays');
const district = new Holidays('US', 'DC');
const days = (name, year) => district.getHolidays(year)
  .filter((one) => one.name.startsWith(name)).map((one) => one.date.slice(0, 10));
const found = [days('Juneteenth', 2022), days('Emancipation', 2022), days('Emancipation', 2023)];
console.log(found);
assert.deepStrictEqual(found, [['2022-06-19', '2022-06-20'], ['2022-04-16'], ['2023-04-16']]);
END
