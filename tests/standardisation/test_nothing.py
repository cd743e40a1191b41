"""Words that mean nothing mean nothing in every field, and names stay names."""

import duckdb
import pytest

from both_executors import EXECUTORS, Executor
from ostiary.deciding.intake.misread import is_nothing
from ostiary.deciding.standardisation.vocabulary.nothing import (
    GIVEN_NAMES_TOO,
    NOTHING,
    SURNAMES_TOO,
)

NOTHING_IN_ANY_DRESS = [
    *(
        "",
        " ",
        "-",
        "--",
        ".",
        "?",
        "***",
        "\\N",
        "\\n",
        "\\\\N",
        "NULL",
        "(null)",
        "<NULL>",
        "[null]",
    ),
    *(
        "nan",
        "NaN",
        "NaT",
        "<NA>",
        "#N/A",
        "#N/A N/A",
        "n/a",
        "N.A.",
        "NA",
        "None",
        "<none>",
        "--None--",
    ),
    *(
        "nil",
        "undefined",
        "(blank)",
        "[blank]",
        "(empty)",
        "NMI ONLY",
        "N.M.I.",
        "NMN",
        "nmi only.",
    ),
    *("not available", "Not-Available", "NOT ON FILE", "none given", "none provided", "unknown"),
    *("no middle name", "No Middle Initial", "no middle name given", "middle name unknown"),
    *("Unknown Middle Name", "not specified", "NO DATA", "to be determined", "TBD", "#REF!"),
    *("#VALUE!", "#NAME?", "#DIV/0!", "#N/D", "-1.#IND", "desconocido", "Sin segundo nombre"),
    *("no disponible", "No aplica", "ninguno", "en blanco", "no proporcionado", "SIN DATOS"),
    *(
        "NO CONSTA",
        "left blank",
        "Intentionally left blank",
        "-- Select --",
        "missing",
        "NA_character_",
    ),
]
JOHN = {"given_name": "John", "middle_name": "", "surname": "Smith", "name_suffix": ""}
SOMETHING = [
    "A",
    "N",
    "12",
    "Ann",
    "Nolan",
    "Nancy",
    "Number Nine",
    "Blanche",
    "Nona",
    "Tba-7",
]


def says_nothing(texts: list[str]) -> list[str]:
    """Give those of some texts that a column of no standard form takes for nothing."""
    asked = "SELECT x FROM unnest($1) AS t(x) WHERE " + is_nothing("x")
    with duckdb.connect() as con:
        return [text for (text,) in con.execute(asked, [texts]).fetchall()]


def test_a_word_for_nothing_says_nothing() -> None:
    assert says_nothing(NOTHING_IN_ANY_DRESS) == NOTHING_IN_ANY_DRESS


def test_what_says_something_says_something() -> None:
    assert says_nothing(SOMETHING) == []


DRESSES = ["{}", " {} ", "<{}>", "({})", "[{}]", "{}.", "'{}'", "{{{}}}", "--{}--"]
CASES = [str.upper, str.lower, str.title]


def test_signs_and_case_make_nothing_something() -> None:
    dressed = [
        dress.format(case(word)) for word in NOTHING.entries for dress in DRESSES for case in CASES
    ]
    assert says_nothing(dressed) == dressed


@pytest.mark.parametrize("executor", EXECUTORS.values(), ids=EXECUTORS)
def test_a_middle_name_that_is_nothing_is_none(executor: Executor) -> None:
    asked = ({**JOHN, "middle_name": text} for text in NOTHING_IN_ANY_DRESS)
    for text, name in zip(NOTHING_IN_ANY_DRESS, executor(asked), strict=True):
        assert (name["n_given"], name["n_middle"]) == ("JOHN", ""), text


@pytest.mark.parametrize("executor", EXECUTORS.values(), ids=EXECUTORS)
@pytest.mark.parametrize("part", ["given_name", "surname"])
def test_a_name_that_is_nothing_is_missing(executor: Executor, part: str) -> None:
    nothing = [text for text in NOTHING_IN_ANY_DRESS if text.upper() not in {*SURNAMES_TOO, "N.A."}]
    nothing += ["nan", "NaN", "NaT", "<nan>"]
    for text, name in zip(nothing, executor({**JOHN, part: t} for t in nothing), strict=True):
        assert name["n_name_stated"] is False, text


@pytest.mark.parametrize("executor", EXECUTORS.values(), ids=EXECUTORS)
def test_names_that_say_nothing_elsewhere_are_names(executor: Executor) -> None:
    names = [("surname", word.title()) for word in SURNAMES_TOO]
    names += [("given_name", word.title()) for word in GIVEN_NAMES_TOO]
    for (part, text), name in zip(
        names, executor({**JOHN, part: text} for part, text in names), strict=True
    ):
        assert name["n_name_stated"] is True, (part, text)
