"""Two looks of one step are counted apart: the second knows nobody whom only the first asked about.

A sweep looks twice on one connection, and the limit on asking is counted in Python for few requests
and in tables for more than twenty: what the one made must never stand before what the other makes.
"""

import pytest

from ostiary.deciding.matching.model import open_model
from ostiary.office.batches.asking_limit import AskingLimit
from ostiary.office.recovery.entering import at_work
from small_file import SmallFile, said
from walks import RECEIVED

FEW, MANY = 5, 22  # very few are twenty at most
SHADOWS = (
    "SELECT table_name FROM (SELECT table_name FROM duckdb_tables() UNION ALL"
    " SELECT view_name FROM duckdb_views() WHERE NOT internal) GROUP BY ALL HAVING count(*) > 1"
)


@pytest.fixture(scope="module")
def place(loaded_office, stores, tmp_path_factory):
    root = stores.copy(loaded_office, tmp_path_factory.mktemp("looks") / "office").root
    with at_work(root, on=RECEIVED) as place:
        yield place


def asking(name, many):
    """Requests about somebody of a name that nobody on file has, each at another address."""
    about = f"{name} Xanthopoulos"
    return [said(about, f"{n} Elm St", agency="dhs-ice") for n in range(1, many + 1)]


def looked(place, town, name, many, lifted=()):
    """What a look stops, and what it finds to be stored."""
    con = town.con
    table = town.requests(*asking(name, many))
    limit = AskingLimit(con, place, table, lifted, unwatched=True)
    count = limit.stop_before(open_model(place.office.reference))
    stopped = con.execute("SELECT row FROM stopped ORDER BY row").fetchall()
    assert len(stopped) == count
    return stopped, con.execute("FROM newly_asked ORDER BY ALL").fetchall()


@pytest.mark.parametrize("lifted", [(), (4,)])
@pytest.mark.parametrize("many", [(MANY, 1), (MANY, FEW), (FEW, MANY), (FEW, FEW), (MANY, MANY)])
def test_the_second_look_says_what_it_says_on_a_connection_of_its_own(place, many, lifted):
    first, second = (("Rosalind", many[0]), ("Rupert", many[1], lifted))
    with place.scratch() as one, place.scratch() as two, place.scratch() as three:
        here, *others = (SmallFile(con, place.office.root) for con in (one, two, three))
        together = [looked(place, here, *look) for look in (first, second)]
        apart = [
            looked(place, town, *look) for town, look in zip(others, (first, second), strict=True)
        ]
        assert one.execute(SHADOWS).fetchall() == []
    assert together == apart
    stopped, new = together[1]
    beyond = [(row,) for row in range(4, many[1] + 1) if row not in lifted]
    assert (stopped, len(new)) == (beyond, many[1])
