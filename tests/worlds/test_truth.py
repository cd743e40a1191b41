"""What the truth says of a request is so, by the files alone."""

import pytest

from ostiary.worlds.kinds import REPEATED, SCENARIOS, allotted

# Words that different hands write differently, brought to one form without any of our own code.
SAME_WORDS = (
    ("NORTHEAST", "NE"), ("NORTHWEST", "NW"), ("SOUTHEAST", "SE"), ("SOUTHWEST", "SW"),
    ("NORTH", "N"), ("SOUTH", "S"), ("EAST", "E"), ("WEST", "W"), ("STREET", "ST"),
    ("AVENUE", "AVE"), ("ROAD", "RD"), ("DRIVE", "DR"), ("LANE", "LN"), ("COURT", "CT"),
    ("PLACE", "PL"), ("BOULEVARD", "BLVD"), ("TERRACE", "TER"), ("CIRCLE", "CIR"),
    ("PARKWAY", "PKWY"), ("TRAIL", "TRL"), ("HIGHWAY", "HWY"), ("APARTMENT", "APT"),
    ("POST OFFICE BOX", "PO BOX"), ("P O BOX", "PO BOX"),
)  # fmt: skip


def plain_address(table: str) -> str:
    """SQL for number, street, unit and five digits of the ZIP code in one plain form."""
    text = f"concat_ws(' ', {table}.address_line, {table}.unit)"
    text = f"trim(regexp_replace(upper({text}), '[^A-Z0-9]+', ' ', 'g'))"
    for full, short in SAME_WORDS:
        text = f"regexp_replace({text}, '\\b{full}\\b', '{short}', 'g')"
    return f"{text} || '|' || left({table}.postal_code, 5)"


def told(kind: str) -> str:
    """SQL for the requests of a kind, each with every address of the person it is about."""
    return f"""SELECT r.*, t.*, p.given_name AS p_given, p.surname AS p_surname,
        p.middle_name AS p_middle, p.birth_date AS p_birth, p.tin AS p_tin, p.hold AS p_hold,
        {plain_address("r")} = {plain_address("p")} AS at_home
        FROM requests r JOIN truth t USING (request_id, row) JOIN people p USING (person_id)
        WHERE t.kind = '{kind}'
        QUALIFY row_number() OVER (PARTITION BY r.row ORDER BY at_home DESC) = 1"""


@pytest.mark.parametrize(
    "kind",
    ["exact", "format", "nickname", "initial", "typo", "swapped", "old-address", "double-surname"],
)
def test_a_member_who_is_confirmed_has_that_address_on_file(world, kind):
    name = f"member-{kind}"
    rows = told(name)
    assert world.count(rows) == world.summary.kinds[name]
    assert not world.count(f"FROM ({rows}) WHERE NOT at_home")
    assert not world.count(f"FROM ({rows}) WHERE tin <> '' AND tin <> p_tin")
    assert not world.count(f"FROM ({rows}) WHERE birth_date <> '' AND birth_date <> p_birth")
    assert not world.count(f"FROM ({rows}) WHERE p_hold = 'true'")


def test_an_exact_member_is_written_as_on_file(world):
    rows = told("member-exact")
    assert not world.count(
        f"""FROM ({rows}) WHERE (given_name, coalesce(middle_name, ''), surname)
        <> (p_given, p_middle, p_surname)"""
    )


def test_a_confirmed_name_stands_alone_at_its_address(world):
    """Nobody else in the file has the same name at the address that is to be confirmed."""
    assert not world.count(
        f"""FROM requests r JOIN truth t USING (request_id, row) JOIN people p
        ON {plain_address("r")} = {plain_address("p")}
        AND upper(p.given_name) = upper(r.given_name) AND upper(p.surname) = upper(r.surname)
        WHERE t.expected_outcome = 'confirmed' AND p.person_id <> t.person_id"""
    )


@pytest.mark.parametrize(
    "kind", ["member-moved", "relative", "twin-of-other-sex", "neighbour", "namesake", "stranger"]
)
def test_nobody_of_that_name_lives_or_lived_where_nothing_is_to_be_confirmed(world, kind):
    assert not world.count(
        f"""FROM requests r JOIN truth t USING (request_id, row) JOIN people p
        ON upper(p.given_name) = upper(r.given_name) AND upper(p.surname) = upper(r.surname)
        WHERE t.kind = '{kind}' AND {plain_address("r")} = {plain_address("p")}"""
    )


