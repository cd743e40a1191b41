"""Learning: the file says what other people look like."""

import json

import pytest

from ostiary.deciding.matching.learned import LEVELS_OF, USUAL, Learned, read_model_file
from ostiary.deciding.matching.model import open_model
from ostiary.domain.errors import InputError
from small_file import born, filed, said


def town_of_families(count: int = 60) -> list[dict[str, object]]:
    """Tell of couples with their own surnames, each at a door of its own."""
    people = []
    for n in range(count):
        surname = f"Familia{chr(65 + n // 26)}{chr(65 + n % 26)}"
        people += [
            filed(f"a{n}", f"James {chr(65 + n % 26)} {surname}", f"{n + 1} Oak Ave"),
            filed(f"b{n}", f"Mary {chr(65 + (5 * n + 3) % 26)} {surname}", f"{n + 1} Oak Ave"),
        ]
    return people


def test_the_shares_of_every_field_add_up_to_one(town):
    town.load(*town_of_families())
    learned = open_model(town.folder).learned
    for shares in (learned.same, learned.stranger, learned.housemate, USUAL):
        for field, levels in LEVELS_OF.items():
            assert set(shares[field]) == set(levels)
            total = sum(share for level, share in shares[field].items() if level != "initial")
            assert total == pytest.approx(1 - shares[field].get("initial", 0), abs=0.08)


def test_housemates_share_surnames_and_not_given_names_and_strangers_neither(town):
    town.load(*town_of_families())
    learned = open_model(town.folder).learned
    assert learned.housemate["surname_level"]["exact"] > 0.9
    assert learned.stranger["surname_level"]["exact"] < 0.1
    assert learned.housemate["given_level"]["exact"] < 0.1
    assert learned.stranger["given_level"]["exact"] > 0.3, "half the town is called James"


def test_a_surname_weighs_nothing_against_a_housemate_and_a_birth_date_much(town):
    town.load(*town_of_families())
    learned = open_model(town.folder).learned
    assert abs(learned.bits("surname_level", "exact", against="housemate")) < 50
    assert learned.bits("surname_level", "exact", against="stranger") > 300
    assert learned.bits("birth_level", "exact", against="housemate") > 300
    assert learned.bits("given_level", "different", against="housemate") < -300


def test_what_agrees_further_weighs_more_and_a_perfect_address_does_not_pay_for_a_name(town):
    town.load(*town_of_families(), filed("p1", "James J Schulze", birth_date=born("1960-01-01")))
    requests = [
        said("Anna Schulze"),
        said("James Schulze"),
        said("James J Schulze"),
        said("James J Schulze", birth_date=born("1960-01-01")),
    ]
    weights = [each.weight for each in town.verify(*requests)]
    assert weights == sorted(weights)
    assert weights[0] < 0 < weights[1]
    assert len(set(weights)) == 4


def test_a_model_file_is_taken_as_it_is_and_its_digest_is_the_models(town, tmp_path):
    first = town.load(*town_of_families())
    taught = Learned(USUAL, USUAL, USUAL, source="requests")
    (tmp_path / "model.json").write_text(json.dumps(taught.stated()))
    town.taught = read_model_file(tmp_path / "model.json")
    assert town.load(*town_of_families()).model != first.model
    opened = open_model(town.folder)
    assert opened.learned == taught
    assert opened.learned.bits("birth_level", "exact", against="stranger") == 0


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": "0"}', '{"version": "1"}'])
def test_what_is_no_model_is_refused(tmp_path, text):
    file = tmp_path / "model.json"
    file.write_text(text)
    with pytest.raises(InputError, match="no model"):
        read_model_file(file)


def test_shares_beyond_one_are_refused(tmp_path):
    stated = Learned(USUAL, USUAL, USUAL).stated()
    stated["same"]["tin_level"]["exact"] = 1.5
    file = tmp_path / "model.json"
    file.write_text(json.dumps(stated))
    with pytest.raises(InputError, match="no model"):
        read_model_file(file)


def test_the_weights_lie_beside_the_reference_as_a_page_that_needs_nothing_else(town):
    summary = town.load(*town_of_families())
    page = (town.folder / "weights.html").read_text()
    assert summary.model in page
    assert "surname: exact" in page
    assert page.count("<svg") == 2
    assert "<script" not in page
    assert "http://www.w3.org" in page
    assert page.count("http") == 2, "nothing is loaded from elsewhere"
