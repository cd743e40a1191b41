"""A record confirms for the years that it is of, and that were asked for (or granted) only."""

import random
from collections import defaultdict

import pytest

from ostiary.deciding.matching.model import open_model
from ostiary.deciding.matching.periods import heed_periods
from ostiary.deciding.matching.verify import verify_batch
from ostiary.deciding.matching.years_of_one import basis_of_one
from ostiary.domain.basis import Ground, read_basis
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
    bearing = dict(
        town.con.execute("SELECT row, records FROM heeded WHERE outcome = 'confirmed'").fetchall()
    )
    opened = open_model(town.folder).opened
    heed_periods(town.con, table, "heeded", RULES, opened)
    told = dict(town.con.execute("SELECT row, basis FROM heeded").fetchall())
    for row, (_, provision, named, granted) in enumerate(requests, 1):
        request = {
            "provision": provision,
            "taxable_periods": named,
            "court_order_periods": granted,
        }
        alone = basis_of_one(request, RULES, bearing.get(row, ()), opened)
        assert told[row] == alone, "one request in Python is not what it is by tables"
    return town.con.execute("SELECT outcome, rule FROM heeded ORDER BY row").fetchall()


def bases(town, *requests):
    """Give what each request rests on, after :func:`asked`."""
    asked(town, *requests)
    rows = town.con.execute("SELECT basis FROM heeded ORDER BY row").fetchall()
    return [read_basis(basis) for (basis,) in rows]


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


RETURN, WAGES, MAIL = "return", "information-return", "postal-update"


@pytest.mark.parametrize(
    ("rows", "provision", "named", "rests_on"),
    [
        ([(2023, RETURN)], NAMED, [2022, 2023], [(2023, RETURN)]),
        ([(2023, RETURN), (2023, WAGES)], NAMED, [2023], [(2023, WAGES, RETURN)]),
        ([(2023, RETURN), (2022, WAGES)], NAMED, [2022, 2023], [(2023, RETURN), (2022, WAGES)]),
        ([(2023, RETURN), (2022, WAGES)], NAMED, [2022], [(2022, WAGES)]),
        ([(2021, RETURN), (2022, WAGES), (2023, RETURN)], NAMED, [2022], [(2022, WAGES)]),
        ([(2023, None)], NAMED, [2023], [(2023,)]),
        ([(2009, RETURN), (2023, MAIL)], ANY, None, [(2023, MAIL)]),
        ([(2009, RETURN)], ANY, [2023], [(2009, RETURN)]),
        ([(None, MAIL)], ANY, None, [(None, MAIL)]),
        ([(None, None)], ANY, None, [(None,)]),
        ([(2009, RETURN)], NAMED, [2023], []),
    ],
)
def test_what_a_confirmation_rests_on(town, rows, provision, named, rests_on):
    town.load(*(filed("p1", "Lena Frost", period=year, source=its) for year, its in rows))
    (found,) = bases(town, (said("Lena Frost"), provision, named, None))
    assert found == tuple(Ground(year, tuple(sources)) for year, *sources in rests_on)


def test_every_source_of_every_year_is_kept_however_the_rows_come(town):
    """Forty people, years and sources at random, loaded in halves: nothing lost, nothing added."""
    dice = random.Random(5)
    kept = {n: defaultdict(set) for n in range(40)}
    rows = []
    for n, years in kept.items():
        for _ in range(dice.randint(1, 9)):
            year, source = dice.randint(2015, 2020), dice.choice((RETURN, WAGES, MAIL))
            years[year].add(source)
            name = f"Lena Frost{chr(97 + n // 26)}{chr(97 + n % 26)}"
            rows.append(filed(f"p{n:02}", name, f"{n + 1} Elm St", period=year, source=source))
    dice.shuffle(rows)
    town.load(*rows[: len(rows) // 2])
    town.load(*rows[len(rows) // 2 :], extend=True)
    extended = open_model(town.folder).digest
    name = "Lena Frost{}{}".format
    requests = [
        (said(name(chr(97 + n // 26), chr(97 + n % 26)), f"{n + 1} Elm St"), NAMED,
         list(range(2015, 2021)), None)
        for n in kept
    ]  # fmt: skip
    meant = [
        tuple(Ground(year, tuple(sorted(years[year]))) for year in sorted(years, reverse=True))
        for years in kept.values()
    ]
    assert bases(town, *requests) == meant
    dice.shuffle(rows)
    assert town.load(*rows).model == extended


def test_another_source_of_an_address_is_a_change_of_the_person(town):
    town.load(filed("p1", "Lena Frost"), filed("p2", "Emil Stark", "5 Elm St"))
    after = town.load(
        filed("p1", "Lena Frost", source=WAGES), filed("p2", "Emil Stark", "5 Elm St")
    )
    assert after.changes.changed == 1
