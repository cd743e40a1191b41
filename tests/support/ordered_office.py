"""An office that judges have ordered to answer, in ways that it can and cannot."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from officers import equip
from ostiary.deciding.law.shipped import shipped_book
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.batches.running import run_batch
from ostiary.office.folder.layout import Office, create_office
from ostiary.office.recovery.entering import at_work
from request_file import PERSON, REFERENCE_COLUMNS, as_cells, csv_bytes, csv_file, put

RECEIVED = date(2025, 8, 6)
PERSONAL = ("given_name", "surname", "address_line", "unit", "city", "state", "postal_code")
# Each differs from the base by one thing that this corridor does not give, and the rule for it.
AT_ADMISSION = {
    "more": ({"items": ["return"], "court_order_items": ["return"]}, "court.more"),
    "running-year": ({"taxable_periods": [2025], "court_order_periods": [2025]}, "court.years"),
    "nobody-told": ({"recipients": ""}, "court.told"),
    "no-address": ({"address_line": "", "unit": "", "city": "", "postal_code": ""}, "court.person"),
    "beyond": ({"court_order_items": ["tin"]}, "i1.extent"),
    "no-day": ({"court_order_date": ""}, "i1.order.day"),
    "no-rank": ({"court_order_judge": ""}, "i1.order.rank"),
    "applicant": ({"signer": "doj-inspector-general"}, "i1.signer"),
}
# After the look, when the record does not confirm: a stranger, and somebody who moved.
AFTER_LOOK = {
    "stranger": {"given_name": "Zenobia", "surname": "Quarterman"},
    "moved": {"address_line": "1900 Elsewhere Boulevard"},
}


def make_ordered_office(folder: Path, create: Callable[..., Office] = create_office) -> Path:
    """An office that judges ordered to answer, in ways that it can and cannot."""
    order, danger = _base("court-order"), _base("emergency")
    asked = {name: order | changed for name, (changed, _) in AT_ADMISSION.items()}
    asked |= {name: order | changed for name, changed in AFTER_LOOK.items()}
    asked["confirmed"] = order
    asked["told-more"] = danger | {"items": ["return-information"]}
    asked["no-order"] = order | {"court_order": "", "court_order_date": ""}
    return _office_asked(folder, order, asked, create=create)


def make_office_asked_too_often(folder: Path) -> Path:
    """An office that judges ordered to answer about one person: at three addresses, and the true.

    The last, ``true``, is stopped by the limit on asking.
    """
    order = _base("court-order")
    street = order["address_line"].partition(" ")[2]
    asked = {f"wrong-{n}": order | {"address_line": f"{9100 + n} {street}"} for n in range(3)}
    return _office_asked(folder, order, asked | {"true": order})


def make_undetermined_office(folder: Path) -> Path:
    """An office that judges ordered to answer, and that has dangers to tell of, undetermined.

    Of each order an officer determines whether its statute is one of crime; of each danger or
    flight whether it is one.
    """
    order, danger = _base("court-order"), _base("emergency")
    unsettled = order | {"offense": "/us/usc/t47/s502a"}
    asked = dict.fromkeys(("no-crime", "no-crime-after-all", "crime"), unsettled)
    about = danger | {n: order.get(n, "") for n in PERSONAL}
    asked |= {"danger": about, "no-danger": about, "danger-moved": about | AFTER_LOOK["moved"]}
    asked["flight-stranger"] = about | AFTER_LOOK["stranger"] | {"circumstance": "flight"}
    return _office_asked(folder, order, asked, determined=False)


def _base(name: str) -> dict[str, Any]:
    bases = yaml.safe_load((shipped_book() / "cases" / "base.yaml").read_text())
    request: dict[str, Any] = bases[name]["request"]
    return request


def _office_asked(
    folder: Path,
    order: dict[str, Any],
    asked: dict[str, dict[str, Any]],
    *,
    determined: bool = True,
    create: Callable[..., Office] = create_office,
) -> Path:
    """An office that has on file whom the order is about, asked what is asked."""
    root = create(folder / "office", training=True).root
    shutil.copytree(shipped_book() / "cases" / "registers", folder / "registers")
    equip(root, folder)
    person = PERSON | {n: str(order.get(n, "")) for n in PERSONAL} | {"birth_date": "", "tin": ""}
    with at_work(root, on=RECEIVED) as place:
        load_people(place, put(folder / "p.csv", csv_bytes(person, columns=REFERENCE_COLUMNS)))
        run_batch(
            place,
            csv_file(
                folder, *(as_cells(one) | {"request_id": name} for name, one in asked.items())
            ),
            RECEIVED,
            determined=determined,
        )
    return root
