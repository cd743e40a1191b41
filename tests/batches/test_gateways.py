"""Other gateways, from file to opened answer: a State, a marketplace, an emergency."""

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from officers import NEXT_DAY, approve_twice, desk_on, equip
from ostiary.domain.basis import Ground
from ostiary.domain.words import Status
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.batches.running import run_batch
from ostiary.office.folder.layout import create_office
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.release import release
from ostiary.verifying.answers.opening import open_answer
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.keys.files import key_text, new_opening_key
from request_file import PERSON, REFERENCE_COLUMNS, REQUEST_COLUMNS

RECEIVED = date(2025, 8, 6)
P = "/us/usc/t26/s6103/"
REGISTERS = {
    "agencies": """agency,name,federal,from,until,roles
state-revenue,The revenue department of a State,false,2025-01-01,,state-tax
hhs,Health and Human Services,true,2025-01-01,,marketplace
state-police,The police of a State,false,2025-01-01,,law-enforcement
""",
    "signers": """signer,agency,office,from,until
commissioner,state-revenue,agency-head,2025-01-01,
hhs-secretary,hhs,agency-head,2025-01-01,
duty-officer,state-police,custodian,2025-01-01,
""",
    "safeguards": """agency,report_date,corrective_plan_due,suspended_from,suspended_until
state-revenue,2025-01-31,,,
hhs,2025-01-31,,,
state-police,2025-01-31,,,
""",
    "notices": """agency,kind,given_on,acknowledged_on
state-revenue,state-confidentiality-law,2025-01-02,2025-02-01
state-revenue,death-information,2025-01-02,2025-02-01
""",
    "agreements": f"""agreement,agency,provision,from,until
need-and-use-2025,state-revenue,{P}d,2025-01-01,2025-12-31
cma-marketplace,hhs,{P}l/21,2025-01-01,2026-06-30
""",
}
SAME = {
    "signed_on": "2025-08-01",
    "given_name": "Ada",
    "surname": "Sample",
    "address_line": "1 Invented Street",
    "city": "Springfield",
    "state": "IL",
    "postal_code": "62701",
    "birth_date": "1980-02-29",
    "taxable_periods": "2023",
    "sole_use": "true",
    "items": "address-confirmation",
}
ASKED = {
    "state": {
        "agency": "state-revenue", "agreement": "need-and-use-2025", "provision": f"{P}d",
        "signer": "commissioner", "recipients": "auditor", "purpose": "tax-administration",
    },
    "market": {
        "agency": "hhs", "agreement": "cma-marketplace", "provision": f"{P}l/21",
        "signer": "hhs-secretary", "recipients": "clerk", "purpose": "eligibility",
    },
    "danger": {
        "agency": "state-police", "provision": f"{P}i/3/B", "signer": "duty-officer",
        "recipients": "trooper", "circumstance": "danger",
        "reason": "A caller threatened her at this address an hour ago.",
    },
    "more": {
        "agency": "hhs", "agreement": "cma-marketplace", "provision": f"{P}l/21",
        "signer": "hhs-secretary", "recipients": "clerk", "purpose": "eligibility",
        "items": "address-confirmation;filing-status",
    },
}  # fmt: skip
OFFICERS = {"auditor": "state-revenue", "clerk": "hhs", "trooper": "state-police"}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """An office that has taken one file with requests under three gateways."""
    folder = tmp_path_factory.mktemp("gateways")
    keys = {officer: new_opening_key() for officer in OFFICERS}
    registers = folder / "registers"
    registers.mkdir()
    rows = ["officer,agency,employee,from,until,encryption_key"]
    for officer, agency in OFFICERS.items():
        rows.append(f"{officer},{agency},true,2025-01-01,,{key_text(keys[officer].public_key())}")
    for name, text in (REGISTERS | {"officers": "\n".join(rows) + "\n"}).items():
        (registers / f"{name}.csv").write_text(text)
    office = create_office(folder / "office", training=True).root
    equip(office, folder)
    requests = [SAME | more | {"request_id": name} for name, more in ASKED.items()]
    with at_work(office, on=RECEIVED) as place:
        load_people(place, _file(folder / "people.csv", REFERENCE_COLUMNS, [PERSON]))
        summary = run_batch(
            place,
            _file(folder / "requests.csv", REQUEST_COLUMNS, requests),
            RECEIVED,
            determined=True,
        )
    return office, keys, office / "batches" / summary["batch"]


def _file(path: Path, columns, rows) -> Path:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_what_the_paragraph_lists_and_the_custodian_does_not_give_is_returned(served):
    _, _, batch = served
    replies = [json.loads(line) for line in (batch / "replies.jsonl").read_text().splitlines()]
    told = {one["request_id"]: one for one in replies}
    assert {name: one["status"] for name, one in told.items()} == {
        "state": "accepted",
        "market": "accepted",
        "danger": "accepted",
        "more": "returned",
    }
    assert [one["rule"] for one in told["more"]["findings"]] == ["policy.confirm-only"]


@pytest.mark.parametrize(
    ("request_id", "agreement", "conditions", "rests_on"),
    [
        (
            "state",
            "need-and-use-2025",
            "to administer the tax laws of the State",
            Ground(2023, ("return",)),
        ),
        ("market", "cma-marketplace", "help with health insurance", Ground(2023)),
        ("danger", "none", "to meet the danger", Ground(2023, ("return",))),
    ],
)
def test_the_answer_is_worded_for_its_gateway(served, request_id, agreement, conditions, rests_on):
    """It tells the period and the kind of source as far as the paragraph opens them."""
    office, keys, _ = served
    with desk_on(office, NEXT_DAY) as (place, desk):
        approve_twice(desk, office, request_id)
        ((_, path),) = release(place, request_id).answers
    key = keys[ASKED[request_id]["recipients"]]
    trust = read_trust(office / "accounting" / TRUST_FILE)
    today = datetime.now(UTC).date()
    said = open_answer(Path(path).read_bytes(), key, trust, today=today).statement
    assert said.status is Status.CONFIRMED
    assert (said.provision, said.agreement) == (ASKED[request_id]["provision"], agreement)
    assert said.items == ("address-confirmation",)
    assert conditions in said.conditions.sole_use
    assert said.rests_on == (rests_on,)
