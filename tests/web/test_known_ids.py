"""Fields that want an id of what exists offer what stands; the server judges all the same."""

import re

import pytest

from officers import NEXT_DAY
from ostiary.domain.facts import ROLES
from ostiary.faces.web.form_choices import OFFENCE, suggestions
from ostiary.faces.web.register_choices import suggested
from ostiary.office.administration.register_rows import columns_of
from web_office import AGENCY, requester_of

FILES = "/administration/files/"
RETAINED = ("answered", "unanswered", "returned", "suspended", "to-counsel")


def offered(browser, path: str, field: str) -> dict[str, str]:
    """What a select, or a text with its list, offers in a field: id and words."""
    return offered_on(browser.get(path).content.decode(), field)


def offered_on(page: str, field: str) -> dict[str, str]:
    listed = re.search(rf'<input[^>]*id="{field}"[^>]* list="([^"]+)"', page)
    of = rf'<datalist id="{listed[1]}">' if listed else rf'<select id="{field}"[^>]*>'
    inside = re.search(of + r"(.*?)</(?:datalist|select)>", page, re.DOTALL)
    assert inside, f"{field} offers nothing"
    options = re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)', inside[1])
    return {one: words for one, words in options if one}


@pytest.mark.parametrize(
    ("path", "field", "known"),
    [
        (f"{FILES}signers.csv/", "cell-agency", AGENCY),
        (f"{FILES}agencies.csv/", "cell-parent", AGENCY),
        (f"{FILES}agreements.csv/", "cell-provision", "/us/usc/t26/s6103/i/2"),
        (f"{FILES}court_leaves.csv/", "cell-order", "seat"),
        (f"{FILES}court_notices.csv/", "cell-order", "seat"),
        (f"{FILES}people_in_orders.csv/", "cell-order", "seat"),
        ("/administration/tasks/", "recall-rule", "court.form"),
        ("/administration/tasks/", "recall-order", "seat"),
        (f"{FILES}suspensions.csv/", "cell-safeguard", "/us/usc/t26/s6103/p/4/C"),
        (f"{FILES}arrangements.csv/", "cell-kind", "tax-modelling"),
        (f"{FILES}notices.csv/", "cell-kind", "artificial-intelligence"),
        (f"{FILES}court_notices.csv/", "cell-told", "court;plaintiffs"),
        (f"{FILES}conditions.csv/", "cell-cites", "/us/usc/t26/s6103/p/4/F/ii"),
        (f"{FILES}parameters.csv/", "cell-cites", "/us/usc/t26/s6103/p/7"),
        ("/people/", "agency", AGENCY),
        ("/people/", "name", "anna"),
        ("/people/", "name", "monitor-1"),
    ],
)
@pytest.mark.usefixtures("monitor")
def test_what_stands_is_offered_in_words(administrator, path, field, known):
    found = offered(administrator, path, field)
    assert known in found
    assert found[known].replace("(", "").replace(")", "").strip() not in {"", known}


def test_those_who_have_left_are_not_offered(site, administrator):
    """An officer of an agency is offered while the register has them, and no longer."""
    one = requester_of(site)
    for path, field in (("/people/", "name"), (f"{FILES}receipt_keys.csv/", "cell-officer")):
        assert one in offered(administrator, path, field)
    register = site.office.registers / "officers.csv"
    [names, *rows] = register.read_text().splitlines()
    last = names.split(",").index("until")
    ended = [row.split(",") for row in rows]
    for row in ended:
        if row[0] == one:
            row[last] = row[names.split(",").index("from")]
    register.write_text("\n".join([names, *(",".join(row) for row in ended)]) + "\n")
    assert one not in offered(administrator, "/people/", "name")


def test_an_id_of_nothing_is_refused_whatever_was_offered(site, administrator):
    size = site.office.store.log_size()
    said = {"role": "requester", "name": "nobody-at-all", "agency": AGENCY}
    assert administrator.post("/people/add/", said).status_code == 422
    row = {"cell-signer": "x", "cell-agency": "no-such-agency", "cell-office": "agency-head"}
    got = administrator.post(
        f"{FILES}signers.csv/",
        {"do": "add", "why": "x", "seen": _seen(administrator), "cell-from": "2025-01-01", **row},
    )
    assert got.status_code in {302, 422}
    assert site.office.store.log_size() == size
    assert "no-such-agency" not in (site.office.registers / "signers.csv").read_text()


