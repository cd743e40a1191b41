"""A mark on a PDF counts when two people answer for it; what is none is refused by its number."""

import json
import os
import resource
from dataclasses import replace
from pathlib import Path

import pytest

from commands import ostiary
from hostile_pdfs import HOSTILE, large_picture
from leaky_pdfs import PERSON, plain, saved
from ostiary.domain.errors import InputError
from ostiary.office.redaction.foreign import reading
from ostiary.office.redaction.foreign.marks import (
    Mark,
    Marks,
    answered_for,
    check_complete,
    digest,
    read_marks,
    write_marks,
)
from ostiary.office.redaction.foreign.page_lines import Line
from ostiary.office.redaction.foreign.page_text import PageText
from ostiary.office.redaction.foreign.reading import read_pages
from ostiary.office.redaction.foreign.redacting import PdfOfOthers, redact_pdf
from ostiary.office.redaction.foreign.setting import set_anew
from ostiary.office.redaction.foreign.suggestions import suggest

BOX = (140.0, 690.0, 220.0, 704.0)
PEOPLE = {"marked_by": "a.reyes", "confirmed_by": "b.stone"}
SUGGESTED = Mark(1, BOX, "(b)(6)", suggested="words given")


def test_a_suggestion_is_taken_by_one_and_confirmed_by_another():
    held = Marks("0" * 64, (SUGGESTED, SUGGESTED))
    once = answered_for(held, "a.reyes", [1, 2])
    assert [one.marked_by for one in once.marks] == ["a.reyes"] * 2
    with pytest.raises(InputError, match="made and confirmed by one person"):
        answered_for(once, "a.reyes", [1])
    twice = answered_for(once, "b.stone", [1], dropped=[2])
    assert [(one.marked_by, one.confirmed_by) for one in twice.marks] == [("a.reyes", "b.stone")]
    with pytest.raises(InputError, match="confirmed already"):
        answered_for(twice, "c.ortiz", [1])
    with pytest.raises(InputError, match="no such mark"):
        answered_for(twice, "c.ortiz", [2])


@pytest.mark.parametrize(
    ("mark", "what"),
    [
        (SUGGESTED, "nobody has taken"),
        (Mark(1, BOX, "(b)(6)", marked_by="a.reyes"), "confirmed by nobody"),
        (Mark(2, BOX, "(b)(6)", marked_by="a.reyes", confirmed_by="b.stone"), "is on page 2"),
    ],
)
def test_marks_that_are_not_whole_redact_nothing(mark, what):
    with pytest.raises(InputError, match=f"mark 1: .*{what}"):
        check_complete(Marks(digest(b"pdf"), (mark,)), b"pdf", 1, "source.pdf")


def test_marks_on_another_pdf_are_refused():
    with pytest.raises(InputError, match="another PDF"):
        check_complete(Marks(digest(b"pdf"), (SUGGESTED,)), b"pdf2", 1, "source.pdf")
    with pytest.raises(InputError, match="marks nothing"):
        check_complete(Marks(digest(b"pdf"), ()), b"pdf", 1, "source.pdf")


NO_MARKS = {
    "no ground": {"ground": "private"},
    "a ground that has to be named": {"ground": "(b)(3)"},
    "sides the wrong way round": {"box": [220, 690, 140, 704]},
    "three sides": {"box": [1, 2, 3]},
    "a side that is no number": {"box": [1, 2, 3, True]},
    "no page": {"page": 0},
    "a person who is no id": {"marked_by": "Maria Quispe"},
    "one person for two": {"marked_by": "a.reyes", "confirmed_by": "a.reyes"},
    "confirmed but not made": {"confirmed_by": "a.reyes"},
    "an entry that no mark has": {"text": "Maria"},
}


