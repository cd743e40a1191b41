"""Citations as lawyers write them."""

import pytest

from ostiary.deciding.law.citations import citation_text


@pytest.mark.parametrize(
    ("uslm", "text"),
    [
        ("/us/usc/t26/s6103/i/2/B/i", "26 U.S.C. 6103(i)(2)(B)(i)"),
        ("/us/usc/t8/s1253/a/1", "8 U.S.C. 1253(a)(1)"),
        ("/us/usc/t26/s7213A", "26 U.S.C. 7213A"),
        ("/us/cfr/t26/s301.6103(i)-1/a", "26 CFR 301.6103(i)-1(a)"),
        ("/us/court/ddc/2025-11-21", None),
        ("6103(i)(2)", None),
    ],
)
def test_from_identifier_to_citation(uslm, text):
    assert citation_text(uslm) == text


def test_every_rule_of_the_book_cites_something(book):
    for _, rule in book.rules:
        assert all(
            version.citation and version.cites.startswith("/us/") for version in rule.versions
        )
