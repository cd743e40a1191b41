"""A change of a formula is another law: its digest says so."""

from ostiary.deciding.intake import derivations
from ostiary.deciding.intake.derivations import DERIVATIONS, derivations_digest


def test_the_digest_follows_every_formula(monkeypatch):
    before = derivations_digest()
    assert before == derivations_digest()
    for name in DERIVATIONS:
        monkeypatch.setattr(derivations, "DERIVATIONS", DERIVATIONS | {name: "loosened"})
        assert derivations_digest() != before
