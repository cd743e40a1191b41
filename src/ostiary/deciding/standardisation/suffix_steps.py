"""Steps to ``n_suffix``: from its own field, or from an end of another part of the name."""

from ostiary.deciding.standardisation.conditions import equals, same
from ostiary.deciding.standardisation.definition import Step
from ostiary.deciding.standardisation.nothing import stated
from ostiary.deciding.standardisation.phrases import (
    constant,
    cut,
    either,
    first_stated,
    joined,
    looked_up,
    rewritten,
    text,
    upper,
)
from ostiary.deciding.standardisation.vocabulary.surnames import SUFFIX_WORDS, SUFFIXES

_SUFFIXES_FOUND = (
    text("suffix_first"), text("suffix_surname"), text("suffix_given"), text("suffix_middle")
)  # fmt: skip

_SUFFIX_LAST = looked_up(
    cut(text("suffix_clean"), f" (?:{SUFFIX_WORDS}) (?:.* )?({SUFFIX_WORDS}) "), SUFFIXES
)

SUFFIX_STEPS = [
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
