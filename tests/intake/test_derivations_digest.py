"""A change of a formula is another law: its digest says so."""

import pytest

from ostiary.deciding.intake import derivations
from ostiary.deciding.intake.derivations import DERIVATIONS, derivations_digest


def test_the_digest_follows_every_formula(monkeypatch):
    before = derivations_digest()
    assert before == derivations_digest()
    for name in DERIVATIONS:
        monkeypatch.setattr(derivations, "DERIVATIONS", DERIVATIONS | {name: "loosened"})
        assert derivations_digest() != before


@pytest.mark.parametrize("table", ["shared", "given", "surname"])
def test_the_digest_follows_the_names_that_count_as_equal(monkeypatch, table):
    before = derivations_digest()
    names = derivations.EQUAL_NAMES[table]
    changed = list(names)[1:] if table != "shared" else {**names, "ZED": ["ZEDEKIAH"]}
    monkeypatch.setattr(derivations, "EQUAL_NAMES", derivations.EQUAL_NAMES | {table: changed})
    assert derivations_digest() != before
