"""Attack: a request asks for more than its gateway opens, and counsel's book no longer says no.

Even without the custodian's confirm-only policy, an answer says nothing that the provision does not
list, and nothing that may come from one source only, for it does not know its source.
"""

import shutil
from datetime import date
from pathlib import Path

import pytest

from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.facts import ITEMS
from ostiary.verifying.answers.conditions import conditions_of_use
from worded import shipped_registers, worded

ALL = frozenset(item for items in ITEMS.values() for item in items)


@pytest.fixture
def without_policy(tmp_path: Path):
    folder = tmp_path / "book"
    shutil.copytree(shipped_book(), folder)
    policy = folder / "policies" / "custodian.md"
    text = policy.read_text()
    listed = text[text.index("items:") : text.index("read:")]
    assert "  - address-confirmation\n" in listed
    policy.write_text(text.replace(listed, ""))
    return read_book(folder)


def test_nothing_beyond_the_list_of_the_gateway(without_policy):
    for one in without_policy.instruments:
        if one.gateway:
            assert without_policy.answerable(one.cites, None) <= set(one.items)
            assert not without_policy.answerable(one.cites, None) >= ALL


def test_nothing_that_may_come_from_one_source_only(without_policy):
    terrorism = "/us/usc/t26/s6103/i/7/A"
    listed = without_policy.items_for(terrorism, None)
    assert listed["return-information"] == {"third-party"}
    assert "return-information" not in without_policy.answerable(terrorism, None)


def test_an_agreement_narrows_and_never_adds(without_policy):
    i2 = "/us/usc/t26/s6103/i/2"
    alone = without_policy.answerable(i2, None)
    narrowed = without_policy.answerable(i2, "treasury-dhs-2025")
    assert narrowed == {"address-confirmation", "mailing-address"} < alone


@pytest.mark.parametrize("provision", ["/us/usc/t26/s6103/i/5", "/us/usc/t26/s6103/m/2", "none"])
def test_a_provision_that_is_not_in_the_book_opens_nothing(without_policy, provision):
    assert without_policy.items_for(provision, None) == {}


def test_with_the_policy_a_gateway_opens_a_confirmation_and_the_items_of_its_own_list(book):
    gateways = [
        one.cites.removeprefix("/us/usc/t26/s6103/") for one in book.instruments if one.gateway
    ]
    opened = {one: book.answerable(f"/us/usc/t26/s6103/{one}", None) for one in gateways}
    assert opened.pop("l/7") == {"unearned-income"}  # it opens no address
    more = {"l/13": {"filing-status"}, "l/21": {"filing-status", "number-of-individuals"}}
    more["l/21"].add("modified-adjusted-gross-income")
    assert opened == {one: {"address-confirmation"} | more.get(one, set()) for one in opened}


def test_every_gateway_has_its_conditions_of_use(book):
    stated = {row["provision"] for row in shipped_registers().tables["conditions"].to_pylist()}
    assert stated == {one.cites for one in book.instruments if one.gateway}
    said = set()
    for one in stated:
        conditions = conditions_of_use(
            worded(one, federal=not one.endswith("/d")),
            recipients=["officer"],
            dispose_by=date(2026, 2, 1),
            ai_notice_acknowledged=False,
        )
        said.add(conditions.sole_use)
    assert len(said) == 9


# 26 USC 6103(p)(4)(F)(i) is for agencies under (d), (i)(3)(B)(i), (l)(6) to (9) and (16), and
# wants a written report; (ii) is for Federal agencies under (i) and for (l)(21). 7213(a)(1) is for
# Federal officers and employees, (a)(2) for everybody else.
@pytest.mark.parametrize(
    ("provision", "federal", "felony", "disposal"),
    [
        ("d", False, "7213(a)(2)", "(F)(i)"),
        ("i/1", True, "7213(a)(1)", "(F)(ii)"),
        ("i/2", True, "7213(a)(1)", "(F)(ii)"),
        ("i/3/B", True, "7213(a)(1)", "(F)(ii)"),
        ("i/3/B", False, "7213(a)(2)", "(F)(i)"),
        ("l/7", False, "7213(a)(2)", "(F)(i)"),
        ("l/7", True, "7213(a)(1)", "(F)(i)"),
        ("l/13", True, "7213(a)(1)", "(F)(ii)"),
        ("l/21", False, "7213(a)(2)", "(F)(ii)"),
        ("l/21", True, "7213(a)(1)", "(F)(ii)"),
        ("i/7/A", True, "7213(a)(1)", "(F)(ii)"),
        ("i/7/A", False, "7213(a)(2)", "(F)(i)"),
        ("i/7/B", True, "7213(a)(1)", "(F)(ii)"),
    ],
)
def test_felony_and_disposal_fit_gateway_and_recipient(provision, federal, felony, disposal):
    words = worded(f"/us/usc/t26/s6103/{provision}", federal=federal)
    assert felony in words.felony
    assert f"6103(p)(4){disposal})" in words.disposal
    of_agencies = words.disposal.partition(" A contractor ")[0]
    assert ("report in writing" in of_agencies) == (disposal == "(F)(i)")
    assert ("keeping" in words.disposal) == (disposal == "(F)(ii)")


# 7213(a)(1) also binds persons under 6103(n), whom (d)(1) lets receive; contractors under (l)(21)
# are of (a)(2). (p)(4)(F)(i) speaks of "any other person described in" (l)(13).
@pytest.mark.parametrize(
    ("provision", "federal", "part", "of_contractors"),
    [
        ("d", False, "felony", "7213(a)(1) of persons under 6103(n)"),
        ("l/21", True, "felony", "7213(a)(2) of a contractor"),
        ("l/13", True, "disposal", "A contractor returns it or makes it undisclosable"),
    ],
)
def test_a_contractor_who_may_receive_reads_what_binds_a_contractor(
    provision, federal, part, of_contractors
):
    words = worded(f"/us/usc/t26/s6103/{provision}", federal=federal)
    assert of_contractors in getattr(words, part)
