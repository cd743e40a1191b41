"""A record confirms for the years that it is of, and that were asked for (or granted) only."""

import random

import pytest

from ostiary.matching.periods import heed_periods
from ostiary.matching.verify import verify_batch
from small_file import SmallFile, filed, said

NAMED, GRANTED, ANY, UNKNOWN = (
    f"/us/usc/t26/s6103/{part}" for part in ("i/2", "i/1", "i/7/A", "i/5")
)
RULES = {NAMED: "named", GRANTED: "granted", ANY: "any"}
CONFIRMED = ("confirmed", "name-and-address-agree")
OTHER = ("mismatch", "other-period")


@pytest.fixture
def town(con, tmp_path):
    return SmallFile(con, tmp_path / "reference")


def asked(town, *requests):
    """Put requests (told, provision, years named, years granted) to the file, periods heeded."""
    table = town.requests(*(told for told, *_ in requests))
    town.con.execute(
        f"ALTER TABLE {table} ADD provision VARCHAR;"
        f"ALTER TABLE {table} ADD taxable_periods INTEGER[];"
        f"ALTER TABLE {table} ADD court_order_periods INTEGER[]"
    )
    for row, (_, *more) in enumerate(requests, 1):
        town.con.execute(
            f"UPDATE {table} SET provision = $1, taxable_periods = $2, court_order_periods = $3"
            f" WHERE row = {row}",
            more,
        )
    verify_batch(town.con, table, town.folder, "heeded")
    heed_periods(town.con, table, "heeded", RULES)
    return town.con.execute("SELECT outcome, rule FROM heeded ORDER BY row").fetchall()


@pytest.mark.parametrize(
    ("filed_in", "provision", "named", "granted", "found"),
    [
        ([2009], NAMED, [2023], None, OTHER),
        ([2009], NAMED, [2022, 2023], None, OTHER),
        ([2009], NAMED, [2008, 2009], None, CONFIRMED),
        ([2009, 2011], NAMED, [2010], None, OTHER),
        ([2009, 2010, 2011], NAMED, [2010], None, CONFIRMED),
        ([2011, 2009, 2009], NAMED, [2011], None, CONFIRMED),
        ([2009], NAMED, [], None, OTHER),
        ([2009], NAMED, None, None, OTHER),
        ([None], NAMED, [2009], None, OTHER),
        ([None, 2009], NAMED, [2009], None, CONFIRMED),
        ([2009], UNKNOWN, [2009], None, CONFIRMED),
        ([2009], UNKNOWN, [2010], [2009], OTHER),
        ([2009], GRANTED, [2009], [2009], CONFIRMED),
        ([2009], GRANTED, [2009, 2010], [2010], OTHER),
        ([2009], GRANTED, [2010], [2009], OTHER),
        ([2009], GRANTED, [2009], None, OTHER),
        ([2009], ANY, None, None, CONFIRMED),
        ([2009], ANY, [2023], None, CONFIRMED),
        ([None], ANY, None, None, CONFIRMED),
    ],
)
def test_years_of_the_record_and_years_asked_for(town, filed_in, provision, named, granted, found):
    town.load(*(filed("p1", "Lena Frost", period=year) for year in filed_in))
    assert asked(town, (said("Lena Frost"), provision, named, granted)) == [found]


def test_a_new_address_of_the_year_does_not_bear_an_old_one(town):
    town.load(
        filed("p1", "Lena Frost", "77 Pine St", period=2009),
        filed("p1", "Lena Frost", "8 Elm St", period=2023),
    )
    old, new = said("Lena Frost", "77 Pine St"), said("Lena Frost", "8 Elm St")
    requests = [(old, NAMED, [2023], None), (new, NAMED, [2023], None), (old, NAMED, [2009], None)]
    assert asked(town, *requests) == [OTHER, CONFIRMED, CONFIRMED]


@pytest.mark.parametrize("seed", range(3))
def test_any_set_of_years_is_kept_as_a_set(town, seed):
    """60 people with years at random, in rows of any order, loaded at once or one on another."""
    dice = random.Random(seed)
    years = {n: dice.sample(range(2010, 2025), dice.randint(1, 7)) for n in range(60)}
    rows = [
        filed(f"p{n:02}", f"Lena Frost{chr(97 + n // 26)}{chr(97 + n % 26)}", f"{n + 1} Elm St",
              period=year)
        for n, its in years.items()
        for year in its + its[:1]
    ]  # fmt: skip
    dice.shuffle(rows)
    town.load(*rows[: len(rows) // 2])
    town.load(*rows[len(rows) // 2 :], extend=True)
    named = {n: dice.sample(range(2010, 2025), dice.randint(1, 4)) for n in years}
    requests = [
        (
            said(f"Lena Frost{chr(97 + n // 26)}{chr(97 + n % 26)}", f"{n + 1} Elm St"),
            NAMED,
            named[n],
            None,
        )
        for n in years
    ]
    meant = [CONFIRMED if set(years[n]) & set(named[n]) else OTHER for n in years]
    assert asked(town, *requests) == meant
    assert len(set(meant)) == 2
