"""Both errors of the shipped book, and that the measure would notice one."""

import shutil
from collections import Counter

import pytest

from commands import ostiary
from ostiary.deciding.law.counsel_cases import read_bare_cases
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.office.counsel.measured_errors import measure_errors

I2 = "statutes/usc-26-6103-i-2.md"
SPECIFIC = "\nreason_specific\n"


@pytest.fixture(scope="module")
def measured():
    return measure_errors(shipped_book(), read_book(shipped_book()))


def test_nothing_unlawful_is_let_through_and_nothing_lawful_refused_but_by_choice(measured):
    assert measured.stated()["errors"] == []
    assert measured.lawful >= 150
    assert measured.unlawful >= 150
    chosen = {rule for one in measured.by_choice for rule in one.batch.rules}
    assert chosen <= {
        "court.more",
        "court.person",
        "court.recipients",
        "court.years",
        "emergency.person",
        "emergency.told",
        "manner.name",
        "manner.periods.ended",
        "manner.recipients.employed",
        "manner.recipients.known",
        "policy.agreement.party",
        "policy.confirm-only",
        "policy.gateway",
        "policy.gateway.order",
    }
    served = [one for one in measured.by_choice if "policy.gateway" not in one.batch.rules]
    # The others ask under what is not served at all, or about somebody who is not matched here:
    # a company, an estate, a trust, a person of one name (`manner.name`).
    about_people = [one for one in served if "manner.name" not in one.batch.rules]
    assert len(about_people) <= 0.08 * measured.lawful
    assert len(served) - len(about_people) <= 0.04 * measured.lawful


def test_the_lists_reach_over_gateways_offences_and_agencies():

    lists = {name: read_bare_cases(shipped_book(), name) for name in ("lawful", "unlawful")}
    for cases in lists.values():
        assert len({one.request["provision"] for one in cases}) >= 9
        assert all(one.why for one in cases)
    both = [one.request for cases in lists.values() for one in cases]
    assert len({one["agency"] for one in both}) >= 12
    offences = Counter(one.request.get("offense") for one in lists["lawful"])
    assert len(offences) >= 8


def spoilt(tmp_path, old, new):
    """Copy the book with words replaced in one rule, and few requests to measure with."""
    folder = tmp_path / "book"
    shutil.copytree(shipped_book(), folder)
    text = (folder / I2).read_text()
    assert old in text
    (folder / I2).write_text(text.replace(old, new, 1))
    for name, wanted in (("lawful", "The ninety-first day"), ("unlawful", "not specific")):
        blocks = (folder / "measured" / f"{name}.yaml").read_text().split("\n- ")
        kept = [block for block in blocks[1:] if wanted in block][:1]
        (folder / "measured" / f"{name}.yaml").write_text("- " + "- ".join(kept) + "\n")
    return folder


def test_a_rule_that_lets_through_too_much_is_an_error_by_name(tmp_path):
    folder = spoilt(tmp_path, SPECIFIC, "\nTRUE\n")
    done = ostiary("book", "errors", "--book", folder)
    assert done.status == 1
    assert "WRONG  unlawful: An officer found the reason not specific" in done.out
    assert "unlawful  1, let through 1 (100.0 %)" in done.out


def test_a_rule_that_refuses_too_much_is_an_error_by_name(tmp_path):
    folder = spoilt(tmp_path, "periods_count >= 1", "periods_count >= 9")
    done = ostiary("book", "errors", "--book", folder)
    assert done.status == 1
    assert "WRONG  lawful: The ninety-first day" in done.out
    assert "returned, i2.periods" in done.out


def test_an_entry_that_says_what_the_rules_find_is_refused(tmp_path):
    folder = spoilt(tmp_path, SPECIFIC, SPECIFIC)
    file = folder / "measured" / "lawful.yaml"
    file.write_text(file.read_text() + "  expect: {status: accepted}\n")
    done = ostiary("book", "errors", "--book", folder)
    assert done.status == 2
    assert "expect" in done.err
