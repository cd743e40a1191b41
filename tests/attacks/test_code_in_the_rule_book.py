"""Attack: somebody who may edit the book tries to run code or read tables through a rule."""

import pytest

from ostiary.deciding.law.grammar import parse_rule
from ostiary.deciding.law.truth import certainly_true
from ostiary.domain.errors import BookError

ATTEMPTS = [
    "__import__('os').system('true')",
    "sole_use; DROP TABLE requests",
    "EXISTS (SELECT 1 FROM people)",
    "agency IN (SELECT agency FROM people)",
    "read_text('secret') = 'x'",
    "CASE WHEN sole_use THEN TRUE END",
    "people.sole_use",
    "agency LIKE '%'",
    "agency || '' = 'dhs'",
    "sole_use OR getenv('HOME') <> ''",
    "CAST(agency AS BOOLEAN)",
    "sole_use IS TRUE",
]


@pytest.mark.parametrize("sql", ATTEMPTS)
def test_only_the_grammar_of_rules_is_read(sql):
    with pytest.raises(BookError):
        parse_rule(sql, where="test")


def test_a_quote_in_a_literal_stays_a_literal():
    tree = parse_rule("agency = 'x'') or __import__(\"os\").abort() or (''y'", where="test")
    source = certainly_true(tree)
    facts = {"agency": "dhs-ice"}
    assert eval(source, {"__builtins__": {}}, {"f": facts}) is False  # noqa: S307