@pytest.mark.parametrize("wrong", NO_MARKS)
def test_what_is_no_mark_is_refused_by_its_number(wrong, tmp_path):
    good = {"page": 1, "box": list(BOX), "ground": "(b)(6)"}
    told = {"scheme": "ostiary-marks-1", "document": "0" * 64, "marks": [good, good]}
    (tmp_path / "m.json").write_text(json.dumps(told))
    assert len(read_marks(tmp_path / "m.json").marks) == 2
    told["marks"][1] = good | NO_MARKS[wrong]
    (tmp_path / "m.json").write_text(json.dumps(told))
    with pytest.raises(InputError, match="mark 2"):
        read_marks(tmp_path / "m.json")


def test_marks_are_read_as_they_were_written(tmp_path):
    held = Marks("0" * 64, (SUGGESTED, Mark(2, BOX, "(b)(5)", "advice", marked_by="a.reyes")))
    write_marks(tmp_path / "m.json", held)
    assert read_marks(tmp_path / "m.json") == held


def page_of(*texts):
    """A page with these lines, each letter five points wide and ten high."""
    lines = tuple(
        Line(
            baseline=1_000 * row + 1_000,
            size=1_000,
            letters=text,
            boxes=tuple(
                (500 * at, 1_000 * row, 500 * at + 500, 1_000 * row + 1_000)
                for at in range(len(text))
            ),
            seen="1" * len(text),
        )
        for row, text in enumerate(texts)
    )
    return PageText(61_200, 79_200, lines, 0, drawn=False, fields=(), notes=0)


def words_of(page, *marks):
    made = set_anew([page], marks, title="T", bates=["B"])
    return [
        "".join(f"<{run.text}>" if run.ground else run.text for run in block.runs)
        for block in made.blocks[2:]
    ]


@pytest.mark.parametrize(
    ("box", "said"),
    [
        ((20, 0, 40, 10), "The <name>, of it"),
        ((26, 0, 34, 10), "The <name>, of it"),
        ((20, 0, 45, 10), "The <name,> of it"),
        ((0, 0, 40, 10), "<The name>, of it"),
        ((20, 8, 40, 14), "The name, of it"),
    ],
    ids=["a word", "half a word", "its comma too", "two words", "less than a third of the line"],
)
def test_a_mark_takes_whole_words_and_what_it_covers(box, said):
    marks = [Mark(1, box, "(b)(6)"), Mark(1, (55, 0, 85, 10), "(b)(5)")]
    page = page_of("The name, of it")
    if said == "The name, of it":
        with pytest.raises(InputError, match="mark 1: covers no words"):
            words_of(page, *marks)
    else:
        assert words_of(page, marks[0]) == [said]


def test_deletions_of_one_ground_with_nothing_between_are_one():
    page = page_of("one two", "three of it")
    one, two, three = (
        Mark(1, box, "(b)(6)") for box in ((0, 0, 15, 10), (20, 0, 35, 10), (0, 10, 25, 20))
    )
    assert words_of(page, one, two, three) == ["<one two three> of it"]
    other = Mark(1, (20, 0, 35, 10), "(b)(5)")
    assert words_of(page, one, other, three) == ["<one> <two> <three> of it"]


def test_a_word_that_a_line_parts_goes_as_a_whole():
    page = page_of("by Mar-", "ia and a well-", "known one")
    for box in ((15, 0, 35, 10), (0, 10, 10, 20)):
        assert words_of(page, Mark(1, box, "(b)(6)")) == ["by <Maria> and a wellknown one"]


def test_words_are_found_whatever_parts_them():
    page = page_of("Jane  DOE or doe,", "jane; 123-45-6789,", "id 12-3456789")
    found = suggest([page], ["Jane Doe", "doe jane"], "(b)(6)")
    assert [one.suggested for one in found] == [
        "words given",
        "words given",
        "words given",
        "social security or taxpayer number",
        "employer number",
    ]
    with pytest.raises(InputError, match="no letter or digit"):
        suggest([page], ["--"], "(b)(6)")


