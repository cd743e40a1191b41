"""Numbers in words: of houses (ONE S DEARBORN), of streets (TWENTY SIXTH ST), of floors.

Words of one number are written together before they are looked up: TWENTYSIXTH. Hundreds and
thousands are put together from them (:mod:`ostiary.deciding.standardisation.hundreds`).
"""

DRAWN_LIKE = {"0": "O", "1": "I", "3": "E", "4": "A", "5": "S", "6": "G", "8": "B", "9": "G"}
"""What a reader of print takes a letter for, to the letter: MAR9ARET, ME1ODY LN."""

UNITS_IN_WORDS = ["ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"]
TEENS_IN_WORDS = [
    "TEN",
    "ELEVEN",
    "TWELVE",
    "THIRTEEN",
    "FOURTEEN",
    "FIFTEEN",
    "SIXTEEN",
    "SEVENTEEN",
    "EIGHTEEN",
    "NINETEEN",
]
TENS_IN_WORDS = ("TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY")

ORDINAL_UNITS = (
    "FIRST",
    "SECOND",
    "THIRD",
    "FOURTH",
    "FIFTH",
    "SIXTH",
    "SEVENTH",
    "EIGHTH",
    "NINTH",
)
ORDINAL_TEENS = [
    "TENTH",
    "ELEVENTH",
    "TWELFTH",
    "THIRTEENTH",
    "FOURTEENTH",
    "FIFTEENTH",
    "SIXTEENTH",
    "SEVENTEENTH",
    "EIGHTEENTH",
    "NINETEENTH",
]
ORDINAL_TENS = [
    "TWENTIETH",
    "THIRTIETH",
    "FORTIETH",
    "FIFTIETH",
    "SIXTIETH",
    "SEVENTIETH",
    "EIGHTIETH",
    "NINETIETH",
]

CARDINALS = {
    **{word: str(n) for n, word in enumerate((*UNITS_IN_WORDS, *TEENS_IN_WORDS), start=1)},
    **{word: str(10 * n) for n, word in enumerate(TENS_IN_WORDS, start=2)},
    **{
        tens + unit: str(10 * n + m)
        for n, tens in enumerate(TENS_IN_WORDS, start=2)
        for m, unit in enumerate(UNITS_IN_WORDS, start=1)
    },
}
"""Numbers in words to digits: ONE to NINETYNINE."""

IN_WORDS = {digits: word for word, digits in CARDINALS.items()}
"""Digits to numbers in words."""

_ENDINGS = {1: "ST", 2: "ND", 3: "RD"}


def ordinal(number: int) -> str:
    """Write a number as an ordinal: 21ST, 112TH."""
    ending = "TH" if number % 100 in {11, 12, 13} else _ENDINGS.get(number % 10, "TH")
    return f"{number}{ending}"


ORDINALS = {
    "NINETH": "9TH",
    "EIGTH": "8TH",
    "FIVETH": "5TH",
    "TWELVETH": "12TH",
    "TWELTH": "12TH",
    "FOURTIETH": "40TH",
    "NINTIETH": "90TH",
    "HUNDREDTH": "100TH",
    **{word: ordinal(n) for n, word in enumerate((*ORDINAL_UNITS, *ORDINAL_TEENS), start=1)},
    **{word: ordinal(10 * n) for n, word in enumerate(ORDINAL_TENS, start=2)},
    **{
        tens + unit: ordinal(10 * n + m)
        for n, tens in enumerate(TENS_IN_WORDS, start=2)
        for m, unit in enumerate(ORDINAL_UNITS, start=1)
    },
}
"""Ordinal words to digits."""
