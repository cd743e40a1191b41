"""Steps from a delivery line to its box: post office boxes, routes, military units."""

from ostiary.deciding.standardisation.conditions import equals, every, is_not, some
from ostiary.deciding.standardisation.definition import Step
from ostiary.deciding.standardisation.grammars import BOX
from ostiary.deciding.standardisation.line_parts import LINE_CLASSES, when, words_at
from ostiary.deciding.standardisation.phrases import (
    cut,
    first_stated,
    first_word,
    flag,
    group,
    groups,
    matched,
    spelled,
    text,
)

BOX_STEPS = [
    Step("box", matched(LINE_CLASSES, BOX, 5)),
    *(
        Step(f"box_{name}", group(groups("box"), number))
        for number, name in enumerate(("before", "head", "id", "between", "second"), start=1)
    ),
    Step("is_boxed", is_not(text("box_head"), "")),
    Step(
        "box_number",
        when(flag("is_boxed"), spelled(words_at(("box_before", "box_head"), "box_id"))),
    ),
    Step(
        "box_in_line",
        when(
            flag("is_boxed"),
            spelled(words_at(("box_before", "box_head", "box_id", "box_between"), "box_second")),
        ),
    ),
    Step(
        "box_word",
        when(flag("is_boxed"), first_word(spelled(words_at(("box_before",), "box_head")))),
    ),
    # UNIT 2050 in the line and BOX 4190 in the column of the unit.
    Step(
        "is_route_alone",
        some(
            every(equals(text("box_head"), "R", "M"), equals(text("box_in_line"), "")),
            every(equals(LINE_CLASSES, "U#"), flag("is_military_place")),
        ),
    ),
    Step(
        "box_in_unit",
        when(
            flag("is_route_alone"),
            cut(text("unit_field"), "^(?:(?:BOX|BX|BUZON) ?)?([A-Z]?[0-9]+[A-Z]?)$"),
        ),
    ),
    Step("is_box_in_unit", is_not(text("box_in_unit"), "")),
    Step("route_box", first_stated(text("box_in_line"), text("box_in_unit"))),
]
