"""The register of suspensions: which rows keep the review, and on which days one stops."""

from datetime import date, timedelta

import duckdb
import pytest

from ostiary.deciding.intake.lookups import stand_on
from ostiary.deciding.intake.registers import load_registers
from ostiary.deciding.intake.suspensions import SUSPENDED, Clocks, fault_of, is_suspended
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import BookError
from ostiary.domain.register_columns import REGISTERS

NOTICE = {"notice_on": "2025-06-02"}
AT_ONCE = {"at_once_from": "2025-06-03", "at_once_why": "It left the agency."}
APPEAL = {"appealed_on": "2025-07-02"}
HEARD = APPEAL | {"conference_on": "2025-07-21"}
UPHELD = {"outcome": "upheld", "decided_on": "2025-07-28", "suspended_from": "2025-08-01"}
ASIDE = {"outcome": "set-aside", "decided_on": "2025-07-28"}
LIFTED = {"lifted_from": "2025-09-01", "lifted_why": "Mended."}
GIVEN = {
    "suspension": "ice-1",
    "agency": "dhs-ice",
    "ground": "inadequate-safeguards",
    "safeguard": "/us/usc/t26/s6103/p/4/C",
}
COLUMNS = [column.name for column in REGISTERS["suspensions"]]


def as_day(name: str, text: str | None) -> object:
    return date.fromisoformat(text) if text and name.endswith(("_on", "_from")) else text


def of(*parts: dict[str, str]) -> dict[str, object]:
    said = dict(GIVEN | NOTICE)
    for part in parts:
        said |= part
    return {name: as_day(name, said.get(name) or None) for name in COLUMNS}


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (AT_ONCE,),
        (HEARD,),
        (HEARD, UPHELD),
        (AT_ONCE, HEARD, UPHELD),
        (UPHELD,),
        (UPHELD, {"decided_on": "2025-07-03"}),
        ({"appealed_on": "2025-07-03"}, UPHELD),
        (HEARD, ASIDE),
        (APPEAL, ASIDE),
        (AT_ONCE, HEARD, ASIDE, LIFTED),
        (AT_ONCE, LIFTED),
        (HEARD, UPHELD, LIFTED),
    ],
)
def test_a_suspension_that_keeps_its_review_is_taken(parts):
    assert fault_of(of(*parts), Clocks()) is None


@pytest.mark.parametrize(
    ("parts", "column"),
    [
        (({"at_once_from": "2025-06-03"},), "at_once_why"),
        (({"at_once_why": "x"},), "at_once_why"),
        ((AT_ONCE, {"at_once_from": "2025-06-01"}), "at_once_from"),
        (({"appealed_on": "2025-06-01"},), "appealed_on"),
        (({"conference_on": "2025-07-21"},), "appealed_on"),
        ((APPEAL, {"conference_on": "2025-07-01"}), "conference_on"),
        ((APPEAL, UPHELD), "conference_on"),
        ((UPHELD, {"decided_on": "2025-07-02"}), "decided_on"),
        ((HEARD, UPHELD, {"decided_on": "2025-07-20"}), "decided_on"),
        ((HEARD, UPHELD, {"suspended_from": "2025-07-27"}), "suspended_from"),
        ((HEARD, UPHELD, {"suspended_from": ""}), "suspended_from"),
        ((HEARD, ASIDE, {"suspended_from": "2025-08-01"}), "suspended_from"),
        (({"suspended_from": "2025-08-01"},), "suspended_from"),
        (({"decided_on": "2025-08-01"},), "outcome"),
        (({"outcome": "set-aside"},), "outcome"),
        ((AT_ONCE, HEARD, ASIDE), "lifted_from"),
        ((LIFTED,), "lifted_from"),
        ((AT_ONCE, LIFTED, {"lifted_from": "2025-06-02"}), "lifted_from"),
        ((AT_ONCE, LIFTED, {"lifted_why": ""}), "lifted_why"),
        (({"ground": "inadequate-safeguards;inadequate-safeguards"},), "ground"),
        (({"safeguard": "/us/usc/t18/s1905"},), "safeguard"),
    ],
)
def test_a_suspension_past_its_review_is_refused_by_column(parts, column):
    assert fault_of(of(*parts), Clocks())[0] == column


def test_the_days_of_the_review_are_rows_of_the_book():
    clocks = Clocks((("days-to-appeal", date(2025, 1, 1), None, 10),))
    early = of(UPHELD, {"decided_on": "2025-06-13"})
    assert fault_of(early, Clocks())[0] == "decided_on"
    assert fault_of(early, clocks) is None
    assert clocks.last_day_to_appeal(date(2024, 12, 31)) == date(2025, 1, 30)


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    folder = tmp_path_factory.mktemp("registers")
    lines = [",".join(COLUMNS)]
    for number, (agency, *parts) in enumerate(WRITTEN):
        said = GIVEN | NOTICE | {"suspension": f"s-{number}", "agency": agency}
        for part in parts:
            said |= part
        lines.append(",".join(said.get(name, "") for name in COLUMNS))
    (folder / "suspensions.csv").write_text("\n".join(lines) + "\n")
    with duckdb.connect() as con:
        load_registers(con, [shipped_book() / "registers", folder])
        yield con


WRITTEN = [
    ("dhs-ice", AT_ONCE, LIFTED),
    ("dhs-ice", AT_ONCE, LIFTED, {"at_once_from": "2025-10-01", "lifted_from": "2025-10-01"}),
    ("dhs", HEARD, UPHELD, LIFTED, {"suspended_from": "2025-09-10", "lifted_from": "2025-09-20"}),
]


def test_the_law_and_the_pages_read_the_same_days(con):
    rows = [(agency, of(*parts)) for agency, *parts in WRITTEN]
    day, last = date(2025, 6, 1), date(2025, 10, 3)
    while day <= last:
        stand_on(con, day)
        found = {agency for (agency,) in con.execute(SUSPENDED, [day]).fetchall()}
        expected = {
            agency
            for agency in ("dhs", "dhs-ice")
            if any(is_suspended(cells, day) and whose in {agency, "dhs"} for whose, cells in rows)
        }
        assert found & {"dhs", "dhs-ice"} == expected, day
        day += timedelta(days=1)


def test_a_row_out_of_order_refuses_the_registers_and_names_the_cell(tmp_path):
    (tmp_path / "suspensions.csv").write_text(
        ",".join(COLUMNS) + "\n" + ",".join(
            (GIVEN | NOTICE | {"at_once_from": "2025-06-03"}).get(name, "") for name in COLUMNS
        ) + "\n"
    )  # fmt: skip
    with duckdb.connect() as con, pytest.raises(BookError) as told:
        load_registers(con, [shipped_book() / "registers", tmp_path])
    assert "row 1 column at_once_why" in told.value.where
