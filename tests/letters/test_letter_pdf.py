"""A letter reads the same to the eye, to a screen reader, and to whoever sets it again."""

import os
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ostiary.domain.words import Conditions, Status
from ostiary.office.letters.content import Letter, Letterhead, Matter, Reason
from ostiary.office.letters.pdf import letter_pdf
from ostiary.office.letters.text import every_shown, shown
from ostiary.office.letters.wording import (
    answer_letter,
    notice_letter,
    return_letter,
    suspension_letter,
)

DAY = date(2025, 8, 6)
HEAD = Letterhead("Disclosure Office", ("1 Invented Street", "Springfield, IL 62701"))
MATTER = Matter(
    request_id="ICE-2025-000123",
    agency="dhs-ice",
    agency_name="Immigration and Customs Enforcement",
    received=DAY,
    provision="26 U.S.C. 6103(i)(2)",
    agreement="treasury-dhs-2025",
    log="ostiary.invalid/office/1a2b3c4d",
    entry=17,
)
REASONS = (
    Reason(
        "i2.address.complete",
        "26 U.S.C. 6103(i)(2)(B)(i)",
        "The address is incomplete (zip-only).",
        (("the kind of thing given as the address", "zip-only"),),
        "State the number and street.",
    ),
    Reason(
        "s1253.departure",
        "8 U.S.C. 1253(a)(1)(A)",
        "Ninety days from the final order had not passed.",
        (("the number of days from the final order", "61"),),
        "Wait until ninety days have passed.",
        "From 5 September 2025 on, a request that says the same meets this condition.",
    ),
)
RETURN = return_letter(HEAD, MATTER, DAY, REASONS)
CONDITIONS = Conditions("Sole use.", "To nobody else.", "No analysis.", "2026-02-01", ("off-1",))
REFUSAL = answer_letter(HEAD, MATTER, DAY, Status.NO_ANSWER, CONDITIONS, "Dispose of it.")
LETTERS = {
    "return": RETURN,
    "suspension": suspension_letter(HEAD, MATTER, DAY, REASONS[:1]),
    "notice": notice_letter(HEAD, MATTER, DAY, "ab" * 16),
    "confirmation": answer_letter(HEAD, MATTER, DAY, Status.CONFIRMED, CONDITIONS, "Dispose."),
    "refusal": REFUSAL,
}
HOSTILE = {
    "markup": '#panic("x") $x$ *bold* _it_ `raw` @ref <label> = head \\ // no /* no */ [b] {c}',
    "control characters": "a\x00b\x07c\x1bd\r\ne\tf\x7f\x9f",
    "right to left": "id \u202egnp.exe\u202c \u2066x\u2069 \u05d0\u05d1 \u0645\u0631",
    "invisible": "a\u200bb\ufeffc\u00add\U000e0041e",
    "beyond the typeface": "\u4e2d\u6587 \U0001f512 \u0ba4\u0bae\u0bbf\u0bb4\u0bcd \ue000",
    "combining": "Z\u0351\u036b\u0343alg\u0489o e\u0301",
    "one long word": "W" * 399,
    "very long": "word " * 20_000,
    "empty": "",
    "pdf": ") Tj ET endstream endobj << /JS (x) >> %%EOF",
}


def text_of(pdf: bytes) -> str:
    read = pypdf.PdfReader(BytesIO(pdf))
    return "\n".join(page.extract_text() for page in read.pages)


def squeezed(text: str) -> str:
    return "".join(text.split())


def struct_types(pdf: bytes) -> list[str]:
    """Name the elements of the structure tree, in reading order."""
    with pikepdf.open(BytesIO(pdf)) as read:
        return list(_walk(read.Root.StructTreeRoot.K))


def _walk(node):
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _walk(one)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S)[1:]
        if "/K" in node:
            yield from _walk(node.K)


@pytest.mark.parametrize("kind", LETTERS)
def test_a_letter_is_tagged_titled_and_in_english(kind):
    with pikepdf.open(BytesIO(letter_pdf(LETTERS[kind]))) as read:
        assert str(read.Root.Lang).startswith("en")
        assert read.Root.MarkInfo.Marked
        assert read.Root.ViewerPreferences.DisplayDocTitle
        assert str(read.docinfo.Title) == LETTERS[kind].subject
        with read.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert about["dc:title"] == LETTERS[kind].subject
        assert "/StructTreeRoot" in read.Root
        fonts = [font for page in read.pages for font in page.Resources.Font.values()]
        assert fonts
        assert all("/FontFile3" in f.DescendantFonts[0].FontDescriptor for f in fonts)


