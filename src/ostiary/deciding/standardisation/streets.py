"""The standard form of a delivery line: what kind of address it is, and its parts."""

from ostiary.deciding.standardisation.box_parts import BOX_STEPS
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
from ostiary.deciding.standardisation.definition import Step
from ostiary.deciding.standardisation.grammars import GENERAL_DELIVERY
from ostiary.deciding.standardisation.line_parts import LINE_CLASSES, READ_STEPS, words_at
from ostiary.deciding.standardisation.phrases import (
    after_first_word,
    constant,
    cut,
    either,
    first_word,
    flag,
    joined,
    looked_up,
    rewritten,
    spelled,
    text,
)
from ostiary.deciding.standardisation.street_parts import STREET_PART_STEPS
from ostiary.deciding.standardisation.terms import Text
from ostiary.deciding.standardisation.units import UNIT_FIELD_STEPS, UNIT_STEPS
from ostiary.deciding.standardisation.vocabulary.streets import HULL, SHIP, TWO_DIRECTIONS

_KIND = [
    # USS NIMITZ (CVN 68), FPO AP 96620: a ship has its own ZIP Code, and no number but its hull's.
    Step(
        "is_ship",
        every(
            equals(text("number_classes"), ""),
            equals(text("type_classes"), ""),
            flag("is_military_place"),
            has(text("name_even"), SHIP),
        ),
    ),
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
            (some(equals(text("box_head"), "M"), flag("is_ship")), constant("military")),
            (
                every(
                    some(
                        equals(text("box_head"), "U"),
                        every(equals(LINE_CLASSES, "U#"), flag("is_box_in_unit")),
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
    Step("unit_at_end", spelled(words_at(("body_classes",), "unit_classes"))),
    Step(
        "unit_at_front",
        either(
            (equals(text("box_head"), "R"), cut(text("line"), "^([A-Z]+ [A-Z0-9]+) (?:RR|HC) ")),
            otherwise=_for_streets(spelled(words_at((), "lead_unit_classes"))),
        ),
    ),
]

_COLUMNS = [
    Step(
        "number_said",
        either(
            (flag("is_street"), text("house_number")),
            (equals(LINE_CLASSES, "U#"), after_first_word(text("line"))),
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
    # 12 MAPLE LA, as Long Island writes its lanes; in Louisiana, or nowhere, LA may be the State.
    Step(
        "is_lane",
        every(
            flag("is_street"),
            equals(text("type_short"), ""),
            no(equals(text("a_state"), "LA", "")),
            has(text("name_counted"), "^(?:[A-Z]{3,} )+LA$"),
        ),
    ),
    Step("a_pre", _for_streets(looked_up(text("pre_apart"), TWO_DIRECTIONS, text("pre_apart")))),
    Step(
        "a_street",
        either(
            (flag("is_lane"), rewritten(text("name_counted"), " LA$", "")),
            (flag("is_street"), text("street_there")),
            (
                flag("is_ship"),
                rewritten(text("name_even"), f"{HULL}$", ""),
            ),
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
            (flag("is_lane"), constant("LN")),
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
    *READ_STEPS,
    *STREET_PART_STEPS,
    *UNIT_FIELD_STEPS,
    *BOX_STEPS,
    *_KIND,
    *_UNITS_OF_LINE,
    *UNIT_STEPS,
    *_COLUMNS,
)
"""Steps from ``address_line`` and ``unit`` to the columns of the delivery line.

They read the step ``is_military_place`` of :mod:`ostiary.deciding.standardisation.places`."""
