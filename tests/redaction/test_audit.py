"""The audit fails closed: each leak is found, each reader's doubt counts, nothing stays behind."""

import io

import pikepdf
import pytest
from pypdf import PdfReader

from commands import ostiary
from ostiary.domain.errors import InputError
from ostiary.office.redaction.audit import audit
from ostiary.office.redaction.needles import needles_of, read_elsewhere
from ostiary.office.redaction.passages import names_in
from ostiary.office.redaction.publishing import redact
from ostiary.office.redaction.rendering import emptied, rendered
from ostiary.office.redaction.source import blocks

LEAKS = {
    "the name again": ("{{(b)(6): Maria Quispe}} and later Maria Quispe", 1),
    "the surname alone": ("{{(b)(6): Maria Quispe}} and later Ms. QUISPE", 1),
    "in a heading": ("# About Quispe\n\n{{(b)(6): Maria Quispe}}", 1),
    "with a hyphen between": ("{{(b)(6): Maria Quispe}} and later Maria-Quispe", 1),
    "in another dress": ("{{(b)(6): Quispe}} and later Qui\N{LATIN SMALL LETTER LONG S}pe", 1),
    "joined": ("{{(b)(6): Maria Quispe}} at mariaquispe@example.org", 1),
    "over a list": ("{{(b)(6): Maria Quispe}}\n\n- Maria\n- Quispe", 1),
    "digits parted otherwise": ("{{(b)(6): 202-555-0147}} or (202) 555 0147", 1),
    "digits inside a longer number": ("{{(b)(6): 5550147}} or 2025550147", 1),
    "the second of two": ("{{(b)(5): advice}} {{(b)(6): Quispe}} of Quispe", 2),
    "five words of a paragraph": (
        "{{(b)(5): it is said that the item may not be read by anybody}}; the item may not be read",
        1,
    ),
    "without the mark on a letter": (
        "{{(b)(6): Ana Pe\N{LATIN SMALL LETTER N WITH TILDE}a}}, PENA",
        1,
    ),
    "with a mark on a letter": ("{{(b)(6): Ana Pena}}, Pe\u00f1a", 1),
    "with a Cyrillic letter": ("{{(b)(6): Chen}}, \N{CYRILLIC CAPITAL LETTER ES}hen", 1),
    "with a letter spelled out": (
        "{{(b)(6): \u0141ysak}}, Lysak",
        1,
    ),
    "without its apostrophe": ("{{(b)(6): O'Brien}} was OBRIEN", 1),
    "with an apostrophe": ("{{(b)(6): Obrien}} was O'Brien", 1),
    "parted by a hyphen at a line's end": ("{{(b)(6): Quispe}} was Quis-\npe", 1),
    "without the possessive that was withheld": ("{{(b)(6): Quispe's}} is Quispe", 1),
    "in the plural": ("{{(b)(6): Ana Quispe}} of the Quispes", 1),
    "one part of a name with a hyphen": ("{{(b)(6): Ana Quispe-Rojas}} is Ms. Rojas", 1),
    "the other part": ("{{(b)(6): Ana Quispe-Rojas'}} is Ms. Quispe", 1),
    "with an apostrophe for an okina": ("{{(b)(6): Ka\u02bbahumanu}} was Ka'ahumanu", 1),
    "with an okina for an apostrophe": ("{{(b)(6): Ka'ahumanu}} was Ka\u02bcahumanu", 1),
    "without its okina": ("{{(b)(6): Ka\u02bbahumanu}} was Kaahumanu", 1),
    "an okina within a passage": (
        "{{(b)(5): it was said that Ana Ka\u02bbahumanu has the item now}}; ask Ana Kaahumanu",
        1,
    ),
    "digits parted by long dashes": (
        "{{(b)(6): 555-01-0147}} or 555\N{EN DASH}01\N{EN DASH}0147",
        1,
    ),
    "digits parted by commas": ("{{(b)(4): 1234567}} or 1, 234, 567", 1),
    "a telephone without its area": ("{{(b)(6): (202) 555-0147}}, here 555-0147", 1),
    "a short word": ("{{(b)(6): Li}} and li", 1),
    "a name within a passage": (
        "{{(b)(5): it was Maria Quispe who said that the item is late}}; ask Maria Quispe",
        1,
    ),
    "a name with an initial within a passage": (
        "{{(b)(5): said by Maria T. Quispe-Rojas who had it from somebody}}; maria quispe rojas",
        1,
    ),
    "a name of a word that is a particle elsewhere": (
        "{{(b)(5): it was said that Wei Du has the item now}}; ask Wei Du today",
        1,
    ),
    "a title before a word that is a particle elsewhere": (
        "{{(b)(5): it was said that Ms. Van has the item now}}; ask Ms. Van today",
        1,
    ),
    "a name with an apostrophe within a passage": (
        "{{(b)(5): it was said that Li O'Day has the item now}}; ask Li O Day today",
        1,
    ),
    "a name in single letters within a passage": (
        "{{(b)(5): it was said that Ana Ruiz has the item now}}; A n a R u i z",
        1,
    ),
    "a name between strokes": ("{{(b)(6): Ana / Ruiz / Cusco}}; ask Ruiz today", 1),
    "a firm": ("{{(b)(6): Quispe & Sons - Cusco}}; ask Quispe today", 1),
    "a name in brackets": ("{{(b)(6): (Quispe) Ana}}; ask Quispe today", 1),
    "a name in quotation marks": ("{{(b)(6): \u201cQuispe\u201d (Ana)}}; ask Quispe today", 1),
    "names with a comma alone between": ("{{(b)(6): Quispe,Ana}}; ask Quispe today", 1),
    "names with a dash between": ("{{(b)(6): Quispe\N{EN DASH}Rojas}}; ask Rojas today", 1),
    "a surname behind a title within a passage": (
        "{{(b)(5): the office thinks that Ms. Quispe has the item by now}} and Quispe",
        1,
    ),
}


