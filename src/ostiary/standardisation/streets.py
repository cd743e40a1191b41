"""The standard form of a delivery line: what kind of address it is, and its parts."""

from ostiary.standardisation.conditions import equals, every, has, holds, is_not, some
from ostiary.standardisation.definition import Step, rewriting_steps
from ostiary.standardisation.grammars import BODY, BOX, CLASSES, GENERAL_DELIVERY, SHAPES, TAIL
from ostiary.standardisation.lines import LINE, UNIT
from ostiary.standardisation.phrases import (
    classed,
    constant,
    each_looked_up,
    either,
    first_stated,
    first_word,
    flag,
    group,
    groups,
    length,
    looked_up,
    matched,
    replaced,
    rewritten,
    rewritten_anyhow,
    some_of,
    spelled,
    split,
    text,
    trimmed,
    upper,
    words,
)
from ostiary.standardisation.terms import Flag, Text, Words
from ostiary.standardisation.vocabulary import evasions
from ostiary.standardisation.vocabulary.streets import (
    DIRECTIONS,
    LONE_UNITS,
    NAME_WORDS,
    STREET_TYPES,
    TWO_DIRECTIONS,
    WITHOUT_DESIGNATORS,
)

_LINE = text("line_classes")


def _when(condition: Flag, x: Text) -> Text:
    return either((condition, x), otherwise=constant(""))


def _words_at(before: tuple[str, ...], here: str) -> Words:
    """The words that the class letters of step ``here`` stand for, behind those of ``before``."""
    return some_of(words("line_words"), length(*map(text, before)), length(text(here)))


def _direction(before: tuple[str, ...], here: str) -> Text:
    apart = spelled(each_looked_up(_words_at(before, here), DIRECTIONS))
    return either((equals(text(here), ""), constant("")), otherwise=apart)


_READ = [
    *rewriting_steps("line_even", upper(text("address_line")), LINE),
    Step("line", trimmed(text("line_even"))),
    Step("line_words", split(text("line"))),
    Step("line_classes", classed(words("line_words"), CLASSES, SHAPES, "W")),
    Step("tail", matched(_LINE, TAIL, 2)),
    Step("body_classes", group(groups("tail"), 1)),
    Step("unit_classes", group(groups("tail"), 2)),
    Step("body", matched(text("body_classes"), BODY, 6)),
    *(
        Step(f"{name}_classes", group(groups("body"), number))
        for number, name in enumerate(("before", "number", "pre", "name", "type", "post"), start=1)
    ),
    Step("lead_unit_classes", _when(holds(text("before_classes"), "U"), text("before_classes"))),
]
_BEFORE_PRE = ("before_classes", "number_classes")
_BEFORE_NAME = (*_BEFORE_PRE, "pre_classes")
_BEFORE_TYPE = (*_BEFORE_NAME, "name_classes")
_BEFORE_POST = (*_BEFORE_TYPE, "type_classes")

_STREET = [
    Step("house_number", spelled(_words_at(("before_classes",), "number_classes"))),
    Step("pre_apart", _direction(_BEFORE_PRE, "pre_classes")),
    Step("post_apart", _direction(_BEFORE_POST, "post_classes")),
    Step(
        "name_said",
        spelled(each_looked_up(_words_at(_BEFORE_NAME, "name_classes"), NAME_WORDS)),
    ),
    Step(
        "name_even",
        either(
            (holds(text("name_said"), "#"), trimmed(rewritten(text("name_said"), " *#", ""))),
            otherwise=text("name_said"),
        ),
    ),
    Step("type_said", spelled(_words_at(_BEFORE_TYPE, "type_classes"))),
]
_BOXES = [
    Step("box", matched(_LINE, BOX, 4)),
    *(
        Step(f"box_{name}", group(groups("box"), number))
        for number, name in enumerate(("head", "id", "between", "second"), start=1)
    ),
    Step("is_boxed", is_not(text("box_head"), "")),
    Step("box_number", _when(flag("is_boxed"), spelled(_words_at(("box_head",), "box_id")))),
    Step(
        "route_box",
        _when(
            flag("is_boxed"),
            spelled(_words_at(("box_head", "box_id", "box_between"), "box_second")),
        ),
    ),
    Step("first_word", _when(flag("is_boxed"), first_word(text("line")))),
]
_KIND = [
    Step(
        "a_kind",
        either(
            (equals(text("line"), ""), constant("none")),
            (
                every(holds(text("line"), "DEL", "DLV"), has(text("line"), GENERAL_DELIVERY)),
                constant("general-delivery"),
            ),
            (equals(text("box_head"), "P", "PU", "B", "BU"), constant("box")),
            (equals(text("box_head"), "R"), constant("route")),
            (equals(text("box_head"), "M"), constant("military")),
            (
                every(
                    equals(text("box_head"), "U"),
                    equals(text("first_word"), "UNIT"),
                    flag("is_military_place"),
                ),
                constant("military"),
            ),
            (
                some(is_not(text("number_classes"), ""), is_not(text("type_classes"), "")),
                constant("street"),
            ),
            otherwise=constant("other"),
        ),
    ),
    Step("is_street", equals(text("a_kind"), "street")),
    Step("is_on_route", equals(text("a_kind"), "route", "military")),
]


