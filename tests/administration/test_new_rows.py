"""Rows that come into a register: what is read later is judged at once, what stands is left."""

import pytest

from ostiary.domain.errors import InputError
from ostiary.domain.register_columns import REGISTERS
from ostiary.office.administration.new_rows import Known, cell_faults, check_new_rows
from ostiary.office.administration.register_rows import empty

REAL = Known(orders={"stay-1"}, training=False)
TRAINING = Known(orders={"stay-1"}, training=True)
AGENCY = {"agency": "dhs", "name": "A department", "federal": "true", "from": "2025-01-01"}
HOOK = {"agency": "dhs", "url": "https://a.example/hook", "from": "2025-01-01"}
KEPT = {"kind": "answered", "years": "7", "authority": "own policy"}
LEAVE = {"order": "stay-1", "docket_entry": "9", "agency": "dhs", "from": "2025-01-01"}
NUMBER = {
    "parameter": "days-to-counsel", "value": "10", "from": "2025-01-01",
    "cites": "/us/usc/t26/s6103/p/1", "authority": "own standard",
}  # fmt: skip
ANOTHER = {"retention": {"kind": "unanswered"}, "parameters": {"parameter": "days-of-notice"}}
GOOD = {
    "agencies": AGENCY,
    "webhooks": HOOK,
    "retention": KEPT,
    "court_leaves": LEAVE,
    "parameters": NUMBER,
}


def content(register: str, *rows) -> bytes:
    found = empty(register)
    for row in rows:
        found = found.with_row(row)
    return found.content()


@pytest.mark.parametrize("register", GOOD)
def test_a_good_row_is_taken(register):
    assert list(cell_faults(register, GOOD[register], REAL)) == []
    check_new_rows(register, None, content(register, GOOD[register]), REAL)


WRONG = (
    ("retention", KEPT | {"years": "x1"}, "years"),
    ("retention", KEPT | {"years": "0"}, "years"),
    ("retention", KEPT | {"years": "201"}, "years"),
    ("retention", KEPT | {"kind": "forgotten"}, "kind"),
    ("webhooks", HOOK | {"url": "dhs-ice"}, "url"),
    ("webhooks", HOOK | {"url": "http://a.example/hook"}, "url"),
    ("webhooks", HOOK | {"url": "https://user:word@a.example/"}, "url"),
    ("court_leaves", LEAVE | {"order": "stay-2"}, "order"),
    ("parameters", NUMBER | {"cites": "our policy"}, "cites"),
)


@pytest.mark.parametrize(("register", "row", "column"), WRONG)
def test_what_others_read_later_is_judged_at_once_and_what_stands_is_left(register, row, column):
    told = list(cell_faults(register, row, REAL))
    assert [one.where for one in told] == [column]
    assert told[0].cure
    bad = content(register, row)
    with pytest.raises(InputError) as refused:
        check_new_rows(register, None, bad, REAL)
    assert refused.value.where == f"{register}.csv row 1 column {column}"
    assert refused.value.cure == told[0].cure
    check_new_rows(register, bad, bad, REAL)
    another = GOOD[register] | ANOTHER.get(register, {})
    check_new_rows(register, bad, content(register, row, another), REAL)


@pytest.mark.parametrize(("register", "row", "column"), WRONG)
def test_a_row_that_stands_can_be_ended_and_mended_but_not_made_to_count_longer(
    register, row, column
):
    """A rule that came later holds nobody to a row that he only wants to end."""
    stands = content(register, row)

    def told(**cells):
        wanted = row | cells
        found = [one.where for one in cell_faults(register, wanted, REAL, row)]
        if found:
            with pytest.raises(InputError) as refused:
                check_new_rows(register, stands, content(register, wanted), REAL)
            assert refused.value.where.endswith(f"row 1 column {found[0]}")
        else:
            check_new_rows(register, stands, content(register, wanted), REAL)
        return found

    good = GOOD[register][column]
    assert told(**{column: good}) == []
    assert told(**{column: "still wrong"}) == [column]
    if "from" in row:
        assert told(until="2025-06-30") == []
        assert told(until="2025-06-30", **{"from": "2025-02-01"}) == []
        assert told(until="2025-06-30", **{"from": "2024-12-31"}) == [column]
        assert told(until="2025-06-30", **{column: "still wrong"}) == [column]
        row = row | {"until": "2025-06-30"}
        stands = content(register, row)
        assert told(until="2025-06-29") == []
        assert told(until="2025-07-01") == [column]
        assert told(until="") == [column]


@pytest.mark.parametrize(("register", "row", "column"), WRONG)
def test_a_double_of_a_row_that_stands_comes(register, row, column):
    stands = content(register, row)
    with pytest.raises(InputError) as refused:
        check_new_rows(register, stands, content(register, row, row), REAL)
    assert refused.value.where == f"{register}.csv row 2 column {column}"


def test_a_row_is_ended_in_a_file_in_which_another_comes_before_it():
    old = HOOK | {"url": "http://a.example/hook"}
    after = content("webhooks", HOOK | {"from": "2025-07-01"}, old | {"until": "2025-06-30"})
    check_new_rows("webhooks", content("webhooks", old), after, REAL)


def test_a_good_row_of_which_one_counts_is_refused_as_its_own_double():
    for register, key in (("agencies", "agency"), ("retention", "kind")):
        stands, row = content(register, GOOD[register]), GOOD[register]
        with pytest.raises(InputError, match="the same days") as refused:
            check_new_rows(register, stands, content(register, row, row), REAL)
        assert refused.value.where == f"{register}.csv row 2 column {key}"


def test_a_webhook_of_a_training_office_may_go_to_this_machine():
    here = content("webhooks", HOOK | {"url": "http://127.0.0.1:9000/hook"})
    check_new_rows("webhooks", None, here, TRAINING)


@pytest.mark.parametrize(
    ("register", "ended", "begins", "is_taken"),
    [
        ("agencies", "2025-05-31", "2025-06-01", True),
        ("agencies", "2025-06-01", "2025-06-01", False),
        ("agencies", "", "2025-06-01", False),
        ("parameters", "2025-05-31", "2025-06-01", True),
        ("parameters", "", "2025-06-01", False),
        ("retention", "", "", False),
        ("webhooks", "", "2025-06-01", True),
    ],
)
def test_of_two_rows_about_the_same_days_it_is_asked_which_counts(
    register, ended, begins, is_taken
):
    first = GOOD[register] | ({"until": ended} if ended else {})
    second = GOOD[register] | ({"from": begins} if begins else {"years": "8"})
    stands, both = content(register, first), content(register, first, second)
    if is_taken:
        check_new_rows(register, stands, both, REAL)
        return
    with pytest.raises(InputError, match="the same days"):
        check_new_rows(register, stands, both, REAL)


@pytest.mark.parametrize("register", REGISTERS)
def test_an_empty_row_is_told_all_that_it_lacks_at_once(register):
    told = {one.where for one in cell_faults(register, {}, REAL)}
    wanted = {
        one.name
        for one in REGISTERS[register]
        if one.kind in {"id", "label", "salt", "flag"} or (one.required and one.kind == "text")
    }
    assert wanted <= told
