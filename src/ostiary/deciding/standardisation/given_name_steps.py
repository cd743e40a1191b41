"""Steps from given and middle name as given to ``n_given`` and ``n_middle``."""

from ostiary.deciding.standardisation.conditions import (
    every,
    has,
    holds,
    is_not,
    is_one_letter_repeated,
)
from ostiary.deciding.standardisation.definition import Step
from ostiary.deciding.standardisation.name_cleaning import (
    QUOTED,
    SPOKEN,
    cleaned,
    in_full,
    tail,
    unless_nothing,
    when_several,
    without_head,
    without_tail,
)
from ostiary.deciding.standardisation.nothing import stated, stated_name
from ostiary.deciding.standardisation.phrases import (
    after_first_word,
    constant,
    either,
    first_word,
    joined,
    looked_up,
    rewritten,
    text,
    trimmed,
)
from ostiary.deciding.standardisation.vocabulary.nothing import GIVEN_NAMES_TOO
from ostiary.deciding.standardisation.vocabulary.surnames import (
    HUSBANDS,
    MARKERS,
    SUFFIX_AFTER_GIVEN,
    TITLES,
    WIVES_TITLES,
)

_GIVEN = text("given_clean")

_MIDDLE = text("middle_spaced")

# ABD is of what stands behind it: ABD AL RAHMAN is ABDUL RAHMAN, whichever field the rest is in.
_MARKED = has(text("given_ranked"), f"^(?:(?:{MARKERS})(?: (?:{MARKERS}))*|ABD)$")

GIVEN_STEPS = [
    *cleaned("given_clean", stated_name(text("given_name"), GIVEN_NAMES_TOO), SPOKEN),
    *cleaned("middle_clean", stated(text("middle_name")), QUOTED),
    Step("given_tail", tail(_GIVEN, SUFFIX_AFTER_GIVEN)),
    Step("given_titled", without_tail(_GIVEN, SUFFIX_AFTER_GIVEN)),
    Step("given_untitled", without_head(text("given_titled"), TITLES)),
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
    Step(
        "given_body",
        rewritten(without_head(text("given_said"), MARKERS), r"^ABD AL\b", "ABDUL"),
    ),
    Step("given_first", first_word(text("given_body"))),
    Step("n_given", unless_nothing(text("given_first"), GIVEN_NAMES_TOO)),
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
    Step("middle_tail", tail(_MIDDLE, SUFFIX_AFTER_GIVEN)),
    Step("middle_body", trimmed(without_tail(_MIDDLE, SUFFIX_AFTER_GIVEN))),
    Step("middle_first", in_full(unless_nothing(text("middle_body")))),
    Step(
        "n_middle",
        either(
            (is_one_letter_repeated(text("middle_body")), constant("")),
            otherwise=when_several(
                text("middle_first"),
                trimmed(
                    joined(
                        in_full(first_word(text("middle_first"))),
                        constant(" "),
                        after_first_word(text("middle_first")),
                    )
                ),
            ),
        ),
    ),
]
