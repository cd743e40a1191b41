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
    some,
)
from ostiary.deciding.standardisation.definition import Definition, Step
from ostiary.deciding.standardisation.given_name_steps import GIVEN_STEPS
from ostiary.deciding.standardisation.name_cleaning import when_several
from ostiary.deciding.standardisation.phrases import (
    constant,
    cut,
    either,
    first_word,
    joined,
    looked_up,
    replaced,
    rewritten,
    text,
)
from ostiary.deciding.standardisation.suffix_steps import SUFFIX_STEPS
from ostiary.deciding.standardisation.surname_steps import SURNAME_STEPS
from ostiary.deciding.standardisation.terms import Flag, Text
from ostiary.deciding.standardisation.vocabulary.nicknames import NICKNAMES
from ostiary.deciding.standardisation.vocabulary.surnames import (
    JOINED_PARTICLES,
    NO_GIVEN_NAME,
    NO_GIVEN_NAME_PHRASES,
    NO_MIDDLE_NAME,
    NO_NAME,
    NO_NAME_PHRASES,
    NO_NAME_TWICE,
    PARTICLES,
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


def _is_no_name(x: Text) -> Flag:
    return some(is_not(looked_up(x, NO_NAME), ""), is_one_letter_repeated(x))


_N_GIVEN = text("n_given")

_N_MIDDLE = text("n_middle")

_N_SURNAME = text("n_surname")

# V D MEER may be VAN DER, VAN DEN or VAN DE; or V is an initial, and D begins DE LA CRUZ. What is
# written stays; the key is that of MEER, so that the one is compared with the other.
_VAN_SHORT = "^(?:VDR?|V D|V DE[NR]) ([A-Z]{2})"

_KEY_STEPS = [
    Step(
        "surname_bare",
        when_several(
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
    INPUTS, COLUMNS, (*GIVEN_STEPS, *SURNAME_STEPS, *SUFFIX_STEPS, *_KEY_STEPS, *_STATED_STEPS)
)
"""The definition of a standard name."""
