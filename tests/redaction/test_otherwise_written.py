"""What is withheld is found in what stays, however it is written there; what is not, is not.

Each row: what is withheld, what stays, and whether it is the same. The right value is by hand.
"""

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from leaky_pdfs import plain, saved
from ostiary.domain.errors import InputError
from ostiary.office.redaction import plain_letters
from ostiary.office.redaction.audit import search
from ostiary.office.redaction.foreign.marks import Marks, answered_for, digest
from ostiary.office.redaction.foreign.reading import read_pages
from ostiary.office.redaction.foreign.redacting import PdfOfOthers, redact_pdf
from ostiary.office.redaction.foreign.suggestions import suggest
from ostiary.office.redaction.needles import Elsewhere, needles_of, read_elsewhere
from ostiary.office.redaction.values import days_in

NAME = "Maria Quispe"
FOUND = {
    "initials with dots": (NAME, "signed M.Q. today"),
    "initials with blanks": (NAME, "signed M. Q. today"),
    "initials without dots": (NAME, "see the note of MQ on this"),
    "initials apart": (NAME, "see the note of M Q on this"),
    "initials with a hyphen": ("Jean-Paul Duval", "said J.-P. D. then"),
    "initials over a line's end": (NAME, "signed M.\nQ. today"),
    "initials without the last dot": (NAME, "signed M.Q"),
    "initials before a possessive": (NAME, "in MQ's hand"),
    "initials with one in the middle": (NAME, "signed M. T. Q. today"),
    "initials of a middle name too": ("Maria Teresa Quispe", "see the note of MTQ on this"),
    "initials without the middle name": ("Maria Teresa Quispe", "signed M.Q."),
    "initials of a name turned round": ("Quispe, Maria", "signed M.Q."),
    "initials in the order of a file": ("Quispe, Maria", "signed Q.M."),
    "initials of a name in capitals": ("MARIA QUISPE", "signed M.Q."),
    "initials with a mark": ("\u00c9mile Roux", "signed \u00c9.R."),
    "initials with a mark apart": ("\u00c9mile Roux", "signed E\u0301.R."),
    "initials without the mark": ("\u00c9mile Roux", "signed E.R."),
    "initials in Cyrillic letters": (NAME, "signed \u041c.Q."),
    "initials past a particle": ("Maria de la Cruz", "signed M.C."),
    "initials of two of three names": ("Maria Quispe Rojas", "signed M.Q."),
    "initials of two of three names together": ("Maria Quispe Rojas", "see the note of MQ on it"),
    "initials of the last two names": ("Maria Quispe Rojas", "signed Q.R."),
    "initials of three of four names": ("Mar\u00eda Jos\u00e9 Garc\u00eda Rojas", "signed M.J.G."),
    "initials of two of four names": ("Mar\u00eda Jos\u00e9 Garc\u00eda Rojas", "signed M.G."),
    "initials of a name with a hyphen": ("Maria Garcia-Lopez", "signed M.G.L."),
    "initials with a hyphen and dots": ("Maria Garcia-Lopez", "signed M.G.-L."),
    "initials of its first half alone": ("Maria Garcia-Lopez", "signed M.G."),
    "initials of a hyphen together": ("Jean-Paul Sartre", "see the note of JPS on it"),
    "initials with particles": ("Maria de la Cruz", "signed M. de la C."),
    "initials with a particle's letter": ("Maria de la Cruz", "signed M.d.C."),
    "initials with the letters of particles": ("Maria de la Cruz", "see MdlC on it"),
    "initials in the first line of a memo": (NAME, "RE: MQ"),
    "initials in a memo": (NAME, "TO: MQ\nFROM: JB"),
    "initials beside a bar": (NAME, "cc: JB/MQ"),
    "initials in a list": (NAME, "for JB, MQ, AND CD"),
    "initials behind another's": (NAME, "seen by J.B. M.Q."),
    "initials that a state has, with blanks": ("Carl Adams", "signed C. A."),
    "initials of a firm, three": ("Acme Industries Holdings", "paid by AIH then"),
    "initials of a name in a passage": (
        "it is thought that Maria Quispe will have it by then",
        "signed M.Q.",
    ),
    "an initial for the first name of a passage": (
        "it is thought that Maria Quispe will have it by then",
        "ask M. Quispe today",
    ),
    "an initial for the last name of a passage": (
        "it is thought that Maria Quispe will have it by then",
        "ask Maria Q. today",
    ),
    "initials in another order": (NAME, "signed Q.M."),
    "initials in another order together": (NAME, "copies: QM, AR, BS"),
    "initials of three in another order": ("Maria Teresa Quispe", "signed Q.M.T."),
    "initials as a file has names": (NAME, "signed Q., M. today"),
    "small initials": (NAME, "signed m.q. today"),
    "small initials with a blank": (NAME, "signed m. q. today"),
    "small initials of who typed": (NAME, "ABS/mq"),
    "small initials behind a colon": (NAME, "ABS:mq"),
    "small initials of a list's number in brackets": ("Vera Ilic", "done by (v.i.)"),
    "small initials of a numeral, typed": ("Vera Ilic", "ABS/vi"),
    "small initials in brackets": (NAME, "it is done (mq)"),
    "initials between capitals that spell no word": (NAME, "SEE MQ MEMO ATTACHED"),
    "a name in base64": (NAME, "X-Name: TWFyaWEgUXVpc3Bl"),
    "a name in a header of mail": (NAME, "From: =?UTF-8?B?TWFyaWEgUXVpc3Bl?="),
    "a name in hexadecimal": (NAME, "name 4d6172696120517569737065"),
    "pairs of digits": (NAME, "read 4d:61:72:69:61:20:51:75:69:73:70:65 there"),
    "pairs of digits with marks": (NAME, "0x51, 0x75, 0x69, 0x73, 0x70, 0x65"),
    "bytes of a program": (NAME, r"b'\x51\x75\x69\x73\x70\x65'"),
    "an initial before a name in mail": (NAME, "to mquispe@office.example"),
    "an initial behind a name in mail": (NAME, "to quispem2@office.example"),
    "a mark that stands by itself": ("Ana Pe\u00f1a", "ask Pe\u02dcna today"),
    "an acute before its letter": ("Ana Garc\u00eda", "ask Garc\u00b4\u0131a today"),
    "two dots before their letter": ("Ana M\u00fcller", "ask M\u00a8uller today"),
    "a mark apart": ("Ana Pe\u00f1a", "ask Pen\u0303a today"),
    "a mark apart that is withheld": ("Ana Pen\u0303a", "ask Pe\u00f1a today"),
    "UTF-8 read as Windows-1252": ("Ana Pe\u00f1a", "ask Pe\u00c3\u00b1a today"),
    "UTF-8 read as Latin-1": ("Ana N\u00f3brega", "ask N\u00c3\u00b3brega today"),
    "a letter as a web page writes it": ("Ana Pe\u00f1a", "ask Pe&ntilde;a today"),
    "a letter by its number": ("Ana Pe\u00f1a", "ask Pe&#241;a today"),
    "a letter as an address has it": ("Ana Pe\u00f1a", "see /Pe%C3%B1a"),
    "a letter as mail has it": ("Ana Pe\u00f1a", "To: Pe=C3=B1a"),
    "a letter as a program has it": ("Ana Pe\u00f1a", 'name: "Pe\\u00f1a"'),
    "a German name in two letters": ("Ana M\u00fcller", "ask Mueller today"),
    "a German name with dots": ("Ana Mueller", "ask M\u00fcller today"),
    "a Danish name in two letters": ("Ana \u00d8rsted", "ask Oersted today"),
    "a ring in two letters": ("Ana \u00c5kerman", "ask Aakerman today"),
}
DAYS = (
    "5 May 2025",
    "May 5, 2025",
    "05/05/25",
    "5/5/2025",
    "05.05.2025",
    "2025-05-05",
    "5-May-2025",
    "5th of May, 2025",
    "the 5th day of May 2025",
    "May 5th",
    "5 de mayo de 2025",
    "20250505",
    "05052025",
    "May 5 '25",
    "5 \u2013 5 \u2013 2025",
    "5, May 2025",
    "25-05-05",
    "05.05.25",
    "2025 05 05",
    "May 4-5, 2025",
    "May 4 and 5, 2025",
    "May 3, 4 and 5, 2025",
    "4 to 5 May 2025",
    "May 5\u20139, 2025",
    "04/05/2025-05/05/2025",
    "2025-05-05/2025-05-09",
    "5.5.25",
    "signed on 5/5 there",
    "the fifth of May, 2025",
    "this fifth day of May two thousand twenty-five",
    "May the fifth, twenty twenty-five",
    "May fifth",
    "cinco de mayo de dos mil veinticinco",
)
AMOUNTS = ("$1,234.50", "1234.5", "1,234.50", "1.234,50", "USD 1 234.50", "1234.50 dollars",
           "one thousand two hundred thirty-four dollars and fifty cents",
           "Twelve hundred thirty-four and 50/100 dollars", "1,234 dollars and 50 cents",
           "mil doscientos treinta y cuatro con 50/100")  # fmt: skip
