"""What kind of thing was given as an address: the shape decides first, then lists take away.

A delivery address names a spot: a number on a street, a box, a general delivery counter; and a
place: a city in a state, or a ZIP Code. Whatever lacks either is not one, however it is dressed,
so a placeholder nobody thought of falls with those that were. Lists are there for the placeholders
that take the shape of an address (999 UNKNOWN ST), and to say what the others are. Where roads
bear such a word, number and type of a true address around it make it one (12 UNKNOWN RD): whether
it is this person's is asked of the record, as of any other.

=====================================  =========================================================
``complete``                           a spot and a place
``empty``                              nothing
``placeholder``                        a filler or a refusal
``zip-only``                           a ZIP Code, or digits like one
``no-number``                          a street, box or route without its number; a city alone
``no-street``                          a number without a street; a place without a delivery line
``no-place``                           a spot, but neither ZIP Code nor city and state
``institution``                        a jail or office without number and street
``homeless``                           no fixed abode
``general-delivery-without-office``    general delivery without city and ZIP Code
=====================================  =========================================================
"""

from ostiary.deciding.standardisation.conditions import (
    equals,
    every,
    has,
    holds,
    is_not,
    is_one_letter_repeated,
    is_shorter,
    no,
    some,
)
from ostiary.deciding.standardisation.definition import Definition, Step
from ostiary.deciding.standardisation.phrases import (
    constant,
    either,
    flag,
    joined,
    looked_up,
    replaced,
    rewritten,
    text,
    trimmed,
)
from ostiary.deciding.standardisation.places import PLACE_STEPS
from ostiary.deciding.standardisation.streets import STREET_STEPS
from ostiary.deciding.standardisation.terms import Flag, Text
from ostiary.deciding.standardisation.vocabulary import elsewhere, non_addresses
from ostiary.deciding.standardisation.vocabulary.streets import (
    CALLES,
    SPELLED_OUT_TYPES,
    TYPES_THAT_ARE_NAMES,
)
from ostiary.domain.facts import ADDRESS_SHAPES

SHAPES = ADDRESS_SHAPES
"""Every value of ``a_shape``."""

INPUTS = ("address_line", "unit", "city", "state", "postal_code", "country")

COLUMNS = (
    "a_kind",
    "a_number",
    "a_pre",
    "a_street",
    "a_type",
    "a_post",
    "a_unit",
    "a_city",
    "a_state",
    "a_zip5",
    "a_country",
    "a_shape",
)

_LINE, _CLASSES, _STREET = text("line"), text("line_classes"), text("a_street")
_NUMBER, _TYPE, _UNIT = text("a_number"), text("a_type"), text("a_unit")


def _is(x: Text) -> Flag:
    return is_not(x, "")


def _letters_for_zeros(x: Text) -> Text:
    """Read UNKN0WN as UNKNOWN."""
    return either((holds(x, "0"), rewritten(x, "([A-Z])0", r"\1O")), otherwise=x)


# 12XX is no number either; 3MI is a mile post.
_A_DOOR = (
    "^(?:[A-DF-MO-RT-VX-Z][0-9]{1,2}|[A-Z]{2,}[0-9]+[A-Z]?"
    "|[0-9]+(?:[A-LN-Z][A-Z]+|M[A-HJ-Z][A-Z]*))$"
)
_A_NAME_AFTER_ALL = r"^[#AHG]F?D?(?:[WOSN]+Z[WOSN]*|Z[WOSN]+)[TY]D?(?:[UV].*)?$"

_ONE_WORD = "^[^Z]*Z[^Z]*$"
_ROADS = "|".join(non_addresses.NAMES_OF_ROADS)
_SAID = "|".join(non_addresses.SAID_FOR_UNKNOWN)
_TYPES = "|".join(sorted(set(SPELLED_OUT_TYPES.values())))
_SO_NAMED = rf"^(?:{_ROADS})(?:$| (?:{_TYPES}|{_SAID})\b)"
_TWICE = rf"\b(?:{_SAID})\b.*\b(?:{_SAID})\b"

