"""Steps that read a delivery line as words with their classes, and as the parts of a street."""

from ostiary.deciding.standardisation.conditions import equals, every, has, holds, same, some
from ostiary.deciding.standardisation.continued import CONTINUED
from ostiary.deciding.standardisation.definition import Step, rewriting_steps
from ostiary.deciding.standardisation.grammars import BODY, CLASSES, SHAPES, TAIL
from ostiary.deciding.standardisation.hundreds import hundreds
from ostiary.deciding.standardisation.line_roads import MICHIGAN_ROAD, STATE_ROAD
from ostiary.deciding.standardisation.lines import LINE, ODD
from ostiary.deciding.standardisation.phrases import (
    classed,
    constant,
    cut,
    each_looked_up,
    either,
    flag,
    group,
    groups,
    length,
    looked_up,
    matched,
    rewritten_anyhow,
    some_of,
    spelled,
    split,
    text,
    trimmed,
    upper,
    words,
)
from ostiary.deciding.standardisation.terms import Flag, Text, Words
from ostiary.deciding.standardisation.vocabulary.places import STATES
from ostiary.deciding.standardisation.vocabulary.streets import DIRECTIONS

LINE_CLASSES = text("line_classes")


def when(condition: Flag, x: Text) -> Text:
    """Give a text where a condition holds, else none."""
    return either((condition, x), otherwise=constant(""))


def words_at(before: tuple[str, ...], here: str) -> Words:
    """The words that the class letters of step ``here`` stand for, behind those of ``before``."""
    return some_of(words("line_words"), length(*map(text, before)), length(text(here)))


def direction(before: tuple[str, ...], here: str) -> Text:
    """Give the compass words that the class letters of step ``here`` stand for, abbreviated."""
    apart = spelled(each_looked_up(words_at(before, here), DIRECTIONS))
    return either((equals(text(here), ""), constant("")), otherwise=apart)


def _state(x: Text) -> Text:
    return looked_up(rewritten_anyhow(upper(x), "[^A-Z]+", ""), STATES)


# Michigan's ZIP Codes begin so: without a state's name they tell it. One of them, 49936, reaches
# into Wisconsin.
_MICHIGANS_ZIPS = "^4[89]"

_IN_MICHIGAN = some(
    equals(_state(text("state")), "MI"),
    every(
        equals(text("state_solid"), ""),
        equals(text("a_country"), "US"),
        has(text("zip_start"), _MICHIGANS_ZIPS),
    ),
)

_IN_ITS_STATE = same(
    _state(rewritten_anyhow(text("line_given"), STATE_ROAD, r"\2")), _state(text("state"))
)

READ_STEPS = [
    *CONTINUED,
    Step("is_odd", has(text("line_given"), ODD)),
    Step(
        "line_named",
        either(
            (
                every(flag("is_odd"), has(text("line_given"), STATE_ROAD), _IN_ITS_STATE),
                rewritten_anyhow(text("line_given"), STATE_ROAD, r"\1 STATE HIGHWAY \3"),
            ),
            (
                every(
                    flag("is_odd"),
                    has(text("line_given"), MICHIGAN_ROAD),
                    _IN_MICHIGAN,
                ),
                rewritten_anyhow(text("line_given"), MICHIGAN_ROAD, r"\1 STATE HIGHWAY \2\3"),
            ),
            otherwise=text("line_given"),
        ),
    ),
    *rewriting_steps("line_rewritten", when(flag("is_odd"), text("line_named")), LINE),
    *hundreds("line_rewritten", "line_even"),
    Step(
        "line",
        trimmed(either((flag("is_odd"), text("line_even")), otherwise=text("line_given"))),
    ),
    Step("line_words", split(text("line"))),
    Step("line_classes", classed(words("line_words"), CLASSES, SHAPES, "W")),
    Step("tail", matched(LINE_CLASSES, TAIL, 2)),
    Step("body_classes", group(groups("tail"), 1)),
    Step("unit_classes", group(groups("tail"), 2)),
    Step("body", matched(text("body_classes"), BODY, 6)),
    *(
        Step(f"{name}_classes", group(groups("body"), number))
        for number, name in enumerate(("before", "number", "pre", "name", "type", "post"), start=1)
    ),
    Step(
        "lead_unit_classes",
        when(holds(text("before_classes"), "U"), cut(text("before_classes"), "^(U[#AJLO]?)")),
    ),
]

BEFORE_PRE = ("before_classes", "number_classes")

BEFORE_NAME = (*BEFORE_PRE, "pre_classes")

BEFORE_TYPE = (*BEFORE_NAME, "name_classes")

BEFORE_POST = (*BEFORE_TYPE, "type_classes")