MILLIONS = ("$2,500,000", "two and a half million", "2 1/2 million dollars",
            "two point five million",
            "2.5 millones de d\u00f3lares", "two million five hundred thousand", "2.5M", "2500 mil",
            "dos millones quinientos mil", "2,500 thousand")  # fmt: skip
NUMBERS = {
    "in words": ("202-555-0147", "two zero two five five five zero one four seven"),
    "in words, in groups": ("123-45-6789", "one twenty-three, forty-five, sixty-seven eighty-nine"),
    "with a letter like a digit": ("202-555-0147", "202 555 O147"),
    "by an end like a year": ("123-45-2025", "a number ending in 2025"),
    "by an end like a year, masked": ("123-45-2025", "tax year, ***-**-2025"),
    "that is withheld in words": ("two oh two five five five oh one four seven", "202.555.0147"),
    "by its end, masked": ("123-45-6789", "***-**-6789"),
    "by its end, masked by letters": ("123-45-6789", "XXX-XX-6789"),
    "by its end, in words": ("202-555-0147", "a telephone ending in 0147"),
    "by its last four": ("123-45-6789", "last four digits: 6789"),
    "by its end, in Spanish": ("4000 1234 5678 9010", "cuenta que termina en 9010"),
}
ROWS = {
    "an amount before another": (
        "$1,234",
        "between one thousand two hundred thirty-four and two thousand dollars",
    ),
    "an amount before a word of counting": (
        "$1,234",
        "one thousand two hundred thirty-four, two times",
    ),
    "an amount before one of many": (
        "$1,234",
        "one thousand two hundred thirty-four, one for each",
    ),
    "an amount behind a year": (
        "$2,500",
        "in two thousand twenty-four two thousand five hundred dollars",
    ),
    "an amount behind the same scale": ("$2,500", "two thousand two thousand five hundred dollars"),
    "a day before its year": ("May 5, 2025", "May five, two thousand twenty-five"),
    "a day before its year, in Spanish": ("May 5, 2025", "cinco de mayo, dos mil veinticinco"),
    "a day before its year, in two parts": ("May 5, 2025", "five May, twenty twenty-five"),
    "an amount in a long row": ("$1,234", "one, two, " * 20 + "twelve hundred thirty-four, one"),
    "a thousand millions": ("$2,500,000,000", "dos mil quinientos millones"),
    "a small amount with its unit": ("$200", "the one two hundred dollars"),
}
OTHERS = {
    "a part of a section by a Roman numeral": ("Iris Vega", "6103(d)(iv), (vi), (ii) and (iv)"),
    "a part of a section by a letter twice": ("Ana Brown", "6103(l)(ab), (aa) and (bb)"),
    "a part of a section by two letters": ("Carl Dunn", "of 103[a][cd], and 12(cd)"),
    "a word in brackets": ("Tom Adrian Xu", "the levy (tax), by right (law)"),
    "a chain behind a chain in a list": ("Carl Ude", "Washington, D.C., U.S."),
    "a code behind a code": ("Carl Cole", "26 U.S.C., C.F.R."),
    "a state behind a state": ("Yara Nunez", "N.Y., N.J."),
    "a day of birth": ("Dora Olga Brown", "d.o.b. unknown"),
    "the year of a day at a period's end": ("05/05/2025", "tax year ending June 2025"),
    "a year in which a period ends": ("123452024", "period ended in 2024"),
    "a year behind signs that mask nothing of a day": ("12/31/2024", "period ended in 2024"),
    "a half": ("January 2, 2024", "a share of 1/2"),
    "a third": ("March 1, 2024", "reduced by 1/3"),
    "sections in words": ("$1,234", "sections one, two, three, four"),
    "many times": ("$1,000", "a thousand times"),
    "a rare thing": ("$1,000,000", "one in a million"),
    "a heading of a title that sections have": ("May 1, 2018", "and so\n5.1.18 Scope\nThis part"),
    "a heading with a stop": ("May 1, 2018", "5.1.18.  Purpose and Scope\nThis part"),
    "a heading among those before it": (
        "May 1, 2018",
        "5.1 Collecting\n5.1.17 Limits of time\nIt is so.\n5.1.18 Locating\nIt is so.",
    ),
    "a heading with a part": ("May 1, 2018", "# 5.1.18 Locating\n\n## 5.1.18.1 Overview\n"),
    "sections in a row": ("May 1, 2019", "see IRM 5.1.18 and 5.1.19, 5.1.20 to 5.1.19"),
    "another's initials": (NAME, "signed N.Q. and M.P."),
    "letters that everybody writes": ("Ursula Cole", "26 U.S.C. 6103, in the U.S. and the US"),
    "a court": ("Dora Coe", "D.C., and D.D.C. 1:25-cv-1"),
    "an abbreviation of other letters": (NAME, "the FAQ and the MTQ"),
    "a word in small letters": ("Ivan Tello", "it is so"),
    "a word among capitals": ("Adam Stone", "THE LAW AS IT STANDS"),
    "a word of capitals": ("Ivan Stone", "THIS IS SO"),
    "a word at a line's end among capitals": ("Adam Stone", "THE LAW AS\nIT STANDS"),
    "the code of a state": ("Carl Adams", "in San Rafael, CA, and in C.A. alone"),
    "two letters of a firm": ("Acme Industries", "what AI does, and A.I."),
    "two letters of a street": ("12 Falk Street", "signed F.S."),
    "small letters that are words": ("Ivan Stone", "it is so (is), i.e. e.g. a.m. and p.m."),
    "small letters behind a colon": ("Ivan Stone", "NOTE: is it so, and/or not"),
    "words that hide none": (NAME, "aGVsbG8gd29ybGQK of IdentityServer 4 at 0123456789abcdef"),
    "another end": ("123-45-6789", "***-**-6780"),
    "another number in words": ("202-555-0147", "two zero two five five five zero one four eight"),
    "a fraction": ("2025-05-05", "5/5 of it"),
    "another day": ("2025-05-05", "6 May 2025, May 2025, 5 June and 2024-05-05"),
    "a day in another year": ("2025-05-05", "05/05/24"),
    "a verb": ("2025-05-05", "they may 5 times, five times"),
    "a section": ("2025-05-05", "section 5.5.1"),
    "a section of two digits at its end": (
        "2025-05-05",
        "IRM 5.5.25 and 11.5.25, 05.05 and 3.5.5.25",
    ),
    "days of another month in a row": ("2025-05-05", "June 4-5, 2025, and 4 and 5 June 2025"),
    "metres": ("$30,000,000", "it is 30 m wide"),
    "another amount": ("$1,234.50", "$2,234.60 and 1,234.51"),
    "a rounded amount": ("$1,234.50", "$1,235"),
    "a small number without a sign": ("$5.00", "page 5"),
}


