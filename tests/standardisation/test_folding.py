"""Any text becomes printable ASCII, letters before all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.deciding.standardisation.folding import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        (None, ""),
        ("", ""),
        ("Jose", "Jose"),
        ("José Núñez", "Jose Nunez"),
        ("Jose\u0301", "Jose"),
        ("Łódź", "Lodz"),
        ("Strauß", "Strauss"),
        ("Øst Đorđe Æsir Œuvre Þór", "Ost Dorde AEsir OEuvre Thor"),
        ("O\u2019Brien", "O'Brien"),
        ("O\u02bbahu", "O'ahu"),
        ("Smith\u2013Jones", "Smith-Jones"),
        ("12½", "12 1/2"),
        ("a\tb\nc\0d", "a b c d"),
        ("a\u00a0b", "a b"),
        ("UNK\u200bNOWN", "UNKNOWN"),
        ("\ufeffJohn", "John"),
        ("\uff21\uff22\uff11", "AB1"),
        ("Khrushch\u0451v", "Khrushchev"),
        ("J\u043ehn", "John"),
        ("Yur\u0456 \u0406vanenko", "Yuri Ivanenko"),
        ("\u041c\u0410RIA", "MARIA"),
        ("\u039dIKOS", "NIKOS"),
        ("\u0420\u0415\u0422\u0420", " " * 4),  # a Cyrillic word is no Latin one
        ("\u0420\u0415\u0422\u0420 Jones", " " * 4 + " Jones"),
        ("\u0418v\u0430n", " v n"),  # one of its letters looks like none of Latin
        ("漢", " "),
        ("MU\u00c3\u2018OZ", "MUNOZ"),  # UTF-8 read as Windows-1252
        ("O\u00e2\u20ac\u2122Brien", "O'Brien"),
        ("JOS\u00c3\u2030 Nguy\u1ec5n", "JOSE Nguyen"),  # one of two
        ("JO\u00c3O", "JOAO"),  # is what it says
        ("JO\u00c3O Nguy\u1ec5n", "JOAO Nguyen"),
        ("PE&NTILDE;A O&apos;Brien, A&B;", "PENA O'Brien, A&B;"),
        ("\ud800", " "),
    ],
)
def test_letters_keep_their_reading(written: str | None, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_nothing_but_printable_ascii_is_left_and_folding_again_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded.isprintable()
    assert fold(folded) == folded
