"""The standard form of a secondary unit: parts, each of them a kind and an identifier.

``a_unit`` is ``APT 4B``, ``BLDG 1 APT 23``, ``FL 2``, ``PH``; a number whose kind nobody said is
bare (``4B``). A building comes first, a floor next. Two identifiers are never joined: BLDG 1 APT 23
is not BLDG 12 APT 3, and 1-12 is not 11-2.
"""

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
from ostiary.deciding.standardisation.definition import Rewriting, Step, rewriting_steps
from ostiary.deciding.standardisation.halls import HALL_OF_COLUMN_STEPS, in_its_hall
from ostiary.deciding.standardisation.lines import UNIT
from ostiary.deciding.standardisation.phrases import (
    constant,
    cut,
    each_looked_up,
    either,
    first_stated,
    flag,
    joined,
    looked_up,
    replaced,
    rewritten_anyhow,
    spelled,
    split,
    text,
    trimmed,
    upper,
)
from ostiary.deciding.standardisation.terms import Text
from ostiary.deciding.standardisation.vocabulary import non_addresses
from ostiary.deciding.standardisation.vocabulary.islands import AREA_WORDS, AREAS, URBANIZATION
from ostiary.deciding.standardisation.vocabulary.units import (
    ALIKE_KINDS,
    BERTHS,
    NEEDS_IDENTIFIER,
    UNIT_WORDS,
)

_PART = "(?::[A-Z]+ )?[A-Z0-9-]+"
_NEEDS = "|".join(NEEDS_IDENTIFIER)

PARTS = (
    # APT NO 4, # 4: a number sign says no kind.
    Rewriting("(:[A-Z]+) :#", r"\1"),
    # STE 130 # 359: a second part, of an unknown kind, as UNIT is.
    Rewriting(r"(:[A-Z]+ [A-Z0-9-]+) :# ?", r"\1 :UNIT "),
    Rewriting(":# ?", ""),
    Rewriting(rf":(?:{_NEEDS})(?: (:)|$)", r"\1"),
    Rewriting(rf":(?:{_NEEDS})(?: (:)|$)", r"\1"),
    Rewriting(r"\b([0-9]+)(?:ST|ND|RD|TH)\b", r"\1"),
    Rewriting(r"\b0+([0-9])", r"\1"),
    # APT 2 EAST is 2E.
    Rewriting(r"\b([0-9]+) ([NSEW])(?:ORTH|OUTH|AST|EST)\b", r"\1\2"),
    # 4 B is 4B and B 4 is B4; 1 12 is 1-12, and not 11 2.
    Rewriting(r"\b([0-9]+) ([A-Z])\b", r"\1\2"),
    Rewriting(r"\b([A-Z]) ([A-Z0-9])\b", r"\1\2"),
    Rewriting(r"\b([A-Z]) ([0-9])", r"\1\2"),
    Rewriting(r"(^|:[A-Z]+ )([A-Z]{2}) ([0-9]+[A-Z]?)\b", r"\1\2\3"),  # APT LL-2
    Rewriting(r"\b([0-9][A-Z0-9]*) ([0-9])", r"\1-\2"),
    Rewriting(r"\b([A-Z]+)-([0-9])", r"\1\2"),
    Rewriting(r"\b([0-9]+)-([A-Z])", r"\1\2"),
    # APT 6 FL 2 BLDG 3, PMB 77 STE 6, APT 2 BOX 11: the whole before its part.
    Rewriting(rf"^({_PART}(?: {_PART})?) (:BLDG [A-Z0-9-]+)$", r"\2 \1"),
    Rewriting(rf"^((?::BLDG [A-Z0-9-]+ )?)({_PART}) (:FL [A-Z0-9-]+)$", r"\1\3 \2"),
    Rewriting(rf"^(:PMB [A-Z0-9-]+) ({_PART}(?: {_PART})?)$", r"\2 \1"),
    Rewriting(rf"^({_PART}(?: {_PART})?) (:BOX [A-Z0-9-]+)$", r"\2 \1"),
    Rewriting(":", ""),
    Rewriting("  +", " "),
)
"""Rewritings of the words of a unit, a colon before each kind, in order."""