DAYS_THAT_BEGIN_LINES = {
    "alone": "5.1.18 Called the taxpayer",
    "in a list of days": "5.1.17 Called\n5.1.18 Wrote\n5.1.19 Met",
    "in a list of years below a heading of one number": "5 Rent\n5.1.17 Paid\n5.1.18 Paid",
    "beside a part of another": "5.1.17 Called\n5.1.17.1 Terms\n5.1.18 Wrote",
    "with a nought": "05.01.18 Scope",
    "with its whole year": "5.1.2018 Scope",
    "with small letters behind": "5.1.18 scope of it",
    "with more than a title": "5.1.18 Scope agreed with counsel",
    "within a line": "as of 5.1.18 Scope",
    "in German": "1. 5. 18 Scope",
    "with nothing behind": "5.1\n5.1.17\n5.1.18\n",
}


@pytest.mark.parametrize("case", DAYS_THAT_BEGIN_LINES)
def test_a_day_that_begins_a_line_is_no_section(case):
    """Without a numbering of the document's own, what may be a day is one."""
    assert left("May 1, 2018", f"so\n{DAYS_THAT_BEGIN_LINES[case]}\n")


def left(withheld, kept, *appears):
    """Give how the search refuses what stays; nothing where it passes."""
    try:
        search("the kept words", [kept], needles_of([withheld], appears))
    except InputError as error:
        return str(error).replace("uispe", "the name itself")
    return ""


