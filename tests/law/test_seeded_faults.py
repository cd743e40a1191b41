"""Slips of the pen that a drafter might make in the book: each is caught, and by its name."""

import shutil

import pytest

from ostiary.domain.errors import BookError
from ostiary.domain.words import Stage, Status
from ostiary.law.decide import decide_one
from ostiary.law.invariants import read_invariants
from ostiary.law.legal_time import Day
from ostiary.law.proofs import prove
from ostiary.law.reading import read_book
from ostiary.law.shipped import shipped_book

I2 = "statutes/usc-26-6103-i-2.md"
P4 = "statutes/usc-26-6103-p-4.md"
S1253 = "statutes/usc-8-1253-a-1.md"
DHS = "agreements/treasury-dhs-2025.md"
POLICY = "policies/custodian.md"
DDC = "orders/ddc-2025-11-21.md"
DMASS = "orders/dmass-2026-02-05.md"

LATER_PERIODS = """periods_count >= 1
```

```yaml
id: i2.periods
from: 2025-09-01
cites: /us/usc/t26/s6103/i/2/B/ii
finding: The request names no taxable period.
cure: Name each year the request relates to.
```
```sql
periods_count >= 1
"""

FAULTS = {
    "a stay that begins a day late": (
        DDC,
        [("from: 2025-11-21", "from: 2025-11-22")],
        {("every-element", "stay.ddc.received"), ("every-element", "stay.ddc.disclosed")},
    ),
    "a stay that ends a day early": (
        DDC,
        [
            ("from: 2025-11-21", "from: 2025-11-21\nuntil: 2026-02-28"),
            ("id: ddc-2025.stay", "id: ddc-2025.stay\nuntil: 2026-02-27"),
        ],
        {("stay-wins", "ddc-2025.stay"), ("versions", "ddc-2025.stay")},
    ),
    "a stay by the clock of receipt": (
        DDC,
        [("clock: disclosed", "clock: received")],
        {("stay-wins", "ddc-2025.stay"), ("every-element", "stay.ddc.disclosed")},
    ),
    "a stay at one stage alone": (
        DDC,
        [("stage: both", "stage: admission")],
        {("stay-wins", "ddc-2025.stay"), ("every-element", "stay.ddc.disclosed")},
    ),
    "an order of narrower scope": (
        DDC,
        [("agency IN ('dhs', 'dhs-ice') OR agreement = 'treasury-dhs-2025'", "agency = 'dhs'")],
        {("every-element", "stay.ddc.received")},
    ),
    "an order about another provision": (
        DDC,
        [
            (
                "applies: provision = '/us/usc/t26/s6103/i/2'",
                "applies: provision = '/us/usc/t26/s6103/i/1'",
            )
        ],
        {("every-element", "stay.ddc.received")},
    ),
    "OR for AND": (
        I2,
        [("agency_registered AND agency_federal", "agency_registered OR agency_federal")],
        {("every-element", "asks.federal")},
    ),
    "AND for OR": (
        P4,
        [("NOT ai_analysis OR ai_notice", "NOT ai_analysis AND ai_notice")],
        {("no-needless-refusal", "p4.artificial-intelligence")},
    ),
    "a gap between two wordings": (
        I2,
        [
            ("id: i2.periods\n", "id: i2.periods\nuntil: 2025-08-30\n"),
            ("periods_count >= 1\n", LATER_PERIODS),
        ],
        {("versions", "i2.periods"), ("not-vacuous", "2025-08-31")},
    ),
    "a statute's rule that ends": (
        I2,
        [("id: i2.sole-use\n", "id: i2.sole-use\nuntil: 2025-12-31\n")],
        {("versions", "i2.sole-use"), ("not-vacuous", "2026-02-05")},
    ),
    "a rule that begins too late": (
        I2,
        [("id: i2.matter\n", "id: i2.matter\nfrom: 2025-06-01\n")],
        {("versions", "i2.matter"), ("not-vacuous", "2025-04-07")},
    ),
    "a date compared the other way round": (
        I2,
        [("signed_on <= received", "signed_on >= received")],
        {("every-element", "written.signed")},
    ),
    "years compared the other way round": (
        I2,
        [("period_latest < received_year", "period_latest <= received_year")],
        {("every-element", "periods.over")},
    ),
    "a limb left out": (
        I2,
        [("given_name_stated AND surname_stated", "given_name_stated")],
        {("every-element", "names.family")},
    ),
    "a shape of address left out": (
        I2,
        [("('zip-only', 'no-number'", "('no-number'")],
        {("every-element", "address.whole"), ("every-element", "address.not-filled-in")},
    ),
    "a rule left out": (
        I2,
        [("recipients_not_employed = 0", "TRUE")],
        {("every-element", "receives.employed"), ("no-dead-rule", "i2.recipients.employed")},
    ),
    "a delegate who signs": (
        I2,
        [("'strike-force-attorney'\n", "'strike-force-attorney', 'delegate'\n")],
        {("every-element", "asks.no-delegate")},
    ),
    "undetermined taken for met": (
        I2,
        [("\nsole_use\n", "\nsole_use OR sole_use IS NULL\n")],
        {("undetermined", "sole_use"), ("every-element", "use.sole")},
    ),
    "doubt that lifts a safeguard": (
        P4,
        [("NOT safeguards_suspended", "safeguards_suspended IS NULL OR NOT safeguards_suspended")],
        {("undetermined", "safeguards_suspended"), ("every-element", "safeguards.standing")},
    ),
    "an officer's silence taken for yes": (
        I2,
        [("\nreason_specific\n", "\nNOT reason_specific IS NULL\n")],
        {("every-element", "reason.specific")},
    ),
    "an agreement that speaks to nobody": (
        DHS,
        [("applies: agreement = 'treasury-dhs-2025'", "applies: agreement = 'treasury-dhs-2026'")],
        {("every-element", "exchange.order"), ("every-element", "exchange.party")},
    ),
    "an agreement that lists more": (
        DHS,
        [("items: [address-confirmation,", "items: [phone, address-confirmation,")],
        {("whitelist", "treasury-dhs-2025")},
    ),
    "a statute that speaks to nobody": (
        S1253,
        [("applies: offense = '/us/usc/t8/s1253/a/1'", "applies: offense = '/us/usc/t8/s1253/a'")],
        {("every-element", "departure.class")},
    ),
    "a day too few": (
        S1253,
        [("days_since_final_order > 90", "days_since_final_order >= 90")],
        {("every-element", "departure.ninety-days")},
    ),
    "one matter too many": (
        POLICY,
        [("recipient_open_matters <= 25", "recipient_open_matters <= 26")],
        {("every-element", "exchange.engaged")},
    ),
    "the wrong value": (
        S1253,
        [("removal_basis_class = 'deportable'", "removal_basis_class = 'inadmissible'")],
        {("every-element", "departure.class")},
    ),
    "a rule moved to another stage": (
        I2,
        [("id: i2.sole-use\n", "id: i2.sole-use\nstage: disclosure\n")],
        {("every-element", "use.sole")},
    ),
    "an agency that vanishes from the register between the days": (
        I2,
        [("id: i2.agency\nstage: both\n", "id: i2.agency\n")],
        {("every-element", "asks.federal"), ("every-element", "safeguards.standing")},
    ),
    "a day too many": (
        P4,
        [("safeguard_report_days <= 366", "safeguard_report_days < 366")],
        {("no-needless-refusal", "p4.report")},
    ),
    "an order that was never made": (
        DMASS,
        [
            ("agency IN ('dhs', 'dhs-ice')", "agency_registered"),
            ("from: 2026-02-05", "from: 2025-08-01"),
        ],
        {("no-needless-refusal", "dmass-2026.injunction")},
    ),
    "two rules that exclude each other": (
        POLICY,
        [("items_beyond_confirmation = 0", "items_count = 0")],
        {("no-contradiction", "i2.items, policy.confirm-only"), ("not-vacuous", "2025-04-07")},
    ),
    "a rule that finds nothing": (
        I2,
        [("recipients_count >= 1", "recipients_count >= 0")],
        {("no-dead-rule", "i2.recipients.named"), ("every-element", "receives.somebody")},
    ),
}


