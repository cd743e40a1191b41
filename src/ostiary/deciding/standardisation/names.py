"""The standard form of a name.

===================  ==========================================================================
``n_given``          first given name: ``A`` to ``Z`` only; apostrophes, titles and ranks gone, and
                     markers that all brothers or sisters have, where another word follows
``n_middle``         what follows the first given name, then the middle name; single spaces; a
                     written short form is the name: MARIA for MA
``n_surname``        all words of the surname; hyphens are spaces, O, MC and MAC are grown on, SAINT
                     is ST, degrees and the Y of RUIZ Y SOTO are gone
``n_suffix``         JR, SR, II to X, NETO, SOBRINHO or empty; from its own field or an end of the
                     others; two of them (III JR) where they contradict one another
``n_surname_key``    the surname without particles and spaces: CRUZ for DE LA CRUZ and DELACRUZ
``n_given_group``    the representative of the given name's group of nicknames, or the name itself
``n_name_stated``    false when a given name or a surname is missing or is a placeholder
===================  ==========================================================================
"""

from ostiary.deciding.standardisation.conditions import (
    equals,
    every,
    has,
    holds,
    is_not,
    is_one_letter_repeated,
    is_shorter,
    no,
    same,
    some,
)
from ostiary.deciding.standardisation.definition import (
    Definition,
    Rewriting,
    Step,
    rewriting_steps,
    together,
)
from ostiary.deciding.standardisation.nothing import stated, stated_name
from ostiary.deciding.standardisation.phrases import (
    after_first_word,
    constant,
    cut,
    either,
    first_stated,
    first_word,
    joined,
    looked_up,
    replaced,
    rewritten,
    rewritten_anyhow,
    text,
    trimmed,
    upper,
)
from ostiary.deciding.standardisation.terms import Flag, Text
from ostiary.deciding.standardisation.vocabulary.nicknames import NICKNAMES, WRITTEN_FORMS
from ostiary.deciding.standardisation.vocabulary.nothing import (
    GIVEN_NAMES_TOO,
    NOTHING,
    SURNAMES_TOO,
)
from ostiary.deciding.standardisation.vocabulary.numbers import DRAWN_LIKE
from ostiary.deciding.standardisation.vocabulary.surnames import (
    DEGREES,
    DEGREES_APART,
    HUSBANDS,
    JOINED_PARTICLES,
    MARKERS,
    NO_GIVEN_NAME,
    NO_GIVEN_NAME_PHRASES,
    NO_MIDDLE_NAME,
    NO_NAME,
    NO_NAME_PHRASES,
    NO_NAME_TWICE,
    OF_SOMEBODY,
    PARTICLES,
    SHORT_SURNAMES,
    SUFFIX_AFTER_GIVEN,
    SUFFIX_AFTER_SURNAME,
    SUFFIX_WORDS,
    SUFFIXES,
    TITLES,
    WIVES_TITLES,
)