_AREA_NAME = (
    r" [A-Z](?:[A-Z ]|[0-9]+(?:RA|DA|TA|MA|VA|NA|ERA)\b)*?)"
    r"((?: (?:APT|APTO|APARTAMENTO|UNIT|EDIF|EDIFICIO|BLDG|PISO|FL|STE|CASA)\b.*)?)$"
)
_URB_IN_UNIT = rf"\b((?:{URBANIZATION}){_AREA_NAME}"
_AREA_IN_UNIT = rf"^((?:{AREAS}){_AREA_NAME}"
_FIELD, _MARKED = text("unit_field"), text("unit_marked")


_ONE_UNIT = r"^(?:[A-Z]+ |# ?)?(?:[A-Z]?[0-9]+[A-Z]?|[A-Z])$"


def _identifier(x: Text) -> Text:
    return rewritten_anyhow(x, "^(?:[A-Z]+ |# ?)?0*(.)", r"\1")


_NO_KIND = ("", ":#", ":UNIT")
_A_DOOR = (*_NO_KIND, *(f":{kind}" for kind in (*ALIKE_KINDS, *BERTHS)))


def _kind(x: Text) -> Text:
    word = cut(x, r"^([A-Z]{2,}|#)\b")
    return looked_up(word, UNIT_WORDS, word)


def _in_parts(x: Text) -> Text:
    for rewriting in PARTS:
        x = rewritten_anyhow(x, rewriting.pattern, rewriting.new)
    return x


UNIT_FIELD_STEPS = [
    *rewriting_steps(
        "unit_even",
        either((flag("is_line_continued"), constant("")), otherwise=upper(text("unit"))),
        UNIT,
    ),
    Step("unit_field", trimmed(text("unit_even"))),
]
"""Steps from ``unit`` to ``unit_field``."""

