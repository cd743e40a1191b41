#!/bin/sh
# pypdfium2 5.15.2 (pdfium): a hyphen at the end of a line before a letter is U+FFFE, which is no character, and the
# line's end is gone: "infor-", "mation" is one line. Between figures both stay: "2020-", CR LF, "2022". A soft hyphen
# within a line is a plain hyphen. A search for the word, or for the hyphen, finds none; an XML writer refuses the text.
# Seen: 'infor\ufffemation', 'years 2020-\r\n2022', 'infor-mation'
# Ostiary: reads U+FFFE as the hyphen that it stands for, and parts lines by where letters stand.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    pypdfium2==5.15.2 reportlab==5.1.0 pillow==13.0.0 charset-normalizer==3.5.3
PYTHONPATH=$folder python3 - <<'END'
import io
import pypdfium2
from reportlab.pdfgen.canvas import Canvas

def read(*lines):
    made = io.BytesIO()
    canvas = Canvas(made)
    for number, line in enumerate(lines):
        canvas.drawString(72, 700 - 14 * number, line)
    canvas.save()
    return pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range()

found = read("infor-", "mation"), read("years 2020-", "2022"), read("infor\u00admation")
print(ascii(found))
assert found == ("infor\ufffemation", "years 2020-\r\n2022", "infor-mation")
END
