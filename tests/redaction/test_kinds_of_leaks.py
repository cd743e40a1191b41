"""Whatever structure of the format hides a name, and however the page lies: it is gone after."""

import math
from dataclasses import replace
from functools import cache, partial

import pikepdf
import pypdfium2
import pytest

import leaky_kinds
from leaky_kinds import KINDS, PLACINGS, opened, placed
from leaky_pdfs import PERSON, finders, plain, saved, shades_of
from ostiary.domain.errors import InputError
from ostiary.office.redaction.foreign.burning import DOTS
from ostiary.office.redaction.foreign.marks import Mark, Marks, digest
from ostiary.office.redaction.foreign.page_text import Places, painted
from ostiary.office.redaction.foreign.reading import read_pages
from ostiary.office.redaction.foreign.redacting import PdfOfOthers, redact_pdf
from ostiary.office.redaction.foreign.suggestions import suggest

PEOPLE = {"marked_by": "a.reyes", "confirmed_by": "b.stone"}
LOOKED = ("a.reyes", "b.stone")


def read(body):
    return PdfOfOthers("source.pdf", body, tuple(read_pages(body, "source.pdf")))


@cache
def kind_of_leak(kind):
    return read(KINDS[kind]())


def marked(source, *boxes):
    found = suggest(source.pages, [PERSON], "(b)(6)")
    more = [Mark(1, box, "(b)(6)") for box in boxes]
    marks = tuple(replace(one, **PEOPLE) for one in [*found, *more])
    return Marks(digest(source.body), marks)


@pytest.mark.parametrize("kind", KINDS)
def test_what_leaks_by_its_structure_does_not_leak_after(kind):
    source = kind_of_leak(kind)
    made = redact_pdf(source, marked(source)).redacted
    assert finders(made.files["document.pdf"]) == set()
    assert all(b"uispe" not in body for body in made.files.values())


OF_THE_TEXT = {"encrypted, with no password", "linearized", "behind the end"}
"""Structures in which the page's own text lies, and hides nothing besides."""


@pytest.mark.parametrize("kind", KINDS)
def test_each_structure_leaks_by_itself_before(kind, monkeypatch):
    if kind not in OF_THE_TEXT:
        monkeypatch.setattr(leaky_kinds, "plain", partial(plain, person="Otto Falk"))
    assert finders(KINDS[kind]())


BY_HAND = {
    "forms within forms": (),
    "tags that say more": (),
    "outside what is shown": (),
    "encrypted, with no password": (),
    "behind a fax": (),
    "appearances of notes": ((60, 460, 560, 700),),
}
"""Boxes beside those that are suggested: what fields and notes show is no text of the page."""


@pytest.mark.parametrize("kind", BY_HAND)
def test_what_leaks_by_its_structure_does_not_leak_from_a_burned_page(kind):
    source = kind_of_leak(kind)
    marks = marked(source, *BY_HAND[kind])
    burned = redact_pdf(source, marks, burned=[1], looked=LOOKED).redacted
    assert finders(burned.files["pages.pdf"]) == set()
    assert all(b"uispe" not in body for body in burned.files.values())


def together(placings, *, shown=True):
    """A document of one page for each way to lay one out."""
    pdf = pikepdf.new()
    for placing in placings:
        pdf.pages.extend(opened(placed(placing, shown=shown)).pages)
    return saved(pdf)


@pytest.fixture(scope="module")
def burned():
    """What was made of all placings: the pages' pictures, and the same painted by the source."""
    body = together(PLACINGS)
    source = read(body)
    pages = range(1, len(PLACINGS) + 1)
    made = redact_pdf(source, marked(source), burned=pages, looked=LOOKED).redacted
    pdf = made.files["pages.pdf"]
    sources = [pypdfium2.PdfDocument(one) for one in (body, together(PLACINGS, shown=False))]
    return pdf, opened(pdf), *sources


