#!/bin/sh
# pdfminer.six 20260107: a page that is turned by its dictionary (Rotate 90), as scanners and landscape tables have it,
# looks to a reader like any other; its lines are laid out as turned too, and come out a letter at a time. Not turned,
# or read by pypdf 7.1.1 and pypdfium2 5.15.2, it is one line.
# Seen: eight pieces of one letter; `Ada Quill` without Rotate, and by the others
# Known: detect_vertical of LAParams, off unless asked for, is documented as being for vertical text.
# Ostiary: searches what it withheld by letters alone, and by readers of several makes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    pdfminer.six==20260107 pypdf==7.1.1 pypdfium2==5.15.2 cryptography==50.0.2 cffi==2.1.1 pycparser==3.12 \
    reportlab==5.1.0 pillow==13.0.0 charset-normalizer==3.5.3
PYTHONPATH=$folder python3 -W ignore - <<'END'
import io
import pypdf, pypdfium2
from pdfminer.high_level import extract_text
from reportlab.pdfgen.canvas import Canvas


def page(turned):
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(200, 100))
    canvas.setPageRotation(turned)
    canvas.drawString(20, 50, "Ada Quill")
    canvas.save()
    return made


turned = page(90)
pieces = extract_text(turned).split()
others = [
    extract_text(page(0)).strip(), pypdf.PdfReader(turned).pages[0].extract_text().strip(),
    pypdfium2.PdfDocument(turned)[0].get_textpage().get_text_range(),
]
print(pieces, others)
assert len(pieces) > 4 and "Quill" not in pieces and others == ["Ada Quill"] * 3
END
