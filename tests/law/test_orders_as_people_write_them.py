"""An order says the same in each dress, and one that would bind nobody is refused."""

import pytest

from order import order_text
from ostiary.deciding.law.reading import read_orders
from ostiary.domain.errors import BookError
from ostiary.office.folder.law_in_force import written_law

PLAIN = order_text("training", "2025-08-07", "agency <> ''").replace(
    "\nfrom:", "\nscope:\n  agencies: [dhs-ice]\nfrom:", 1
)


def read(tmp_path, text):
    (tmp_path / "stay.md").write_text(text, encoding="utf-8", newline="")
    (order,) = read_orders(tmp_path)
    return order


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + PLAIN,
        PLAIN.replace("\n", "\r\n"),
        "\n\n" + PLAIN,
        PLAIN.replace("from: 2025-08-07", "from: 2025-08-07 00:00:00", 1),
        PLAIN.replace("from: 2025-08-07", "from: 2025-08-07T00:00:00", 1),
        PLAIN.replace("agencies: [dhs-ice]", "agencies:\n    - dhs-ice", 1),
    ],
)
def test_an_order_says_the_same_in_each_dress(tmp_path, text):
    assert text != PLAIN
    plain, other = read(tmp_path, PLAIN), read(tmp_path, text)
    assert (other.period, str(other.applies)) == (plain.period, str(plain.applies))
    assert [rule.id for rule in other.rules] == [rule.id for rule in plain.rules]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("from: 2025-08-07", "from: 2025-08-07 09:30:00"),
        ("from: 2025-08-07", "from: 8/7/2025"),
        ("from: 2025-08-07", "from: 2025-08-07\nfrom: 2035-08-07"),
        ("agencies: [dhs-ice]", "agencies: [dhs-ice]\n  agencies: [dhs-cbp]"),
        ("agencies: [dhs-ice]", "agencies: []"),
        ("agencies: [dhs-ice]", "agencies:"),
        ("agencies: [dhs-ice]", "agencies: dhs-ice, dhs"),
        ("agencies: [dhs-ice]", "agencies: [dhs-ice\u200b]"),
        ("agencies: [dhs-ice]", "agency: [dhs-ice]"),
    ],
)
def test_an_order_of_two_meanings_is_refused(tmp_path, right, wrong):
    assert right in PLAIN
    with pytest.raises(BookError) as caught:
        read(tmp_path, PLAIN.replace(right, wrong, 1))
    assert caught.value.where.endswith("stay.md")


@pytest.mark.parametrize("name", ["Example 2026", "Bessent", "o'brien", "x_y", "é", "a" * 81])
@pytest.mark.parametrize(
    ("right", "wrong", "register"),
    [
        ("clock: disclosed", "clock: disclosed\nlifted_by: leave", "court_leaves.csv"),
        ("clock: disclosed", "clock: disclosed\nlifted_by: notice", "court_notices.csv"),
        ("agencies: [dhs-ice]", "people: true", "people_in_orders.csv"),
    ],
)
def test_an_order_that_a_register_has_to_name_has_a_name_that_one_takes(
    tmp_path, name, right, wrong, register
):
    assert right in PLAIN
    (tmp_path / f"{name}.md").write_text(PLAIN.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(BookError, match=register) as caught:
        read_orders(tmp_path)
    assert caught.value.cure.startswith("name the file `")
    (tmp_path / f"{name}.md").write_text(PLAIN, encoding="utf-8")  # no register names a plain stay
    assert read_orders(tmp_path)


@pytest.mark.parametrize(
    ("agency", "near"),
    [("DHS-ICE", "dhs-ice"), ("dhs-icee", "dhs-ice"), ("N/A", ""), ("null", ""), ("treasury", "")],
)
def test_an_order_that_would_bind_nobody_is_refused(tmp_path, agency, near):
    (tmp_path / "stay.md").write_text(PLAIN.replace("[dhs-ice]", f"[dhs-ice, {agency}]"))
    with pytest.raises(BookError, match="in no register") as caught:
        written_law(orders=tmp_path)
    assert (f"`{near}`" in caught.value.cure) is bool(near)
    assert "agencies.csv" in caught.value.cure


def test_an_order_binds_an_agency_that_the_office_has_entered(tmp_path):
    orders, registers = tmp_path / "orders", tmp_path / "registers"
    orders.mkdir()
    registers.mkdir()
    (orders / "stay.md").write_text(PLAIN.replace("dhs-ice", "treasury"))
    header = "agency,name,federal,from,until\n"
    (registers / "agencies.csv").write_text(f"{header}treasury,Treasury,true,2025-01-01,\n")
    law = written_law(orders=orders, registers=[registers])
    assert any(one.id == "stay" for one in law.book.instruments)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("agency = 'dhs-icee'", "in no register: `dhs-icee`"),
        ("agency IN ('dhs', 'dhsice')", "in no register: `dhsice`"),
        ("sole_use AND (agency_parent = 'dhs_')", "in no register: `dhs_`"),
        ("agency IN ('dhs', 'hhs-acf')", "in no register: `hhs-acf`"),
        ("department = 'no-such'", "in no register: `no-such`"),
        ("NOT (agency <> 'no-such')", "in no register: `no-such`"),
        ("NOT (NOT (agency = 'no-such'))", "in no register: `no-such`"),
        ("NOT (sole_use OR NOT agency IN ('dhs', 'no-such'))", "in no register: `no-such`"),
        ("agency = 'dhs-ice '", r"holds U\+0020"),
        ("agency <> 'dhs\u2011ice'", r"holds U\+2011"),
        ("provision = '/us/usc/t26/s6103/i/2 '", r"holds U\+0020"),
    ],
)
def test_a_condition_that_asks_for_nobody_is_refused(tmp_path, condition, said):
    (tmp_path / "stay.md").write_text(PLAIN.replace("agency <> ''", condition, 1))
    with pytest.raises(BookError, match=said):
        written_law(orders=tmp_path)


@pytest.mark.parametrize(
    "condition",
    [
        "agency <> 'x'",
        "NOT agency IN ('x')",
        "agency NOT IN ('x')",
        "NOT (agency = 'x')",
        "NOT ((agency = 'x'))",
        "NOT (agency = 'x' OR agency = 'y')",
        "NOT (agency = 'x' AND sole_use)",
        "NOT (agency_parent IN ('x'))",
        "NOT (department = 'x')",
        "sole_use AND NOT (agency = 'x' OR agency_parent = 'x' OR department = 'x')",
        "NOT (NOT (agency <> 'x'))",
        "agency IN ('dhs')",
        "department = 'dhs' OR agency_parent = 'dhs'",
        "NOT (agency = 'dhs-ice')",
    ],
)
def test_one_that_excepts_somebody_or_asks_for_a_known_one_is_read(tmp_path, condition):
    (tmp_path / "stay.md").write_text(PLAIN.replace("agency <> ''", condition, 1))
    assert written_law(orders=tmp_path)
