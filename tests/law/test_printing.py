"""The printed book holds every rule with its provision, condition, finding and cure."""

import re
from datetime import date
from html import unescape

import pytest

from ostiary.deciding.law.english import in_english
from ostiary.deciding.law.grammar import facts_in, parse_rule
from ostiary.deciding.law.open_questions import open_questions
from ostiary.deciding.law.printing import Example, book_page
from ostiary.domain.facts import VOCABULARY


@pytest.fixture(scope="module")
def page(book):
    return book_page(book, date(2026, 11, 22))


def test_every_rule_is_printed_whole(book, page):
    text = unescape(re.sub(r"<[^>]+>", "", page))
    flat = " ".join(text.split())
    for _, rule in book.rules:
        if not rule.guard:
            assert f'id="{rule.id}"' in page
            version = rule.versions[0]
            for part in (version.finding, version.cure, version.citation):
                assert part.replace("`", "") in flat


def test_the_gateways_are_told_at_a_glance(book, page):
    table = page[page.index('id="gateways"') : page.index("</article>")]
    opened = [one for one in book.instruments if one.gateway]
    assert len(opened) == 9
    for one in opened:
        assert f'<a href="#{one.id}">' in table
        assert one.gateway.asks in unescape(table)
    here = re.findall(r"<dt>Here</dt><dd>([^<]*)</dd>", table)
    assert len(here) == len(opened)
    assert [items for items in here if "address-confirmation" not in items] == ["unearned-income"]


def test_all_that_counsel_has_still_to_settle_is_listed_with_its_rule(book, page):
    """Among it whether the agreement of 2025 binds its department in other matters (0090)."""
    questions = open_questions(book)
    written = sum(len(re.findall(r"\bOpen:", one.source)) for one in book.instruments)
    assert len(questions) == written > 10
    known = {rule.id for _, rule in book.rules}
    assert {one.rule for one in questions} - known <= {""}
    listed = page[page.index('id="to-settle"') :]
    listed = listed[: listed.index("</article>")]
    assert all(f'href="#{one.rule or one.instrument.id}"' in listed for one in questions)
    [agreement] = [one for one in questions if "other offences too" in one.text]
    assert agreement.rule == "policy.agreement"
    assert agreement.text in listed


def test_what_is_not_served_is_described_and_not_served(book, page):
    assert "Gateways that exist to find a person" in page
    assert not any("/i/5" in one.cites or "/m" in one.cites for one in book.instruments)
    assert {one.id for one in book.described} == {
        "decisions-of-2025-and-2026",
        "finding-people",
        "other-ways-out",
    }


def test_cases_stand_beside_their_instrument_and_rule(book):
    first = Example("usc-26-6103-d", "Two are wrong", "", "returned", ("d.agency", "d.signer"))
    second = Example("usc-26-6103-d", "A city asks", "6103(d)", "returned", ("d.agency",))
    page = book_page(book, date(2026, 11, 22), [first, second])
    article = page[page.index('id="usc-26-6103-d"') :]
    article = article[: article.index("</article>")]
    assert '<dt>Cases</dt><dd>A city asks <span class="meta">(and 1 more)</span></dd>' in article
    assert article.count("<tr><td>") == 2
    assert "Counsel's cases" in article


def test_the_prose_of_each_instrument_is_printed(book, page):
    for one in book.instruments:
        assert f'id="{one.id}"' in page
    assert "```" not in page
    assert "Nobody is personally and directly engaged in a thousand matters at once," in page


def test_the_page_stands_alone(page):
    assert "<script" not in page
    assert not re.search(r'(src|href)="(?!#)', page)


def test_english_speaks_of_every_fact_in_a_rule(book):
    for _, rule in book.rules:
        for version in rule.versions:
            said = in_english(version.tree)
            assert all(VOCABULARY[name].clause in said for name in facts_in(version.tree))


SIGNED = "the day of the signature is on or before the day the request was received"
NO_ANALYSIS = "it is not so that the answer is to be analysed by artificial intelligence"
EITHER = (
    "the sole-use undertaking is given, and (either a matter number is stated, or the answer is to"
    " be analysed by artificial intelligence)"
)


@pytest.mark.parametrize(
    ("sql", "english"),
    [
        ("periods_count >= 1", "the number of taxable periods stated is at least 1"),
        ("signed_on <= received", SIGNED),
        ("received > DATE '2025-04-06'", "the day the request was received is after 2025-04-06"),
        ("NOT ai_analysis", NO_ANALYSIS),
        ("agency NOT IN ('a', 'b')", "the requesting agency is none of: `a`, `b`"),
        ("removal_order_date IS NOT NULL", "the day of the final administrative order is known"),
        ("sole_use AND (matter_stated OR ai_analysis)", EITHER),
    ],
)
def test_what_the_sql_says_and_no_more(sql, english):
    assert in_english(parse_rule(sql, where="test")) == english
