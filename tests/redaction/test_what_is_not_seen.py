"""What a page's reader does not see is not published, though nobody marked it; each way by hand."""

from dataclasses import replace

import pytest
from pikepdf import Array, Dictionary, Name

from leaky_pdfs import plain, saved
from ostiary.domain.errors import InputError
from ostiary.office.redaction.foreign.marks import Mark, Marks, digest
from ostiary.office.redaction.foreign.reading import burn_pages, read_pages
from ostiary.office.redaction.foreign.redacting import PdfOfOthers, redact_pdf
from ostiary.office.redaction.foreign.suggestions import suggest
from ostiary.office.redaction.foreign.unapplied import check_unapplied

PEOPLE = {"marked_by": "a.reyes", "confirmed_by": "b.stone"}
SAID = "BT {how} /F {size} Tf {x} 400 Td ({words}) Tj ET"


def said(words, *, how="", size=11, x=72):
    return SAID.format(words=words, how=how, size=size, x=x).encode() + b"\n"


CLERK = said("a clerk of it")
OVER = {
    "other text that is said to be meant": b"/Span <</ActualText (Otto Falk)>> BDC %bEMC" % CLERK,
    "the same by name": b"/Span /P BDC %bEMC" % CLERK,
    "unpainted over a word": CLERK + said("Otto Falk", how="3 Tr"),
    "a path for painting over a word": b"q " + said("Otto Falk", how="7 Tr") + b"Q " + CLERK,
    "typed over": said("Otto Falk") + said("XXXXXXXX", size=12, x=71),
    "white over a word": CLERK + said("Otto Falk", how="1 g"),
}  # fmt: skip


def read(body):
    return PdfOfOthers("source.pdf", body, tuple(read_pages(body, "source.pdf")))


def with_property(pdf):
    pdf.pages[0].obj.Resources.Properties = Dictionary(P=Dictionary(ActualText="Otto Falk"))
    return pdf


def answered(source):
    marks = suggest(source.pages, ["Maria Quispe"], "(b)(6)")
    return Marks(digest(source.body), tuple(replace(one, **PEOPLE) for one in marks))


def published(source):
    return redact_pdf(source, answered(source)).redacted.files["document.md"].decode()


@pytest.mark.parametrize("way", OVER)
def test_a_name_that_lies_over_seen_words_is_not_published(way):
    text = published(read(saved(with_property(plain(more=OVER[way])))))
    assert not any(one in text for one in ("Otto", "Falk", "F a l k"))
    assert "a clerk of it" in text or "Words lie over each other" in text


SEEN = {
    "set twice": said("a clerk") + said("a clerk", x=72.3),
    "joined letters": said("office, waffle, difficult"),
    "on a line to be filled in": said("________________") + said("a clerk"),
    "over dots": said("........................") + said("a clerk"),
    "before a large word": said("COPY", how="0.9 g", size=60) + said("a clerk of it"),
    "accents apart": said("Jos") + said("e", x=90) + said("\\264", x=91),
}


@pytest.mark.parametrize("way", SEEN)
def test_words_that_are_seen_stay(way):
    source = read(saved(plain(more=SEEN[way])))
    assert not source.pages[0].overlays


@pytest.mark.parametrize(("over", "told"), [("XXXXXXXX", True), ("Falk", True), ("", False)])
def test_that_words_lie_over_each_other_is_told_of_words_under_no_mark_alone(over, told):
    source = read(saved(plain(more=said("Otto Falk") + said(over, x=71))))
    marks = answered(source)
    alone = redact_pdf(source, marks).redacted.files["document.md"].decode()
    assert ("Words lie over each other" in alone) is told
    box = Mark(1, (60.0, 380.0, 200.0, 400.0), "(b)(6)", **PEOPLE)
    marked = redact_pdf(source, replace(marks, marks=(*marks.marks, box))).redacted
    assert "Words lie over each other" not in marked.files["document.md"].decode()


def unapplied(*, quads=False):
    pdf = plain(more=said("Otto Falk"))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=Array([60, 390, 200, 420]))
    if quads:
        note.Rect = Array([0, 0, 612, 792])
        note.QuadPoints = Array([60, 420, 200, 420, 60, 390, 200, 390])
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])
    return read(saved(pdf))