@pytest.mark.parametrize("case", FOUND)
def test_what_is_withheld_is_found_however_it_is_written(case):
    withheld, kept = FOUND[case]
    told = left(withheld, kept)
    assert "words of deletion 1 are also in" in told
    assert "the name itself" not in told


@pytest.mark.parametrize("withheld", DAYS)
def test_a_day_is_found_in_each_way_of_writing_it(withheld):
    assert [kept for kept in DAYS if not left(withheld, f"since {kept} it is so")] == []
    passage = f"it is thought that on {withheld} somebody will have it"
    assert [kept for kept in DAYS if not left(passage, f"since {kept} it is so")] == []


@pytest.mark.parametrize("withheld", AMOUNTS)
def test_an_amount_is_found_in_each_way_of_writing_it(withheld):
    assert [kept for kept in AMOUNTS if not left(withheld, f"paid {kept} then")] == []


@pytest.mark.parametrize("withheld", MILLIONS)
def test_millions_are_found_in_each_way_of_writing_them(withheld):
    assert [kept for kept in MILLIONS if not left(withheld, f"paid {kept} then")] == []


@pytest.mark.parametrize("case", NUMBERS)
def test_a_number_is_found_in_words_and_by_its_end(case):
    withheld, kept = NUMBERS[case]
    assert "words of deletion 1 are also in" in left(withheld, kept)


