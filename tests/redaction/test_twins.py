"""Whatever was withheld, the public bytes are the same: not its words, not its length shows."""

import random
import textwrap

import pytest

from ostiary.office.redaction.commitments import commit
from ostiary.office.redaction.rendering import emptied, rendered
from ostiary.office.redaction.source import blocks

TEXT = """# Agreement between {0} and the agency

The point of contact is {1}, who answers questions about it within ten days of the day on which
they come in, and says so in writing to both.

## What is asked for

- the name of the person, and {2}
- {3}

{4}

## Who signs {5}

It ends on {6}.
"""
GROUNDS = ("order D.D.C. 25-677", "(b)(6)", "(b)(3) 26 USC 6103", "(b)(7)(E)", "(b)(5)", "(b)(6)",
           "(b)(7)(A)")  # fmt: skip
WITHHELD = {
    "one letter each": ["x"] * 7,
    "one word each": ["Quispe"] * 7,
    "forty letters": ["W" * 40] * 7,
    "a sentence": ["the item that nobody may read before the day comes"] * 7,
    "paragraphs": ["first\n\nsecond\n\n- an item\n\n# a heading"] * 7,
    "wide and narrow": ["iiiii", "WWWWW", "l", "MMMMMMMMMM", "1", ".", "—"],
    "other scripts": [
        "Ñandú",
        "日本語の名前",
        "имя",
        "\N{GREEK SMALL LETTER OMICRON}",
        "محمد",
        "👩‍👩‍👧".replace("\u200d", ""),
        "ß",
    ],
    "signs of markup": ["<b>&amp;", "#set text()", "\\u0041", "**x**", "[y](z)", '"', "$x$"],
}


def source(withheld, *, wide=0, end="\n"):
    """The document with these words marked; wrapped anew at ``wide``, as an author would."""
    marks = [f"{{{{{g}: {w}}}}}" for g, w in zip(GROUNDS, withheld, strict=True)]
    text = TEXT.format(*marks)
    if wide:
        text = "\n\n".join(
            part if part.lstrip().startswith(("#", "-")) else textwrap.fill(part, wide)
            for part in text.split("\n\n")
        )
    return text.replace("\n", end)


@pytest.fixture(scope="module")
def first():
    return rendered(emptied(blocks(source(WITHHELD["one letter each"]))))


@pytest.mark.parametrize("kind", WITHHELD)
def test_other_withheld_words_give_the_same_bytes(kind, first):
    assert rendered(emptied(blocks(source(WITHHELD[kind])))) == first


@pytest.mark.parametrize("wide", [30, 60, 79, 120])
def test_where_the_source_breaks_its_lines_tells_nothing(wide, first):
    """An editor wraps a long deletion elsewhere than a short one."""
    for kind in ("one letter each", "forty letters", "a sentence"):
        assert rendered(emptied(blocks(source(WITHHELD[kind], wide=wide)))) == first
    assert rendered(emptied(blocks(source(WITHHELD["one word each"], end="\r\n")))) == first


def test_any_words_whatever_give_the_same_bytes(first):
    rng = random.Random(8)
    signs = "abcdefghij KLMNOP 0123456789 .,;:-'()\n\n#*_"
    for _ in range(10):
        drawn = ["x" + "".join(rng.choices(signs, k=rng.randint(1, 300))) for _ in range(7)]
        assert rendered(emptied(blocks(source(drawn)))) == first


def test_another_ground_is_seen(first):
    text = source(WITHHELD["one word each"]).replace("(b)(5)", "(b)(4)")
    changed = rendered(emptied(blocks(text)))
    assert all(changed[name] != body for name, body in first.items())


def test_a_withheld_word_is_never_set():
    with pytest.raises(ValueError, match="still has words"):
        rendered(blocks(source(WITHHELD["one word each"])))


def test_commitments_tell_neither_words_nor_length():
    """The same words twice: two commitments; one letter and a page: 32 bytes each."""
    first, second = (commit(blocks(source(WITHHELD["one word each"]))) for _ in range(2))
    leaves = [piece.commitment for piece in (*first, *second)]
    assert len(set(leaves)) == len(leaves)
    long = commit(blocks(source(["y" * 3000] * 7)))
    assert {len(piece.commitment) for piece in long} == {64}
    assert len(long) == len(first)
