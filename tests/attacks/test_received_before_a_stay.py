"""A file is said to have come before a stay, so that its records are looked at under the older law.

Not in a training office, which sets its day, but in a real one, by its own clock; and under a
gateway that awaits no person, so that the run itself would compare.
"""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from commands import ostiary
from officers import equip
from ostiary.deciding.law.shipped import shipped_book
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.folder.layout import create_office
from ostiary.office.recovery.entering import at_work
from ostiary.verifying.log.entries import read_entry
from request_file import PERSON, REFERENCE_COLUMNS, as_cells, csv_bytes, csv_file, put

# One day, read once: a real office has the day of the machine.
TODAY = date.today()  # noqa: DTZ011
RECEIVED, SINCE = TODAY - timedelta(20), TODAY - timedelta(10)
STAY = f"""---
title: A stay of what the States receive
layer: order
prefix: later
kind: stay
docket: a docket of an invented court
cites: /us/court/invented/later
from: {SINCE}
scope:
  agencies: [state-revenue]
---

# A stay

```yaml
id: later.stay
stage: both
clock: disclosed
cites: /us/court/invented/later
citation: an order of an invented court
finding: A court stays it.
cure: None while the stay stands.
```
```sql
TRUE
```
"""


def stay(root: Path) -> None:
    (root / "orders" / "later.md").write_text(STAY)


def suspend(root: Path) -> None:
    register = root / "registers" / "safeguards.csv"
    rows = [
        f"state-revenue,{RECEIVED.year}-01-01,,{SINCE},"
        if one.startswith("state-revenue,")
        else one
        for one in register.read_text().splitlines()
    ]
    register.write_text("\n".join(rows) + "\n")


def end_the_agreement(root: Path) -> None:
    register = root / "registers" / "agreements.csv"
    register.write_text(register.read_text().replace(",2099-12-31", f",{SINCE}"))


def leave_it(_root: Path) -> None:
    pass


@pytest.fixture(scope="module")
def real_office(tmp_path_factory):
    """A real office that knows the State's agency, of today, and has the taxpayer on file."""
    folder = tmp_path_factory.mktemp("real")
    registers = folder / "registers"
    shutil.copytree(shipped_book() / "cases" / "registers", registers)
    agreements = registers / "agreements.csv"
    agreements.write_text(
        agreements.read_text().replace("2025-01-01,2025-12-31", "2025-01-01,2099-12-31")
    )
    safeguards = registers / "safeguards.csv"
    safeguards.write_text(safeguards.read_text().replace("2025-01-31", f"{RECEIVED.year}-01-01"))
    root = create_office(folder / "office").root
    equip(root, folder)
    names = ("given_name", "surname", "address_line", "unit", "city", "state", "postal_code")
    asked = yaml.safe_load((shipped_book() / "cases" / "base.yaml").read_text())["state-tax"][
        "request"
    ]
    person = (
        PERSON | {n: str(asked[n]) for n in names} | {"birth_date": "", "tin": "", "period": "2023"}
    )
    with at_work(root) as place:
        load_people(place, put(folder / "p.csv", csv_bytes(person, columns=REFERENCE_COLUMNS)))
    return root, csv_file(folder, as_cells(asked) | {"request_id": "R-1"})


@pytest.mark.parametrize(
    ("change", "looks"),
    [(leave_it, 1), (stay, 0), (suspend, 0), (end_the_agreement, 0)],
    ids=["control", "stay", "suspension", "agreement"],
)
def test_no_record_is_looked_at_that_the_law_of_today_keeps_closed(
    real_office, tmp_path, change, looks
):
    made, requests = real_office
    root = tmp_path / "office"
    shutil.copytree(made, root)
    change(root)
    done = ostiary("run", root, requests, "--received", str(RECEIVED))
    assert done.status == 0, done.err
    with at_work(root) as place:
        kinds = [read_entry(body).type for body in place.store.entries_from(0)]
        [case] = [place.store.case(place.store.find_request("R-1").id)]
    assert kinds.count("record.examined") == looks
    assert (case.verification is not None) == bool(looks)
