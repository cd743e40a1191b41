#!/bin/sh
# pypdfium2 5.15.2: a filled field of a form is not painted, though the file has its appearance, unless the forms of the
# document were made ready before the page was opened; made ready after it they stay blank, without a word. What is in
# them is no text of the page in any case, to pypdf 7.1.1 and pdfminer.six neither: a filled form reads as an empty one.
# Seen: dark dots 0, 0 when made ready after the page, more than 100 before it; text '' of all three
# Known: the documentation of init_forms says that it comes before pages.
# Ostiary: makes forms ready before a page is opened, and lists fields apart from the text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    pypdfium2==5.15.2 pypdf==7.1.1 pdfminer.six==20260107 reportlab==5.1.0 pillow==13.0.0 \
    charset-normalizer==3.5.3 cryptography==50.0.2 cffi==2.1.1 pycparser==3.12
PYTHONPATH=$folder python3 -W ignore - <<'END'
import io
import pypdf, pypdfium2
from pdfminer.high_level import extract_text
from reportlab.pdfgen.canvas import Canvas

made = io.BytesIO()
canvas = Canvas(made, pagesize=(200, 100))
canvas.acroForm.textfield(name="name", value="ANA LEE", x=20, y=40, width=150, height=30, borderWidth=0)
canvas.showPage()
canvas.save()

def letters(ready):
    document = pypdfium2.PdfDocument(made)
    if ready == "before":
        document.init_forms()
    page = document[0]
    if ready == "after":
        document.init_forms()
    dots = page.render().to_pil().convert("L").tobytes()
    return sum(dot < 128 for dot in dots)

found = [letters(ready) for ready in ("", "after", "before")]
texts = [
    pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range(),
    pypdf.PdfReader(made).pages[0].extract_text(),
    extract_text(made).strip(),
]
print(found, texts)
assert found[0] == found[1] < 20 < 100 < found[2] and texts == [""] * 3
END
