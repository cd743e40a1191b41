"""Marks in a document: read whole, or refused with the line and without its words."""

import pytest

from ostiary.domain.errors import InputError
from ostiary.office.redaction.grounds import GROUNDS, meaning, read_ground
from ostiary.office.redaction.source import Run, blocks, read_document

SECRET = "Quispe"
BAD = {
    "never closed": (f"a\nb {{{{(b)(6): {SECRET}", "line 2: `{{` is never closed"),
    "never opened": (f"a\n\n{SECRET}}}}} b", "line 3: `}}` without `{{`"),
    "no ground": (f"{{{{{SECRET}}}}}", "line 1: a deletion without a ground"),
    "unknown ground": (f"{{{{(b)(10): {SECRET}}}}}", "a deletion without a ground"),
    "7 without letter": (f"{{{{(b)(7): {SECRET}}}}}", "a deletion without a ground"),
    "statute not named": (f"{{{{(b)(3): {SECRET}}}}}", "a deletion without a ground"),
    "order not named": (f"{{{{order: {SECRET}}}}}", "a deletion without a ground"),
    "a statute where none belongs": (f"{{{{(b)(6) {SECRET}: x}}}}", "a deletion without a ground"),
    "a mark in a mark": (
        f"{{{{(b)(6): a {{{{(b)(5): {SECRET}}}}} b}}}}",
        "braces inside a deletion",
    ),
    "one brace": (f"a\n{{(b)(6): {SECRET}}}", "line 2: a ground that stands in the clear"),
    "one brace about an order": (f"{{order 25-cv-1: {SECRET}}}", "a ground that stands in the"),
    "nothing": ("{{(b)(6):  }}", "a deletion of nothing"),
    "unseen sign": (f"a\n{SECRET}\u200bb", "line 2: an unseen sign"),
    "private use": (f"{SECRET}\ue0005\ue001", "an unseen sign"),
    "bidi": (f"a \u202e{SECRET}", "an unseen sign"),
    "empty": ("  \n\n", "the document is empty"),
    "skipped level": (f"# {SECRET}\n\n### c\n", "section 2 is of level 3"),
    "first level": (f"## {SECRET}\n", "section 1 is of level 2"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_not_well_marked_is_refused_by_its_line(case):
    text, said = BAD[case]
    with pytest.raises(InputError) as caught:
        blocks(text)
    assert said in str(caught.value)
    assert caught.value.cure
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("body", [b"\xff\xfe", b"x" * 2_000_001])
def test_what_is_no_document_is_refused(body, tmp_path):
    (tmp_path / "d.md").write_bytes(body)
    with pytest.raises(InputError):
        read_document(tmp_path / "d.md")
    with pytest.raises(InputError, match="cannot be read"):
        read_document(tmp_path / "none.md")


def test_the_very_words_are_kept_apart():
    [one] = blocks("Before {{(b)(6): Maria\nQuispe}} after.")
    assert one.runs == (Run("Before "), Run("Maria\nQuispe", "(b)(6)"), Run(" after."))


def test_sections_begin_with_headings():
    found = blocks("lead\n# one\na\n\nb\n## two\n- c\n  goes on\n- d")
    told = [(one.kind, one.section, one.runs[0].text) for one in found]
    assert told == [
        ("paragraph", 0, "lead"),
        ("heading", 1, "one"),
        ("paragraph", 1, "a"),
        ("paragraph", 1, "b"),
        ("heading", 2, "two"),
        ("item", 2, "c goes on"),
        ("item", 2, "d"),
    ]


def test_every_ground_is_read_and_means_something():
    for ground in GROUNDS:
        whole = f"{ground} 26 USC 6103" if ground in ("(b)(3)", "order") else ground
        assert read_ground(whole) == whole
        assert meaning(whole) == GROUNDS[ground]