@pytest.mark.parametrize("case", ROWS)
def test_what_stands_in_a_row_of_numbers_in_words_is_found_by_itself(case):
    withheld, kept = ROWS[case]
    assert "words of deletion 1 are also in" in left(withheld, kept)


@pytest.mark.parametrize(
    ("withheld", "kept"),
    [("$1.2 million", "1,200,000"), ("$1.2m", "$1,200,000"), ("$500", "500 dollars")]
    + [("$1,200,000", kept) for kept in ("1.2M", "$1.2 M", "$1.2MM", "$1,200K", "$1.200 million")]
    + [("$9,500", "9500-9600"), ("$9,600", "9500-9600")],
)
def test_an_amount_is_found_with_its_scale_or_its_sign(withheld, kept):
    assert left(withheld, f"paid {kept} then")
    assert left(kept, f"paid {withheld} then")


@pytest.mark.parametrize("case", OTHERS)
def test_what_is_something_else_stays(case):
    withheld, kept = OTHERS[case]
    assert left(withheld, kept) == ""


def test_initials_alone_are_lifted_and_nothing_else_of_the_name():
    told = left(NAME, "see the note of MQ on this")
    assert told.endswith("--appears 1:initials")
    initials = read_elsewhere("1:initials")
    assert initials == Elsewhere(1, alone="initials")
    assert left(NAME, "see the note of MQ on this", initials) == ""
    assert left(NAME, "see the note of MQ, M. Quispe", initials)
    whole = read_elsewhere("1:1-2")
    assert left(NAME, "see the note of MQ, Maria Quispe", whole) == ""


