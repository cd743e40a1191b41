"""The standard form of a delivery line: what kind of address it is, and its parts."""

from ostiary.standardisation.conditions import equals, every, has, holds, is_not, some
from ostiary.standardisation.definition import Step, rewriting_steps
from ostiary.standardisation.grammars import (
    BODY,
    BOX,
    CLASSES,
    GENERAL_DELIVERY,
    LONE_NUMBER,
    MAY_HAVE_TAIL,
    NAME_BEFORE,
    SHAPES,
    TAIL,
)
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
    joined,
    length,
    looked_up,
    matched,
    rewritten,
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
    DESIGNATORS,
    DIRECTIONS,
    LONE_UNITS,
    NAME_WORDS,
    STREET_TYPES,
    TWO_DIRECTIONS,
)

_DESIGNATORS = "|".join((*DESIGNATORS, "NUMBER", "NUM", "NO"))


_LINE, _BODY = text("line_classes"), text("body_classes")


def _when(condition: Flag, x: Text) -> Text:
    return either((condition, x), otherwise=constant(""))


def _any(source: str, numbers: tuple[int, ...]) -> Text:
    """Join the groups of alternatives, of which at most one is not empty."""
    return joined(*(group(groups(source), number) for number in numbers))


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
    Step("tail", matched(_when(has(_LINE, MAY_HAVE_TAIL), _LINE), TAIL, 8)),
    Step("unit_classes", _any("tail", (2, 4, 6, 8))),
    Step(
        "body_classes",
        either((is_not(text("unit_classes"), ""), _any("tail", (1, 3, 5, 7))), otherwise=_LINE),
    ),
    Step("lone_number", _when(has(_BODY, LONE_NUMBER), _BODY)),
    Step("after_name", matched(_when(has(_BODY, "^[DTSWLV]+[#AHG]"), _BODY), NAME_BEFORE, 6)),
    Step("name_before", group(groups("after_name"), 1)),
    Step(
        "body",
        matched(
            _when(every(equals(text("lone_number"), ""), equals(text("name_before"), "")), _BODY),
            BODY,
            10,
        ),
    ),
    Step("lead_unit_classes", group(groups("body"), 1)),
    Step("before_classes", joined(text("name_before"), text("lead_unit_classes"))),
    Step(
        "number_classes",
        joined(text("lone_number"), group(groups("after_name"), 2), group(groups("body"), 2)),
    ),
    *(
        Step(f"{name}_classes", joined(group(groups("after_name"), number), _any("body", numbers)))
        for name, number, numbers in (
            ("pre", 3, (3, 7)), ("name", 4, (4, 8)), ("type", 5, (5, 9)), ("post", 6, (6, 10)),
        )
    ),
]  # fmt: skip
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
    Step(
        "box",
        matched(_when(has(_LINE, "^[PBRM]|^U[#AJ]B"), _LINE), BOX, 8),
    ),
    *(Step(f"box_{number}", group(groups("box"), number)) for number in range(1, 9)),
    Step(
        "box_number",
        spelled(
            some_of(
                words("line_words"),
                length(*map(text, ("box_1", "box_3", "box_5"))),
                length(*map(text, ("box_2", "box_4", "box_6"))),
            )
        ),
    ),
    Step(
        "route_box",
        spelled(
            some_of(
                words("line_words"),
                length(*map(text, ("box_5", "box_6", "box_7"))),
                length(text("box_8")),
            )
        ),
    ),
    Step("first_word", first_word(text("line"))),
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
            (
                some(is_not(text("box_1"), ""), is_not(text("box_3"), "")),
                constant("box"),
            ),
            (equals(text("box_5"), "R"), constant("route")),
            (equals(text("box_5"), "M"), constant("military")),
            (
                every(
                    equals(text("box_5"), "U"),
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
            otherwise=rewritten(text("unit_said"), rf"\b(?:{_DESIGNATORS})\b|[^A-Z0-9]+", ""),
        ),
    ),
    Step(
        "unit_solid",
        either(
            (equals(text("unit_bare"), ""), constant("")),
            otherwise=rewritten(text("unit_bare"), rf"^(?:{_DESIGNATORS})+([0-9]|$)", r"\1"),
        ),
    ),
    Step(
        "unit_id",
        looked_up(
            text("unit_solid"),
            evasions.CITY_EVASIONS,
            looked_up(text("unit_solid"), LONE_UNITS, text("unit_solid")),
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
