"""Numbers of a hundred and more in words: ONE HUNDRED TWENTY is 120, TWO HUNDRED TENTH 210TH.

Each part is looked up by itself, so that the tables need no word for each number.
"""

from ostiary.deciding.standardisation.conditions import has, holds, is_not
from ostiary.deciding.standardisation.definition import Step
from ostiary.deciding.standardisation.phrases import (
    constant,
    cut,
    either,
    exchanged,
    first_stated,
    joined,
    looked_up,
    text,
)
from ostiary.deciding.standardisation.terms import Table, Text
from ostiary.deciding.standardisation.vocabulary.numbers import (
    CARDINALS,
    ORDINAL_TEENS,
    ORDINAL_TENS,
    ORDINAL_UNITS,
    ORDINALS,
    TEENS_IN_WORDS,
    TENS_IN_WORDS,
    UNITS_IN_WORDS,
)

CARDINALS_TABLE = Table.of("cardinals", CARDINALS)
_BELOW_HUNDRED = Table.of("below_hundred", CARDINALS | ORDINALS)

_ONES, _NTH = "|".join(UNITS_IN_WORDS), "|".join(ORDINAL_UNITS)
_TEENS, _TENS = "|".join(TEENS_IN_WORDS), "|".join(TENS_IN_WORDS)
_CARDINAL = f"(?:{_TENS})(?:{_ONES})?|{_TEENS}|{_ONES}"
_REST = (
    f"(?:{_TENS})(?:{_ONES}|{_NTH})?|{'|'.join(ORDINAL_TENS)}|{'|'.join(ORDINAL_TEENS)}|{_TEENS}"
    f"|{_NTH}|{_ONES}"
)
_NUMBER = (
    rf"\b((?:{_CARDINAL}) (?:HUNDRED(?:TH)?|THOUSAND(?: AND)?(?: (?:{_ONES}) HUNDRED)?)"
    rf"(?:(?: AND)? (?:{_REST}))?)\b"
)
_SAID, _BEHIND = text("hundreds_said"), text("below_hundred")


def _of(word: str) -> Text:
    return looked_up(cut(_SAID, rf"\b({_CARDINAL}) {word}"), CARDINALS_TABLE)


def hundreds(line: str, result: str) -> list[Step]:
    """Write the first such number of a text in digits.

    Args:
        line: the step that holds the text, words of tens and ones joined (TWENTYONE).
        result: name of the last step.
    """
    x = text(line)
    digits = joined(
        _of("THOUSAND"),
        either(
            (holds(_SAID, "HUNDRED"), _of("HUNDRED")),
            otherwise=constant("0"),
        ),
        either((has(_BEHIND, "^[0-9](?:[A-Z]|$)"), constant("0")), otherwise=constant("")),
        first_stated(_BEHIND, constant("00")),
        cut(_SAID, "HUNDRED(TH)$"),
    )
    return [
        Step(
            "hundreds_said",
            either((holds(x, " HUNDRED", " THOUSAND"), cut(x, _NUMBER)), otherwise=constant("")),
        ),
        Step(
            "below_hundred",
            either(
                (
                    is_not(_SAID, ""),
                    looked_up(cut(_SAID, rf".*D(?: AND)? ({_REST})$"), _BELOW_HUNDRED),
                ),
                otherwise=constant(""),
            ),
        ),
        Step(result, either((is_not(_SAID, ""), exchanged(x, _SAID, digits)), otherwise=x)),
    ]
