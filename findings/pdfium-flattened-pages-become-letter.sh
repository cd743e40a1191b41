#!/bin/sh
# pypdfium2 5.15.2: making notes a part of a page (FPDFPage_Flatten) gives a page that inherits its size (PDF 32000-1,
# 7.7.3.4, as several writers have it) the size of US letter, although the page was opened, shown and measured as A4.
# What stood in the upper fifty points is cut off, and every place on the page is fifty points from where it was.
# A page that has its size as its own keeps it, as does a page on which nothing hangs.
# Seen: (595.28, 841.89) then (612.0, 792.0) where it is inherited; (595.28, 841.89) twice where it is the page's own
# Ostiary: gives a page the size that it is shown with as its own before its notes are made a part of it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    pypdfium2==5.15.2 fpdf2==2.8.9 pillow==13.0.0 defusedxml==0.7.1 fonttools==4.60.1
PYTHONPATH=$folder python3 -W ignore - <<'END'
import pypdfium2
import pypdfium2.raw as c
from fpdf import FPDF


def sizes(own):
    paper = FPDF(format="A4")
    paper.add_page()
    paper.set_font("helvetica", size=11)
    paper.cell(text="a line", link="https://example.gov")
    body = bytes(paper.output())
    document = pypdfium2.PdfDocument(body)
    page = document[0]
    if own:
        page.set_mediabox(*page.get_bbox())
    before = page.get_size()
    assert c.FPDFPage_Flatten(page, c.FLAT_NORMALDISPLAY) != c.FLATTEN_FAIL
    page.close()
    return [tuple(round(side, 2) for side in one) for one in (before, document[0].get_size())]


inherited, own = sizes(False), sizes(True)
print(inherited, own)
assert inherited == [(595.28, 841.89), (612.0, 792.0)]
assert own == [(595.28, 841.89), (595.28, 841.89)]
END
