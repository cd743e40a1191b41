"""Two books are told apart in words exactly when they could decide otherwise."""

from dataclasses import replace
from datetime import date

import pytest

from ostiary.deciding.law.amendments import AmendmentKind, amendments
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.grammar import parse_rule
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.period import Period
from ostiary.domain.words import Layer, Stage, Status

DAY = date(2031, 1, 1)
OF_A_WORDING = {
    "period": ("In force", Period(DAY)),
    "tree": ("Asks that", parse_rule("sole_use AND matter_stated", where="test")),
    "finding": ("Finding", "another finding"),
    "cure": ("Cure", "another cure"),
    "citation": ("Rests on", "another citation"),
    "cites": ("Rests on", "/us/usc/t1/s1"),
}
OF_A_RULE = {
    "stages": ("Asked", frozenset({Stage.DISCLOSURE})),
    "clock": ("Asked", "disclosed"),
    "stops": ("Asked", True),
    "guard": ("Asked", True),
    "effect": ("Whoever does not meet it is", Status.SUSPENDED),
}
OF_AN_INSTRUMENT = {
    "layer": ("Layer", Layer.ORDER),
    "period": ("In force", Period(DAY)),
    "applies": ("Asks that", parse_rule("sole_use", where="test")),
    "items": ("An answer may hold", {}),
}


@pytest.fixture(scope="module")
def book() -> Book:
    return read_book(shipped_book())


def changed(book: Book, place: int, instrument) -> Book:
    one = list(book.instruments)
    one[place] = instrument
    return Book(tuple(one))


def only(first: Book, second: Book):
    found = amendments(first, second)
    assert first.digest != second.digest
    assert len(found) == 1
    return found[0]


def rule_of(book: Book):
    """A requirement with one wording that differs from all that these tests put in its place."""
    one = book.instruments[0]
    for rule in one.rules:
        if not rule.stops and not rule.guard and rule.effect is Status.RETURNED:
            return one, rule
    raise LookupError


def with_rule(book: Book, rule) -> Book:
    one, old = rule_of(book)
    rules = tuple(rule if each is old else each for each in one.rules)
    return changed(book, 0, replace(one, rules=rules))


def test_a_book_says_the_same_as_itself(book):
    assert amendments(book, read_book(shipped_book())) == ()


@pytest.mark.parametrize("field", OF_A_WORDING)
def test_every_part_of_a_wording_is_told(book, field):
    name, value = OF_A_WORDING[field]
    _, rule = rule_of(book)
    wording = replace(rule.versions[-1], **{field: value})
    second = with_rule(book, replace(rule, versions=(*rule.versions[:-1], wording)))
    found = only(book, second)
    assert (found.rule, found.kind) == (rule.id, AmendmentKind.CHANGED)
    assert [part for part, *_ in found.parts] == [name]


@pytest.mark.parametrize("field", OF_A_RULE)
def test_every_part_of_a_rule_is_told(book, field):
    name, value = OF_A_RULE[field]
    _, rule = rule_of(book)
    assert getattr(rule, field) != value
    found = only(book, with_rule(book, replace(rule, **{field: value})))
    assert [part for part, *_ in found.parts] == [name]


@pytest.mark.parametrize("field", OF_AN_INSTRUMENT)
def test_every_part_of_an_instrument_is_told(book, field):
    name, value = OF_AN_INSTRUMENT[field]
    one = book.instruments[0]
    found = only(book, changed(book, 0, replace(one, **{field: value})))
    assert (found.rule, found.instrument) == ("", one.title)
    assert [part for part, *_ in found.parts] == [name]


def test_what_came_and_what_went_is_told_either_way_round(book):
    one, rule = rule_of(book)
    less = changed(book, 0, replace(one, rules=tuple(each for each in one.rules if each != rule)))
    assert only(book, less).kind is AmendmentKind.GONE
    assert only(less, book).kind is AmendmentKind.NEW
    assert all(now == "" for _, _, now in only(book, less).parts)


def test_another_spelling_of_the_same_english_is_told_as_sql(book):
    _, rule = rule_of(book)
    last = rule.versions[-1]
    spelled = replace(last, tree=parse_rule(f"({last.sql})", where="test"))
    second = with_rule(book, replace(rule, versions=(*rule.versions[:-1], spelled)))
    assert [part for part, *_ in only(book, second).parts] == ["In SQL"]
