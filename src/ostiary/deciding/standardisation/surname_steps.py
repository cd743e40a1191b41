"""Steps from the surname as given to ``n_surname`` (:mod:`.standardisation.names`)."""

from ostiary.deciding.standardisation.conditions import every, has, holds
from ostiary.deciding.standardisation.definition import Step
from ostiary.deciding.standardisation.name_cleaning import (
    APART,
    cleaned,
    tail,
    unless_nothing,
    when_several,
    without_tail,
)
from ostiary.deciding.standardisation.nothing import stated_name
from ostiary.deciding.standardisation.phrases import either, rewritten, rewritten_anyhow, text
from ostiary.deciding.standardisation.terms import Text
from ostiary.deciding.standardisation.vocabulary.nothing import SURNAMES_TOO
from ostiary.deciding.standardisation.vocabulary.surnames import (
    DEGREES,
    PARTICLES,
    SHORT_SURNAMES,
    SUFFIX_AFTER_SURNAME,
)

_SURNAME = text("surname_clean")


def _without_titles(x: Text, words: str) -> Text:
    """VAN DO, EL MD: behind particles alone stands the surname, whatever else it may mean."""
    named, behind = f"(?:(?:{PARTICLES}) )+(?:{DEGREES})", f"(?: (?:{words}))"
    return either(
        (
            every(holds(x, " "), has(x, f"^{named}{behind}*$")),
            rewritten(x, f"^({named}){behind}+$", r"\1"),
        ),
        otherwise=without_tail(x, words),
    )


_SHORT = rf"\b(?:{'|'.join(SHORT_SURNAMES)})\b"

# STA CRUZ, STO DOMINGO.
_BEGUN_SHORT = r"\bST[AO] [A-Z]"


def _begun_in_full(x: Text) -> Text:
    return rewritten_anyhow(x, r"\bST([AO]) ([A-Z])", r"SANT\1 \2")


def _in_full_surnames(x: Text) -> Text:
    for surname in sorted(set(SHORT_SURNAMES.values())):
        shorts = "|".join(short for short, full in SHORT_SURNAMES.items() if full == surname)
        x = rewritten_anyhow(x, rf"\b(?:{shorts})\b", surname)
    return x


SURNAME_STEPS = [
    *cleaned("surname_clean", stated_name(text("surname"), SURNAMES_TOO), APART),
    Step("surname_unlearned", _without_titles(_SURNAME, DEGREES)),
    Step("surname_tail", tail(text("surname_unlearned"), SUFFIX_AFTER_SURNAME)),
    Step("surname_body", _without_titles(_SURNAME, f"{SUFFIX_AFTER_SURNAME}|{DEGREES}")),
    # HDEZ is how HERNANDEZ is written where there is little room.
    Step(
        "surname_in_full",
        either(
            (
                every(holds(text("surname_body"), "Z"), has(text("surname_body"), _SHORT)),
                _in_full_surnames(text("surname_body")),
            ),
            otherwise=text("surname_body"),
        ),
    ),
    Step(
        "surname_begun",
        either(
            (
                every(
                    holds(text("surname_in_full"), "ST"),
                    has(text("surname_in_full"), _BEGUN_SHORT),
                ),
                _begun_in_full(text("surname_in_full")),
            ),
            otherwise=text("surname_in_full"),
        ),
    ),
    Step(
        "surname_grown",
        when_several(
            text("surname_begun"),
            rewritten(
                rewritten(
                    rewritten(text("surname_begun"), r"\b(O|MC|MAC) ([A-Z])", r"\1\2"),
                    r"\bSAINT(E?) ([A-Z])",
                    r"ST\1 \2",
                ),
                "([A-Z]{2}) (?:[YEI]|VDA DE|VIUDA DE|VDA|VIUDA) ([A-Z]{2})",
                r"\1 \2",
            ),
        ),
    ),
    # FALK FKA HUNT: both are hers.
    Step(
        "surname_both",
        when_several(
            text("surname_grown"),
            rewritten(
                text("surname_grown"),
                " (?:FKA|F K A|NKA|N K A|AKA|A K A|FORMERLY|NEE) ",
                " ",
            ),
        ),
    ),
    Step("n_surname", unless_nothing(text("surname_both"), SURNAMES_TOO)),
]