@pytest.mark.parametrize("case", LEAKS)
def test_words_that_are_kept_elsewhere_fail_the_audit_by_their_number(case, tmp_path):
    text, number = LEAKS[case]
    (tmp_path / "d.md").write_text(text)
    with pytest.raises(InputError, match=f"words of deletion {number} ") as caught:
        redact(tmp_path / "d.md")
    assert "uispe" not in str(caught.value)


@pytest.mark.parametrize(
    "shared",
    [
        "The Agency",
        "the Internal Revenue Service",
        "Section A. The Court",
        "of May. Monday",
        "IRS CI",
    ],
)
def test_what_a_passage_shares_with_the_rest_is_no_name(shared, tmp_path):
    text = f"{{{{(b)(5): it is thought that {shared} will have it by then}}}} and {shared}"
    (tmp_path / "d.md").write_text(text)
    assert redact(tmp_path / "d.md").withheld


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("that Otto Falk's advice", ["otto falk"]),
        ("that Otto Falk\u2019s advice", ["otto falk"]),
        ("that Mr. Falk's advice", ["falk"]),
        ("that OTTO FALK has said", ["otto falk"]),
        ("that OTTO J. FALK'S advice", ["otto falk"]),
        ("that MS. FALK has said", ["falk"]),
        ("ALL OF IT SAYS OTTO FALK", []),
        ("that the FOIA Quotient of IRS Otto", []),
        ("that Ms. Wu has said", ["wu"]),
        ("that Ms. So has said", []),
        ("that Maria de la Cruz has said", ["maria cruz"]),
        ("that Ms. van der Berg has said", ["berg"]),
        ("that the Agency's Counsel has said", []),
        ("that Otto, de la Cruz and Ana", []),
        ("asked Ana Pe\u00f1a, then Dr. Li; Jo. Ana", ["ana pena", "li"]),
        ("that O\u2019Neil Ruiz-Rojas said", ["oneil ruizrojas"]),
        ("that Falk, Otto has said", ["falk otto"]),
        ("that Falk,\nOtto J. has said", ["falk otto"]),
        ("that FALK, Otto has said", ["falk otto"]),
        ("that LI, Chen has said", ["li chen"]),
        ("that de la Cruz, Maria has said", ["cruz maria"]),
        ("that Falk, Dr. Otto has said", ["otto"]),
        ("that IRS, CIA and FOIA, Otto,", ["foia otto"]),
        ("in Portland, Oregon, and Albany, New York", []),
        ("However, Otto and, Falk", []),
    ],
)
def test_names_are_found_as_they_are_written_in_both_orders(written, names):
    both = {tuple(one.split()) for one in names}
    assert set(names_in(written)) == both | {one[::-1] for one in both}


