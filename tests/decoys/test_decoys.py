"""Decoys: surely wrong, close, drawn by seed, and never seen by anybody but the bound."""

import duckdb
import numpy as np
import pytest

from ostiary.deciding.decoys.control import Control, Limit, Tally
from ostiary.deciding.decoys.controlled import verify_with_decoys
from ostiary.deciding.decoys.drawing import draw_decoys
from ostiary.deciding.decoys.kinds import KINDS
from ostiary.deciding.intake.reference import read_reference
from ostiary.deciding.matching.comparison import ASKED
from ostiary.deciding.matching.given_levels import shared_form
from ostiary.deciding.matching.model import open_model
from ostiary.deciding.matching.reference_loading import load_reference
from ostiary.deciding.matching.verify import verify_batch
from ostiary.deciding.reference.name_marks import SHARES

SEED = "a seed that the agency does not know"
MANY = 0.1


@pytest.fixture(scope="module")
def town(world, tmp_path_factory):
    """The world's people as a reference, and requests that say of 1,500 of them what is on file."""
    reference = tmp_path_factory.mktemp("town") / "reference"
    with duckdb.connect() as con:
        read_reference(con, world / "people.parquet", "people")
        load_reference(con, "people", reference)
        opened = open_model(reference).opened
        con.register("everybody", opened.filed(np.arange(len(opened.records))))
        con.execute(
            f"""
            CREATE TABLE asked AS SELECT record + 1 AS row, person_id, {", ".join(ASKED)} FROM (
                SELECT * REPLACE (CASE WHEN record % 3 = 0 THEN n_middle ELSE '' END AS n_middle,
                                  CASE WHEN record % 5 = 0 THEN tin ELSE '' END AS tin),
                       CASE WHEN record % 4 = 0 THEN CAST(nullif(born, '') AS DATE) END
                           AS birth_date
                FROM everybody WHERE record < 1500
            )
            """
        )
        yield con, reference


def drawn(town, seed=SEED):
    con, reference = town
    draw_decoys(con, "asked", open_model(reference), seed, MANY)
    return con.execute("SELECT * FROM decoys ORDER BY row").fetchall()


def test_there_are_decoys_of_every_kind_with_rows_that_no_request_has(town):
    con, _ = town
    drawn(town)
    kinds = dict(con.execute("SELECT kind, count(*) FROM decoys GROUP BY kind").fetchall())
    alone = {kind.name for kind in KINDS if not kind.rare}
    assert alone <= kinds.keys() <= {kind.name for kind in KINDS}
    assert min(kinds[kind] for kind in alone) >= 250
    for family in {kind.family for kind in KINDS} - {""}:
        assert sum(kinds.get(kind.name, 0) for kind in KINDS if kind.family == family) >= 200
    rows = con.execute("SELECT max(row), count(DISTINCT row) FROM decoys").fetchall()
    assert rows == [(-1, sum(kinds.values()))]


def test_the_same_seed_draws_the_same_decoys_and_another_one_others(town):
    first, again, others = drawn(town), drawn(town), drawn(town, "another")
    assert first == again
    assert first != others


def test_nobody_is_asked_for_who_is_there(town):
    """But for those left out or wrong at their own door, none has name and door of anybody."""
    con, _ = town
    drawn(town)
    real = con.execute(
        """
        SELECT DISTINCT kind FROM decoys d JOIN everybody f
          USING (n_given, n_surname_key, a_kind, a_number, a_street, a_zip5)
        """
    ).fetchall()
    theirs = {kind.name for kind in KINDS if kind.own_door or kind.leaves_out} | {"junior"}
    assert {kind for (kind,) in real} <= theirs


def test_nobody_is_asked_for_by_a_short_form_of_somebody_at_the_door(town):
    """JODY is what a JUDITH and a JOSEPH are called: who asks for JODY there is not wrong."""
    con, _ = town
    drawn(town)
    short = con.execute(
        f"""
        WITH asked AS (SELECT *, n_given IN {tuple(SHARES)} AS given_shares FROM decoys)
        SELECT d.kind, d.n_given, f.n_given FROM asked d JOIN everybody f
          USING (n_surname_key, a_kind, a_number, a_street, a_zip5)
        WHERE d.kind IN ('twin', 'relative') AND {shared_form("d", "f")}
        """
    ).fetchall()
    assert short == []


def test_the_absent_have_a_relative_at_the_door_and_are_not_compared_with_themselves(town):
    con, reference = town
    drawn(town)
    [(alone,)] = con.execute(
        """
        SELECT count(*) FROM decoys d WHERE kind = 'absent' AND NOT EXISTS (
            SELECT 1 FROM everybody f WHERE f.person <> d.person
              AND (f.n_surname_key, f.a_number, f.a_street, f.a_zip5)
                  = (d.n_surname_key, d.a_number, d.a_street, d.a_zip5))
        """
    ).fetchall()
    assert alone == 0
    verify_batch(con, "decoys", reference, "told", left_out="decoys_left_out")
    [(themselves,)] = con.execute(
        """
        SELECT count(*) FROM told JOIN decoys d USING (row) JOIN everybody f USING (person)
        WHERE kind = 'absent' AND told.person_id = f.person_id
        """
    ).fetchall()
    assert themselves == 0
    verify_batch(con, "decoys", reference, "told")
    [(found,)] = con.execute(
        "SELECT count(*) FROM told JOIN decoys USING (row)"
        " WHERE kind = 'absent' AND outcome = 'confirmed'"
    ).fetchall()
    assert found > 900  # left in the file, most of them are confirmed: nothing else is wrong


