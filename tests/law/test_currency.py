"""The book beside a copy of the Code: what is cited exists, what is encoded reads as it did."""

import pytest

from commands import ostiary
from ostiary.deciding.law.code.digests import digest_of, read_copy
from ostiary.deciding.law.code.structure import parts
from ostiary.deciding.law.currency import currency
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import InputError
from ostiary.domain.words import Layer

S = "/us/usc/t99/s12"
WANTED = {S, f"{S}/a", f"{S}/a/2", f"{S}/a/2/B/i", f"{S}/b", f"{S}/c"}

MARKDOWN = """
# Title 99— INVENTED LAW
#### § 12. Keepers of bees
##### (a) Who keeps

A keeper shall

(1) be known, and

(2) keep

(A) bees, or

(B) hives that

(i) hold bees, as paragraph (1) has it, or

(ii) have held them.
"""
MORE = """
# Title 99— INVENTED LAW
#### § 12. Keepers of bees
##### (b) Penalty

Whoever keeps otherwise is told so.
"""
USLM = """<uscDoc xmlns="http://xml.house.gov/schemas/uslm/1.0"><main>
<title identifier="/us/usc/t99">
<section identifier="/us/usc/t99/s12"><num>§ 12.</num><heading> Keepers of bees</heading>
<subsection identifier="/us/usc/t99/s12/a"><num>(a)</num><heading> Who keeps</heading>
<chapeau>A keeper shall—</chapeau>
<paragraph identifier="/us/usc/t99/s12/a/1"><num>(1)</num>
<content> be known, and</content></paragraph>
<paragraph identifier="/us/usc/t99/s12/a/2"><num>(2)</num><chapeau> keep—</chapeau>
<subparagraph identifier="/us/usc/t99/s12/a/2/A"><num>(A)</num>
<content> bees, or</content></subparagraph>
<subparagraph identifier="/us/usc/t99/s12/a/2/B"><num>(B)</num><chapeau> hives that—</chapeau>
<clause identifier="/us/usc/t99/s12/a/2/B/i"><num>(i)</num>
<content> hold bees, as paragraph (1) has it, or</content></clause>
<clause identifier="/us/usc/t99/s12/a/2/B/ii"><num>(ii)</num>
<content> have held them.</content></clause>
</subparagraph></paragraph></subsection>
<subsection identifier="/us/usc/t99/s12/b"><num>(b)</num><heading> Penalty</heading>
<content>Whoever keeps otherwise is told so.</content></subsection>
<notes><note><p>Once it was otherwise, see <ref>(b)</ref>.</p>
<quotedContent><subsection identifier="/us/usc/t99/s12/c"><content>Gone.</content></subsection>
</quotedContent></note></notes>
<sourceCredit>(Invented.)</sourceCredit></section></title></main></uscDoc>"""
STATUTE = """---
title: Keepers of bees
layer: statute
prefix: st
cites: {cites}
from: 2025-01-01
read:
  day: 2025-01-01
  grade: P
  source: an invented law
  digest: {digest}
---

# Keepers

```yaml
id: st.rule
cites: /us/usc/t99/s12/a/2/B/i
finding: Something is missing.
cure: Mend it.
```
```sql
sole_use
```
"""


@pytest.fixture
def markdown(tmp_path):
    folder = tmp_path / "code" / "title-99"
    folder.mkdir(parents=True)
    (folder / "chunk-1.md").write_text(MARKDOWN)
    (folder / "chunk-2.md").write_text(MORE)
    return tmp_path / "code"


@pytest.fixture
def uslm(tmp_path):
    (tmp_path / "xml").mkdir()
    (tmp_path / "xml" / "usc99.xml").write_text(USLM)
    return tmp_path / "xml"