DRESSES = ("Otto Falk", "Falk, Otto", "FALK, Otto R.", "Otto R. Falk", "falk otto", "Otto de Falk")


@pytest.mark.parametrize("kept", DRESSES)
@pytest.mark.parametrize("withheld", DRESSES[:4])
def test_a_name_within_a_passage_is_found_in_either_order(withheld, kept, tmp_path):
    text = f"{{{{(b)(5): it is thought that {withheld} will have it by then}}}}; ask {kept} today"
    (tmp_path / "d.md").write_text(text)
    with pytest.raises(InputError, match="words of deletion 1 "):
        redact(tmp_path / "d.md")


def public(*told):
    return [read_elsewhere(one) for one in told]


def test_a_person_may_say_that_words_are_public_elsewhere(tmp_path):
    (tmp_path / "d.md").write_text("{{(b)(6): 2025}} in 2025, {{(b)(6): Maria Quispe}}")
    with pytest.raises(InputError, match="deletion 1 ") as caught:
        redact(tmp_path / "d.md")
    assert caught.value.cure.endswith(": --appears 1:1")
    assert redact(tmp_path / "d.md", appears=public("1")).withheld[0].text == "2025"
    for told, refusal in (("3", "no such deletion"), ("2", "several words"), ("2:3", "no such wo")):
        with pytest.raises(InputError, match=refusal):
            redact(tmp_path / "d.md", appears=public(told))


def test_what_is_public_of_a_deletion_uncovers_nothing_else_of_it(tmp_path):
    text = "{{(b)(6): Maria Quispe, 202-555-0147}} since Maria. "
    (tmp_path / "d.md").write_text(text)
    assert redact(tmp_path / "d.md", appears=public("1:1"))
    for more, place in (("Quispe", "1:2"), ("Maria Quispe", "1:2"), ("2025550147", "1:3")):
        (tmp_path / "d.md").write_text(text + more)
        with pytest.raises(InputError, match="words of deletion 1 ") as caught:
            redact(tmp_path / "d.md", appears=public("1:1"))
        assert caught.value.cure.endswith(f": --appears {place}")


def test_the_refusal_says_by_which_words_it_may_be_confirmed(tmp_path):
    shared = "that no record may be looked at before the law has spoken"
    text = f"{{{{(b)(5): we think {shared}, says Ana Falk}}}} it is so {shared}; Falk, Ana."
    (tmp_path / "d.md").write_text(f"{text} {{{{(b)(6): 2025}}}} 2025")
    with pytest.raises(InputError) as caught:
        redact(tmp_path / "d.md")
    told = caught.value.cure.rpartition(": ")[2]
    assert told == "--appears 1:3-14 --appears 1:16-17 --appears 2:1"
    assert redact(tmp_path / "d.md", appears=public("1:3-14", "1:16-17", "2:1"))
    with pytest.raises(InputError, match="words of deletion 1 "):
        redact(tmp_path / "d.md", appears=public("1:3-13", "1:16-17", "2:1"))


@pytest.mark.parametrize("told", ["", "0", "1:", "1:0", "1:3-2", "1-2", "x", "1:2:3"])
def test_places_that_are_none_are_none(told):
    assert read_elsewhere(told) is None


def test_a_kept_sign_that_cannot_be_set_is_refused(tmp_path):
    (tmp_path / "d.md").write_text("{{(b)(6): Quispe}} \N{CJK UNIFIED IDEOGRAPH-4E00}")
    with pytest.raises(InputError, match="typeface"):
        redact(tmp_path / "d.md")


CLEAN = "# Agreement\n\nContact: {{(b)(6): Maria Quispe 202-555-0147}}, fi ffi, 26 USC 6103.\n"


NEEDLES = needles_of(["Maria Quispe 202-555-0147", "Maria Quispe"])


@pytest.fixture(scope="module")
def clean():
    public = emptied(blocks(CLEAN))
    return rendered(public), public


