"""Pages burned in: nothing of the file stays but a picture, and boxes reach as far as they must."""

import io
import math
import zlib
from dataclasses import replace

import numpy as np
import pikepdf
import pypdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from commands import ostiary
from leaky_pdfs import LINES, PERSON, finders, plain, saved, shades_of
from ostiary.domain.errors import InputError
from ostiary.office.redaction.foreign.burning import _reach
from ostiary.office.redaction.foreign.marks import Mark, Marks, digest, write_marks
from ostiary.office.redaction.foreign.page_audit import audit_pages
from ostiary.office.redaction.foreign.page_file import BurnedPage, written
from ostiary.office.redaction.foreign.reading import read_pages
from ostiary.office.redaction.foreign.redacting import PdfOfOthers, redact_pdf
from ostiary.office.redaction.foreign.suggestions import suggest
from ostiary.office.redaction.needles import needles_of

PEOPLE = {"marked_by": "a.reyes", "confirmed_by": "b.stone"}
LOOKED = ("a.reyes", "b.stone")


def form():
    """A page with a table's cell, a field that holds the name, and metadata."""
    rules = b"q 1 w 72 400 m 72 440 l S 300 400 m 300 440 l S 500 400 m 500 440 l S Q\n"
    cells = (
        b"BT /F 11 Tf 80 415 Td (Maria Quispe) Tj ET BT /F 11 Tf 310 415 Td (public cell) Tj ET\n"
    )
    pdf = plain(more=rules + cells)
    pdf.docinfo["/Author"] = PERSON
    look = pdf.make_stream(b"BT /F 11 Tf 2 6 Td (Maria Quispe) Tj ET")
    look.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 200, 20])})
    look.Resources = pdf.pages[0].obj.Resources
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), F=4,
                       V=String(PERSON), Rect=Array([72, 300, 272, 320]),
                       AP=Dictionary(N=look))  # fmt: skip
    field = pdf.make_indirect(field)
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DR=pdf.pages[0].obj.Resources,
                                   DA=String("/F 11 Tf 0 g"))  # fmt: skip
    pdf.pages[0].obj.Annots = Array([field])
    return saved(pdf)


def marks_of(source):
    found = suggest(source.pages, [PERSON], "(b)(6)")
    marks = [Mark(one.page, one.box, one.ground, **PEOPLE) for one in found]
    return (*marks, Mark(1, (74, 475, 120, 488), "(b)(5)", **PEOPLE))  # in the field


@pytest.fixture(scope="module")
def burned():
    body = form()
    source = PdfOfOthers("form.pdf", body, tuple(read_pages(body, "form.pdf")))
    marks = marks_of(source)
    made = redact_pdf(source, Marks(digest(body), marks), burned=[1], looked=LOOKED)
    return source, made


def test_no_reader_finds_the_name_on_a_burned_page(burned):
    source, made = burned
    assert finders(source.body)
    files = made.redacted.files
    assert finders(files["pages.pdf"]) == set()
    assert all(b"uispe" not in body for body in files.values())
    assert made.deletions == 3
    assert files["vaughn.csv"].count(b"\n") == 4


def test_what_is_on_a_burned_page_can_be_read_and_what_is_boxed_cannot(burned):
    _, made = burned
    text = pypdf.PdfReader(io.BytesIO(made.redacted.files["pages.pdf"])).pages[0].extract_text()
    assert "DOC-000001" in text
    assert "The contact is [withheld (b)(6)]" in " ".join(text.split())
    assert "who answers" not in text
    assert "public cell" in text
    assert made.counted.boxed == 4


def test_boxes_reach_over_field_cell_and_line(burned):
    _, made = burned
    shown = pypdfium2.PdfDocument(made.redacted.files["pages.pdf"])[0].render(grayscale=True)
    dots = shown.to_numpy().reshape(shown.height, -1)

    def black(x, y):
        return bool((dots[y - 1 : y + 2, x : x + 3] < 16).all())

    assert black(265, 792 - 313)  # the field's end, far from the name
    assert black(290, 792 - 418)  # the cell's end
    assert black(600, 792 - 690)  # the line's end
    assert not black(305, 792 - 418)  # the next cell
    assert not black(100, 792 - 690)  # what stands before


def test_the_same_marks_paint_the_same_bytes(burned):
    source, made = burned
    marks = marks_of(source)
    again = redact_pdf(
        source, Marks(digest(source.body), marks), burned=[1], looked=LOOKED, workers=2
    )
    assert again.redacted.files["pages.pdf"] == made.redacted.files["pages.pdf"]


def test_a_page_that_does_not_exist_is_not_burned(burned):
    source, _ = burned
    mark = Mark(1, (72, 80, 200, 95), "(b)(6)", **PEOPLE)
    with pytest.raises(InputError, match="--burn-in 2: there is no such page"):
        redact_pdf(source, Marks(digest(source.body), (mark,)), burned=[2], looked=LOOKED)


def band(*rules, across=100):
    shades = np.full((20, across), 255, dtype=np.uint8)
    for at, wide in rules:
        shades[:, at : at + wide] = 0
    return shades