def test_relatives_and_twins_are_invented_at_the_address_of_a_family(world):
    for kind in ("relative", "twin-of-other-sex"):
        found = world.count(
            f"""SELECT DISTINCT r.row FROM requests r JOIN truth t USING (request_id, row)
            JOIN people p ON p.surname = r.surname AND {plain_address("r")} = {plain_address("p")}
            WHERE t.kind = '{kind}' AND t.person_id = ''"""
        )
        assert found == world.summary.kinds[kind]


def test_a_namesake_has_a_name_of_the_file_and_an_address_of_the_file(world):
    found = world.count(
        f"""SELECT DISTINCT r.row FROM requests r JOIN truth t USING (request_id, row)
        JOIN people p ON (p.given_name, p.surname) = (r.given_name, r.surname)
        JOIN people q ON {plain_address("r")} = {plain_address("q")} WHERE t.kind = 'namesake'"""
    )
    assert found == world.summary.kinds["namesake"]


def test_a_stranger_bears_a_surname_and_an_address_that_the_file_does_not_know(world):
    strangers = "requests r JOIN truth t USING (request_id, row)"
    for known in ("p.surname = r.surname", f"{plain_address('r')} = {plain_address('p')}"):
        assert not world.count(
            f"FROM {strangers} JOIN people p ON {known} WHERE t.kind = 'stranger'"
        )


def test_father_or_son_could_be_two_people_and_says_nothing_to_tell_them_apart(world):
    found = world.rows(
        f"""SELECT r.row, count(DISTINCT p.person_id) FROM requests r
        JOIN truth t USING (request_id, row)
        JOIN people p ON {plain_address("r")} = {plain_address("p")}
        AND (p.given_name, p.surname) = (r.given_name, r.surname)
        WHERE t.kind = 'father-or-son'
        AND concat(r.middle_name, r.name_suffix, r.tin, r.birth_date) = ''
        GROUP BY r.row"""
    )
    assert len(found) == world.summary.kinds["father-or-son"]
    assert {people for _, people in found} == {2}


def test_what_contradicts_is_really_different(world):
    birth, tin = told("member-wrong-birth-date"), told("member-wrong-tin")
    assert not world.count(f"FROM ({birth}) WHERE birth_date = p_birth OR NOT at_home")
    assert not world.count(f"FROM ({tin}) WHERE tin = p_tin OR NOT at_home")


def test_who_is_held_is_on_hold_at_that_address(world):
    assert not world.count(f"FROM ({told('held')}) WHERE p_hold <> 'true' OR NOT at_home")


def test_every_kind_is_there_three_times(world):
    kinds = dict(world.rows("SELECT kind, count(*) FROM truth GROUP BY kind"))
    expected = {kind.name for kind in SCENARIOS["mixed"]} - {REPEATED}
    assert set(kinds) == expected
    assert min(kinds.values()) >= 3
    assert world.summary.kinds[REPEATED] >= 3


def test_about_two_thirds_are_lawful(world):
    lawful = world.count("FROM truth WHERE lawful") / 2000
    absent = world.count("FROM truth WHERE lawful AND person_id = ''") / 2000
    assert 0.70 < lawful < 0.76
    assert 0.09 < absent < 0.11


def test_an_outcome_is_expected_of_lawful_requests_and_of_no_other(world):
    assert not world.count("FROM truth WHERE lawful <> (expected_status = 'accepted')")
    assert not world.count("FROM truth WHERE lawful <> (expected_outcome <> '')")


def test_an_id_repeats_only_where_it_should_and_the_truth_keeps_the_first_row(world):
    repeats = world.rows(
        """SELECT request_id, count(*), count(DISTINCT reason) FROM requests
        GROUP BY 1 HAVING count(*) > 1"""
    )
    assert len(repeats) == world.summary.kinds[REPEATED]
    assert {(rows, reasons) for _, rows, reasons in repeats} == {(2, 2)}
    assert world.count("FROM truth") == 2000 - len(repeats)
    kinds = world.rows(
        """SELECT DISTINCT kind FROM truth WHERE request_id IN
        (SELECT request_id FROM requests GROUP BY 1 HAVING count(*) > 1)"""
    )
    assert kinds == [("member-exact",)]


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("requests", [1, 7, 100, 399, 400, 2000, 12_345])
def test_kinds_share_out_a_file_to_the_last_row(scenario, requests):
    kinds = SCENARIOS[scenario]
    counts = allotted(kinds, requests)
    assert sum(counts) == requests
    assert min(counts) >= 0
    assert all(not n or n >= kind.fewest for kind, n in zip(kinds, counts, strict=True))
