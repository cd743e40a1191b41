"""Numbers in words are read as the figures that another hand, here the tests' own, says them by."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ostiary.office.redaction.said_values import amounts_said
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


def spanish(number):
    """Say a number in Spanish."""
    for size, one, many in ((10**6, "un mill\u00f3n", "millones"), (1_000, "mil", "mil")):
        if number >= size:
            over, rest = divmod(number, size)
            said = one if over == 1 else f"{spanish(over)} {many}"
            return f"{said} {spanish(rest)}" if rest else said
    if number >= 100:
        over, rest = divmod(number, 100)
        said = "cien" if number == 100 else _CIENTOS[over]
        return f"{said} {spanish(rest)}" if rest else said
    if number < 30:
        return _UNIDADES[number]
    return _DECENAS[number // 10] + (f" y {_UNIDADES[number % 10]}" if number % 10 else "")


_UNIDADES_TEXT = """
cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince
diecis\u00e9is diecisiete dieciocho diecinueve veinte veintiuno veintid\u00f3s veintitr\u00e9s
veinticuatro veinticinco veintis\u00e9is veintisiete veintiocho veintinueve
"""
_DECENAS_TEXT = "_ _ _ treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_CIENTOS_TEXT = """
_ ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos
novecientos
"""
_UNIDADES, _DECENAS = _UNIDADES_TEXT.split(), _DECENAS_TEXT.split()
_CIENTOS = _CIENTOS_TEXT.split()
NUMBERS = st.one_of(st.integers(1_000, 10_000), st.integers(1_000, 10**9))
EN_CIFRAS = NUMBERS.filter(lambda one: "once" not in spanish(one).split())  # a word of English


def amounts(text):
    """Give what a text says in whole numbers."""
    return {one.value for one, _ in amounts_said(text)}


@settings(max_examples=200, deadline=None)
@given(NUMBERS, st.integers(0, 10**9), st.sampled_from((" and ", ", ", ", and ")), st.booleans())
def test_of_two_numbers_in_a_row_each_is_found(one, other, between, turned):
    first, second = (other, one) if turned else (one, other)
    said = f"paid {english(first)}{between}{english(second)} then"
    assert one in amounts(said)


@settings(max_examples=200, deadline=None)
@given(EN_CIFRAS, EN_CIFRAS, st.sampled_from((" y ", ", ")))
def test_of_two_numbers_in_spanish_each_is_found(one, other, between):
    """But for `dos mil, cuatro millones`, which is how two thousand and four millions are said."""
    assume(one % 1_000 or one >= 10**6 or other < 10**6)
    assert {one, other} <= amounts(f"pag\u00f3 {spanish(one)}{between}{spanish(other)} luego")


@settings(max_examples=200, deadline=None)
@given(NUMBERS.filter(lambda one: one % 10), NUMBERS)  # else they may be said as one number
def test_of_two_numbers_that_nothing_parts_each_is_found(one, other):
    assert {one, other} <= amounts(f"paid {english(one)} {english(other)} then")


NO_NUMBERS = """
alone once upon stone tent often weight freight phone someone none attend canton thousandth
hundredfold millionaire unit dosage milk and y a an
"""


@given(
    st.lists(st.sampled_from(NO_NUMBERS.split()), max_size=8),
    st.sampled_from((" ", ", ", "-", "\n")),
)
def test_a_text_without_number_words_is_what_it_was(words, between):
    made = in_figures(between.join(words))
    assert not made.changes
    assert made.text == between.join(words)
