#!/bin/sh
# markdown-it-py 4.3.0, and textile 4.0.4: citations are marks of trade. 26 USC 6103(c) is 6103© and 6103(r) is 6103®:
# by markdown-it-py where its typographer is on, by textile always. Subsection (p)(4) beside them stays.
# Seen: 6103©, 6103® and 6103(p)(4) from both
# Ostiary: reads and prints its rule book with markdown-it-py, whose typographer is off, and sets no text by textile.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    markdown-it-py==4.3.0 mdurl==0.1.2 textile==4.0.4 nh3==0.3.8 regex==2026.11.19
PYTHONPATH=$folder python3 - <<'END'
from markdown_it import MarkdownIt
from textile import textile

said = "26 USC 6103(c), 6103(r), 6103(p)(4)"
plain = MarkdownIt("commonmark").render(said)
typeset = MarkdownIt("commonmark", {"typographer": True}).enable("replacements").render(said)
print(plain, typeset, textile(said))
assert "6103(c), 6103(r), 6103(p)(4)" in plain
assert "6103\xa9, 6103\xae, 6103(p)(4)" in typeset
assert "6103&#169;, 6103&#174;, 6103(p)(4)" in textile(said)
END