INPUTS = ("given_name", "middle_name", "surname", "name_suffix")
COLUMNS = (
    "n_given",
    "n_middle",
    "n_surname",
    "n_suffix",
    "n_surname_key",
    "n_given_group",
    "n_name_stated",
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
_SPOKEN = (
    _AND,
    Rewriting("([A-Z]{2,}) ?/ ?([A-Z]{2,})", r"\1 AND \2", ("/",)),
    Rewriting(r" \(?A ?/? ?K ?/? ?A\b.*$", "", ("A/K/A", "AKA", "A K A")),
    *_TOLD_APART,
    Rewriting(r"\( *(JR|SR|II|III|IV|JUNIOR|SENIOR)[. ]*\)", r" \1 ", ("(",)),
    Rewriting(r"""([A-Z.]) *(?:\([^()]*\)|"[^"]*")""", r"\1 ", ("(", '"')),
)
_QUOTED = (_AND, Rewriting('"[^"]*"', " ", ('"',)))


_APART = together(
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


def _cleaned(name: str, stated_part: Text, before: tuple[Rewriting, ...] = ()) -> list[Step]:
    """Clean a part of a name of which words for nothing were taken out before signs are."""
    said = Step(f"{name}_said", stated_part)
    steps = rewriting_steps(f"{name}_letters", upper(text(said.name)), (*before, *LETTERS_ONLY))
    return [said, *steps, Step(name, trimmed(text(f"{name}_letters")))]


def _when_several(x: Text, value: Text) -> Text:
    """Most names are one word: look closer only at the others."""
    return either((holds(x, " "), value), otherwise=x)


def _tail(x: Text, suffixes: str) -> Text:
    found = cut(x, f" ({suffixes})$")
    return either((holds(x, " "), found), otherwise=constant(""))


def _without_tail(x: Text, suffixes: str) -> Text:
    return _when_several(x, rewritten(x, f"(?: (?:{suffixes}))+$", ""))


def _without_head(x: Text, words: str) -> Text:
    """Take words off the beginning, as long as another one follows."""
    return _when_several(x, rewritten(x, f"^(?:(?:{words}) )+", ""))


def _unless_nothing(x: Text, names_too: tuple[str, ...] = ()) -> Text:
    """Give a cleaned part, or the empty text: what is left of it may be a word for nothing."""
    listed = is_not(looked_up(replaced(x, " ", ""), NOTHING), "")
    nothing = every(listed, no(equals(x, *names_too))) if names_too else listed
    return either((nothing, constant("")), otherwise=x)


def _in_full(x: Text) -> Text:
    return looked_up(x, WRITTEN_FORMS, x)


def _is_no_name(x: Text) -> Flag:
    return some(is_not(looked_up(x, NO_NAME), ""), is_one_letter_repeated(x))


_GIVEN, _SURNAME = text("given_clean"), text("surname_clean")
_MIDDLE = text("middle_spaced")
_MARKED = has(text("given_ranked"), f"^(?:{MARKERS})(?: (?:{MARKERS}))*$")
_N_GIVEN, _N_MIDDLE, _N_SURNAME = text("n_given"), text("n_middle"), text("n_surname")


def _without_titles(x: Text, words: str) -> Text:
    """VAN DO, EL MD: behind particles alone stands the surname, whatever else it may mean."""
    named, behind = f"(?:(?:{PARTICLES}) )+(?:{DEGREES})", f"(?: (?:{words}))"
    return either(
        (
            every(holds(x, " "), has(x, f"^{named}{behind}*$")),
            rewritten(x, f"^({named}){behind}+$", r"\1"),
        ),
        otherwise=_without_tail(x, words),
    )


_SHORT = rf"\b(?:{'|'.join(SHORT_SURNAMES)})\b"
# STA CRUZ, STO DOMINGO.
_BEGUN_SHORT = r"\bST[AO] [A-Z]"
# V D MEER may be VAN DER, VAN DEN or VAN DE; or V is an initial, and D begins DE LA CRUZ. What is
# written stays; the key is that of MEER, so that the one is compared with the other.
_VAN_SHORT = "^(?:VDR?|V D|V DE[NR]) ([A-Z]{2})"


def _begun_in_full(x: Text) -> Text:
    return rewritten_anyhow(x, r"\bST([AO]) ([A-Z])", r"SANT\1 \2")


def _in_full_surnames(x: Text) -> Text:
    for surname in sorted(set(SHORT_SURNAMES.values())):
        shorts = "|".join(short for short, full in SHORT_SURNAMES.items() if full == surname)
        x = rewritten_anyhow(x, rf"\b(?:{shorts})\b", surname)
    return x


_SURNAME_STEPS = [
    *_cleaned("surname_clean", stated_name(text("surname"), SURNAMES_TOO), _APART),
    Step("surname_unlearned", _without_titles(_SURNAME, DEGREES)),
    Step("surname_tail", _tail(text("surname_unlearned"), SUFFIX_AFTER_SURNAME)),
    Step("surname_body", _without_titles(_SURNAME, f"{SUFFIX_AFTER_SURNAME}|{DEGREES}")),
    # HDEZ is how HERNANDEZ is written where there is little room.
    Step(
        "surname_in_full",
        either(
            (
                every(holds(text("surname_body"), "Z"), has(text("surname_body"), _SHORT)),
                _in_full_surnames(text("surname_body")),
            ),
            otherwise=text("surname_body"),
        ),
    ),
    Step(
        "surname_begun",
        either(
            (
                every(
                    holds(text("surname_in_full"), "ST"),
                    has(text("surname_in_full"), _BEGUN_SHORT),
                ),
                _begun_in_full(text("surname_in_full")),
            ),
            otherwise=text("surname_in_full"),
        ),
    ),
    Step(
        "surname_grown",
        _when_several(
            text("surname_begun"),
            rewritten(
                rewritten(
                    rewritten(text("surname_begun"), r"\b(O|MC|MAC) ([A-Z])", r"\1\2"),
                    r"\bSAINT(E?) ([A-Z])",
                    r"ST\1 \2",
                ),
                "([A-Z]{2}) (?:[YEI]|VDA DE|VIUDA DE|VDA|VIUDA) ([A-Z]{2})",
                r"\1 \2",
            ),
        ),
    ),
    # FALK FKA HUNT: both are hers.
    Step(
        "surname_both",
        _when_several(
            text("surname_grown"),
            rewritten(
                text("surname_grown"),
                " (?:FKA|F K A|NKA|N K A|AKA|A K A|FORMERLY|NEE) ",
                " ",
            ),
        ),
    ),
    Step("n_surname", _unless_nothing(text("surname_both"), SURNAMES_TOO)),
]
_GIVEN_STEPS = [
    *_cleaned("given_clean", stated_name(text("given_name"), GIVEN_NAMES_TOO), _SPOKEN),
    *_cleaned("middle_clean", stated(text("middle_name")), _QUOTED),
    Step("given_tail", _tail(_GIVEN, SUFFIX_AFTER_GIVEN)),
    Step("given_titled", _without_tail(_GIVEN, SUFFIX_AFTER_GIVEN)),
    Step("given_untitled", _without_head(text("given_titled"), TITLES)),
    Step(
        "given_ranked",
        either(
            (
                every(
                    holds(text("given_titled"), " "),
                    has(text("given_titled"), f"^(?:{WIVES_TITLES}) "),
                    is_not(looked_up(first_word(text("given_untitled")), HUSBANDS), ""),
                ),
                constant("MRS"),
            ),
            otherwise=text("given_untitled"),
        ),
    ),
    # Where a marker is all that stands there, the next word is looked for in the middle name.
    Step("given_marked", either((_MARKED, text("given_ranked")), otherwise=constant(""))),
    Step(
        "given_said",
        either(
            (
                is_not(text("given_marked"), ""),
                trimmed(joined(text("given_marked"), constant(" "), text("middle_clean"))),
            ),
            otherwise=text("given_ranked"),
        ),
    ),
    Step("given_body", _without_head(text("given_said"), MARKERS)),
    Step("given_first", first_word(text("given_body"))),
    Step("n_given", _unless_nothing(text("given_first"), GIVEN_NAMES_TOO)),
    Step(
        "middle_spaced",
        joined(
            constant(" "),
            trimmed(
                joined(
                    after_first_word(text("given_body")),
                    constant(" "),
                    either(
                        (is_not(text("given_marked"), ""), constant("")),
                        otherwise=text("middle_clean"),
                    ),
                )
            ),
        ),
    ),
    Step("middle_tail", _tail(_MIDDLE, SUFFIX_AFTER_GIVEN)),
    Step("middle_body", trimmed(_without_tail(_MIDDLE, SUFFIX_AFTER_GIVEN))),
    Step("middle_first", _in_full(_unless_nothing(text("middle_body")))),
    Step(
        "n_middle",
        either(
            (is_one_letter_repeated(text("middle_body")), constant("")),
            otherwise=_when_several(
                text("middle_first"),
                trimmed(
                    joined(
                        _in_full(first_word(text("middle_first"))),
                        constant(" "),
                        after_first_word(text("middle_first")),
                    )
                ),
            ),
        ),
    ),
]
_SUFFIXES_FOUND = (
    text("suffix_first"), text("suffix_surname"), text("suffix_given"), text("suffix_middle")
)  # fmt: skip
_SUFFIX_LAST = looked_up(
    cut(text("suffix_clean"), f" (?:{SUFFIX_WORDS}) (?:.* )?({SUFFIX_WORDS}) "), SUFFIXES
)
_SUFFIX_STEPS = [
    Step("suffix_said", upper(stated(text("name_suffix")))),
    Step(
        "suffix_clean",
        joined(constant(" "), rewritten(text("suffix_said"), "[^A-Z0-9]+", " "), constant(" ")),
    ),
    Step("suffix_first", looked_up(cut(text("suffix_clean"), f" ({SUFFIX_WORDS}) "), SUFFIXES)),
    Step("suffix_surname", looked_up(text("surname_tail"), SUFFIXES)),
    Step("suffix_given", looked_up(text("given_tail"), SUFFIXES)),
    Step("suffix_middle", looked_up(text("middle_tail"), SUFFIXES)),
    Step("suffix_found", first_stated(*_SUFFIXES_FOUND)),
    # 3RD JR, or JR here and III there: he is one of them, and nobody says which.
    Step(
        "suffix_other",
        either(
            (equals(text("suffix_found"), ""), constant("")),
            otherwise=first_stated(
                *(
                    either((same(x, text("suffix_found")), constant("")), otherwise=x)
                    for x in (_SUFFIX_LAST, *_SUFFIXES_FOUND[1:])
                )
            ),
        ),
    ),
    Step(
        "n_suffix",
        either(
            (equals(text("suffix_other"), ""), text("suffix_found")),
            otherwise=joined(text("suffix_found"), constant(" "), text("suffix_other")),
        ),
    ),
]
_KEY_STEPS = [
    Step(
        "surname_bare",
        _when_several(
            _N_SURNAME,
            rewritten(rewritten(_N_SURNAME, _VAN_SHORT, r"\1"), rf"\b(?:{PARTICLES}) ", ""),
        ),
    ),
    Step("surname_solid", replaced(text("surname_bare"), " ", "")),
    Step(
        "n_surname_key",
        looked_up(text("surname_solid"), JOINED_PARTICLES, text("surname_solid")),
    ),
    Step("n_given_group", looked_up(_N_GIVEN, NICKNAMES, _N_GIVEN)),
]
_STATED_STEPS = [
    Step(
        "middle_of_other",
        either(
            (is_shorter(_N_MIDDLE, 3), constant("")),
            (has(_N_MIDDLE, NO_MIDDLE_NAME), constant("1")),
            # THOMAS FOR ELLEN; but MEI FOR WAI WANG has three names of her own
            (
                every(
                    no(is_shorter(_N_GIVEN, 4)),
                    some(
                        has(_N_MIDDLE, "^FOR [A-Z]{4}"),
                        is_not(looked_up(cut(_N_MIDDLE, "^FOR ([A-Z]+)"), NICKNAMES), ""),
                    ),
                ),
                constant("1"),
            ),
            otherwise=constant(""),
        ),
    ),
    Step("given_solid", replaced(joined(_N_GIVEN, _N_MIDDLE), " ", "")),
    Step("family_solid", replaced(_N_SURNAME, " ", "")),
    Step("whole_solid", joined(text("given_solid"), text("family_solid"))),
    Step(
        "n_name_stated",
        every(
            no(equals(_N_GIVEN, "")),
            no(equals(_N_SURNAME, "")),
            no(_is_no_name(_N_GIVEN)),
            no(is_not(looked_up(_N_GIVEN, NO_GIVEN_NAME), "")),
            no(every(holds(_N_SURNAME, " "), has(_N_SURNAME, NO_NAME_PHRASES))),
            # OTTO AND IRENE, OTTO OR IRENE are two people.
            no(
                every(
                    holds(_N_MIDDLE, "AND ", "OR ", "WITH "),
                    has(_N_MIDDLE, r"^(?:[A-Z] )?(?:AND|OR|WITH) [A-Z]"),
                )
            ),
            no(
                every(
                    holds(_N_MIDDLE, "OF", "IN THE"),
                    has(joined(_N_GIVEN, constant(" "), _N_MIDDLE), NO_GIVEN_NAME_PHRASES),
                )
            ),
            equals(text("middle_of_other"), ""),
            no(_is_no_name(text("family_solid"))),
            no(every(is_not(_N_MIDDLE, ""), _is_no_name(text("given_solid")))),
            no(
                every(
                    holds(_N_SURNAME, " "), is_not(looked_up(first_word(_N_SURNAME), NO_NAME), "")
                )
            ),
            no(is_not(looked_up(text("whole_solid"), NO_NAME), "")),
            no(
                every(
                    is_shorter(text("given_solid"), 9),
                    is_not(looked_up(text("given_solid"), NO_NAME_TWICE), ""),
                    is_not(looked_up(text("family_solid"), NO_NAME_TWICE), ""),
                )
            ),
        ),
    ),
]

NAMES = Definition(
    INPUTS, COLUMNS, (*_GIVEN_STEPS, *_SURNAME_STEPS, *_SUFFIX_STEPS, *_KEY_STEPS, *_STATED_STEPS)
)
"""The definition of a standard name."""
