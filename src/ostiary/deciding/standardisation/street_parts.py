"""Steps from the parts of a street to its number, name and type as they are compared."""

from ostiary.deciding.standardisation.conditions import equals, every, has, holds, is_not, no, some
from ostiary.deciding.standardisation.definition import Step
from ostiary.deciding.standardisation.hundreds import CARDINALS_TABLE
from ostiary.deciding.standardisation.line_parts import (
    BEFORE_NAME,
    BEFORE_POST,
    BEFORE_PRE,
    BEFORE_TYPE,
    direction,
    words_at,
)
from ostiary.deciding.standardisation.phrases import (
    after_first_word,
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
    rewritten_anyhow,
    spelled,
    text,
    trimmed,
)
from ostiary.deciding.standardisation.terms import Table, Text
from ostiary.deciding.standardisation.vocabulary.numbers import IN_WORDS
from ostiary.deciding.standardisation.vocabulary.streets import NAME_WORDS, STREET_TYPES

_COUNTED_IN_NAMES = ("MILE", "PALMS", "OAKS", "PINES", "FORKS")

IN_WORDS_TABLE = Table.of("in_words", IN_WORDS)

_ENDINGS = (
    ("^([0-9]*1[0-9]|[0-9]*[04-9])$", r"\1TH"),
    ("^([0-9]*1)$", r"\1ST"),
    ("^([0-9]*2)$", r"\1ND"),
    ("^([0-9]*3)$", r"\1RD"),
)


def _counted(x: Text) -> Text:
    for pattern, new in _ENDINGS:
        x = rewritten_anyhow(x, pattern, new)
    return x


STREET_PART_STEPS = [
    Step("number_in_line", spelled(words_at(("before_classes",), "number_classes"))),
    Step(
        "name_looked_up",
        spelled(each_looked_up(words_at(BEFORE_NAME, "name_classes"), NAME_WORDS)),
    ),
    # 92 10 ROOSEVELT AVE is 92-10, as Queens numbers its houses; 123 8 MILE RD is in 8 MILE RD.
    Step("are_two_numbers", equals(text("number_classes"), "##")),
    Step(
        "is_hyphen_left_out",
        every(
            flag("are_two_numbers"),
            has(text("number_in_line"), "^[0-9]{1,3} [0-9]{2}$"),
            no(equals(text("name_looked_up"), *_COUNTED_IN_NAMES)),
        ),
    ),
    Step(
        "house_number",
        either(
            (
                equals(text("number_classes"), "N"),
                looked_up(text("number_in_line"), CARDINALS_TABLE),
            ),
            (flag("is_hyphen_left_out"), replaced(text("number_in_line"), " ", "-")),
            (flag("are_two_numbers"), first_word(text("number_in_line"))),
            otherwise=text("number_in_line"),
        ),
    ),
    Step("pre_apart", direction(BEFORE_PRE, "pre_classes")),
    Step("post_apart", direction(BEFORE_POST, "post_classes")),
    Step(
        "name_said",
        either(
            (flag("is_hyphen_left_out"), text("name_looked_up")),
            (
                flag("are_two_numbers"),
                joined(
                    after_first_word(text("number_in_line")),
                    constant(" "),
                    text("name_looked_up"),
                ),
            ),
            otherwise=text("name_looked_up"),
        ),
    ),
    Step(
        "name_even",
        either(
            (holds(text("name_said"), "#"), trimmed(rewritten(text("name_said"), " *#", ""))),
            otherwise=text("name_said"),
        ),
    ),
    # 8 MILE RD is EIGHT MILE RD: a number before a name is a word of it.
    Step(
        "name_number",
        either(
            (
                some(flag("are_two_numbers"), has(text("name_classes"), "^[WK]?#[WS]")),
                cut(text("name_even"), "^(?:OLD |NEW )?([0-9]{1,2}) [A-Z]{3}"),
            ),
            otherwise=constant(""),
        ),
    ),
    Step("type_said", spelled(words_at(BEFORE_TYPE, "type_classes"))),
    Step("type_short", looked_up(text("type_said"), STREET_TYPES)),
    # 350 5 AVE is 5TH AVE; 550 S 400 E has no type, and HIGHWAY 5 its digits behind it.
    Step(
        "name_counted",
        either(
            (
                every(equals(text("name_classes"), "#"), is_not(text("type_short"), "")),
                _counted(text("name_even")),
            ),
            (
                is_not(text("name_number"), ""),
                joined(
                    cut(text("name_even"), "^([A-Z]+ )"),
                    looked_up(text("name_number"), IN_WORDS_TABLE, text("name_number")),
                    cut(text("name_even"), "[0-9]( .*)$"),
                ),
            ),
            otherwise=text("name_even"),
        ),
    ),
]