_EVASION_STEPS = [
    # 12 UNKNOWN RD is a road of that name; 999 UNKNOWN ST, 12 UNKNOWN, 12 UNKN0WN RD fill a field.
    Step(
        "is_road_so_named",
        every(
            _is(_TYPE),
            equals(_STREET, *non_addresses.NAMES_OF_ROADS),
            no(has(_NUMBER, non_addresses.FILLER_NUMBER)),
        ),
    ),
    # 12 TEST RD TEST; 12 TEST RD in the city of UNKNOWN.
    Step(
        "is_said_twice",
        every(
            holds(_STREET, *non_addresses.NAMES_OF_ROADS),
            has(_STREET, _SO_NAMED),
            has(
                joined(
                    *(_LINE, constant(" "), text("unit_field")),
                    *(constant(" "), text("city_said")),
                ),
                _TWICE,
            ),
        ),
    ),
    Step("line_letters", _letters_for_zeros(_LINE)),
    # A numbered street with its type is judged by the street alone, below.
    Step(
        "line_said",
        either(
            (
                every(
                    _is(text("number_classes")), _is(text("type_classes")), no(holds(_CLASSES, "Q"))
                ),
                constant(""),
            ),
            otherwise=trimmed(rewritten(text("line_letters"), "[^A-Z]+", " ")),
        ),
    ),
    Step("line_solid", replaced(text("line_said"), " ", "")),
    Step(
        "line_evasion",
        looked_up(
            text("line_solid"),
            non_addresses.UNTYPED_EVASIONS,
            looked_up(text("line_said"), non_addresses.UNTYPED_EVASIONS),
        ),
    ),
    Step(
        "all_said",
        either(
            (
                holds(_CLASSES, "Q"),
                replaced(
                    joined(
                        text("line_said"),
                        constant(" "),
                        text("unit_field"),
                        constant(" "),
                        text("city_said"),
                    ),
                    "  ",
                    " ",
                ),
            ),
            otherwise=constant(""),
        ),
    ),
    Step(
        "word_evasion",
        either(
            (flag("is_said_twice"), constant("placeholder")),
            # GETTYSBURG ADDRESS LN: number and type around it, and more than that word in it.
            (every(holds(_CLASSES, "Z"), has(_CLASSES, _A_NAME_AFTER_ALL)), constant("")),
            (every(flag("is_road_so_named"), has(_CLASSES, _ONE_WORD)), constant("")),
            (
                some(
                    every(
                        holds(_CLASSES, "Z"),
                        holds(_LINE, *non_addresses.HOMELESS_WORDS),
                    ),
                    every(
                        _is(text("all_said")), has(text("all_said"), non_addresses.HOMELESS_PHRASES)
                    ),
                ),
                constant("homeless"),
            ),
            (
                some(
                    holds(_CLASSES, "Z"),
                    every(
                        _is(text("all_said")), has(text("all_said"), non_addresses.EVASIVE_PHRASES)
                    ),
                ),
                constant("placeholder"),
            ),
            otherwise=constant(""),
        ),
    ),
    # NEAR 40 ELM ST, FORMERLY 40 ELM ST: somewhere else.
    Step(
        "elsewhere",
        either(
            (has(_LINE, elsewhere.BESIDE), constant("no-number")),
            (
                some(
                    has(_LINE, elsewhere.NOT_STOOD_FOR),
                    has(text("unit_field"), elsewhere.IN_THE_UNIT),
                ),
                constant("placeholder"),
            ),
            otherwise=constant(""),
        ),
    ),
    Step("street_letters", _letters_for_zeros(text("a_street"))),
    Step("street_said", rewritten(text("street_letters"), "[^A-Z]+", "")),
    Step(
        "street_evasion",
        either(
            (flag("is_road_so_named"), constant("")),
            (is_one_letter_repeated(text("street_said")), constant("placeholder")),
            (
                equals(_TYPE, ""),
                looked_up(
                    text("street_said"),
                    non_addresses.UNTYPED_EVASIONS,
                    looked_up(text("street_letters"), non_addresses.UNTYPED_EVASIONS),
                ),
            ),
            otherwise=looked_up(
                text("street_said"),
                non_addresses.EVASIONS,
                looked_up(joined(text("street_said"), _TYPE), non_addresses.EVASIONS),  # T E S T
            ),
        ),
    ),
]

