#!/bin/sh
# pikepdf 10.18.0: to ask a file for its document information adds one where it has none: after reading docinfo the
# trailer has /Info, and what is saved is another file than without the question. Who compares a file before and after,
# or wants none of it in what is published, must not ask.
# Seen: no /Info in what is saved; /Info in what is saved after docinfo was read
# Ostiary: writes no PDF with pikepdf.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    pikepdf==10.18.0 pillow==13.0.0 lxml==6.1.3 deprecated==1.3.1 wrapt==2.5.2 packaging==26.4
PYTHONPATH=$folder python3 - <<'END'
import io
import pikepdf

def saved(body=None, ask=False):
    made, document = io.BytesIO(), pikepdf.open(io.BytesIO(body)) if body else pikepdf.new()
    document.pages or document.add_blank_page()
    ask and document.docinfo
    document.save(made, deterministic_id=True)
    return made.getvalue()

plain = saved()
found = b"/Info" in plain, b"/Info" in saved(plain), b"/Info" in saved(plain, ask=True)
print(found)
assert found == (False, False, True)
END
