"""A provision is read as it is cited; what names none or several is left as it stands."""

from ostiary.deciding.intake.requests import read_requests
from request_file import csv_file, read_each, request, requests_of

CITED = {
    "26 U.S.C. 6103(i)(2)": "/us/usc/t26/s6103/i/2",
    "26 U.S.C. § 6103(i)(2)": "/us/usc/t26/s6103/i/2",
    "26 usc 6103 (i) (2)": "/us/usc/t26/s6103/i/2",
    "26 U. S. C. Sec. 6103(i)(2)": "/us/usc/t26/s6103/i/2",
    "Title 26, United States Code, Section 6103(i)(2)": "/us/usc/t26/s6103/i/2",
    "Title 26 U.S.C. § 6103(i)(2)": "/us/usc/t26/s6103/i/2",
    "26 U.S. Code § 6103(i)(2)": "/us/usc/t26/s6103/i/2",
    "26 U.S.C.A. § 6103(i)(2)": "/us/usc/t26/s6103/i/2",
    "IRC 6103(i)(2)": "/us/usc/t26/s6103/i/2",
    "I.R.C. § 6103(l)(7)(D)(i)": "/us/usc/t26/s6103/l/7/D/i",
    "Internal Revenue Code of 1986, Section 6103(i)(2)": "/us/usc/t26/s6103/i/2",
    "/us/usc/t26/s6103/i/2/": "/us/usc/t26/s6103/i/2",
    "8 U.S.C. 1253(a)(1)(C)": "/us/usc/t8/s1253/a/1/C",
    "8 USC 1324a(f)": "/us/usc/t8/s1324a/f",
    "18 U.S.C. § 1546": "/us/usc/t18/s1546",
    "18 USC 2339A": "/us/usc/t18/s2339A",
    "26\u00a0U.S.C. §\u00a06103(i)(2)": "/us/usc/t26/s6103/i/2",
    "08 U.S.C. 1253(a)(1)": "/us/usc/t8/s1253/a/1",
    "26 U.S.C. § 6103(i)(2).": "/us/usc/t26/s6103/i/2",
    "26 USC 6103(i)(2)/": "/us/usc/t26/s6103/i/2",
    "/us/usc/t26/s6103/i/2 /": "/us/usc/t26/s6103/i/2",
    "42 U.S.C. 1320a-7b(b)": "/us/usc/t42/s1320a-7b/b",
}
LEFT = (
    *("6103(i)(2)", "section 6103(i)(2)", "INA 243(a)(1)", "8 U.S.C. 1253(a)(1)(A)-(C)"),
    *(
        "8 U.S.C. §§ 1253, 1326",
        "8 U.S.C. 1253(a)(1) and 1326",
        "/us/usc/t26/s6103/i/2",
        "26 CFR 1.1",
    ),
    *("26 U.S.C. 6103(i)(2", "6103 26 U.S.C.", "USC 26 6103"),
)


def test_it_is_read(con, tmp_path):
    texts = {**CITED, **{text: text for text in LEFT}}
    columns = ("provision", "offense", "removal_basis", "programme")
    asked = [(column, text) for column in columns for text in texts]
    read = read_each(con, tmp_path, *({column: text} for column, text in asked))
    found = [(*one, row[one[0]]) for one, (_, row) in zip(asked, read, strict=True)]
    assert found == [(column, text, texts[text]) for column, text in asked]
    assert [errors for errors, _ in read if errors] == []


def test_other_columns_say_what_they_say(con, tmp_path):
    text = "26 U.S.C. 6103(i)(2)"
    read_requests(con, csv_file(tmp_path, request(reason=text, matter_number=text)))
    assert requests_of(con, "reason, matter_number") == [{"reason": text, "matter_number": text}]
