#!/bin/sh
# striprtf 0.0.35: a redlined agreement in RTF comes out with what was struck and what was put in its place side by
# side, and with what is hidden; notes of reviewers are left out. The three Word readers that were tried beside it
# (mammoth, docx2txt, docx2python) leave out what is struck. Seen: "The term is 45 90 days. not shown"
# Ostiary: reads no RTF; a document is redacted at its source, or from the page as it is printed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" striprtf==0.0.35
PYTHONPATH=$folder python3 - <<'END'
from striprtf.striprtf import rtf_to_text

redlined = (
    r"{\rtf1\ansi The term is {\deleted\revauthdel1 45 }{\revised\revauth1 90 }days."
    r"{\v  not shown}{\*\annotation a reviewer's note}}"
)
text = rtf_to_text(redlined)
print(repr(text))
assert text.strip() == "The term is 45 90 days. not shown"
END
