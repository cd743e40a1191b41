"""Other gateways, from file to opened answer: a State, a marketplace, an emergency, a benefit."""

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from officers import NEXT_DAY, approve_twice, desk_on, equip
from ostiary.domain.basis import Given, Ground
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
board,A board for benefits,false,2025-01-01,,benefits
""",
    "signers": """signer,agency,office,from,until
commissioner,state-revenue,agency-head,2025-01-01,
hhs-secretary,hhs,agency-head,2025-01-01,
duty-officer,state-police,custodian,2025-01-01,
registrar,board,other,2025-01-01,
""",
    "safeguards": """agency,report_date,corrective_plan_due,suspended_from,suspended_until
state-revenue,2025-01-31,,,
hhs,2025-01-31,,,
state-police,2025-01-31,,,
board,2025-01-31,,,
""",
    "notices": """agency,kind,given_on,acknowledged_on
state-revenue,state-confidentiality-law,2025-01-02,2025-02-01
state-revenue,death-information,2025-01-02,2025-02-01
""",
    "agreements": f"""agreement,agency,provision,from,until
need-and-use-2025,state-revenue,{P}d,2025-01-01,2025-12-31
cma-marketplace,hhs,{P}l/21,2025-01-01,2026-06-30
cma-board,board,{P}l/7,2025-01-01,2026-06-30
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
        "items": "filing-status;modified-adjusted-gross-income",
        "given_name": "Dora", "address_line": "3 Third Street", "birth_date": "",
    },
    "number": {
        "agency": "hhs", "agreement": "cma-marketplace", "provision": f"{P}l/21",
        "signer": "hhs-secretary", "recipients": "clerk", "purpose": "eligibility",
        "items": "address-confirmation;tin",
    },
}  # fmt: skip
DORA = {"given_name": "Dora", "address_line": "3 Third Street", "birth_date": ""}
BENEFIT = DORA | {
    "agency": "board", "agreement": "cma-board", "provision": f"{P}l/7",
    "signer": "registrar", "recipients": "caseworker", "purpose": "eligibility",
    "programme": f"{P}l/7/D/vi", "items": "unearned-income", "taxable_periods": "2022;2023;2024",
}  # fmt: skip
ASKED |= {
    "income": BENEFIT,
    "earlier": BENEFIT | {"taxable_periods": "2022"},
    "unfiled": BENEFIT | {"given_name": "Bea", "address_line": "9 Other Street", "birth_date": ""},
    "nobody": BENEFIT | {"given_name": "Cleo", "address_line": "77 Nowhere Lane", "birth_date": ""},
}
OFFICERS = {
    "auditor": "state-revenue",
    "clerk": "hhs",
    "trooper": "state-police",
    "caseworker": "board",
}
BEA = {"person_id": "p2", "given_name": "Bea", "address_line": "9 Other Street"}
BEA |= {"birth_date": "", "tin": "900700002"}
FILED = PERSON | DORA | {"person_id": "p3", "tin": "900700003"}
PEOPLE = [
    PERSON,
    PERSON | BEA,
    FILED | {"unearned_income": "9999", "filing_status": "single"},
    FILED | {"source": "information-return", "unearned_income": "1200"},
    FILED | {"period": "2022", "unearned_income": "-30"},
    FILED | {"period": "2024", "source": "postal-update", "unearned_income": "5"},
]


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
        load_people(place, _file(folder / "people.csv", REFERENCE_COLUMNS, PEOPLE))
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
        "more": "accepted",
        "number": "returned",
        **dict.fromkeys(("income", "earlier", "unfiled", "nobody"), "accepted"),
    }
    assert [one["rule"] for one in told["number"]["findings"]] == ["policy.confirm-only"]


def opened(served, request_id):
    """Have two officers approve, release, and open what leaves as its recipient."""
    office, keys, _ = served
    with desk_on(office, NEXT_DAY) as (place, desk):
        approve_twice(desk, office, request_id)
        ((_, path),) = release(place, request_id).answers
    key = keys[ASKED[request_id]["recipients"]]
    trust = read_trust(office / "accounting" / TRUST_FILE)
    raw = Path(path).read_bytes()
    return open_answer(raw, key, trust, today=datetime.now(UTC).date()).statement


@pytest.mark.parametrize(
    ("request_id", "gives"),
    [
        (
            "income",
            (Given(2023, "unearned-income", "1200"), Given(2022, "unearned-income", "-30")),
        ),
        ("earlier", (Given(2022, "unearned-income", "-30"),)),
        ("more", (Given(2023, "filing-status", "single"),)),
    ],
)
def test_items_are_answered_item_by_item_and_source_by_source(served, request_id, gives):
    """The first source of the gateway's list, the years named, the items asked for: no more."""
    said = opened(served, request_id)
    assert said.status is Status.CONFIRMED
    assert said.gives == gives
    assert "address-confirmation" not in said.items


def test_of_whom_nothing_is_on_file_the_answer_is_that_of_nobody(served):
    """(l)(7) opens no address: a confirmation without an amount would be one."""
    nothing, nobody = (opened(served, name) for name in ("unfiled", "nobody"))
    assert (nothing.status, nothing.gives) == (nobody.status, nobody.gives)
    assert (nothing.status, nothing.gives) == (Status.NO_ANSWER, ())


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
    said = opened(served, request_id)
    assert said.status is Status.CONFIRMED
    assert (said.gives is None) is (request_id != "market")
    assert (said.provision, said.agreement) == (ASKED[request_id]["provision"], agreement)
    assert said.items == ("address-confirmation",)
    assert conditions in said.conditions.sole_use
    assert said.rests_on == (rests_on,)