LIFTS = {
    "day": ("May 5, 2025", "see 5/5/25 there", "since May 5, 2025"),
    "amount": ("$1,234,000", "it is 1.234 million", "paid $1,234,000"),
    "tail": ("123456789", "all of it ending in 6789", "is 123456789"),
}


@pytest.mark.parametrize("kind", LIFTS)
def test_what_only_reads_like_the_withheld_is_lifted_by_itself(kind):
    withheld, alike, itself = LIFTS[kind]
    assert left(withheld, alike).endswith(f"--appears 1:{kind}")
    lifted = read_elsewhere(f"1:{kind}")
    assert left(withheld, alike, lifted) == ""
    assert left(withheld, f"{alike}, {itself}", lifted)


SAID = (
    "The contact is Maria Quispe of the agency.",
    "Signed M.Q. and later M. Q. then MQ again.",
    "Ana Pe\u00f1a, then Pe\u02dcna, with M\u00fcller and Mueller of it.",
    "Paid $1,234.50 or 1234.5 dollars, on 5 May 2025, 05/05/25 and 2025-05-05.",
    "MARIA QUISPE and Quispe, Maria, or M a r i a Q u i s p e in a head.",
)
WORDS = ("Maria Quispe", "Pe\u00f1a", "M\u00fcller", "5 May 2025", "$1,234.50")


def by_typst():
    lines = "\n\n".join(f'#"{one}"' for one in SAID)
    return typst.compile(f'#set text(font: "Libertinus Serif", hyphenate: false)\n{lines}'.encode())


def by_hand():
    return saved(plain(lines=SAID))


@pytest.mark.parametrize("writer", [by_typst, by_hand])
def test_what_is_suggested_by_words_is_what_the_search_asks_for(writer):
    body = writer()
    source = PdfOfOthers("source.pdf", body, tuple(read_pages(body, "source.pdf")))
    found = suggest(source.pages, WORDS, "(b)(6)")
    marks = Marks(digest(body), tuple(found))
    for person in ("a.reyes", "b.stone"):
        marks = answered_for(marks, person, range(1, len(found) + 1))
    made = redact_pdf(source, marks).redacted
    text = " ".join(made.files["document.md"].decode().split())
    assert text.count("[withheld (b)(6)]") == len(found) == 16
    for one in ("uispe", "MQ", "M.", "Pe", "eller", "234", "2025", "05/"):
        assert one not in text.replace("Page", "")


def test_a_number_of_any_length_is_searched_and_none_of_its_length_stops_the_search():
    long = "9" * 30_000
    assert left(NAME, f"printed {long} and {long}.50 then") == ""
    assert left(long, f"printed {long} then")
    assert left("$1,234.50", long) == ""


SIGNS = st.text(
    st.one_of(
        st.sampled_from("aAbn '-\n\u00b4\u00a8\u0301\u00e9\u00a0"),
        st.sampled_from("\u1100\u1161\ufb01\u03c2\u0130\u0131"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(SIGNS, min_size=1, max_size=4))
def test_words_between_blanks_are_spelled_alone_as_they_are_together(texts):
    """So that a text with one accent costs what one without costs, and nothing less is found."""
    together = plain_letters._spelled(" ".join(texts))
    assert plain_letters.plain(" ".join(texts)) == together
    assert "".join(plain_letters.main_words(texts[0])) == "".join(
        sign
        for word in plain_letters._WRITTEN_WORD.findall(texts[0])
        if len(word) > 1 and word.casefold() not in plain_letters.PARTICLES
        for sign in "".join(plain_letters.plain_words(word))
    )


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("20190403", {(2019, 4, 3)}),
        ("04032019", {(2019, 4, 3), (2019, 3, 4)}),
        ("x20190403x", {(2019, 4, 3)}),
        ("120190403", set()),
        ("201904031", set()),
        ("20201920", set()),
        ("12011920", {(1920, 12, 1), (1920, 1, 12)}),
        ("99990403", set()),
    ],
)
def test_a_day_without_signs_between_is_eight_digits_and_no_part_of_more(text, days):
    assert {(one.year, one.month, one.day) for one, _ in days_in(text)} == days
