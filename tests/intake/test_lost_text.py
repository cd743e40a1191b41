"""What a program lost of a name or an address is told, and never compared as it stands."""

# ruff: noqa: RUF001 - these are the signs

import pytest

from ostiary.deciding.intake.requests import read_requests
from request_file import csv_file, errors_of, request, requests_of

MISREAD = (
    *("NÃºÃ±ez", "MUÃ‘OZ", "N├║├▒ez", "N√∫√±ez", "PeÃ±a", "Å‚uk", "KovÃ¡Ä\u008d", "Dâ€™Arcy"),
    *("pEÃ±A".lower(), "Nguyá»…n", "Háº¡nh", "GarcÃ\u00ada"),
)
LOST = ("NU�EZ", "NU?EZ", "�", "Mu?oz", "N??ez", "Ibá?ez")
CODED = (
    *("O&#39;BRIEN", "SMITH &amp; SONS", "DE%20LA CRUZ", "NU\\u00d1EZ", "O%27NEIL", "PE&Ntilde;A"),
    *("O&#x27;NEIL", "PE%C3%91A", "O\\x27NEIL"),
)
WHOLE = (
    *("MAGALHÃES", "IRMÃO", "SÃO JOÃO", "ÅSE", "ÂNGELA", "Đặng Thị Ân", "Ñuñez", "O’Brien"),
    *(
        "SMITH & SONS",
        "A&B; C",
        "(?)",
        "Blå\u00a0Gård",
        "IRMÃ\u00a0SÁ",
        "100% PURE",
        "C\\O SMITH",
        "Šćepanović",
        "ΠΑΠΠΑΣ",
        "„Ä“",
    ),
)


@pytest.mark.parametrize("column", ["given_name", "surname", "address_line", "city"])
@pytest.mark.parametrize(
    ("text", "code"),
    [*((text, "lost-letters") for text in (*MISREAD, *LOST)), *((t, "coded-signs") for t in CODED)],
)
def test_it_is_a_row_error(con, tmp_path, column, text, code):
    read_requests(con, csv_file(tmp_path, request(**{column: text})))
    assert errors_of(con) == [(1, column, code)]


@pytest.mark.parametrize("text", ["Jos?", "?lvarez", "Mar?a Jos?"])
def test_beside_a_letter_of_a_name_a_question_mark_is_a_lost_one(con, tmp_path, text):
    """At the end of an address it asks."""
    read_requests(con, csv_file(tmp_path, request(given_name=text, city="Reno?")))
    assert errors_of(con) == [(1, "given_name", "lost-letters")]


@pytest.mark.parametrize("text", WHOLE)
def test_what_is_only_foreign_is_read(con, tmp_path, text):
    read_requests(con, csv_file(tmp_path, request(surname=text, address_line=f"1 {text} ST")))
    assert errors_of(con) == []
    assert requests_of(con, "surname") == [{"surname": text}]


def test_a_reason_may_hold_any_sign(con, tmp_path):
    text = "Is it his? He wrote NU?EZ, NÃºÃ±ez and &amp; on the form"
    read_requests(con, csv_file(tmp_path, request(reason=text)))
    assert requests_of(con, "reason") == [{"reason": text}]


def test_many_rows_are_told_as_one_is(con, tmp_path):
    """More rows than are looked at without the engine."""
    rows = [
        request(request_id=f"R-{n}", surname="NU?EZ" if n % 500 == 7 else "NUÑEZ")
        for n in range(2_000)
    ]
    read_requests(con, csv_file(tmp_path, *rows))
    assert errors_of(con) == [(n + 1, "surname", "lost-letters") for n in range(7, 2_000, 500)]