def _seen(browser, register: str = "signers") -> str:
    page = browser.get(f"{FILES}{register}.csv/").content.decode()
    return re.search(r'name="seen" value="([^"]*)"', page)[1]


def classes_of(site) -> dict[str, str]:
    """Give the class of each provision that the register of classes has."""
    table = site.snapshot().law.registers.tables["provision_classes"]
    return {row["provision"]: row["class"] for row in table.to_pylist()}


def test_programmes_that_are_suggested_are_those_that_something_is_opened_for(site):
    found = dict(suggestions(site, NEXT_DAY)["programme"])
    assert len(found) == 11
    assert all(found.values())
    assert {classes_of(site)[one] for one in found} == {"plain", "housing"}


def test_grounds_of_removal_that_are_suggested_are_of_a_deportable_class(site):
    found = dict(suggestions(site, NEXT_DAY)["removal_basis"])
    assert {classes_of(site)[one] for one in found} == {"deportable"}


def test_the_form_of_a_benefit_agency_offers_programmes(requester):
    asked = {"do": "fields", "provision": "/us/usc/t26/s6103/l/7"}
    page = requester.post("/requests/new/", asked).content.decode()
    assert len(offered_on(page, "programme")) == 11


@pytest.mark.parametrize(
    ("register", "field", "words"),
    [
        ("offenses", "cell-kind", {"criminal", "tax", "civil", "none", "undetermined"}),
        ("retention", "cell-kind", {*RETAINED}),
    ],
)
def test_what_a_register_takes_alone_is_chosen(administrator, register, field, words):
    assert set(offered(administrator, f"{FILES}{register}.csv/", field)) == words


def test_every_safeguard_that_is_suggested_is_one(site):
    """The reader of the register takes each; there is no (p)(4)(G)."""
    column = next(one for one in columns_of("suspensions") if one.name == "safeguard")
    found = dict(suggested("suspensions", column, site.snapshot(), NEXT_DAY))
    assert [one.rpartition("/")[2] for one in found] == list("ABCDEF")
    assert all(one.startswith("/us/usc/t26/s6103/p/4/") for one in found)


def test_offences_that_are_suggested_are_criminal_by_the_register_of_the_day(site):
    table = site.snapshot().law.registers.tables["offenses"].to_pylist()
    criminal = {row["offense"] for row in table if row["kind"] == "criminal"}
    found = dict(suggestions(site, NEXT_DAY)["offense"])
    assert len(found) > 100
    assert set(found) - {OFFENCE} <= criminal
    assert all("USC" in words or "U.S.C." in words for words in found.values())


def test_what_a_judge_found_is_ticked(requester):
    asked = {"do": "fields", "provision": "/us/usc/t26/s6103/i/1"}
    page = requester.post("/requests/new/", asked).content.decode()
    boxes = re.findall(r'type="checkbox" name="court_order_findings" value="([^"]+)"', page)
    assert boxes == ["crime", "relevance", "exclusive-use"]


def test_items_that_an_order_grants_are_boxes(requester):
    asked = {"do": "fields", "provision": "/us/usc/t26/s6103/i/1"}
    page = requester.post("/requests/new/", asked).content.decode()
    boxes = re.findall(r'type="checkbox" name="court_order_items" value="([^"]+)"', page)
    assert boxes
    assert boxes == re.findall(r'type="checkbox" name="items" value="([^"]+)"', page)


def test_roles_of_an_agency_are_boxes_and_those_it_has_are_ticked(administrator):
    """Several are sent as several, and stand in the file with ``;`` between."""
    page = administrator.get(f"{FILES}agencies.csv/?row=0").content.decode()
    boxes = dict(re.findall(r'name="cell-roles" value="([^"]+)"( checked)?', page))
    assert set(boxes) == {*ROLES}
    assert [one for one in boxes if boxes[one]] == ["law-enforcement"]
    cells = dict(
        re.findall(
            r'<input type="(?:text|date)" id="[^"]*" name="(cell-[^"]*)" value="([^"]*)"', page
        )
    )
    cells |= {"cell-federal": "true", "cell-parent": "", "cell-roles": ["benefits", "local"]}
    said = {"do": "edit", "row": "0", "why": "x", "seen": _seen(administrator, "agencies"), **cells}
    got = administrator.post(f"{FILES}agencies.csv/", said)
    assert got.status_code == 302
    assert "<ins>benefits;local</ins>" in administrator.get(got["Location"]).content.decode()
