"""White space of every kind, and with it the signs that nobody sees."""

from ostiary.deciding.intake.misread import INVISIBLE_CLASS

# Unicode property White_Space (PropList.txt), and the four separators U+001C to U+001F.
SPACES = "".join(
    chr(point)
    for first, last in (
        (0x09, 0x0D),
        (0x1C, 0x20),
        (0x85, 0x85),
        (0xA0, 0xA0),
        (0x1680, 0x1680),
        (0x2000, 0x200A),
        (0x2028, 0x2029),
        (0x202F, 0x202F),
        (0x205F, 0x205F),
        (0x3000, 0x3000),
    )
    for point in range(first, last + 1)
)
"""Signs that are white space, for `trim`."""

ODD_SPACES = (
    r"\x09-\x0d\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}"
    rf"\x{{3000}}{INVISIBLE_CLASS}"
)
"""The same but for the plain blank, and signs that are not seen, for the inside of a class."""
