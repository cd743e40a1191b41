"""Whatever the register calls a crime, a part that it does not have is no crime by the register."""

from collections import defaultdict
from datetime import date

import pytest

from ostiary.deciding.intake.lookups import Lookups, look_up, stand_on
from ostiary.deciding.intake.registers import load_registers
from ostiary.deciding.law.shipped import shipped_book
from ostiary.deciding.standardisation import standard_name

NOBODY = standard_name(None, None, None, None)


@pytest.fixture
def crimes(con):
    """The crimes of the shipped register, each with the first part that it has, or with none."""
    load_registers(con, [shipped_book() / "registers"])
    stand_on(con, date(2025, 8, 6))
    return dict(
        con.execute(
            "SELECT o.offense, coalesce(nullif(split_part(p.parts, ';', 1), 'undivided'), '')"
            " FROM reg_offenses o LEFT JOIN reg_offense_parts p USING (offense)"
            " WHERE o.kind = 'criminal' AND coalesce(p.parts, 'x') <> '' ORDER BY 1"
        ).fetchall()
    )


def kinds_of(con, offenses):
    """Look up offences in a file and each alone, which must say the same."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE asked AS SELECT generate_subscripts($1, 1) AS row,"
        " unnest($1) AS offense, NULL::VARCHAR AS removal_basis, NULL::VARCHAR AS programme,"
        " 'doj' AS agency, '' AS provision, '' AS matter_number, []::VARCHAR[] AS recipients,"
        " '' AS n_given, '' AS n_surname, NULL::DATE AS birth_date",
        [offenses],
    )
    look_up(con, requests="asked", into="found")
    rows = con.execute("SELECT offense_kind FROM found ORDER BY row").fetchall()
    alone, asked = Lookups(con), defaultdict(lambda: None)
    each = [alone.of(asked | {"offense": one}, NOBODY)["offense_kind"] for one in offenses]
    assert each == [kind for (kind,) in rows]
    return each


@pytest.mark.parametrize("tail", ["/zz", "/99", "/zz/1", "/a1zz"])
def test_no_crime_has_a_part_that_it_does_not_have(con, crimes, tail):
    assert len(crimes) > 1400
    assert "criminal" not in kinds_of(con, [one + tail for one in crimes])


def test_a_part_that_it_has_is_of_its_kind_or_has_a_row_of_its_own(con, crimes):
    assert set(kinds_of(con, list(crimes))) == {"criminal"}
    own = dict(con.execute("SELECT offense, kind FROM reg_offenses").fetchall())
    named = [f"{one}/{part}" if part else one for one, part in crimes.items()]
    assert kinds_of(con, named) == [own.get(one, "criminal") for one in named]