def test_decoys_give_as_much_as_the_requests_do(town):
    con, _ = town
    drawn(town)
    given = """
        SELECT avg(CAST(n_middle <> '' AS INTEGER)), avg(CAST(birth_date IS NOT NULL AS INTEGER)),
               avg(CAST(coalesce(tin, '') <> '' AS INTEGER)) FROM
    """
    asked = con.execute(f"{given} asked").fetchall()[0]
    made = con.execute(f"{given} decoys WHERE kind = 'absent'").fetchall()[0]
    for by_requests, by_decoys in zip(asked, made, strict=True):
        assert by_decoys == pytest.approx(by_requests, abs=0.05)


def told(town, table, limit=Limit()):  # noqa: B008 - a frozen value
    con, reference = town
    control = verify_with_decoys(con, table, reference, "verified", seed=SEED, limit=limit)
    return control, con.execute("SELECT * FROM verified ORDER BY row").fetchall()


def test_decoys_change_nothing_for_the_requests_and_leave_nothing_behind(town):
    con, reference = town
    verify_batch(con, "asked", reference, "alone")
    control, verified = told(town, "asked", Limit(share=0.9))
    assert verified == con.execute("SELECT * FROM alone ORDER BY row").fetchall()
    assert control.tallies[0].made == 24_000
    tables = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
    assert not [name for name in tables if "decoy" in name]


def test_a_batch_above_the_limit_confirms_nothing_and_names_nobody(town):
    con, _ = town
    con.execute(
        "CREATE OR REPLACE TABLE guesses AS SELECT * REPLACE (CASE WHEN row % 2 = 0"
        " THEN n_given ELSE 'ZEBULON' END AS n_given, CASE WHEN row % 2 = 0 THEN"
        " n_given_group ELSE '' END AS n_given_group, '' AS n_middle,"
        " CAST(NULL AS DATE) AS birth_date, '' AS tin) FROM asked"
    )
    control, verified = told(town, "guesses")
    assert control.exceeded
    assert control.wrong > control.borne
    assert not [row for row in verified if row[1] == "confirmed"]
    withdrawn = [row for row in verified if row[2] == "batch-bound"]
    assert len(withdrawn) == control.agreeing > 400
    assert {(row[1], row[3]) for row in withdrawn} == {("ambiguous", "")}


def test_a_small_batch_takes_over_a_tally_that_is_kept_with_the_reference(town):
    con, reference = town
    con.execute("CREATE OR REPLACE TABLE few AS SELECT * FROM asked WHERE row <= 5")
    first, _ = told(town, "few")
    kept = list(reference.glob("*/decoys.json"))
    before = kept[0].read_bytes()
    again, _ = told(town, "few")
    assert (len(kept), kept[0].read_bytes()) == (1, before)
    assert first == again
    assert 2_500 < made(first) < 10_000


def made(control):
    return sum(tally.made for tally in control.tallies)


def test_how_many_decoys_a_small_batch_has_follows_from_what_came_before_it(town):
    """Not from what is found now: drawing takes time, and time would tell."""
    con, reference = town
    con.execute("CREATE OR REPLACE TABLE few AS SELECT * FROM asked WHERE row <= 5")
    con.execute("CREATE OR REPLACE TABLE wrong AS SELECT * REPLACE ('9999' AS a_number) FROM few")
    near = next(t.near_rule for t in told(town, "few")[0].tallies if t.kind == "absent")
    drawn = {
        (table, misses): made(
            verify_with_decoys(
                con, table, reference, "verified", seed=SEED, limit=Limit(),
                earlier=lambda misses=misses: {near: misses},
            )
        )
        for table in ("few", "wrong") for misses in (0, 15, 16, 900)
    }  # fmt: skip
    fewer, more = drawn["few", 0], drawn["few", 900]
    assert 4 * fewer < more
    for table in ("few", "wrong"):
        of = [drawn[table, misses] for misses in (0, 15, 16, 900)]
        assert of == [fewer, fewer, more, more]


def test_small_batches_are_counted_together_with_those_before(town):
    """Or else whoever guesses would guess in many small files."""
    con, reference = town
    con.execute("CREATE OR REPLACE TABLE few AS SELECT * FROM asked WHERE row <= 5")
    near = next(t.near_rule for t in told(town, "few")[0].tallies if t.kind == "absent")
    control = verify_with_decoys(
        con,
        "few",
        reference,
        "verified",
        seed=SEED,
        limit=Limit(),
        earlier=lambda: {near: 900, "name-and-address-agree": 10},
    )
    assert control.exceeded
    assert control.earlier == 10


def test_the_bound_of_a_batch_follows_its_near_misses():
    tally = Tally("absent", made=10_000, confirmed=10, near_rule="name-disagrees", near=9_000)
    few, many = (
        Control(SEED, (tally,), {"name-disagrees": near}, 5_000, 0, Limit()) for near in (40, 4_000)
    )
    assert few.share < 0.00002
    assert (few.exceeded, many.exceeded) == (False, True)
    assert many.wrong == pytest.approx(100 * few.wrong)


def test_decoys_made_for_the_rate_do_not_count_for_the_share():
    plain = Tally("absent", made=10_000, confirmed=10, near_rule="name-disagrees", near=9_000)
    bare = Tally("absent-little-known", 10_000, 50, "name-disagrees", 9_000)
    alone, both = (
        Control(SEED, tallies, {"name-disagrees": 40}, 5_000, 0, Limit())
        for tallies in ((plain,), (plain, bare))
    )
    assert both.share == alone.share
    assert both.rate > 3 * alone.rate


def test_decoys_all_confirmed_let_nothing_pass():
    tally = Tally("absent", made=100, confirmed=100, near_rule="", near=0)
    assert tally.rate(0.95) == 1.0
    control = Control(SEED, (tally,), {"name-and-address-agree": 50}, 50, 0, Limit())
    assert (control.share, control.exceeded) == (1.0, True)
