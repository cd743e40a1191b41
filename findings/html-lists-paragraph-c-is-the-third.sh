#!/bin/sh
# Three packages make text of HTML, and each numbers lists in its own way. A list that begins at letter c, as the
# paragraphs of a provision do (type="a" start="3"), is c. and d. in a browser, 3. and 4. by html2text 2025.4.15, 1. and
# 2. by inscriptis 2.7.6, and has no numbers by html-text 0.7.1. Where an item says its own number (value="9"), the
# first has 1 and the second 9. In a table where a name stands for two rows, all three put the second row's tax into
# the column of the names.
# Seen: 3, 4, then 1; 1, 2, then 9; none; 9000 in the first column by all
# Ostiary: names each provision by its USLM identifier, and takes no text out of pages.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" \
  html2text==2025.4.15 inscriptis==2.7.6 html-text==0.7.1
PYTHONPATH=$folder python3 -W ignore - <<'END'
import html2text
import html_text
import inscriptis

pages = [
    '<ol type="a" start="3"><li>returns</li><li>return information</li></ol>',
    '<ol><li value="9">returns</li></ol>',
    "<table><tr><td rowspan=2>Ann</td><td>100</td></tr><tr><td>9000</td></tr></table>",
]
makers = [html2text.html2text, inscriptis.get_text, html_text.extract_text]
found = [[[line.strip() for line in maker(page).splitlines() if line.strip()] for page in pages] for maker in makers]
print(found)
assert found == [
    [["3. returns", "4. return information"], ["1. returns"], ["Ann| 100", "---|---", "9000"]],
    [["1. returns", "2. return information"], ["9. returns"], ["Ann   100", "9000"]],
    [["returns", "return information"], ["returns"], ["Ann 100", "9000"]],
]
END
