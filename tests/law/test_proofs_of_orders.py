"""An office's own orders are proved with the book: they stop what they cover, and only narrow."""

import json

import pytest

from commands import ostiary
from order import order_text

STOP = "agency = 'dhs'"


@pytest.fixture
def orders(tmp_path):
    folder = tmp_path / "orders"
    folder.mkdir()
    return folder


def test_an_order_of_the_office_is_proved_to_stop_what_it_covers(orders):
    (orders / "training.md").write_text(order_text("training", "2025-08-01", STOP))
    done = ostiary("book", "prove", "--orders", orders, "--json")
    summary = json.loads(done.out)
    assert (done.status, summary["failures"]) == (0, [])
    tried = {one["check"]: one["tried"] for one in summary["checks"]}
    alone = json.loads(ostiary("book", "prove", "--json").out)
    before = {one["check"]: one["tried"] for one in alone["checks"]}
    assert tried["stay-wins"] == before["stay-wins"] + 2
    assert tried["no-needless-refusal"] == before["no-needless-refusal"]
    assert summary["book"] != alone["book"]


def test_an_order_that_ends_early_is_caught(orders):
    text = order_text("training", "2025-08-01", STOP)
    text = text.replace("id: training.stay", "id: training.stay\nuntil: 2025-08-30")
    (orders / "training.md").write_text(text)
    done = ostiary("book", "prove", "--orders", orders)
    assert done.status == 1
    assert "FAILED  stay-wins, training.stay" in done.out


def test_an_order_that_can_stop_nothing_is_caught(orders):
    (orders / "training.md").write_text(
        order_text("training", "2025-08-01", "agency = 'dhs' AND agency = 'dhs-ice'")
    )
    done = ostiary("book", "prove", "--orders", orders)
    assert done.status == 1
    assert "no request ever fails `training.stay`" in done.out
