"""The tables are curated: no name in two groups, no group of two names, nothing in bad form."""

import re
from pathlib import Path
from runpy import run_path

import pytest

from ostiary.deciding.standardisation.grammars import BODY, BOX, CLASSES, TAIL
from ostiary.deciding.standardisation.lines import LINE, UNIT
from ostiary.deciding.standardisation.name_cleaning import LETTERS_ONLY
from ostiary.deciding.standardisation.names import NAMES
from ostiary.deciding.standardisation.shapes import ADDRESSES
from ostiary.deciding.standardisation.vocabulary.damaged_types import DAMAGED_TYPES
from ostiary.deciding.standardisation.vocabulary.nicknames import GROUPS, NICKNAMES
from ostiary.deciding.standardisation.vocabulary.street_words import (
    STREET_WORDS,
    dictionary_words,
    is_named_by_words,
    place_words,
)
from ostiary.deciding.standardisation.vocabulary.streets import NAME_WORDS, STREET_TYPES
from ostiary.worlds.vocabulary import census_shares

DIFFERENT_PEOPLE = [
    ("PAUL", "PAULA"), ("MARIO", "MARIA"), ("MARIO", "MARIE"), ("JULIE", "JULIA"),
    ("GERALD", "GERALDINE"), ("BILL", "ROBERT"), ("JOHN", "JACK"), ("JOHN", "JON"),
    ("FRANCES", "FRANCIS"), ("CHRISTINE", "CHRISTINA"), ("ANTHONY", "ANTONIO"),
    ("ANN", "ANNA"), ("ROBERT", "ROBERTO"), ("LOUIS", "LUIS"), ("MARIA", "MARIE"),
    ("JESUS", "JESSE"), ("EDWARD", "EDWIN"), ("ALBERT", "ALBERTO"), ("SAMUEL", "SAMANTHA"),
    ("ALEXANDER", "ALEXANDRA"), ("PATRICK", "PATRICIA"), ("ERIC", "ERICA"), ("DANIEL", "DANIELLE"),
]  # fmt: skip


def _group(name: str) -> str:
    return NICKNAMES.entries.get(name, name)


@pytest.mark.parametrize(("one", "other"), DIFFERENT_PEOPLE)
def test_no_group_takes_two_people_for_one(one: str, other: str) -> None:
    assert _group(one) != _group(other)


def test_every_name_stands_in_one_group_and_each_group_says_more_than_itself() -> None:
    listed = [name for group in GROUPS for name in group]
    assert len(listed) == len(set(listed))
    assert all(len(group) > 1 for group in GROUPS)
    assert 120 <= len(GROUPS) <= 280
    assert list(GROUPS) == sorted(GROUPS)


def test_no_group_joins_a_name_of_men_with_a_name_of_women() -> None:
    men, women = census_shares("male"), census_shares("female")

    def side(name: str) -> int:
        """1 for men, -1 for women, 0 for names that are rare or that both bear (1990 census)."""
        m, w = men.get(name, 0.0), women.get(name, 0.0)
        return 0 if max(m, w) < 0.005 else (m > 10 * w) - (w > 10 * m)

    for group in GROUPS:
        assert {side(name) for name in group} - {0} != {1, -1}, group


@pytest.mark.parametrize("definition", [NAMES, ADDRESSES], ids=["names", "addresses"])
def test_tables_hold_what_a_clean_text_can_be(definition: object) -> None:
    for table in definition.tables:  # type: ignore[attr-defined]
        for word, value in table.entries.items():
            assert re.fullmatch(r"[A-Z0-9#|\\]+(?: [A-Z0-9]+)*", word), (table.name, word)
            assert value.isascii(), (table.name, word)


def test_standard_forms_of_words_are_their_own_standard_form() -> None:
    for table in (STREET_TYPES, NAME_WORDS):
        for value in table.entries.values():
            assert table.entries.get(value, value) == value
    for word, value in NAME_WORDS.entries.items():
        unlisted = "O" if value[0].isdigit() else "W"
        assert CLASSES.entries.get(value, unlisted) == CLASSES.entries.get(word, "W"), word


def test_no_rewriting_matches_the_empty_text() -> None:
    for rewriting in (*LINE, *UNIT, *LETTERS_ONLY):
        assert not re.search(rewriting.pattern, ""), rewriting


def test_patterns_keep_to_what_both_engines_understand() -> None:
    patterns = [rewriting.pattern for rewriting in (*LINE, *UNIT, *LETTERS_ONLY)]
    for pattern in (*patterns, *TAIL, *BODY, *BOX):
        assert not re.search(r"\(\?[=!<P]|\\[1-9dwsDWSZAz]", pattern), pattern


def test_definitions_read_only_what_stands_before() -> None:
    for definition in (NAMES, ADDRESSES):
        known = set(definition.inputs)
        for step in definition.steps:
            assert step.phrase.uses <= known, step.name
            assert step.name not in known
            known.add(step.name)
        assert set(definition.columns) <= known


def test_the_words_of_places_are_those_that_the_tool_writes() -> None:
    tool = run_path(str(Path(__file__).parents[2] / "tools" / "place_words.py"))
    assert set(tool["words"]().split()) == place_words()


@pytest.mark.parametrize(
    ("street", "named"),
    [
        *(("AKRON", True), ("MOUNT HERMON", True), ("VIA SONORA", True), ("MOUNT HERNOM", False)),
        *(("CATTLE", True), ("NIGHT", True), ("CATTLW", False)),
    ],
)
def test_streets_are_named_after_places_and_by_words_of_the_dictionary(
    street: str, named: bool
) -> None:
    assert is_named_by_words(street, frozenset()) is named


def test_no_word_of_the_language_nor_of_a_street_is_a_damaged_type() -> None:
    words = STREET_WORDS | place_words() | dictionary_words() | set(STREET_TYPES.entries)
    assert not words & set(DAMAGED_TYPES)
    assert not DAMAGED_TYPES.keys() & {"ACE", "AXE", "BAY", "GAVE", "MAY", "SAVE", "WAVE", "WAX"}
    assert DAMAGED_TYPES["AFE"] == "AVE"
    assert (len(DAMAGED_TYPES), len({*DAMAGED_TYPES.values()})) == (1023, 11)  # decision 0098