@pytest.mark.parametrize(
    ("rules", "ends", "reach"),
    [
        ((), 0, (39, 100)),
        ((), 80, (39, 80)),
        (((10, 2), (90, 2)), 0, (11, 90)),
        (((90, 2),), 0, (39, 90)),
        (((10, 2),), 0, (39, 100)),
        (((70, 20),), 0, (39, 100)),
    ],
    ids=["page", "column", "cell", "rule behind", "rule before", "a black patch is no rule"],
)
def test_how_far_a_box_reaches(rules, ends, reach):
    wanted = {"box": (40, 5, 50, 15), "fields": [], "ends": ends}
    left, top, right, bottom = _reach(band(*rules), wanted, 1.0)
    assert (left, right) == reach
    assert (top, bottom) == (4, 17)


PLAN = BurnedPage(
    "B-1", 61_200, 79_200, 4, 2, b"", (((0, 0, 2, 2), "[withheld (b)(6)]"),), ("kept",)
)
BLACK = b"\x00\xff" * 2


def planned(shades=BLACK, **other):
    return replace(PLAN, shades=zlib.compress(shades), **other)


def tampered(change):
    with pikepdf.open(io.BytesIO(written([planned()]))) as pdf:
        change(pdf)
        return saved(pdf, deterministic_id=True)


def test_the_audit_of_pages_passes_what_was_planned():
    audit_pages(written([planned()]), [planned()], needles_of([PERSON], ()))


@pytest.mark.parametrize(
    ("pages", "withheld", "what"),
    [
        ([planned(b"\x01\xff\x00\xff")], PERSON, "inside a box"),
        ([planned(lines=(f"kept {PERSON}",))], PERSON, "deletion 1 are also in"),
    ],
)
def test_the_audit_of_pages_finds_what_is_left(pages, withheld, what):
    with pytest.raises(InputError, match=what):
        audit_pages(written(pages), pages, needles_of([withheld], ()))


def test_the_audit_of_pages_refuses_another_file():
    for change in (
        lambda pdf: pdf.docinfo.__setitem__("/Title", "x"),
        lambda pdf: pdf.attachments.__setitem__("a", pikepdf.AttachedFileSpec(pdf, b"x")),
    ):
        with pytest.raises(InputError, match="is not what the plan makes"):
            audit_pages(tampered(change), [planned()], [])


def test_a_scan_has_its_tokens_and_no_words():
    source = scan()
    body = source.body
    mark = Mark(1, (140, 94, 210, 110), "(b)(6)", **PEOPLE)
    with pytest.raises(InputError, match="covers no words"):
        redact_pdf(source, Marks(digest(body), (mark,)))
    made = redact_pdf(source, Marks(digest(body), (mark,)), burned=[1], looked=LOOKED)
    text = pypdf.PdfReader(io.BytesIO(made.redacted.files["pages.pdf"])).pages[0].extract_text()
    assert "withheld (b)(6)" in text
    assert not any(line and line in text for line in LINES)