UNIT_STEPS = [
    # What means nothing hides nothing that the line says.
    Step(
        "unit_stated_0",
        either(
            (equals(_FIELD, ""), constant("")),
            (
                some(
                    equals(trimmed(text("unit")), "\\N", "\\n"),
                    no(
                        equals(
                            looked_up(
                                replaced(_FIELD, " ", ""),
                                non_addresses.UNIT_EVASIONS,
                                constant("1"),
                            ),
                            "1",
                        )
                    ),
                ),
                constant(""),
            ),
            (flag("is_box_in_unit"), constant("")),
            otherwise=_FIELD,
        ),
    ),
    # An area in the column is one by its word; in Puerto Rico the first words of others are, too.
    Step(
        "urbanization_in_unit",
        either(
            (holds(text("unit_stated_0"), "URB"), cut(text("unit_stated_0"), _URB_IN_UNIT)),
            (equals(text("a_state"), "PR"), cut(text("unit_stated_0"), _AREA_IN_UNIT)),
            otherwise=constant(""),
        ),
    ),
    Step(
        "unit_beside_area",
        either(
            (
                is_not(text("urbanization_in_unit"), ""),
                trimmed(
                    rewritten_anyhow(
                        rewritten_anyhow(text("unit_stated_0"), _URB_IN_UNIT, r"\2"),
                        _AREA_IN_UNIT,
                        r"\2",
                    )
                ),
            ),
            otherwise=text("unit_stated_0"),
        ),
    ),
    *HALL_OF_COLUMN_STEPS,
    Step("unit_of_line", first_stated(text("unit_at_end"), text("unit_at_front"))),
    # MAIN ST BLDG 1, and APT 23 in the column; PMB 7 in either: one beside the other.
    Step("kind_of_line", _kind(text("unit_of_line"))),
    Step("kind_stated", _kind(text("unit_stated"))),
    Step(
        "are_two_units",
        every(
            has(text("unit_of_line"), _ONE_UNIT),
            has(text("unit_stated"), _ONE_UNIT),
            no(same(_identifier(text("unit_of_line")), _identifier(text("unit_stated")))),
        ),
    ),
    Step(
        "unit_said",
        either(
            # MAIN ST APT 4, and APT 5 in the column: two doors, and nobody says which. A
            # building, or a floor, and # 5 are no two doors, but one in the other.
            (
                every(
                    flag("are_two_units"),
                    some(
                        same(text("kind_of_line"), text("kind_stated")),
                        every(
                            equals(text("kind_of_line"), *_NO_KIND),
                            equals(text("kind_stated"), *_A_DOOR),
                        ),
                        every(
                            equals(text("kind_of_line"), *_A_DOOR),
                            equals(text("kind_stated"), *_NO_KIND),
                        ),
                    ),
                ),
                joined(text("unit_of_line"), constant("-OR-"), _identifier(text("unit_stated"))),
            ),
            (
                every(
                    is_not(text("unit_stated"), ""),
                    some(
                        every(
                            has(text("unit_of_line"), "^(?:BLDG|BUILDING|FL|FLOOR) [A-Z0-9-]+$"),
                            no(holds(text("unit_stated"), "BLDG", "BUILDING", "FL")),
                        ),
                        every(
                            has(text("unit_of_line"), "^(?:PMB|UBOX) [A-Z0-9-]+$"),
                            no(holds(text("unit_stated"), "PMB", "BOX")),
                        ),
                        every(
                            is_not(text("unit_of_line"), ""),
                            has(text("unit_stated"), "^(?:PMB|UBOX) [A-Z0-9-]+$"),
                            no(holds(text("unit_of_line"), "PMB", "BOX")),
                        ),
                        flag("are_two_units"),
                    ),
                ),
                joined(
                    text("unit_of_line"),
                    # BLDG 3 and 5, as BLDG 3 # 5: nobody said the kind of the door
                    either(
                        (
                            every(
                                equals(text("kind_of_line"), ":BLDG", ":FL"),
                                equals(text("kind_stated"), ""),
                                has(text("unit_stated"), _ONE_UNIT),
                            ),
                            constant(" UNIT "),
                        ),
                        otherwise=constant(" "),
                    ),
                    text("unit_stated"),
                ),
            ),
            otherwise=first_stated(text("unit_stated"), text("unit_of_line")),
        ),
    ),
    Step(
        "unit_marked",
        either(
            (equals(text("unit_said"), ""), constant("")),
            otherwise=spelled(each_looked_up(split(text("unit_said")), UNIT_WORDS)),
        ),
    ),
    Step(
        "unit_parts",
        either(
            (equals(_MARKED, ""), constant("")),
            (has(_MARKED, "^(?::[A-Z]+ )?[1-9][0-9]*[A-Z]?$"), replaced(_MARKED, ":", "")),
            otherwise=_in_parts(_MARKED),
        ),
    ),
    Step("unit_spaced", trimmed(text("unit_parts"))),
    Step(
        "unit_meant",
        in_its_hall(
            looked_up(text("unit_spaced"), non_addresses.UNIT_EVASIONS, text("unit_spaced"))
        ),
    ),
    # The urbanization stands in the column or in the line: URB VISTA MAR, VISTAS DEL RIO.
    Step(
        "urbanization_said",
        first_stated(
            text("urbanization_in_unit"),
            either(
                (holds(text("line"), "| URBN "), cut(text("line"), r"\| URBN ([A-Z0-9 ]+)")),
                otherwise=constant(""),
            ),
        ),
    ),
    Step(
        "urbanization",
        either(
            (equals(text("urbanization_said"), ""), constant("")),
            otherwise=replaced(
                spelled(
                    each_looked_up(
                        split(
                            rewritten_anyhow(text("urbanization_said"), f"^(?:{URBANIZATION}) ", "")
                        ),
                        AREA_WORDS,
                    )
                ),
                " ",
                "",
            ),
        ),
    ),
    Step(
        "unit_id",
        either(
            (equals(text("urbanization"), ""), text("unit_meant")),
            otherwise=trimmed(
                joined(text("unit_meant"), constant(" URB "), text("urbanization")),
            ),
        ),
    ),
]
"""Steps from ``unit``, ``line`` and the units found in the line to ``unit_id``."""