def dots(page, made):
    """The page as it is shown, in the dots of what was made of it."""
    dots = painted(page, Places(page).scale(DOTS))
    assert dots.shape == made.shape
    return dots


def test_nobody_finds_a_name_on_burned_pages_however_they_lie(burned):
    assert finders(burned[0]) == set()


@pytest.mark.parametrize("placing", PLACINGS)
def test_no_dot_of_a_name_is_left_however_the_page_lies(placing, burned):
    _, result, *sources = burned
    at = list(PLACINGS).index(placing)
    made = shades_of(result.pages[at])
    whole, without = (dots(one[at], made) for one in sources)
    name = whole != without
    assert name.any(), "the page does not show the name"
    assert not made[name].any(), "dots of the name are left"
    stays = made == whole >> 4
    assert stays[without < INK].mean() > MOST, "what nobody marked is gone"


INK, MOST = 128, 0.5


@pytest.fixture(scope="module")
def texts():
    """What the pages of all placings say, set anew."""
    source = read(together(PLACINGS))
    made = redact_pdf(source, marked(source)).redacted
    pages = made.files["document.md"].decode().split("## Page ")[1:]
    return dict(zip(PLACINGS, pages, strict=True))


@pytest.mark.parametrize("placing", PLACINGS)
def test_text_is_read_in_its_order_however_the_page_lies(placing, texts):
    text = texts[placing]
    token = "The contact is [withheld (b)(6)]"  # an outline, or a slant, may take the comma
    assert f"{token}, who answers within ten days of" in text.replace(f"{token} ", f"{token}, ")
    assert "The second part says nothing of anybody." in text


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_name_that_also_stands_across_the_page_fails_the_audit(degrees):
    sine = 1 if degrees == 90 else -1
    across = f"BT /F 11 Tf 0 {sine} {-sine} 0 300 400 Tm ({PERSON}) Tj ET\n".encode()
    source = read(saved(plain(more=across)))
    found = suggest(source.pages, [PERSON], "(b)(6)")
    assert len(found) == TWICE
    first = Marks(digest(source.body), (replace(found[0], **PEOPLE),))
    with pytest.raises(InputError, match="words of deletion 1 are also in the kept words"):
        redact_pdf(source, first)


TWICE = 2


def test_what_a_field_or_note_shows_is_searched_on_a_burned_page():
    source = kind_of_leak("appearances of notes")
    with pytest.raises(InputError, match="words of deletion 1 are also in letters behind"):
        redact_pdf(source, marked(source), burned=[1], looked=LOOKED)


ABOUT = (
    "There is a line before it.",
    f"The contact is {PERSON}, who answers.",
    "Another behind it.",
)
DEGREES = (1, 7, 19, 21, 25, 33, 39, 40, 44, 45, 46, 51, 60, 75, 89, -30, -45, -80, 135, 225)


def lines_at(degrees):
    """A page of three lines that are turned about its middle."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    turn = b"%.5f %.5f %.5f %.5f" % (cosine, sine, -sine, cosine)
    return b"".join(
        b"BT /F 11 Tf %s %.3f %.3f Tm (%s) Tj ET\n"
        % (
            turn,
            300 - 90 * cosine + 16 * at * sine,
            400 - 90 * sine - 16 * at * cosine,
            one.encode(),
        )
        for at, one in enumerate(ABOUT)
    )


def test_a_name_on_a_line_of_any_slant_goes_and_no_other_word():
    pdf = pikepdf.new()
    for degrees in DEGREES:
        pdf.pages.extend(opened(saved(plain(more=lines_at(degrees), shown=False))).pages)
    source = read(saved(pdf))
    made = redact_pdf(source, marked(source)).redacted.files["document.md"].decode()
    for degrees, page in zip(DEGREES, made.split("## Page ")[1:], strict=True):
        kept = " ".join(page.split()[2:])
        kept = kept.replace("[withheld (b)(6)] who", "[withheld (b)(6)], who")
        assert kept == " ".join(ABOUT).replace(PERSON, "[withheld (b)(6)]"), degrees
