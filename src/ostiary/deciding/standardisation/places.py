"""The standard form of city, state, ZIP Code and country."""

from ostiary.deciding.standardisation.conditions import (
    equals,
    every,
    has,
    holds,
    is_not,
    is_one_letter_repeated,
    lies_between,
    no,
    some,
)
from ostiary.deciding.standardisation.definition import Rewriting, Step, rewriting_steps
from ostiary.deciding.standardisation.phrases import (
    constant,
    cut,
    each_looked_up,
    either,
    first_word,
    flag,
    joined,
    looked_up,
    replaced,
    rewritten,
    spelled,
    split,
    text,
    upper,
)
from ostiary.deciding.standardisation.terms import Text
from ostiary.deciding.standardisation.vocabulary.non_addresses import CITY_EVASIONS, EVASIONS
from ostiary.deciding.standardisation.vocabulary.places import (
    CITIES,
    CITY_WORDS,
    CONTRADICTION,
    FOREIGN,
    HIGHEST_ZIP,
    LOWEST_ZIP,
    MILITARY_CITIES,
    MILITARY_STATES,
    NEVER_ZIPS,
    STATES,
    TERRITORIES,
    ZIP_STATES,
)

_CITY = (
    Rewriting("['`]", "", ("'", "`")),
    Rewriting("[^A-Z0-9 ]+", " "),
    Rewriting(r"\b(D|O|L|DE|DU|LA|LE|MC) ([A-Z]{2,})", r"\1\2", (" ",)),
    Rewriting("^ *(APO|FPO|DPO) .*$", r"\1", ("APO ", "FPO ", "DPO ")),
)
_FIVE_DIGITS = "^([0-9]{5})(?:[0-9]{4})?$"
_SOLID, _SAID = text("city_solid"), text("city_said")


def _as_digits(x: Text) -> Text:
    for letter, digit in ("O0", "o0", "I1", "l1"):
        x = replaced(x, letter, digit)
    return x


PLACE_STEPS = (
    *rewriting_steps("city_even", upper(text("city")), _CITY),
    Step("city_short", spelled(each_looked_up(split(text("city_even")), CITY_WORDS))),
    Step("city_said", looked_up(text("city_short"), CITIES, text("city_short"))),
    Step("city_solid", replaced(text("city_said"), " ", "")),
    Step(
        "is_city_evasive",
        some(
            no(equals(looked_up(_SOLID, CITY_EVASIONS, constant("1")), "1")),
            every(holds(_SAID, " "), is_not(looked_up(first_word(_SAID), EVASIONS), "")),
            is_one_letter_repeated(_SOLID),
        ),
    ),
    Step(
        "a_city",
        either(
            (flag("is_city_evasive"), constant("")),
            (no(has(_SOLID, "[A-Z]")), constant("")),
            otherwise=_SAID,
        ),
    ),
    Step("country_solid", rewritten(upper(text("country")), "[^A-Z]+", "")),
    Step("a_country", looked_up(text("country_solid"), FOREIGN, constant("US"))),
    Step("is_domestic", equals(text("a_country"), "US")),
    Step("state_solid", rewritten(upper(text("state")), "[^A-Z]+", "")),
    Step("state_known", looked_up(text("state_solid"), STATES)),
    Step(
        "state_said",
        either(
            (no(flag("is_domestic")), constant("")),
            (
                every(equals(text("state_known"), ""), equals(text("country_solid"), *TERRITORIES)),
                text("country_solid"),
            ),
            otherwise=text("state_known"),
        ),
    ),
    Step("postal_solid", rewritten(text("postal_code"), "[ .-]+", "")),
    Step("postal_digits", cut(text("postal_solid"), _FIVE_DIGITS)),
    # 992O1: among three digits or more a letter is the digit that it is drawn like, as far as the
    # State bears it out. S and B are drawn like several: 97B01 may be 97301 or 97801, and is none.
    Step(
        "postal_drawn",
        either(
            (
                every(
                    equals(text("postal_digits"), ""),
                    is_not(text("postal_solid"), ""),
                    has(text("postal_solid"), "[0-9][OoIl]?[0-9][OoIl]?[0-9]"),
                ),
                cut(_as_digits(text("postal_solid")), _FIVE_DIGITS),
            ),
            otherwise=constant(""),
        ),
    ),
    Step(
        "postal_five",
        either(
            (is_not(text("postal_digits"), ""), text("postal_digits")),
            (equals(text("postal_drawn"), ""), constant("")),
            (equals(text("state_said"), ""), text("postal_drawn")),
            (
                equals(
                    looked_up(
                        joined(cut(text("postal_drawn"), "^(...)"), text("state_said")), ZIP_STATES
                    ),
                    "",
                ),
                constant(""),
            ),
            otherwise=text("postal_drawn"),
        ),
    ),
    Step(
        "a_zip5",
        either(
            (
                every(
                    flag("is_domestic"),
                    lies_between(text("postal_five"), LOWEST_ZIP, HIGHEST_ZIP),
                    no(equals(text("postal_five"), *NEVER_ZIPS)),
                ),
                text("postal_five"),
            ),
            otherwise=constant(""),
        ),
    ),
    # Compare the state with the first digits of the ZIP Code, never a city: a ZIP Code has many.
    Step("zip_start", cut(text("a_zip5"), "^(...)")),
    Step(
        "state_of_zip",
        looked_up(
            joined(text("zip_start"), text("state_said")),
            ZIP_STATES,
            looked_up(joined(text("a_zip5"), text("state_said")), ZIP_STATES),
        ),
    ),
    Step(
        "a_state",
        either(
            (
                some(
                    equals(text("a_zip5"), ""),
                    equals(text("state_said"), ""),
                    equals(looked_up(text("zip_start"), ZIP_STATES), ""),
                ),
                text("state_said"),
            ),
            (equals(text("state_of_zip"), ""), constant(CONTRADICTION)),
            otherwise=text("state_of_zip"),
        ),
    ),
    Step(
        "is_military_place",
        some(equals(text("a_city"), *MILITARY_CITIES), equals(text("a_state"), *MILITARY_STATES)),
    ),
    Step(
        "is_place",
        some(
            is_not(text("a_zip5"), ""),
            every(
                is_not(text("a_city"), ""),
                some(is_not(text("a_state"), ""), no(flag("is_domestic"))),
            ),
        ),
    ),
)
"""Steps from ``city``, ``state``, ``postal_code`` and ``country`` to their columns.

``a_country`` is ``US``, also for the territories, or the ISO 3166-1 code of another country, whose
addresses have neither ``a_state`` nor ``a_zip5``. ``a_state`` is ``XX`` where state and ZIP Code
name two states."""
