"""What a program lost of a name or an address is told, and never compared as it stands."""

# ruff: noqa: RUF001 - these are the signs

from ostiary.deciding.intake.requests import read_requests
from request_file import csv_file, errors_of, read_each, request, requests_of

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


NAMES = ("given_name", "surname", "address_line", "city")
TOLD = [
    *((text, "lost-letters") for text in (*MISREAD, *LOST)),
    *((text, "coded-signs") for text in CODED),
]


def test_it_is_a_row_error(con, tmp_path):
    asked = [(column, text, code) for column in NAMES for text, code in TOLD]
    read = read_each(con, tmp_path, *({column: text} for column, text, _ in asked))
    told = [(*one, errors) for one, (errors, _) in zip(asked, read, strict=True)]
    assert [one for one in told if one[3] != [(one[0], one[2])]] == []


def test_beside_a_letter_of_a_name_a_question_mark_is_a_lost_one(con, tmp_path):
    """At the end of an address it asks."""
    names = ("Jos?", "?lvarez", "Mar?a Jos?")
    read = read_each(con, tmp_path, *({"given_name": text, "city": "Reno?"} for text in names))
    assert [errors for errors, _ in read] == [[("given_name", "lost-letters")]] * 3


def test_what_is_only_foreign_is_read(con, tmp_path):
    rows = ({"surname": text, "address_line": f"1 {text} ST"} for text in WHOLE)
    read = read_each(con, tmp_path, *rows)
    assert [(errors, row["surname"]) for errors, row in read] == [([], text) for text in WHOLE]


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
