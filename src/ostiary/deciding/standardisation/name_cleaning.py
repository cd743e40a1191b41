"""What every part of a name goes through before it is read: letters, ends and heads."""

from ostiary.deciding.standardisation.conditions import equals, every, holds, is_not, no
from ostiary.deciding.standardisation.definition import Rewriting, Step, rewriting_steps, together
from ostiary.deciding.standardisation.phrases import (
    constant,
    cut,
    either,
    looked_up,
    replaced,
    rewritten,
    text,
    trimmed,
    upper,
)
from ostiary.deciding.standardisation.terms import Text
from ostiary.deciding.standardisation.vocabulary.nicknames import WRITTEN_FORMS
from ostiary.deciding.standardisation.vocabulary.nothing import NOTHING
from ostiary.deciding.standardisation.vocabulary.numbers import DRAWN_LIKE
from ostiary.deciding.standardisation.vocabulary.surnames import (
    DEGREES_APART,
    OF_SOMEBODY,
    PARTICLES,
)

_ORDINALS = {
    "2ND": "II", "3RD": "III", "4TH": "IV", "5TH": "V", "6TH": "VI", "7TH": "VII", "8TH": "VIII"
}  # fmt: skip

# What a reader of print takes for a letter: MAR9ARET, 8ROWN. Behind a word a digit is no letter.
_AT_FIRST = "0458"

LETTERS_ONLY = (
    Rewriting("['`]", "", ("'", "`")),
    *(Rewriting(rf"\b{word}\b", numeral, tuple(_ORDINALS)) for word, numeral in _ORDINALS.items()),
    *(
        Rewriting(rf"([A-Z]){digit}([A-Z])", rf"\1{letter}\2", (digit,))
        for digit, letter in DRAWN_LIKE.items()
    ),
    *(
        Rewriting(rf"\b{digit}([A-Z][A-Z])", rf"{DRAWN_LIKE[digit]}\1", (digit,))
        for digit in _AT_FIRST
    ),
    Rewriting("[^A-Z ]+", " "),
    Rewriting("  +", " ", ("  ",)),
)
"""What every part of a name goes through. Ordinals come before the digits go."""

# OTTO (BUDDY), "BUDDY": what friends say is no name. OTTO (JR) is a suffix.
_AND = Rewriting(r"[&+] *([A-Z]{2})", r" AND \1", ("&", "+"))

# OTTO (SON), FALK (FATHER): which of two of one name.
_TOLD_APART = (
    Rewriting(r"\( *(?:THE )?(?:SON|HIJO|YOUNGER)[. ]*\)", " JR ", ("(",)),
    Rewriting(r"\( *(?:THE )?(?:FATHER|PADRE|ELDER)[. ]*\)", " SR ", ("(",)),
    Rewriting(rf"\( *(?:THE )?({OF_SOMEBODY}|FOR [A-Z]+)\b[^()]*\)", r" \1 ", ("(",)),
    Rewriting(r"\( *(?:A )?MINOR[. ]*\)", " MINOR CHILD ", ("(",)),
)

SPOKEN = (
    _AND,
    Rewriting("([A-Z]{2,}) ?/ ?([A-Z]{2,})", r"\1 AND \2", ("/",)),
    Rewriting(r" \(?A ?/? ?K ?/? ?A\b.*$", "", ("A/K/A", "AKA", "A K A")),
    *_TOLD_APART,
    Rewriting(r"\( *(JR|SR|II|III|IV|JUNIOR|SENIOR)[. ]*\)", r" \1 ", ("(",)),
    Rewriting(r"""([A-Z.]) *(?:\([^()]*\)|"[^"]*")""", r"\1 ", ("(", '"')),
)

QUOTED = (_AND, Rewriting('"[^"]*"', " ", ('"',)))

APART = together(
    (
        Rewriting(rf"([A-Z]{{2}})[. ]*[,(] *(?:{DEGREES_APART})[.) ]*$", r"\1"),
        Rewriting(r"& *CO\b", " AND CO"),
        Rewriting(rf"\b({PARTICLES})&([A-Z])", r"\1 \2"),
        # FALK & POE; VAN+DYKE is what a program did to a space
        Rewriting(r"& *([A-Z]{2})", r" AND \1"),
        # FALK / IRENE POE; LOPEZ/GARCIA are two surnames of one.
        Rewriting(r" [/+] +([A-Z]{3,} [A-Z]{2,})", r" AND \1"),
        Rewriting("/([A-Z]{4,} [A-Z]{2,})", r" AND \1"),
        Rewriting(r"\b(?:40[13] ?\(?[KB]\b\)?|457|529)", " PLAN"),
        *_TOLD_APART,
    ),
    (",", "(", "&", "/", "+", "40", "457", "529"),
)


def cleaned(name: str, stated_part: Text, before: tuple[Rewriting, ...] = ()) -> list[Step]:
    """Clean a part of a name of which words for nothing were taken out before signs are."""
    said = Step(f"{name}_said", stated_part)
    steps = rewriting_steps(f"{name}_letters", upper(text(said.name)), (*before, *LETTERS_ONLY))
    return [said, *steps, Step(name, trimmed(text(f"{name}_letters")))]


def when_several(x: Text, value: Text) -> Text:
    """Most names are one word: look closer only at the others."""
    return either((holds(x, " "), value), otherwise=x)


def tail(x: Text, suffixes: str) -> Text:
    """Give the suffix at the end of several words; nothing of a single one."""
    found = cut(x, f" ({suffixes})$")
    return either((holds(x, " "), found), otherwise=constant(""))


def without_tail(x: Text, suffixes: str) -> Text:
    """Take suffixes off the end of several words."""
    return when_several(x, rewritten(x, f"(?: (?:{suffixes}))+$", ""))


def without_head(x: Text, words: str) -> Text:
    """Take words off the beginning, as long as another one follows."""
    return when_several(x, rewritten(x, f"^(?:(?:{words}) )+", ""))


def unless_nothing(x: Text, names_too: tuple[str, ...] = ()) -> Text:
    """Give a cleaned part, or the empty text: what is left of it may be a word for nothing."""
    listed = is_not(looked_up(replaced(x, " ", ""), NOTHING), "")
    nothing = every(listed, no(equals(x, *names_too))) if names_too else listed
    return either((nothing, constant("")), otherwise=x)


def in_full(x: Text) -> Text:
    """Write a short form out: MARIA for MA."""
    return looked_up(x, WRITTEN_FORMS, x)
