"""A digit within a street's word is the letter it is drawn like, and never another digit."""

from itertools import product

import duckdb
import pyarrow as pa

from ostiary.deciding.matching.drawn_digits import NUMBER_AS_DRAWN, SAME_AS_DRAWN

DIGITS = "0123456789"
AROUND = [
    *(("EAST", "TH"), ("HARBOR", "TH LN"), ("SW", "ST"), ("PLAZA", "ER"), ("CAMINO", "SUR")),
    *(("SECTOR", "NORTE"), ("SR", "NB"), ("US", "BYP"), ("ME", "ODY"), ("KNI", "HTSBRIDGE")),
    *(("GRAYLIN", ""), ("A", "A"), ("ROUTE", "NORTH"), ("", "TH"), ("MILE ", "")),
]


def agreeing(pairs):
    """Give the pairs of streets that agree, as far as drawn digits go."""
    asked, filed = zip(*pairs, strict=True)
    with duckdb.connect() as con:
        con.register("pairs", pa.table({"a": asked, "b": filed}))
        return con.execute(
            "SELECT q.a_street, f.a_street FROM (SELECT {'a_street': a} AS q, {'a_street': b} AS f"
            f" FROM pairs) WHERE {SAME_AS_DRAWN}"
        ).fetchall()


def test_words_that_differ_in_a_digit_never_agree():
    of_one = [[before + digit + behind for digit in DIGITS] for before, behind in AROUND]
    assert agreeing([pair for streets in of_one for pair in product(streets, repeat=2)]) == []


def test_a_digit_agrees_with_the_letter_that_it_is_drawn_like():
    pairs = [
        ("ME1ODY", "MELODY"), ("MEL0DY", "MELODY"), ("MELODY", "ME1ODY"), ("ME8ODY", "MELODY"),
        ("SW4TH", "SWATH"), ("A1A", "AIA"), ("ME1ODY 4", "MELODY 4"), ("ME1ODY", "MEXODY"),
        ("KNI9HTSBR1DGE", "KNIGHTSBRIDGE"), ("GRAYLIN9", "GRAYLING"), ("HARB5IDE", "HARBSIDE"),
    ]  # fmt: skip
    assert sorted(agreeing(pairs)) == sorted((pairs[0], pairs[2], pairs[8], pairs[9], pairs[10]))


NUMBERS = [
    *("40", "400", "402", "4OO", "40O", "4O0", "Z333", "2333", "S333", "5333", "13B", "138", "12G"),
    *("126", "1G6", "166", "116", "I16", "L16", "16W535", "N100", "OOO", "000"),
]


def test_letters_of_a_number_are_digits_only_beside_those_digits():
    asked, filed = zip(*product(NUMBERS, repeat=2), strict=True)
    with duckdb.connect() as con:
        con.register("pairs", pa.table({"a": asked, "b": filed}))
        found = con.execute(
            "SELECT q.a_number, f.a_number FROM (SELECT {'a_number': a, 'a_kind': 'street'} AS q,"
            f" {{'a_number': b, 'a_kind': 'street'}} AS f FROM pairs) WHERE {NUMBER_AS_DRAWN}"
        ).fetchall()
    one_way = {
        *(("4OO", "400"), ("40O", "400"), ("4O0", "400"), ("Z333", "2333"), ("1G6", "166")),
        *(("I16", "116"), ("L16", "116")),
    }
    assert set(found) == one_way | {(b, a) for a, b in one_way}
