"""Text from outside, as a letter can show it: nothing invisible, nothing that reorders a line.

What a font of the letter cannot show, and what would move other text about (controls, marks of
direction, letters written from the right), stands there by its number, as ``[U+202E]``. So two ids
that differ never look alike, and a letter reads the same to the eye, to a screen reader and to a
search.
"""

import unicodedata

LONGEST = 400
"""Characters of one text; what is longer is cut, and says by how much."""

# Blocks that the letter's typeface has in full; tests set each of these characters once.
_SHOWN = (
    range(0x20, 0x7F),
    range(0xA1, 0xAD),
    range(0xAE, 0x180),
    range(0x391, 0x3A2),
    range(0x3A3, 0x3CA),
    range(0x410, 0x450),
    range(0x2010, 0x2011),
    range(0x2013, 0x2015),
    range(0x2018, 0x201B),
    range(0x201C, 0x201F),
    range(0x2026, 0x2027),
    range(0x20AC, 0x20AD),
)


def shown(text: str, *, most: int = LONGEST) -> str:
    """Give a text in which every character can be seen for what it is."""
    text = unicodedata.normalize("NFC", text)
    cut = "".join(map(_one, text[:most]))
    return f"{cut} [and {len(text) - most} more characters]" if len(text) > most else cut


def is_shown(character: str) -> bool:
    """Whether a letter shows a character as itself."""
    return any(ord(character) in block for block in _SHOWN)


def every_shown() -> str:
    """Give every character that a letter shows as itself."""
    return "".join(chr(point) for block in _SHOWN for point in block)


def _one(character: str) -> str:
    return character if is_shown(character) else f"[U+{ord(character):04X}]"
