"""Decoys in stock: a tally dealt in a manner is one drawn in that manner."""

import json
from itertools import product

import duckdb
import pytest

from ostiary.deciding.decoys.control import tallies_of
from ostiary.deciding.decoys.drawing import draw_decoys
from ostiary.deciding.decoys.kept import KeptDecoys, lay_up, stands_ready
from ostiary.deciding.decoys.kinds import KINDS
from ostiary.deciding.decoys.stock import DecoyStock, stock_up
from ostiary.deciding.intake.reference import read_reference
from ostiary.deciding.matching.comparison import ASKED
from ostiary.deciding.matching.model import open_model
from ostiary.deciding.matching.reference_loading import load_reference
from ostiary.deciding.matching.rules import RULES
from ostiary.deciding.matching.verify import verify_batch
from ostiary.domain.words import Outcome

SEED = "a seed that the agency does not know"
SECRET = b"an office's secret"
MANY = 0.02
FOR_RATE = {kind.name for kind in KINDS if kind.for_rate}


@pytest.fixture(scope="module")
def town(world, tmp_path_factory):
    reference = tmp_path_factory.mktemp("stock") / "reference"
    with duckdb.connect() as con:
        read_reference(con, world / "people.parquet", "people")
        load_reference(con, "people", reference)
        stock = stock_up(con, open_model(reference), reference, verify_batch, SEED, MANY)
        yield con, reference, stock


def drawn(con, reference, middle, born, tin):
    """Draw decoys in a manner, and verify them in that manner alone: as a large batch does."""
    con.execute(
        "CREATE OR REPLACE TABLE manner AS SELECT CAST(1 AS BIGINT) AS row, $1 AS n_middle,"
        " CASE WHEN $2 THEN DATE '2000-01-01' END AS birth_date,"
        " CASE WHEN $3 THEN '000000000' ELSE '' END AS tin",
        [middle, born, tin],
    )
    draw_decoys(con, "manner", open_model(reference), SEED, MANY)
    verify_batch(con, "decoys", reference, "told", left_out="decoys_left_out")
    return tallies_of(
        con.execute(
            "SELECT kind, rule, outcome = 'confirmed', count(*) FROM told JOIN decoys USING (row)"
            " GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    )


@pytest.mark.parametrize(
    ("middle", "born", "tin"),
    [("", False, False), ("", True, True), ("X", True, False), ("XX", False, True)],
)
def test_what_is_dealt_in_one_way_is_what_is_drawn_in_that_way(town, middle, born, tin):
    con, reference, stock = town
    manner = (8 * (len(middle) > 1), 8 * (len(middle) == 1), 8 * born, 8 * tin)
    assert stock.tallies(manner, "any") == drawn(con, reference, middle, born, tin)


def test_every_way_is_known_of_every_decoy(town):
    _, _, stock = town
    assert stock.rules.shape == (len(stock.kinds), 3, 2, 2)
    assert stock.rules.max() < len(RULES)
    settled = {RULES[code].outcome for code in set(stock.rules.ravel().tolist())}
    assert settled >= {Outcome.CONFIRMED, Outcome.MISMATCH}


def test_ways_are_dealt_as_often_as_the_manner_has_them(town):
    _, _, stock = town
    middle, born, tin = stock._ways((2, 4, 6, 2), SEED)
    plain = [place for place, kind in enumerate(stock.kinds) if not KINDS[kind].for_rate
             and KINDS[kind].name != "junior"]  # fmt: skip
    # who gives a middle name has one: of those drawn a share ``bearers``, and so many give it that
    # decoys give one as often as requests do, or as often as they can
    gave = stock.bearers * (middle[plain] > 0).mean()
    assert gave == pytest.approx(min(6 / 8, stock.bearers), abs=0.05)
    assert (middle[plain] == 1).sum() / (middle[plain] > 0).sum() == pytest.approx(2 / 3, abs=0.05)
    assert (born[plain].mean(), tin[plain].mean()) == pytest.approx((6 / 8, 2 / 8), abs=0.05)


def test_those_for_the_rate_know_less(town):
    _, _, stock = town
    middle, _, _ = stock._ways((4, 0, 0, 0), SEED)
    rate = [KINDS[kind].name in FOR_RATE for kind in stock.kinds]
    assert (middle[rate] > 0).mean() == pytest.approx(1 / 4, abs=0.07)


def test_the_same_seed_deals_the_same_and_what_is_written_is_read(town):
    _, _, stock = town
    manner = (4, 2, 2, 0)
    again = DecoyStock.read(json.loads(json.dumps(stock.written())))
    assert again.tallies(manner, "one") == stock.tallies(manner, "one")
    assert again.tallies(manner, "one") != stock.tallies(manner, "another")


def test_a_stock_is_drawn_once_for_every_manner_and_counts_under_the_seal_alone(town):
    con, reference, _ = town
    never = pytest.fail

    def tallies(verify, manner):
        columns = ", ".join(f"NULL AS {column}" for column in ASKED)
        con.execute(f"CREATE OR REPLACE TABLE asked AS SELECT 1 AS row, {columns}")
        kept = KeptDecoys(con, "asked", open_model(reference), reference, verify, manner, SECRET)
        return kept.tallies(MANY)

    assert not stands_ready(reference, SECRET, MANY)
    lay_up(con, reference, verify_batch, SECRET, MANY)
    for full, born, tin in product((0, 4, 8), repeat=3):
        seed, found = tallies(never, (full, 0, born, tin))
        assert seed.startswith("sha256:")
        assert sum(one.made for one in found) > 1_000
    assert not stands_ready(reference, b"another secret", MANY)
    (path,) = reference.glob(f"*/decoys.{MANY}.json")
    path.write_text(path.read_text().replace('"bearers": 0.', '"bearers": 0.9'))
    assert not stands_ready(reference, SECRET, MANY)