@pytest.mark.parametrize("quads", [False, True])
def test_a_redaction_that_was_not_applied_is_suggested(quads):
    source = unapplied(quads=quads)
    text = published(source)
    assert "Falk" not in text
    assert "Otto" not in text


def test_a_redaction_that_was_not_applied_and_not_marked_is_refused():
    source = unapplied()
    marks = answered(source)
    without = [one for one in marks.marks if one.suggested == "words given"]
    with pytest.raises(InputError, match=r"page 1: has a redaction that was never applied"):
        redact_pdf(source, replace(marks, marks=tuple(without)))


OVER_DRAWN = (60.0, 492.0, 200.0, 522.0)  # a box over drawing alone, as the page is shown


@pytest.mark.parametrize(
    ("boxes", "stays"),
    [
        ([OVER_DRAWN], False),
        ([(60.0, 492.0, 130.0, 522.0), (130.0, 480.0, 200.3, 522.0)], False),
        ([], True),
        ([(60.0, 492.0, 130.0, 522.0)], True),
        ([(60.0, 492.0, 130.0, 522.0), (140.0, 492.0, 200.0, 522.0)], True),
        ([(60.0, 492.0, 200.0, 507.0)], True),
    ],
)
def test_a_redaction_over_drawing_that_was_not_applied_is_covered_on_a_burned_page(boxes, stays):
    pdf = plain(more=b"q 60 270 m 200 300 l S Q\n")
    note = Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=Array([60, 270, 200, 300]))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])
    pages = tuple(read_pages(saved(pdf), "source.pdf"))
    marks = [Mark(1, box, "(b)(6)") for box in boxes]
    check_unapplied(pages, marks, "source.pdf")  # set anew, no drawing of it stays
    if not stays:
        check_unapplied(pages, marks, "source.pdf", burned=[1])
        return
    with pytest.raises(InputError, match="its box is under no mark") as told:
        check_unapplied(pages, marks, "source.pdf", burned=[1])
    assert "60,492,200,522" in str(told.value)


def test_a_redaction_that_was_not_applied_is_suggested_as_it_is_to_be_covered():
    source = unapplied()
    check_unapplied(source.pages, answered(source).marks, "source.pdf", burned=[1])


def test_what_lies_beside_the_paper_is_no_suggestion():
    beside = said("Maria Quispe", x=600)
    pdf = plain(more=b"q 1 0 0 1 0 500 cm %bQ %b" % (said("Maria Quispe"), beside))
    pages = read(saved(pdf)).pages
    wide, high = pages[0].width / 100, pages[0].height / 100
    marks = suggest(pages, ["Maria Quispe"], "(b)(6)")
    assert marks
    for one in marks:
        assert 0 <= one.box[0] < one.box[2] <= wide
        assert 0 <= one.box[1] < one.box[3] <= high


@pytest.mark.parametrize("number", ["123-45-6789", "123 45 6789", "202 555 6789", "12-3456789"])
def test_no_part_of_a_number_stays_where_a_part_of_it_has_another_shape(number):
    source = read(saved(plain(more=said(f"number {number} of it"))))
    marks = suggest(source.pages, ["123-45-6789", "Maria Quispe"], "(b)(6)")
    whole = Marks(digest(source.body), tuple(replace(one, **PEOPLE) for one in marks))
    text = redact_pdf(source, whole).redacted.files["document.md"].decode()
    assert "number [withheld (b)(6)] of it" in text


def test_letters_of_a_burned_page_stand_where_it_shows_them_though_its_size_is_inherited():
    pdf = plain(more=said("a clerk"))
    page = pdf.pages[0].obj
    del page.MediaBox
    pdf.Root.Pages.MediaBox = Array([0, 0, 595, 842])
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([60, 390, 200, 420]))
    page.Annots = Array([pdf.make_indirect(note)])
    body = saved(pdf)
    wanted = {"box": (0, 0, 100, 100), "fields": [], "ends": 0, "turned": 0, "whole": True}
    behind = burn_pages(body, "source.pdf", {0: [wanted]})[0]["lines"]
    shown = read_pages(body, "source.pdf")[0].lines
    assert [(one.letters, one.boxes) for one in behind] == [
        (one.letters, one.boxes) for one in shown
    ]
