"""The pages of a judge's order: nobody is asked to return it, and counsel has it when it lacks."""

import pytest

from officers import key_of
from ordered_office import RECEIVED, make_undetermined_office
from ostiary.faces.server.roles import Role
from ostiary.office.cases.steps import determine
from web_office import opened, person


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with opened(make_undetermined_office(tmp_path_factory.mktemp("orders")), RECEIVED) as found:
        yield found


def text(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_order_is_given_to_counsel_and_a_danger_returned(site):
    numbers = {one.request_id: one.id for one in site.office.store.find_lines("", 100)}
    anna = person(site, Role.OFFICER, "anna")
    for name, fact, wanted, other in (
        ("no-crime", "offense_criminal", "give it to counsel", "return the request"),
        ("danger", "reason_specific", "return the request", "give it to counsel"),
    ):
        page = text(anna, f"/cases/{numbers[name]}/")
        assert f"No; {wanted}" in page
        assert f"No; {other}" not in page
        asked = text(anna, f"/cases/{numbers[name]}/return/?element={fact}")
        assert ("A judge's order is not returned" in asked) == (name == "no-crime")
    with site.working() as place:
        key = key_of(place.office.root, "anna")
        determine(place, "no-crime", "anna", key, found=False, fact="offense_criminal")
    page = text(anna, f"/cases/{numbers['no-crime']}/")
    assert "Counsel answers this by another way" in page
    assert "Answered by counsel" in page
    assert "review OFFICE certify" not in page
    assert "after all:" not in page
    assert "An officer did not find: offense-criminal" in text(anna, "/cases/counsel/")
    line = site.office.store.line(numbers["no-crime"])
    assert line.stands == "to-counsel"
