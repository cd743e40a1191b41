#!/bin/sh
# pdfminer.six 20260107, pypdf 7.1.1, pypdfium2 5.15.2: figures that are set with room between them, as the boxes of
# forms are filled, are one number to pypdf and pdfium and nine to pdfminer (and pdfplumber): 1 2 3 4 ... With a kerning
# of 0.18 of the type's size between two words pdfminer and the others see a blank, pdfplumber 0.11.10 none.
# Seen: '123456789', '123456789', '1 2 3 4 5 6 7 8 9'
# Ostiary: searches what it withheld by letters and figures alone, without the blanks between them.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    pdfminer.six==20260107 pypdf==7.1.1 pypdfium2==5.15.2 cryptography==50.0.2 cffi==2.1.1 pycparser==3.12 \
    reportlab==5.1.0 pillow==13.0.0 charset-normalizer==3.5.3
PYTHONPATH=$folder python3 -W ignore - <<'END'
import io
import pypdf, pypdfium2
from pdfminer.high_level import extract_text
from reportlab.pdfgen.canvas import Canvas

made = io.BytesIO()
canvas = Canvas(made)
canvas.setFont("Helvetica", 12)
canvas.drawString(72, 700, "123456789", charSpace=6)
canvas.save()
found = (
    pypdf.PdfReader(made).pages[0].extract_text().strip(),
    pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range(),
    extract_text(made).strip(),
)
print(found)
assert found == ("123456789", "123456789", "1 2 3 4 5 6 7 8 9")
END
