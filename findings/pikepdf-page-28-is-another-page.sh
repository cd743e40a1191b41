#!/bin/sh
# pikepdf 10.18.0 and pdfminer.six 20260107, beside pypdf 7.1.1 and pypdfium2 5.15.2: pages that a PDF labels by
# letters are called otherwise from the 28th on. The format has A to Z, then AA, BB to ZZ, then AAA; so the latter two
# say, and readers on a screen. The former two say AA, AB to AZ, BA, as a spreadsheet does: page BB of an exhibit is
# the 28th by some and the 54th by others.
# Seen: the 28th page is BB, and AB; the 54th is BBB, and BB
# Ostiary: cites pages by number and by Bates number, and reads no labels.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    pikepdf==10.18.0 pillow==13.0.0 lxml==6.1.3 packaging==26.4 deprecated==1.3.1 wrapt==2.5.2 pypdf==7.1.1 \
    pypdfium2==5.15.2 pdfminer.six==20260107 charset-normalizer==3.5.3 cryptography==50.0.2 cffi==2.1.1 \
    pycparser==3.12 typing_extensions==4.16.0
PYTHONPATH=$folder python3 - <<'END'
import io

import pikepdf
import pypdf
import pypdfium2
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

made = pikepdf.new()
for _ in range(60):
    made.add_blank_page()
letters = pikepdf.Dictionary(S=pikepdf.Name.A)
made.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, letters]))
body = io.BytesIO()
made.save(body)
pages = (0, 26, 27, 53)
miner = [page.label for page in PDFPage.create_pages(PDFDocument(PDFParser(body)))]
opened, shown = pikepdf.open(body), pypdfium2.PdfDocument(body.getvalue())
found = {
    "pypdf": [pypdf.PdfReader(body).page_labels[at] for at in pages],
    "pypdfium2": [shown.get_page_label(at) for at in pages],
    "pikepdf": [opened.pages[at].label for at in pages],
    "pdfminer": [miner[at] for at in pages],
}
print(found)
assert found["pypdf"] == found["pypdfium2"] == ["A", "AA", "BB", "BBB"]
assert found["pikepdf"] == found["pdfminer"] == ["A", "AA", "AB", "BB"]
END