def test_headings_and_numbered_reasons_stand_in_the_structure_in_reading_order():
    types = struct_types(letter_pdf(RETURN))
    headings = [one for one in types if one.startswith("H")]
    assert headings == ["H1", "H2", "H2", "H2", "H2"]
    first_heading = types.index("H1")
    assert types.index("L") > first_heading
    assert types.count("LI") == types.count("LBody")
    assert types.count("LI") >= 5 + 2 + 2 * 4  # reference, reasons, terms of each reason


def test_everything_a_reason_needs_is_read_in_its_order():
    said = squeezed(text_of(letter_pdf(RETURN)))
    places = [
        said.index(squeezed(text))
        for number, one in enumerate(RETURN.reasons, 1)
        for text in (
            f"{number}.{one.finding}",
            one.citation,
            f"{one.stated[0][0]}: {one.stated[0][1]}",
            one.cure,
            one.by_when,
        )
    ]
    assert places == sorted(places)


def test_no_clock_and_no_chance_in_it():
    one, two = letter_pdf(RETURN), letter_pdf(RETURN)
    assert one == two
    with pikepdf.open(BytesIO(one)) as read:
        assert {"/CreationDate", "/ModDate"}.isdisjoint(read.docinfo.keys())
        assert "/JavaScript" not in str(read.Root.keys())


_AGAIN = (
    "import sys; sys.path[:0] = ['tests/letters', 'tests/support']; import hashlib;"
    "import test_letter_pdf as t; print(hashlib.sha256(t.letter_pdf(t.RETURN)).hexdigest())"
)


def test_the_same_bytes_in_another_program_time_zone_and_hash_seed(pytestconfig):
    printed = {
        subprocess.run(
            [sys.executable, "-c", _AGAIN],
            cwd=pytestconfig.rootpath,
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for zone, seed in (("UTC", "1"), ("Pacific/Auckland", "2"))
    }
    assert len(printed) == 1


def test_another_letter_has_other_bytes():
    other = replace(RETURN, day=date(2025, 8, 7))
    assert letter_pdf(other) != letter_pdf(RETURN)


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_comes_out_as_text(kind):
    text = HOSTILE[kind]
    pdf = letter_pdf(_everywhere(text))
    said = squeezed(text_of(pdf))
    assert squeezed(shown(text)) in said
    visible = [one for one in said if unicodedata.category(one)[0] not in "LNPSZ"]
    assert visible == []


def test_no_text_runs_over_the_margin():
    read = pypdf.PdfReader(BytesIO(letter_pdf(_everywhere("W" * 399))))
    right = float(read.pages[0].mediabox.width) - 72
    places = []
    for page in read.pages:
        page.extract_text(visitor_text=lambda _t, _c, matrix, *_: places.append(matrix[4]))
    assert max(places) < right


def test_every_character_that_is_said_to_be_shown_is_in_the_typeface():
    letters = every_shown()
    many = [letters[n : n + 100] for n in range(0, len(letters), 100)]
    pdf = letter_pdf(replace(RETURN, opening=tuple(many)))
    said = squeezed(unicodedata.normalize("NFKC", text_of(pdf)))
    missing = [one for one in squeezed(unicodedata.normalize("NFKC", letters)) if one not in said]
    assert missing == []


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_any_text_can_be_set(text):
    matter = replace(MATTER, request_id=text)
    assert letter_pdf(return_letter(HEAD, matter, DAY, ())).startswith(b"%PDF-")


def test_two_ids_that_differ_never_look_alike():
    assert shown("a\u200bb") == "a[U+200B]b"
    assert shown("\u202eb") != shown("b")
    assert shown("x" * 401).endswith("[and 1 more characters]")


def test_a_refusal_tells_nothing_that_the_answer_does_not():
    """Two answers that differ in nothing but the status differ in the words for it alone."""
    no = text_of(letter_pdf(REFUSAL))
    for word in ("mismatch", "no record ", "ambiguous", "held", "hold", "match"):
        assert word not in no
    assert "gives no answer" in no


def test_nothing_else_can_be_said_of_an_answer():
    with pytest.raises(ValueError, match="no answer says"):
        answer_letter(HEAD, MATTER, DAY, Status.ACCEPTED, CONDITIONS, "Dispose.")


def _everywhere(text: str) -> Letter:
    """Put a text wherever a letter takes one."""
    matter = replace(MATTER, request_id=text, agency=text, agency_name=text, agreement=text)
    reason = Reason(text, text, text, ((text, text),), text, text)
    return return_letter(Letterhead(text or "x", (text,)), matter, DAY, (reason, reason))
