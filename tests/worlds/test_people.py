"""The people look like people, and none of them could be a real taxpayer."""


def test_no_taxpayer_number_was_ever_issued(world):
    for table in ("people", "requests"):
        assert not world.count(
            f"""FROM {table} WHERE tin <> ''
            AND NOT regexp_full_match(tin, '(000|666)[0-9]{{6}}')"""
        )


def test_a_taxpayer_number_belongs_to_one_person(world):
    assert not world.count(
        "SELECT tin FROM people WHERE tin <> '' GROUP BY tin HAVING count(DISTINCT person_id) > 1"
    )


def test_people_have_about_one_and_a_half_addresses(world):
    people = world.summary.people
    assert world.count("SELECT DISTINCT person_id FROM people") == people
    assert 1.5 < world.summary.person_addresses / people < 1.66


def test_a_later_address_comes_from_a_later_year(world):
    assert not world.count(
        """SELECT 1 FROM people a JOIN people b USING (person_id)
        WHERE a.period = b.period AND (a.address_line, a.unit) <> (b.address_line, b.unit)"""
    )
    years = world.rows("SELECT min(period), max(period) FROM people")
    assert years == [("2018", "2024")]


def test_households_share_a_surname_mostly(world):
    shared, couples = world.rows(
        """WITH latest AS (SELECT * FROM people QUALIFY row_number() OVER
            (PARTITION BY person_id ORDER BY period DESC) = 1),
        homes AS (SELECT count(*) AS n, count(DISTINCT surname) AS surnames FROM latest
            GROUP BY address_line, unit, postal_code)
        SELECT count(*) FILTER (surnames = 1), count(*) FROM homes WHERE n > 1"""
    )[0]
    assert 0.8 < shared / couples < 0.98


def test_fathers_and_sons_of_one_name_are_told_apart_by_suffix_half_of_the_time(world):
    pairs = world.rows(
        """WITH latest AS (SELECT * FROM people QUALIFY row_number() OVER
            (PARTITION BY person_id ORDER BY period DESC) = 1)
        SELECT list_sort(list(name_suffix)), count(*) FROM latest
        GROUP BY given_name, surname, address_line, unit, postal_code HAVING count(*) = 2"""
    )
    with_suffix = sum(1 for suffixes, _ in pairs if suffixes == ["JR", "SR"])
    without = sum(1 for suffixes, _ in pairs if suffixes == ["", ""])
    assert abs(with_suffix - without) <= 1
    assert 0.015 < 2 * len(pairs) / world.summary.people < 0.03


def test_there_are_units_boxes_holds_and_double_and_particle_surnames(world):
    rows = world.summary.person_addresses
    assert 0.3 < world.count("FROM people WHERE unit <> ''") / rows < 0.6
    assert 0.015 < world.count("FROM people WHERE address_line LIKE 'PO BOX %'") / rows < 0.05
    assert world.count("SELECT DISTINCT person_id FROM people WHERE hold = 'true'") == 16
    assert world.count("FROM people WHERE surname LIKE '%-%'")
    assert world.count("FROM people WHERE surname LIKE '% %'")
    assert world.count("FROM people WHERE surname LIKE '%''%'")


def test_an_address_is_one_building_or_flat(world):
    """Two households never live at one address at the same time."""
    assert not world.count(
        """WITH latest AS (SELECT * FROM people QUALIFY row_number() OVER
            (PARTITION BY person_id ORDER BY period DESC) = 1)
        SELECT 1 FROM latest GROUP BY address_line, unit, postal_code HAVING count(*) > 5"""
    )


def test_middle_names_are_absent_initials_or_full(world):
    people = world.summary.people
    initial, full = world.rows(
        """SELECT count(DISTINCT person_id) FILTER (length(middle_name) = 1),
        count(DISTINCT person_id) FILTER (length(middle_name) > 1) FROM people"""
    )[0]
    assert 0.3 < initial / people < 0.4
    assert 0.3 < full / people < 0.4