def seconds_of_children():
    """Of the processor: what a clock on the wall says hangs on who else is at work."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("file", HOSTILE)
def test_a_hostile_pdf_ends_in_an_error_and_in_time(file, monkeypatch):
    monkeypatch.setattr(reading, "SLACK", 1.0)  # of the seven seconds that are given
    body = HOSTILE[file]()
    before = seconds_of_children()
    with pytest.raises(InputError, match="this PDF is not read"):
        read_pages(body, "x.pdf")
    assert seconds_of_children() - before < 4


def test_a_picture_of_gigabytes_keeps_nobody_from_the_text():
    (page,) = read_pages(large_picture(), "x.pdf")
    assert PERSON in page.lines[1].letters
    assert page.pictures == 1


def test_from_a_pdf_to_the_proof_on_the_command_line(tmp_path):
    source, marks, out = tmp_path / f"{PERSON}.pdf", tmp_path / "marks.json", tmp_path / "public"
    source.write_bytes(saved(plain()))
    (tmp_path / "names.txt").write_text(f"{PERSON}\n\n")
    suggested = ostiary("redact", "suggest", source, "--out", marks,
                        "--words", tmp_path / "names.txt", "--json")  # fmt: skip
    assert json.loads(suggested.out)["suggested"] == 1
    added = ostiary("redact", "mark", source, marks, "--page", "1", "--box", "72,81,122,93",
                    "--ground", "(b)(5)", "--why", "advice", "--by", "a.reyes")  # fmt: skip
    assert added.status == 0, added.err
    beyond = ostiary("redact", "mark", source, marks, "--page", "2", "--box", "72,81,122,93",
                     "--ground", "(b)(5)", "--by", "a.reyes")  # fmt: skip
    assert (beyond.status, "there is no page 2. the PDF has 1 page" in beyond.err) == (2, True)
    assert ostiary("redact", "confirm", marks, "--by", "a.reyes", "--all").status == 0
    secrets = tmp_path / "openings.json"
    pdf = ("redact", "pdf", source, marks, "--out", out, "--secrets", secrets, "--json")
    assert ostiary("redact", "confirm", marks, "--by", "b.stone", "--all").status == 0
    done = json.loads(ostiary(*pdf, "--bates", "DO-").out)
    assert (done["deletions"], done["words"]["withheld"]) == (2, 3)
    vaughn = (out / "vaughn.csv").read_text().splitlines()
    assert vaughn[1].startswith("1,DO-000001,1,(b)(5),")
    assert vaughn[1].endswith(",advice,a.reyes,b.stone")
    assert "DO-000001,1,in part,2,(b)(5); (b)(6)," in (out / "pages.csv").read_text()
    assert PERSON not in "".join(path.read_text("latin-1") for path in out.iterdir())
    assert {path.name for path in out.iterdir()}.isdisjoint({source.name})
    found = ostiary("redact", "verify", out / "commitments.json", "--root", done["root"])
    assert found.status == 0, found.err
    assert Path(secrets).stat().st_mode & 0o777 == 0o600 or os.name != "posix"


def test_a_justification_says_nothing_of_what_it_withholds():
    body = saved(plain())
    source = PdfOfOthers("letter.pdf", body, tuple(read_pages(body, "letter.pdf")))
    found = [replace(one, **PEOPLE) for one in suggest(source.pages, [PERSON], "(b)(6)")]
    assert redact_pdf(source, Marks(digest(body), tuple(found)))
    told = [replace(one, why="the home of Quispe") for one in found]
    with pytest.raises(InputError, match=r"deletion 1 are also in what `why` says in vaughn\.csv"):
        redact_pdf(source, Marks(digest(body), tuple(told)))


def test_one_person_does_not_release_what_two_withheld():
    held = answered_for(Marks("0" * 64, (SUGGESTED, SUGGESTED)), "a.reyes", [1, 2])
    both = answered_for(held, "b.stone", [1])
    with pytest.raises(InputError, match="mark 1: is confirmed, and one person cannot drop it"):
        answered_for(both, "c.vega", [], dropped=[1])
    assert len(answered_for(both, "c.vega", [], dropped=[2]).marks) == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("of 900\u201312\u20133456 here", []),
        ("of 900.12.3456 here", []),
        ("of 900\u201112\u20113456 here", []),
        ("of Pe\u00f1a here", ["PENA"]),
        ("of Pen\u0303a here", ["Pe\u00f1a"]),
        ("of \u0421hen here", ["Chen"]),
        ("of O\u2019Brien here", ["O'BRIEN"]),
        ("of J\u00e6ger here", ["Jaeger"]),
        ("of J\u00e6ger here", ["J\u00e6ger"]),
        ("of M\u00fcller here", ["Mueller"]),
        ("of Mu\u0308ller here", ["Mueller"]),
        ("of M\u00a8uller here", ["Mueller"]),
        ("of Muller here", ["M\u00fcller"]),
        ("of Mueller here", ["Mu\u0308ller"]),
        ("of Mueller Kohler here", ["M\u00fcller K\u00f6hler"]),
        ("of Pe\u00c3\u00b1a here", ["Pe\u00f1a"]),
        ("of M\u00c3\u00bcller here", ["M\u00fcller"]),
        ("of Roug\u00c3\u00a8re here", ["Roug\u00e8re"]),
        ("of Pe&ntilde;a here", ["Pe\u00f1a"]),
        ("of Pe%c3%b1a here", ["Pe\u00f1a"]),
    ],
)
def test_what_is_written_otherwise_is_suggested_as_well(said, words):
    boxes = tuple((at * 100, 0, at * 100 + 90, 100) for at in range(len(said)))
    page = PageText(60_000, 1_000, (Line(90, 100, said, boxes, "1" * len(said)),), 0, False, (), 0)
    [found] = suggest([page], words, "(b)(6)")
    assert (found.box[0], found.box[2]) == (3.0, len(said) - 5 - 0.1)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("su and SU", ["Sue"]),
        ("the MA of it", ["Mae"]),
        ("for Jo and Michal", ["Joe", "Michael"]),
        ("see IRM 11.3.22 and 5.1.18, 1.5.1.2018", []),
        ("what AI and A.I. do", ["Acme Industries"]),
        ("the Quispe of it", ["Maria Quispe"]),
    ],
)
def test_another_word_or_a_section_is_not_suggested(said, words):
    boxes = tuple((at * 100, 0, at * 100 + 90, 100) for at in range(len(said)))
    page = PageText(60_000, 1_000, (Line(90, 100, said, boxes, "1" * len(said)),), 0, False, (), 0)
    assert suggest([page], words, "(b)(6)") == []


UNTAKEN = Mark(1, BOX, "(b)(6)")
OWN = replace(UNTAKEN, marked_by="a.reyes")


@pytest.mark.parametrize(
    ("marks", "options", "what", "cure"),
    [
        ([OWN], ["--all"], "the 1 mark that waits was made by the same person", "another person"),
        ([OWN, OWN], ["--all"], "the 2 marks that wait were made by the same", "another person"),
        ([replace(OWN, confirmed_by="b.stone")], ["--all"], "no mark that waits", "redact pdf"),
        ([], ["--all"], "has no marks", "redact suggest"),
        ([UNTAKEN], [], "no mark was named", "--number"),
    ],
)
def test_who_can_confirm_nothing_is_told_why_and_what_to_do(marks, options, what, cure, tmp_path):
    file = tmp_path / "marks.json"
    write_marks(file, Marks("0" * 64, tuple(marks)))
    before = file.read_bytes()
    told = ostiary("redact", "confirm", file, "--by", "a.reyes", *options)
    assert told.status == 2
    said = " ".join(told.err.split())
    assert what in said, said
    assert cure in said, said
    assert file.read_bytes() == before
