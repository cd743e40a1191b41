#!/bin/sh
# pdfplumber 0.11.10: text is put in order by where its letters stand, so that a line printed twice at one place, as old
# programs do for bold, comes out letter by letter: AAnnaa LLeeee. A number that is printed over another is woven with
# it, and the raised mark of a footnote joins the number before it: section 6103, note 1, is 61031. pdfium 5.15.2 gives
# the doubled line once, pypdf 7.1.1 twice, whole.
# Seen: 'AAnnaa LLeeee', '1X2X3X4X', 'Section 61031'; pypdf 'Ana Lee', 'Ana Lee'; pdfium 'Ana Lee'
# Ostiary: does not use it; its audit reads letters in the order in which they are painted.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    pdfplumber==0.11.10 pdfminer.six==20260107 pypdfium2==5.15.2 pypdf==7.1.1 pillow==13.0.0 \
    charset-normalizer==3.5.3 cryptography==50.0.2 cffi==2.1.1 pycparser==3.12 reportlab==5.1.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
import io
import pdfplumber, pypdf, pypdfium2
from reportlab.pdfgen.canvas import Canvas

def page(*told):
    made = io.BytesIO()
    canvas = Canvas(made)
    for x, y, size, text in told:
        canvas.setFont("Courier", size)
        canvas.drawString(x, y, text)
    canvas.save()
    return made

twice = page((72, 700, 12, "Ana Lee"), (72, 700, 12, "Ana Lee"))
over = page((72, 700, 12, "1234"), (73, 700, 12, "XXXX"))
note = page((72, 700, 12, "Section 6103"), (159, 705, 6, "1"))
woven = [pdfplumber.open(one).pages[0].extract_text() for one in (twice, over, note)]
whole = pypdf.PdfReader(twice).pages[0].extract_text().split()
once = pypdfium2.PdfDocument(twice)[0].get_textpage().get_text_range()
print(woven, whole, once)
assert woven == ["AAnnaa LLeeee", "1X2X3X4X", "Section 61031"]
assert (whole, once) == (["Ana", "Lee"] * 2, "Ana Lee")
END
