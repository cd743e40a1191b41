"""An office's own orders are proved with the book: they stop what they cover, and only narrow."""

import pytest

from commands import ostiary
from order import order_text
from ostiary.deciding.law.prove.invariants import read_invariants
from ostiary.deciding.law.prove.proofs import prove
from ostiary.deciding.law.reading import read_orders
from ostiary.deciding.law.shipped import shipped_book

STOP = "agency = 'dhs'"
OF_ORDERS = ("stay-wins", "no-dead-rule", "no-needless-refusal")


@pytest.fixture
def proved(book, tmp_path):
    """Prove the book with one order of an office."""

    def prove_with(text):
        (tmp_path / "training.md").write_text(text)
        added = read_orders(tmp_path)
        invariants = read_invariants(shipped_book())
        return prove(book.extended(added), invariants, OF_ORDERS, added=added)

    return prove_with


def test_an_order_of_the_office_is_proved_to_stop_what_it_covers(proved):
    report = proved(order_text("training", "2025-08-01", STOP))
    assert report.failures == ()
    tried = [(one.check, one.about) for one in report.proofs]
    assert tried.count(("stay-wins", "training.stay")) == 2
    assert ("no-needless-refusal", "training.stay") not in tried


def test_an_order_that_ends_early_is_caught(proved):
    text = order_text("training", "2025-08-01", STOP)
    report = proved(text.replace("id: training.stay", "id: training.stay\nuntil: 2025-08-30"))
    failed = [(one.check, one.about) for one in report.failures]
    assert ("stay-wins", "training.stay") in failed
    assert all(about == "training.stay" for _, about in failed)


def test_an_order_that_can_stop_nothing_is_caught(proved):
    nobody = "agency = 'dhs' AND agency = 'dhs-ice'"
    (failure,) = proved(order_text("training", "2025-08-01", nobody)).failures
    assert failure.says == "no request ever fails `training.stay`: it is idle"


def test_a_folder_with_something_else_in_it_is_refused(tmp_path):
    (tmp_path / "policy.md").write_text(order_text("x", "2025-08-01", STOP, layer="policy"))
    done = ostiary("book", "prove", "--orders", tmp_path)
    assert (done.status, done.out) == (2, "")
    assert "only orders may stand here" in done.err