def leaky_pdf(body, leak):
    with pikepdf.open(io.BytesIO(body)) as pdf:
        leak(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def in_metadata(pdf):
    pdf.docinfo["/Subject"] = "Maria Quispe"


def in_an_attachment(pdf):
    pdf.attachments["notes.txt"] = b"ask Maria Quispe, 2025550147"


def in_an_unused_object(pdf):
    pdf.Root["/PieceInfo"] = pikepdf.Dictionary(X=pdf.make_stream(b"202-555-0147 " * 9))


def on_the_page(pdf):
    page = pdf.pages[0]
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
                              BaseFont=pikepdf.Name.Helvetica)  # fmt: skip
    page.Resources.Font["/F99"] = pdf.make_indirect(font)
    page.contents_add(b"BT /F99 9 Tf 3 Tr 72 72 Td (more) Tj ET")


def a_page_less(pdf):
    pdf.pages.append(pdf.pages[0])


PDF_LEAKS = [in_metadata, in_an_attachment, in_an_unused_object, on_the_page, a_page_less]


@pytest.mark.parametrize("leak", PDF_LEAKS)
def test_what_is_hidden_in_a_pdf_is_found(leak, clean):
    files, public = clean
    audit(files, public, NEEDLES)
    leaking = files | {"document.pdf": leaky_pdf(files["document.pdf"], leak)}
    with pytest.raises(InputError):
        audit(leaking, public, NEEDLES)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("document.pdf", lambda body: body[: len(body) // 2]),
        ("document.pdf", lambda _: b""),
        ("document.pdf", lambda body: body + b"\n% Maria Quispe\n"),
        ("document.html", lambda body: body.replace(b"<main>", b'<main data-x="Maria Quispe">')),
        ("document.html", lambda body: body.replace(b"Contact", b"Contacts")),
        ("document.html", lambda body: body.replace(b"</title>", b" Maria Quispe</title>")),
        ("document.md", lambda body: body + b"more"),
        ("index.csv", lambda body: body + b"2,1,,x,y\n"),
    ],
)
def test_a_file_that_says_anything_else_fails(name, change, clean):
    files, public = clean
    with pytest.raises(InputError):
        audit(files | {name: change(files[name])}, public, needles_of(["Maria Quispe"]))


def test_other_readers_find_nothing_either(clean):
    files, _ = clean
    reader = PdfReader(io.BytesIO(files["document.pdf"]))
    text = "".join(page.extract_text() for page in reader.pages)
    assert "[withheld (b)(6)]" in text
    with pikepdf.open(io.BytesIO(files["document.pdf"])) as pdf:
        streams = [one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        assert not pdf.attachments
        assert "/Names" not in pdf.Root
    for body in (text.encode(), *files.values(), *streams):
        assert b"uispe" not in body
        assert b"0147" not in body


def test_what_fails_leaves_nothing_behind(tmp_path):
    (tmp_path / "d.md").write_text(LEAKS["the name again"][0])
    done = ostiary("redact", "make", tmp_path / "d.md", "--out", tmp_path / "out",
                   "--secrets", tmp_path / "s.json")  # fmt: skip
    assert done.status == 2
    assert "uispe" not in done.err
    assert [one.name for one in tmp_path.iterdir()] == ["d.md"]


def test_from_the_document_to_the_proof_on_the_command_line(tmp_path):
    (tmp_path / "d.md").write_text(CLEAN)
    made = ostiary("redact", "make", tmp_path / "d.md", "--out", tmp_path / "out",
                   "--secrets", tmp_path / "s.json")  # fmt: skip
    assert made.status == 0, made.err
    assert (tmp_path / "s.json").stat().st_mode & 0o777 == 0o600
    assert "uispe" not in made.out
    root = made.out.split("root ")[1][:64]
    opened = ostiary("redact", "unseal", tmp_path / "s.json", "--number", 1,
                     "--out", tmp_path / "u.json")  # fmt: skip
    assert opened.status == 0, opened.err
    proof = ("redact", "verify", tmp_path / "out" / "commitments.json", "--root", root)
    assert "sound" in ostiary(*proof).out
    assert "Maria Quispe" in ostiary(*proof, "--unsealed", tmp_path / "u.json").out
    forged = (tmp_path / "u.json").read_text().replace("Maria", "Marta")
    (tmp_path / "u.json").write_text(forged)
    done = ostiary(*proof, "--unsealed", tmp_path / "u.json")
    assert done.status == 1
    assert "not the text that was committed to" in done.err
    inside = ostiary("redact", "make", tmp_path / "d.md", "--out", tmp_path / "pub",
                     "--secrets", tmp_path / "pub" / "s.json")  # fmt: skip
    assert inside.status == 2
    assert not (tmp_path / "pub").exists()
