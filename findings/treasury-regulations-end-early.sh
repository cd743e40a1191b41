#!/bin/sh
# citeurl 12.0.4, eyecite 2.7.8: the section of a Treasury regulation under section 6103 has a paragraph of the
# Code in its middle, 301.6103(p)(7)-1. Both take that for a paragraph of a section 301.6103, which does
# not exist, and drop what follows: -1 and -2 are one citation, and so is each paragraph of either. eyecite names the
# title `chapter` here, and `title` in a citation of the United States Code.
# Seen: citeurl ('301.6103', '(p)(7)') for -1(b) and for -1T; eyecite ('26', '301.6103', '(p)(7)')
# Ostiary: cites such a section whole, and looks up no regulation by a citation that a program read.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    citeurl==12.0.4 markdown==3.11.3 appdirs==1.4.4 pyyaml==6.0.4 \
    eyecite==2.7.8 courts-db==0.10.27 reporters-db==3.2.67 lxml==6.1.3 pyahocorasick==2.3.1 \
    fast-diff-match-patch==2.1.0 regex==2026.11.19
PYTHONPATH=$folder python3 -W ignore - <<'END'
from citeurl import cite
from eyecite import get_citations

read = [cite(f"26 C.F.R. § 301.6103(p)(7)-{end}").tokens for end in ("1(b)", "1T")]
parts = [(one["section"], one["subsection"]) for one in read]
print(parts)
assert parts == [("301.6103", "(p)(7)")] * 2
(found,) = get_citations("26 C.F.R. § 301.6103(p)(7)-1(b)")
print(found.groups, found.metadata.pin_cite)
assert found.groups == {"chapter": "26", "reporter": "C.F.R.", "section": "301.6103"}
assert found.metadata.pin_cite == "(p)(7)"
END