_NOTHING = every(
    *(equals(text(name), "") for name in ("unit_field", "city_said", "state_solid", "postal_solid"))
)
_ONLY_POSTAL = every(
    *(equals(text(name), "") for name in ("unit_field", "city_said", "state_solid"))
)
# 5 MILES NORTH OF TOWN, 2 BLOCKS FROM MAIN ST: how to get there. 5 MILE RD is a road.
_A_WAY = (
    r"^(?:MILES?|MI|BLOCKS?) [NSEW]{1,2} |^(?:DAYS|WEEKS|MONTHS|YEARS) (?:IN|ON|HERE)\b|"
    "^(?:MILES?|MI|BLOCKS?|YARDS?|YDS|FEET|HOUSES?|DOORS?|MINUTES?|MINS?) .*"
    r"\b(?:OF|FROM|PAST|BEHIND|BEYOND|DOWN|OUTSIDE|TOWARDS?)\b"
)
_NO_SUCH_STREET = some(
    has(_STREET, _A_WAY),
    has(_LINE, "^EXIT [0-9]"),
    equals(text("a_street"), ""),
    # Letters spread out are a word in disguise, or nothing: U N A V A I L A B L E.
    has(text("name_classes"), "[LD][LD][LD]"),
    # A plain type is no name (123 ST), but for 40 BOULEVARD; nor is a letter, a direction (123 N).
    every(
        equals(_TYPE, ""),
        equals(text("name_classes"), "T", "Y"),
        no(equals(_STREET, *TYPES_THAT_ARE_NAMES)),
    ),
    every(equals(_TYPE, ""), is_shorter(text("a_street"), 3), has(_STREET, "[A-Z]")),
    # Digits are a street on a grid only (123 S 500 E) or with a type (123 5 AVE); never zeros.
    every(equals(_TYPE, ""), equals(text("a_post"), ""), no(has(_STREET, "[A-Z]"))),
    no(has(_STREET, "[A-Z1-9]")),
)
_SPOT_STEPS = [
    Step("street_and_type", joined(text("street_letters"), constant(" "), _TYPE)),
    Step(
        "street_shape",
        either(
            (
                equals(_NUMBER, ""),
                either(
                    (
                        has(text("line_letters"), non_addresses.INSTITUTIONS),
                        constant("institution"),
                    ),
                    otherwise=constant("no-number"),
                ),
            ),
            (no(has(_NUMBER, "[1-9]")), constant("no-number")),
            # B12 MAIN ST is a door without a house, A1075 MAIN ST a house; on the island a house.
            (
                every(
                    has(_NUMBER, _A_DOOR),
                    no(has(_STREET, rf"^(?:{'|'.join(CALLES)})\b")),
                    no(flag("is_on_island")),
                ),
                constant("no-number"),
            ),
            # 8 MILE RD is the name of a road, as HIGHWAY 8 is.
            (equals(text("a_street"), "MILE"), constant("no-number")),
            (_is(text("street_evasion")), text("street_evasion")),
            (_NO_SUCH_STREET, constant("no-street")),
            (
                every(equals(_TYPE, ""), has(text("street_and_type"), non_addresses.INSTITUTIONS)),
                constant("institution"),
            ),
            (
                every(
                    equals(_TYPE, *non_addresses.TYPES_OF_INSTITUTIONS),
                    has(text("street_and_type"), non_addresses.INSTITUTION_AT_END),
                ),
                constant("institution"),
            ),
            otherwise=constant("complete"),
        ),
    ),
    Step(
        "spot_shape",
        either(
            # Whoever names a division or a berth of the ship has said more than is compared.
            (every(flag("is_ship"), equals(text("unit_id"), "")), constant("complete")),
            (equals(text("a_kind"), "street", "other"), text("street_shape")),
            (no(has(_NUMBER, "[1-9A-Z]")), constant("no-number")),
            (equals(_NUMBER, "XX"), constant("no-number")),
            (every(flag("is_on_route"), equals(_UNIT, "")), constant("no-number")),
            otherwise=constant("complete"),
        ),
    ),
]
_SHAPE_STEPS = [
    Step(
        "a_shape",
        either(
            (
                equals(text("a_kind"), "general-delivery"),
                either(
                    (every(_is(text("a_city")), _is(text("a_zip5"))), constant("complete")),
                    otherwise=constant("general-delivery-without-office"),
                ),
            ),
            (
                equals(text("a_kind"), "none"),
                either(
                    (_NOTHING, constant("empty")),
                    (_ONLY_POSTAL, constant("zip-only")),
                    (flag("is_city_evasive"), constant("placeholder")),
                    otherwise=constant("no-street"),
                ),
            ),
            (_is(text("line_evasion")), text("line_evasion")),
            (_is(text("word_evasion")), text("word_evasion")),
            (_is(text("elsewhere")), text("elsewhere")),
            (
                every(equals(_CLASSES, "#", "H"), has(_LINE, "^[0-9]{5}(?:-?[0-9]{4})?$")),
                constant("zip-only"),
            ),
            # A number by itself lacks its street; everything else without a number lacks that.
            (
                every(is_not(text("spot_shape"), "complete")),
                text("spot_shape"),
            ),
            (no(flag("is_place")), constant("no-place")),
            otherwise=constant("complete"),
        ),
    ),
]

ADDRESSES = Definition(
    INPUTS, COLUMNS, (*PLACE_STEPS, *STREET_STEPS, *_EVASION_STEPS, *_SPOT_STEPS, *_SHAPE_STEPS)
)
"""The definition of a standard address."""
