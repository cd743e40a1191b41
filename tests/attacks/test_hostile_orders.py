"""Attack: an order of a court, dropped into the folder, that is written against its reader."""

import pytest

from order import order_text
from ostiary.deciding.law.grammar import DEEPEST, parse_rule
from ostiary.deciding.law.printing import prose_of
from ostiary.deciding.law.reading import read_orders
from ostiary.domain.errors import BookError

MARKERS = (
    "<script>marker()</script>",
    "<img src=x onerror=marker()>",
    "[here](javascript:marker())",
    "<a href='javascript:marker()'>here</a>",
    "<!-- marker -->",
)


@pytest.mark.parametrize(
    "rule",
    [
        "(" * 3_000 + "agency = 'dhs-ice'" + ")" * 3_000,
        "NOT " * 3_000 + "agency = 'dhs-ice'",
        "NOT (" * 3_000 + "agency = 'dhs-ice'" + ")" * 3_000,
        "(" * 3_000,
        " OR ".join(["agency = 'dhs-ice'"] * 3_000),
        "agency IN (" + "'x', " * 5_000 + "'y')",
    ],
)
def test_a_rule_without_an_end_is_refused_in_one_sentence(rule, tmp_path):
    (tmp_path / "deep.md").write_text(order_text("training", "2025-08-07", rule))
    with pytest.raises(BookError, match="nested deeper"):
        read_orders(tmp_path)


def test_a_rule_at_the_bound_is_read():
    deep = DEEPEST
    parse_rule("(" * deep + "agency = 'dhs-ice'" + ")" * deep, where="here")
    with pytest.raises(BookError, match="nested deeper"):
        parse_rule("(" * (deep + 1) + "agency = 'x'" + ")" * (deep + 1), where="here")


@pytest.mark.parametrize("marker", MARKERS)
def test_what_looks_like_html_in_prose_is_text(marker):
    printed = str(prose_of(f"---\nid: x\n---\n# Order\n\nSome {marker} text\n\n{marker}\n"))
    for sign in ("<script", "<img", "<!--", 'href="javascript:', "<a href='javascript:"):
        assert sign not in printed