def _for_streets(x: Text) -> Text:
    return either((flag("is_street"), x), otherwise=constant(""))


_UNIT = [
    *rewriting_steps("unit_even", upper(text("unit")), UNIT),
    Step("unit_field", trimmed(text("unit_even"))),
    Step("unit_at_end", spelled(_words_at(("body_classes",), "unit_classes"))),
    Step(
        "unit_said",
        first_stated(
            text("unit_field"),
            text("unit_at_end"),
            _for_streets(spelled(_words_at((), "lead_unit_classes"))),
        ),
    ),
    Step(
        "unit_bare",
        either(
            (equals(text("unit_said"), ""), constant("")),
            otherwise=replaced(
                spelled(each_looked_up(split(text("unit_said")), WITHOUT_DESIGNATORS)), " ", ""
            ),
        ),
    ),
    Step(
        "unit_solid",
        either(
            (
                has(text("unit_bare"), "[A-Z][A-Z]|[^A-Z0-9]"),
                rewritten(
                    rewritten_anyhow(text("unit_bare"), "[^A-Z0-9]+", ""),
                    rf"^(?:{'|'.join(WITHOUT_DESIGNATORS.entries)})+([0-9]|$)",
                    r"\1",
                ),
            ),
            otherwise=text("unit_bare"),
        ),
    ),
    Step("unit_plain", rewritten(text("unit_solid"), "^([0-9]+)(?:ST|ND|RD|TH)$", r"\1")),
    Step(
        "unit_id",
        looked_up(
            text("unit_plain"),
            evasions.CITY_EVASIONS,
            looked_up(text("unit_plain"), LONE_UNITS, text("unit_plain")),
        ),
    ),
]
_COLUMNS = [
    Step(
        "number_said",
        either(
            (flag("is_street"), text("house_number")),
            (equals(text("a_kind"), "box", "route", "military"), text("box_number")),
            otherwise=constant(""),
        ),
    ),
    Step(
        "a_number",
        either(
            (
                holds(text("number_said"), "0"),
                rewritten(text("number_said"), "^0+([0-9])", r"\1"),
            ),
            otherwise=text("number_said"),
        ),
    ),
    Step("a_pre", _for_streets(looked_up(text("pre_apart"), TWO_DIRECTIONS, text("pre_apart")))),
    Step(
        "a_street",
        either(
            (flag("is_street"), text("name_even")),
            (flag("is_on_route"), text("first_word")),
            (equals(text("a_kind"), "general-delivery"), constant("GENERAL DELIVERY")),
            (equals(text("a_kind"), "other"), text("name_even")),
            otherwise=constant(""),
        ),
    ),
    Step("a_type", _for_streets(looked_up(text("type_said"), STREET_TYPES))),
    Step("a_post", _for_streets(looked_up(text("post_apart"), TWO_DIRECTIONS, text("post_apart")))),
    Step(
        "a_unit",
        either((flag("is_on_route"), text("route_box")), otherwise=text("unit_id")),
    ),
]

STREET_STEPS = (*_READ, *_STREET, *_BOXES, *_KIND, *_UNIT, *_COLUMNS)
"""Steps from ``address_line`` and ``unit`` to the columns of the delivery line.

They read the step ``is_military_place`` of :mod:`ostiary.standardisation.places`."""