def askew(degrees, ink=(0, 0, 0, 0), person=PERSON):
    """A page whose text, and a black rectangle in points, were turned as a copier turns them."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    pdf = plain(lines=("Statement of the agency", "", "", "", f"The contact is {person}", "", ""))
    page = pdf.pages[0].obj
    turn = b"q %.4f %.4f %.4f %.4f 40 -40 cm\n" % (cosine, sine, -sine, cosine)
    drawn = b"0 g %d %d %d %d re f Q\n" % ink
    page.Contents = pdf.make_stream(turn + page.Contents.read_bytes() + drawn)
    left, bottom, across, up = ink
    corners = [
        (x * cosine - y * sine + 40, 792 - (x * sine + y * cosine - 40))
        for x in (left, left + across)
        for y in (bottom, bottom + up)
    ]
    return saved(pdf), tuple(
        edge(values) for edge in (min, max) for values in zip(*corners, strict=True)
    )


def black_of(body, boxes):
    """What is painted of a page with these marks: an array of dots, True where it is black."""
    source = PdfOfOthers("s.pdf", body, tuple(read_pages(body, "s.pdf")))
    marks = tuple(Mark(1, box, "(b)(6)", **PEOPLE) for box in boxes(source.pages[0]))
    made = redact_pdf(source, Marks(digest(body), marks), burned=[1], looked=LOOKED)
    with pikepdf.open(io.BytesIO(made.redacted.files["pages.pdf"])) as pdf:
        return shades_of(pdf.pages[0]) == 0


@pytest.mark.parametrize(
    ("degrees", "ink"),
    [
        (0, (150, 657, 60, 12)),
        (0, (150, 622, 60, 12)),
        (0, (260, 644, 60, 8)),
        (3, (150, 657, 60, 12)),
        (3, (260, 644, 60, 8)),
        (-3, (150, 622, 60, 12)),
    ],
)
def test_what_a_mark_covers_beside_the_letters_is_painted_as_it_was_drawn(degrees, ink):
    """A signature over or beside a typed name: the mark that two confirmed is what goes."""
    body, (left, top, right, bottom) = askew(degrees, ink)

    def around(page):
        [line] = [one for one in page.lines if "Maria" in one.letters]
        letters = [edge / 100 for edge in map(min, zip(*line.boxes[15:], strict=True))][:2]
        ends = [edge / 100 for edge in map(max, zip(*line.boxes[15:], strict=True))][2:]
        return [(min(left, letters[0]) - 1, min(top, letters[1]) - 1,
                 max(right, ends[0]) + 1, max(bottom, ends[1]) + 1)]  # fmt: skip

    black = black_of(body, around)
    a_point = black.shape[1] / 612
    rows, columns = (slice(int(a * a_point), int(b * a_point)) for a, b in
                     ((top - 1, bottom + 1), (left - 1, right + 1)))  # fmt: skip
    assert black[rows, columns].all()


@pytest.mark.parametrize("degrees", [3, -3])
def test_attack_the_width_of_a_name_at_the_end_of_a_slanted_line_is_measured(degrees):
    def reach(person):
        body, _ = askew(degrees, person=person)
        found = lambda page: [one.box for one in suggest([page], [person], "(b)(6)")]  # noqa: E731
        return int(np.flatnonzero(black_of(body, found).any(axis=0)).max())

    assert reach("Ana Ruiz") == reach("Maria-Antonia Quispe Cusipata")


def scan(behind=""):
    """A picture of a page, and letters that its scanner left behind it."""
    drawn = pypdfium2.PdfDocument(saved(plain()))[0].render(scale=2, grayscale=True)
    text = f"BT /F 11 Tf 3 Tr 72 650 Td ({behind}) Tj ET\n".encode() if behind else b""
    pdf = plain(shown=False, more=text + b"q 612 0 0 792 0 0 cm /I Do Q\n")
    image = pdf.make_stream(bytes(drawn.to_numpy().tobytes()))
    image.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": drawn.width,
                  "/Height": drawn.height, "/ColorSpace": Name.DeviceGray,
                  "/BitsPerComponent": 8})  # fmt: skip
    pdf.pages[0].obj.Resources.XObject = Dictionary(I=image)
    body = saved(pdf)
    return PdfOfOthers("scan.pdf", body, tuple(read_pages(body, "scan.pdf")))


def test_what_nobody_reads_is_said_to_those_who_redact(tmp_path):
    body, marks = scan().body, tmp_path / "marks.json"
    (tmp_path / "scan.pdf").write_bytes(body)
    (tmp_path / "text.pdf").write_bytes(saved(plain()))
    said = ostiary("redact", "suggest", tmp_path / "scan.pdf", "--out", tmp_path / "none.json")
    assert "what these pages show beside text: 1. No program here reads" in said.out
    said = ostiary("redact", "suggest", tmp_path / "text.pdf", "--out", tmp_path / "text.json")
    assert "No program here reads" not in said.out
    write_marks(marks, Marks(digest(body), (Mark(1, (140, 94, 210, 110), "(b)(6)", **PEOPLE),)))
    burned = ostiary("redact", "pdf", tmp_path / "scan.pdf", marks, "--out", tmp_path / "out",
                     "--secrets", tmp_path / "s.json", "--burn-in", 1,
                     "--looked", "a.reyes", "--looked", "b.stone")  # fmt: skip
    assert "looked at by a.reyes and b.stone alone" in burned.out


@pytest.mark.parametrize("looked", [(), ("a.reyes",), ("a.reyes", "a.reyes"), ("a.reyes", "A. R")])
def test_a_picture_is_published_by_two_who_looked(looked):
    source = scan()
    marks = Marks(digest(source.body), (Mark(1, (140, 94, 210, 110), "(b)(6)", **PEOPLE),))
    with pytest.raises(InputError, match=r"which no audit reads|names nobody by an id"):
        redact_pdf(source, marks, burned=[1], looked=looked)
    files = redact_pdf(source, marks, burned=[1], looked=LOOKED).redacted.files
    assert files["pages.csv"].decode().splitlines()[1].endswith(",a.reyes b.stone")


def test_what_a_scanner_read_of_a_picture_is_searched_for_what_is_withheld():
    said = scan(f"signed {PERSON} today")
    found = suggest(said.pages, [PERSON], "(b)(6)")
    assert found, "a scan's own text is looked through for suggestions"
    boxes = [replace(one, **PEOPLE) for one in found]
    marks = Marks(digest(said.body), tuple(boxes))
    assert redact_pdf(said, marks, burned=[1], looked=LOOKED)
    twice = scan(f"{PERSON} and again {PERSON}")
    first = replace(suggest(twice.pages, [PERSON], "(b)(6)")[0], **PEOPLE)
    assert len(suggest(twice.pages, [PERSON], "(b)(6)")) == 2
    # its box reaches to the line's end and takes both; one on the second leaves the first
    second = replace(suggest(twice.pages, [PERSON], "(b)(6)")[1], **PEOPLE)
    assert redact_pdf(twice, Marks(digest(twice.body), (first,)), burned=[1], looked=LOOKED)
    with pytest.raises(InputError, match="words of deletion 1 are also in letters behind"):
        redact_pdf(twice, Marks(digest(twice.body), (second,)), burned=[1], looked=LOOKED)