@pytest.fixture
def spoilt(tmp_path):
    """Give a copy of the shipped book with words replaced in one file."""

    def spoil(file, replaced):
        folder = tmp_path / "book"
        shutil.copytree(shipped_book(), folder)
        text = (folder / file).read_text()
        for old, new in replaced:
            assert old in text, f"{file} no longer says {old!r}"
            text = text.replace(old, new, 1)
        (folder / file).write_text(text)
        return folder

    return spoil


def failures(folder, checks=()):
    report = prove(read_book(folder), read_invariants(folder), checks)
    return report.failures


@pytest.mark.parametrize("fault", FAULTS)
def test_a_slip_of_the_pen_is_caught_by_its_name(spoilt, fault):
    file, replaced, caught = FAULTS[fault]
    found = failures(spoilt(file, replaced), sorted({check for check, _ in caught}))
    assert caught <= {(one.check, one.about) for one in found}


def test_two_wordings_of_one_day_are_refused_at_reading(spoilt):
    folder = spoilt(I2, [("periods_count >= 1\n", LATER_PERIODS)])
    with pytest.raises(BookError, match="two versions are in force"):
        read_book(folder)


def test_a_failure_shows_a_request_that_gets_past_the_faulty_book(spoilt):
    folder = spoilt(S1253, [("days_since_final_order > 90", "days_since_final_order >= 90")])
    (failure,) = failures(folder, ["every-element"])
    request = failure.request
    assert request["days_since_final_order"] == 90
    day = Day(Stage.ADMISSION, request["received"])
    assert decide_one(read_book(folder), request, day).status is Status.ACCEPTED
    assert decide_one(read_book(shipped_book()), request, day).status is Status.RETURNED
