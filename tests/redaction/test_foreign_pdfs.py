"""PDFs of others: what leaks before does not leak after, whichever way the name was hidden."""

from itertools import pairwise

import pytest
import typst

from leaky_pdfs import PERSON, SUCCESSOR, WAYS, finders
from ostiary.office.redaction.foreign.marks import Marks, answered_for, digest
from ostiary.office.redaction.foreign.reading import read_pages
from ostiary.office.redaction.foreign.redacting import PdfOfOthers, redact_pdf
from ostiary.office.redaction.foreign.setting import set_anew
from ostiary.office.redaction.foreign.suggestions import suggest
from ostiary.office.redaction.rendering import emptied, rendered

GROUND = "(b)(6)"


def read(body):
    return PdfOfOthers("source.pdf", body, tuple(read_pages(body, "source.pdf")))


def marked(source, *words):
    """Marks on a PDF wherever these words are, answered for by two people."""
    found = suggest(source.pages, words, GROUND)
    numbers = range(1, len(found) + 1)
    once = answered_for(Marks(digest(source.body), tuple(found)), "a.reyes", numbers)
    return answered_for(once, "b.stone", numbers)


@pytest.mark.parametrize("way", WAYS)
def test_a_name_that_leaks_before_does_not_leak_after(way):
    source = read(WAYS[way]())
    assert finders(source.body), "this document does not leak"
    made = redact_pdf(source, marked(source, PERSON, SUCCESSOR)).redacted
    assert made.withheld
    assert finders(made.files["document.pdf"]) == set()
    assert all(b"uispe" not in body for body in made.files.values())
    assert "second part says nothing" in made.files["document.md"].decode()


NAMES = (
    "Li",
    "Maria Quispe",
    "Wolfgang Amadeus Hohenschwangau-Mergenthaler",
    "Jane Q. Public of the Office of the Under Secretary for very long titles, and her deputy too",
    "iiiiiiiiiiiiiiiiii",
    "WWWWWWWWWWWWWWWWWW",
    "Ñandú Æøå",
)
LAYOUTS = {
    "ragged": "",
    "justified": "#set par(justify: true)\n",
    "first lines indented": "#set par(first-line-indent: 2em, spacing: 0.65em)\n",
    "double spaced": "#set par(leading: 1.9em, spacing: 1.9em)\n",
    "narrow": "#set page(margin: (x: 2.6in))\n",
    "two columns": "#set page(columns: 2)\n",
    "centred": "#set align(center)\n",
    "hyphenated": "#set par(justify: true)\n#set text(hyphenate: true)\n",
}
LETTER = """
= About the matter

The point of contact is %s, who answers questions about it within ten days of the day on which they
come in, and says so in writing to both of the parties who signed, %s being one of them.

Nothing here is about anybody. It is a paragraph of a few lines so that there are lines which no
deletion touches, as every document has them, and most have many more of such lines than of others.

+ The first item names the place.
+ The second item names %s and goes on for a while so that its line has to break somewhere.

Signed on the day.
"""


@pytest.fixture(scope="module")
def letters():
    """One page for each layout and name, and where on it the name stands."""
    parts = []
    for setting in LAYOUTS.values():
        for name in NAMES:
            hidden = f"#text(fill: rgb(1, 2, 3))[{name}]"
            parts.append(f"#[#set page(paper: 'us-letter')\n{setting}{LETTER % ((hidden,) * 3)}]\n")
    parts = [one.replace("'", '"') for one in parts]
    source = '#set text(font: "Libertinus Serif", hyphenate: false)\n' + "".join(parts)
    body = typst.compile(source.encode())
    pages = read_pages(body, "letters.pdf")
    assert len(pages) == len(LAYOUTS) * len(NAMES)
    return dict(zip(((a, b) for a in LAYOUTS for b in NAMES), pages, strict=True))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_whatever_name_was_withheld_the_bytes_are_the_same(letters, layout):
    made = []
    for name in NAMES:
        page = letters[layout, name]
        marks = suggest([page], [name], GROUND)
        anew = set_anew([page], marks, title="Letter", bates=["X-1"])
        made.append(rendered(emptied(anew.blocks)))
        assert anew.counted.unseen == 0
    assert all(one == other for one, other in pairwise(made))
    text = made[0]["document.md"].decode()
    assert text.count("[withheld (b)(6)]") == 3
    assert "answers questions about it within ten days of the day on which they come in" in text
