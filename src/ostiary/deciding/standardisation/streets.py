"""The standard form of a delivery line: what kind of address it is, and its parts."""

from ostiary.deciding.standardisation.conditions import (
    equals,
    every,
    has,
    holds,
    is_not,
    no,
    same,
    some,
)
from ostiary.deciding.standardisation.continued import CONTINUED
from ostiary.deciding.standardisation.definition import Step, rewriting_steps
from ostiary.deciding.standardisation.grammars import (
    BODY,
    BOX,
    CLASSES,
    GENERAL_DELIVERY,
    SHAPES,
    TAIL,
)
from ostiary.deciding.standardisation.hundreds import CARDINALS_TABLE, hundreds
from ostiary.deciding.standardisation.line_roads import MICHIGAN_ROAD, STATE_ROAD
from ostiary.deciding.standardisation.lines import LINE, ODD
from ostiary.deciding.standardisation.phrases import (
    after_first_word,
    classed,
    constant,
    cut,
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
from ostiary.deciding.standardisation.terms import Flag, Table, Text, Words
from ostiary.deciding.standardisation.units import UNIT_FIELD_STEPS, UNIT_STEPS
from ostiary.deciding.standardisation.vocabulary.numbers import IN_WORDS
from ostiary.deciding.standardisation.vocabulary.places import STATES
from ostiary.deciding.standardisation.vocabulary.streets import (
    DIRECTIONS,
    NAME_WORDS,
    STREET_TYPES,
    TWO_DIRECTIONS,
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

_READ = [
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
    *rewriting_steps("line_rewritten", _when(flag("is_odd"), text("line_named")), LINE),
    *hundreds("line_rewritten", "line_even"),
    Step(
        "line",
        trimmed(either((flag("is_odd"), text("line_even")), otherwise=text("line_given"))),
    ),
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
    Step(
        "lead_unit_classes",
        _when(holds(text("before_classes"), "U"), cut(text("before_classes"), "^(U[#AJLO]?)")),
    ),
]
_BEFORE_PRE = ("before_classes", "number_classes")
_BEFORE_NAME = (*_BEFORE_PRE, "pre_classes")
_BEFORE_TYPE = (*_BEFORE_NAME, "name_classes")
_BEFORE_POST = (*_BEFORE_TYPE, "type_classes")

_STREET = [
    Step("number_in_line", spelled(_words_at(("before_classes",), "number_classes"))),
    Step(
        "name_looked_up",
        spelled(each_looked_up(_words_at(_BEFORE_NAME, "name_classes"), NAME_WORDS)),
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
    Step("pre_apart", _direction(_BEFORE_PRE, "pre_classes")),
    Step("post_apart", _direction(_BEFORE_POST, "post_classes")),
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
    Step("type_said", spelled(_words_at(_BEFORE_TYPE, "type_classes"))),
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
_BOXES = [
    Step("box", matched(_LINE, BOX, 5)),
    *(
        Step(f"box_{name}", group(groups("box"), number))
        for number, name in enumerate(("before", "head", "id", "between", "second"), start=1)
    ),
    Step("is_boxed", is_not(text("box_head"), "")),
    Step(
        "box_number",
        _when(flag("is_boxed"), spelled(_words_at(("box_before", "box_head"), "box_id"))),
    ),
    Step(
        "box_in_line",
        _when(
            flag("is_boxed"),
            spelled(_words_at(("box_before", "box_head", "box_id", "box_between"), "box_second")),
        ),
    ),
    Step(
        "box_word",
        _when(flag("is_boxed"), first_word(spelled(_words_at(("box_before",), "box_head")))),
    ),
    # UNIT 2050 in the line and BOX 4190 in the column of the unit.
    Step(
        "is_route_alone",
        some(
            every(equals(text("box_head"), "R", "M"), equals(text("box_in_line"), "")),
            every(equals(_LINE, "U#"), flag("is_military_place")),
        ),
    ),
    Step(
        "box_in_unit",
        _when(
            flag("is_route_alone"),
            cut(text("unit_field"), "^(?:(?:BOX|BX|BUZON) ?)?([A-Z]?[0-9]+[A-Z]?)$"),
        ),
    ),
    Step("is_box_in_unit", is_not(text("box_in_unit"), "")),
    Step("route_box", first_stated(text("box_in_line"), text("box_in_unit"))),
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
                    some(
                        equals(text("box_head"), "U"),
                        every(equals(_LINE, "U#"), flag("is_box_in_unit")),
                    ),
                    equals(first_word(text("line")), "UNIT"),
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


_UNITS_OF_LINE = [
    Step("unit_at_end", spelled(_words_at(("body_classes",), "unit_classes"))),
    Step(
        "unit_at_front",
        either(
            (equals(text("box_head"), "R"), cut(text("line"), "^([A-Z]+ [A-Z0-9]+) (?:RR|HC) ")),
            otherwise=_for_streets(spelled(_words_at((), "lead_unit_classes"))),
        ),
    ),
]
_COLUMNS = [
    Step(
        "number_said",
        either(
            (flag("is_street"), text("house_number")),
            (equals(_LINE, "U#"), after_first_word(text("line"))),
            (equals(text("a_kind"), "box", "route", "military"), text("box_number")),
            otherwise=constant(""),
        ),
    ),
    Step(
        "number_plain",
        either(
            (
                holds(text("number_said"), "0"),
                rewritten(text("number_said"), "^0+([0-9])", r"\1"),
            ),
            otherwise=text("number_said"),
        ),
    ),
    # In Queens the last two digits stand behind a hyphen, which many leave out.
    Step(
        "a_number",
        either(
            (
                every(flag("is_street"), equals(text("zip_start"), "111", "113", "114", "116")),
                rewritten(text("number_plain"), "^([0-9]{2,3})([0-9]{2})$", r"\1-\2"),
            ),
            # In Hawaii a district stands before the hyphen; 45-090 is 45-90.
            (
                every(flag("is_street"), equals(text("zip_start"), "967", "968")),
                rewritten(
                    rewritten(text("number_plain"), "^([0-9]{2})([0-9]{3,4})$", r"\1-\2"),
                    "^([0-9]+)-0+([1-9])",
                    r"\1-\2",
                ),
            ),
            otherwise=text("number_plain"),
        ),
    ),
    # In Puerto Rico PR 704 is a carretera, and the type stands before the name.
    Step("is_on_island", every(flag("is_street"), equals(text("a_state"), "PR"))),
    Step(
        "street_there",
        either(
            (
                flag("is_on_island"),
                rewritten(
                    rewritten(text("name_counted"), "^(?:PRIVATE ROAD|STATE HIGHWAY) ", "CARR "),
                    "^(?:AVENUE|AVENIDA|AVDA) ([A-Z]{2,})",
                    r"\1",
                ),
            ),
            otherwise=text("name_counted"),
        ),
    ),
    Step("a_pre", _for_streets(looked_up(text("pre_apart"), TWO_DIRECTIONS, text("pre_apart")))),
    Step(
        "a_street",
        either(
            (flag("is_street"), text("street_there")),
            (equals(text("box_head"), "R", "M"), text("box_word")),
            (flag("is_on_route"), constant("UNIT")),
            (equals(text("a_kind"), "general-delivery"), constant("GENERAL DELIVERY")),
            (equals(text("a_kind"), "other"), text("name_even")),
            otherwise=constant(""),
        ),
    ),
    Step(
        "a_type",
        either(
            (
                every(
                    flag("is_on_island"),
                    equals(text("type_short"), ""),
                    has(text("name_counted"), "^(?:AVENUE|AVENIDA|AVDA) [A-Z]{2}"),
                ),
                constant("AVE"),
            ),
            otherwise=_for_streets(text("type_short")),
        ),
    ),
    Step("a_post", _for_streets(looked_up(text("post_apart"), TWO_DIRECTIONS, text("post_apart")))),
    # RR 6 BOX 2 APT 4: the unit behind the box, where its kind is said, or the column says it.
    Step(
        "a_unit",
        either(
            (
                every(
                    equals(text("a_kind"), "route"),
                    is_not(text("route_box"), ""),
                    is_not(text("unit_id"), ""),
                    some(
                        has(text("unit_marked"), "^:"),
                        every(
                            has(text("unit_stated"), "^[A-Z]?[0-9]+[A-Z]?$|^[A-Z]$"),
                            no(same(text("unit_stated"), text("route_box"))),
                        ),
                    ),
                ),
                joined(text("route_box"), constant(" "), text("unit_id")),
            ),
            (flag("is_on_route"), text("route_box")),
            otherwise=text("unit_id"),
        ),
    ),
]

STREET_STEPS = (
    *_READ,
    *_STREET,
    *UNIT_FIELD_STEPS,
    *_BOXES,
    *_KIND,
    *_UNITS_OF_LINE,
    *UNIT_STEPS,
    *_COLUMNS,
)
"""Steps from ``address_line`` and ``unit`` to the columns of the delivery line.

They read the step ``is_military_place`` of :mod:`ostiary.deciding.standardisation.places`."""