def book(tmp_path, cites, digest):
    (tmp_path / "book" / "statutes").mkdir(parents=True, exist_ok=True)
    (tmp_path / "book" / "statutes" / "a.md").write_text(STATUTE.format(cites=cites, digest=digest))
    return tmp_path / "book"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["##### (i) Bees", "(1) x", "(A) y"], ["i", "i/1", "i/1/A"]),
        (["##### (i) Bees", "(1) x", "(A) y", "(i) z", "(I) w", "(II) v"],
         ["i", "i/1", "i/1/A", "i/1/A/i", "i/1/A/i/I", "i/1/A/i/II"]),
        (["##### (a) Bees", "(1) x", "(H) y", "(I) z"], ["a", "a/1", "a/1/H", "a/1/I"]),
        (["##### (a)", "(7) x", "(A) (i) y", "(ii) z", "(B) w"],
         ["a", "a/7", "a/7/A/i", "a/7/A/ii", "a/7/B"]),
        (["##### ( l ) Bees", "(13) x", "plain"], ["l", "l/13", "l/13"]),
        (["(1) no subsection", "(2) more"], ["1", "2"]),
        (["##### (a)", "(1) x", "(C) (i) y", "(I) a", "(aa) b", "(D) c"],
         ["a", "a/1", "a/1/C/i", "a/1/C/i/I", "a/1/C/i/I/aa", "a/1/D"]),
    ],
)  # fmt: skip
def test_parts_of_a_section(lines, told):
    assert ["/".join(part) for part, _ in parts(lines)] == told


def test_both_forms_of_the_code_give_the_same_digests(markdown, uslm):
    ours, theirs = read_copy(markdown, WANTED), read_copy(uslm, WANTED)
    for part in WANTED - {f"{S}/c"}:
        assert ours.digests[part] == theirs.digests[part], part
    assert ours.sections == theirs.sections == 1
    assert f"{S}/c" not in ours.known | theirs.known


def test_letters_count_and_type_does_not():
    assert digest_of("(2) A keeper\N{RIGHT SINGLE QUOTATION MARK}s hive\N{EM DASH}or") == digest_of(
        'A KEEPERS  hive "or'
    )
    assert digest_of("a hive") != digest_of("a hives")


@pytest.mark.parametrize("form", ["markdown", "uslm"])
def test_what_reads_as_it_did_changed_or_went(form, request, tmp_path):
    copy = request.getfixturevalue(form)
    digest = read_copy(copy, WANTED).digests[f"{S}/a/2"]
    told = {}
    for name, cites, kept in (
        ("same", f"{S}/a/2", digest),
        ("changed", f"{S}/a/2", digest_of("what it read once")),
        ("gone", f"{S}/z", digest),
    ):
        found = currency(read_book(book(tmp_path, cites, kept)), copy)
        told[name] = ([one.state for one in found.standings], found.missing, found.is_current)
    assert told == {
        "same": (["same"], (), True),
        "changed": (["changed"], (), False),
        "gone": (["gone"], (f"{S}/z",), False),
    }


def test_the_command_ends_with_status_1_and_names_what_is_missing(markdown, tmp_path):
    done = ostiary("book", "currency", markdown, "--book", book(tmp_path, f"{S}/z", digest_of("")))
    assert done.status == 1
    assert f"MISSING  {S}/z" in done.out


@pytest.mark.parametrize("form", ["markdown", "uslm"])
def test_a_title_that_is_not_in_the_copy_is_not_taken_for_repealed(form, request, tmp_path):
    copy = request.getfixturevalue(form)
    folder = book(tmp_path, "/us/usc/t98/s1/a", digest_of("x"))
    found = currency(read_book(folder), copy, ["/us/usc/t97/s3", f"{S}/b"])
    assert [one.state for one in found.standings] == ["not-in-copy"]
    assert (found.missing, found.absent) == ((), ("/us/usc/t97", "/us/usc/t98"))
    assert not found.is_current
    done = ostiary("book", "currency", copy, "--book", folder)
    assert done.status == 1
    assert "NOT LOOKED FOR  /us/usc/t98" in done.out
    assert "MISSING" not in done.out


@pytest.mark.parametrize("text", [b"# nothing", b"\x00\xff\xfe" * 900, b""])
def test_a_copy_of_which_no_section_can_be_read_is_refused(tmp_path, text):
    (tmp_path / "code" / "title-99").mkdir(parents=True)
    (tmp_path / "code" / "title-99" / "a.md").write_bytes(text)
    folder = book(tmp_path, f"{S}/a", digest_of("x"))
    done = ostiary("book", "currency", tmp_path / "code", "--book", folder)
    assert done.status == 2
    assert "no section of the United States Code" in done.err


def test_what_is_no_copy_of_the_code_is_refused(tmp_path):
    with pytest.raises(InputError, match="no copy of the United States Code"):
        read_copy(tmp_path, WANTED)


def test_every_instrument_of_the_shipped_book_says_what_it_was_read_from():
    for one in read_book(shipped_book()).instruments:
        assert one.read, one.id
        is_law = one.layer in {Layer.STATUTE, Layer.SAFEGUARD}
        assert bool(one.read.digest) == is_law, one.id
