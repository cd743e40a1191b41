"""Numbers in words are read as the figures that another hand, here the tests' own, says them by."""

from hypothesis import given
from hypothesis import strategies as st

from ostiary.office.redaction.spoken_numbers import in_figures

_UNIT_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
"""
_TEN_WORDS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS, _TENS = _UNIT_WORDS.split(), _TEN_WORDS.split()


def english(number):
    """Say a number in English."""
    for size, name in ((10**9, "billion"), (10**6, "million"), (1_000, "thousand")):
        if number >= size:
            rest = number % size
            return f"{english(number // size)} {name}" + (f" {english(rest)}" if rest else "")
    if number >= 100:
        rest = number % 100
        return f"{_UNITS[number // 100]} hundred" + (f" and {english(rest)}" if rest else "")
    if number < 20:
        return _UNITS[number]
    return _TENS[number // 10] + (f"-{_UNITS[number % 10]}" if number % 10 else "")


@given(st.integers(0, 10**12 - 1))
def test_a_number_in_words_is_its_figures(number):
    for said in (english(number), english(number).upper(), english(number).replace(" and ", " ")):
        assert in_figures(f"paid {said} then").text == f"paid {number} then"


@given(st.text("0123456789", min_size=3, max_size=12))
def test_digits_that_are_said_one_by_one_stand_behind_each_other(digits):
    assert in_figures(" ".join(_UNITS[int(one)] for one in digits)).text == digits


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=4), st.text("x \n.,", max_size=3))
def test_what_was_said_is_told_where_it_stands(numbers, between):
    said = [english(number) for number in numbers]
    text = "paid " + f" then{between} paid ".join(said) + " then"
    made = in_figures(text)
    spans = [(new, old) for new, old in made.changes]
    assert [text[slice(*old)] for _, old in spans] == said
    assert [made.text[slice(*new)] for new, _ in spans] == list(map(str, numbers))
    assert [text[slice(*made.written(new))] for new, _ in spans] == said


@given(st.sampled_from(("half a million", "two and a half million dollars and five cents of it")))
def test_places_hold_through_every_step(said):
    text = f"x {said} y"
    made = in_figures(text)
    whole = (0, len(made.text))
    assert made.written(whole) == (0, len(text))
    assert text[slice(*made.written((made.text.index("million"), len(made.text))))].startswith("mi")


@given(st.text("abc defgh-,.\n\u00e9 onetwhirfxv", max_size=60))
def test_a_text_without_number_words_is_what_it_was(text):
    made = in_figures(text)
    if not made.changes:
        assert made.text == text
