"""Slips of the pen that a drafter might make in the book: each is caught, and by its name."""

import shutil
from dataclasses import replace

import pytest
from slips_of_the_pen import SLIPS

from ostiary.deciding.law.decide import decide_one
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.prove.invariants import read_invariants
from ostiary.deciding.law.prove.proofs import CHECKS
from ostiary.deciding.law.prove.prover import Outcome, Prover
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import BookError
from ostiary.domain.words import Stage, Status

I2 = "statutes/usc-26-6103-i-2.md"
P4 = "statutes/usc-26-6103-p-4.md"
S1253 = "statutes/usc-8-1253-a-1.md"
DHS = "agreements/treasury-dhs-2025.md"
D = "statutes/usc-26-6103-d.md"
I1 = "statutes/usc-26-6103-i-1.md"
I3B = "statutes/usc-26-6103-i-3-B.md"
I7A = "statutes/usc-26-6103-i-7-A.md"
I7B = "statutes/usc-26-6103-i-7-B.md"
L7 = "statutes/usc-26-6103-l-7.md"
L13 = "statutes/usc-26-6103-l-13.md"
L21 = "statutes/usc-26-6103-l-21.md"
POLICY = "policies/custodian.md"
FAN_OUT = "policies/fan-out.md"
MANNER = "policies/manner.md"
DDC = "orders/ddc-2025-11-21.md"
DMASS = "orders/dmass-2026-02-05.md"

OPEN_TO_MORE = "provision IN ('/us/usc/t26/s6103/i/1', '/us/usc/t26/s6103/i/3/B')"
FEW_ITEMS = """ OR (
  provision IN ('/us/usc/t26/s6103/l/7', '/us/usc/t26/s6103/l/13', '/us/usc/t26/s6103/l/21')
  AND items_beyond_file = 0
)"""
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
        [("agencies: [dhs, dhs-ice]", "agencies: [dhs-cbp]")],
        {("every-element", "stay.ddc.received")},
    ),
    "an order about another provision": (
        DDC,
        [("  agencies: [dhs", "  provisions: [/us/usc/t26/s6103/i/2]\n  agencies: [dhs")],
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
        {("versions", "i2.periods")},
    ),
    "a statute's rule that ends": (
        MANNER,
        [("id: manner.sole-use\n", "id: manner.sole-use\nuntil: 2025-12-31\n")],
        {("versions", "manner.sole-use")},
    ),
    "a rule that begins too late": (
        MANNER,
        [("id: manner.matter\n", "id: manner.matter\nfrom: 2025-06-01\n")],
        {("versions", "manner.matter")},
    ),
    "a date compared the other way round": (
        MANNER,
        [("signed_on <= received", "signed_on >= received")],
        {("every-element", "written.signed")},
    ),
    "years compared the other way round": (
        MANNER,
        [("period_latest < received_year", "period_latest <= received_year")],
        {("every-element", "periods.over")},
    ),
    "a limb left out": (
        MANNER,
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
        [("('agency-head', 'inspector-general') OR", "('agency-head', 'delegate') OR")],
        {("every-element", "asks.no-delegate")},
    ),
    "undetermined taken for met": (
        MANNER,
        [("OR sole_use\n", "OR sole_use OR sole_use IS NULL\n")],
        {("undetermined", "sole_use"), ("every-element", "use.sole")},
    ),
    "doubt that lifts a safeguard": (
        P4,
        [("NOT safeguards_suspended", "safeguards_suspended IS NULL OR NOT safeguards_suspended")],
        {("undetermined", "safeguards_suspended"), ("every-element", "safeguards.standing")},
    ),
    "an act of suspension that binds no Federal agency": (
        P4,
        [("NOT suspension_in_force", "NOT suspension_in_force OR agency_federal")],
        {("every-element", "safeguards.suspension")},
    ),
    "an officer's silence taken for yes": (
        I2,
        [("\nreason_specific\n", "\nNOT reason_specific IS NULL\n")],
        {("every-element", "reason.specific")},
    ),
    "an agreement that speaks to nobody": (
        DHS,
        [("AND agreement = 'treasury-dhs-2025'", "AND agreement = 'treasury-dhs-2026'")],
        {("every-element", "exchange.order"), ("every-element", "exchange.party")},
    ),
    "an agreement that lists more": (
        DHS,
        [("items: [address-confirmation,", "items: [new-address, address-confirmation,")],
        {("whitelist", "treasury-dhs-2025")},
    ),
    "a statute that speaks to nobody": (
        S1253,
        [("AND offense = '/us/usc/t8/s1253/a/1'", "AND offense = '/us/usc/t8/s1253/a'")],
        {("every-element", "departure.class")},
    ),
    "a day too few": (
        S1253,
        [("days_since_final_order > 90", "days_since_final_order >= 90")],
        {("every-element", "departure.ninety-days")},
    ),
    "one matter too many": (
        FAN_OUT,
        [("recipient_open_matters <= 1000", "recipient_open_matters <= 1001")],
        {("every-element", "fan-out.engaged")},
    ),
    "the wrong value": (
        S1253,
        [("removal_basis_class = 'deportable'", "removal_basis_class = 'inadmissible'")],
        {("every-element", "departure.class")},
    ),
    "a rule moved to another stage": (
        MANNER,
        [("id: manner.sole-use\n", "id: manner.sole-use\nstage: disclosure\n")],
        {("every-element", "use.sole")},
    ),
    "an agency that vanishes from the register between the days": (
        I2,
        [("id: i2.agency\nstage: both\n", "id: i2.agency\n")],
        {("every-element", "asks.federal"), ("every-element", "safeguards.standing")},
    ),
    "a report that nobody may be without": (
        P4,
        [("NOT safeguard_report_overdue", "safeguard_report_overdue")],
        {("no-needless-refusal", "p4.report"), ("every-element", "safeguards.report")},
    ),
    "an order that was never made": (
        DMASS,
        [
            ("agencies: [dhs, dhs-ice]", "provisions: [/us/usc/t26/s6103/d]"),
            ("from: 2026-02-05", "from: 2025-08-01"),
        ],
        {("no-needless-refusal", "dmass-2026.injunction")},
    ),
    "an order of a court of a later day": (
        I1,
        [("order_date <= received", "order_date >= received")],
        {("every-element", "court.made")},
    ),
    "a delegate before the court": (
        I1,
        [("'strike-force-attorney'\n", "'strike-force-attorney', 'delegate'\n")],
        {("every-element", "court.rank")},
    ),
    "two findings out of three": (
        I1,
        [("order_finds_crime AND order_finds_relevance AND", "order_finds_crime AND")],
        {("every-element", "court.relevance")},
    ),
    "more items than the order grants": (
        I1,
        [("(items_beyond_order = 0)", "(items_beyond_order <= periods_count)")],
        {("every-element", "court.items")},
    ),
    "more years than the order grants": (
        I1,
        [("periods_count >= 1 AND periods_beyond", "periods_count >= 1 OR periods_beyond")],
        {("every-element", "court.periods-granted")},
    ),
    "a State that is told of a flight": (
        I3B,
        [
            (
                "circumstance = 'danger' OR agency_federal",
                "circumstance = 'flight' OR agency_federal",
            )
        ],
        {("every-element", "emergency.flight")},
    ),
    "an agency that declares its own emergency": (
        I3B,
        [("signer_office = 'custodian'", "signer_office IN ('custodian', 'agency-head')")],
        {("every-element", "emergency.custodian")},
    ),
    "an emergency that nobody has looked at": (
        I3B,
        [("\nreason_specific\n", "\nreason_specific OR circumstance = 'danger'\n")],
        {("every-element", "emergency.found")},
    ),
    "every danger taken for terrorism": (
        I7A,
        [("circumstance = 'terrorism'", "circumstance IN ('terrorism', 'danger')")],
        {("every-element", "terrorism.circumstance")},
    ),
    "a delegate sent away who may sign": (
        I7A,
        [
            (
                "\nsigner_heads_enforcement",
                "\nsigner_heads_enforcement AND signer_office = 'agency-head'",
            )
        ],
        {("no-needless-refusal", "i7a.signer")},
    ),
    "what the taxpayer filed, for terrorism": (
        I7A,
        [("return-information: [third-party]", "return-information: [taxpayer, third-party]")],
        {("whitelist", "usc-26-6103-i-7-A")},
    ),
    "a delegate in intelligence": (
        I7B,
        [("\nsigner_gathers", "\nsigner_office = 'delegate' OR signer_gathers")],
        {("every-element", "intelligence.rank")},
    ),
    "a State whose law protects nothing": (
        D,
        [("NOT agency_state_copies OR state_law_protects", "TRUE")],
        {("every-element", "state.law"), ("no-dead-rule", "d.state-law")},
    ),
    "a State's law looked at once": (
        D,
        [("id: d.state-law\nstage: both\n", "id: d.state-law\n")],
        {("every-element", "state.law")},
    ),
    "a Federal agency that passes for a State's": (
        D,
        [("agency_state_tax AND NOT agency_federal", "(agency_state_tax OR agency_federal)")],
        {("every-element", "state.tax-agency"), ("every-element", "state.not-federal")},
    ),
    "student aid that nobody approved of": (
        L13,
        [("\napproval_certified\n", "\napproval_certified OR purpose = 'student-aid'\n")],
        {("every-element", "aid.approval")},
    ),
    "student aid for a prosecution": (
        L13,
        [("purpose = 'student-aid'\n```", "purpose IN ('student-aid', 'criminal')\n```")],
        {("every-element", "aid.not-criminal")},
    ),
    "a benefit programme of one's own": (
        L7,
        [("\nprogramme_listed\n", "\nprogramme_listed OR agency_benefits\n")],
        {("every-element", "benefit.programme")},
    ),
    "income that Social Security gives": (
        L7,
        [("items: [unearned-income]", "items: [wages, unearned-income]")],
        {("whitelist", "usc-26-6103-l-7")},
    ),
    "an item of income for a marketplace": (
        L21,
        [("  - tax-year\n", "  - tax-year\n  - unearned-income\n")],
        {("whitelist", "usc-26-6103-l-21")},
    ),
    "an agreement for computer matching that has expired": (
        POLICY,
        [("id: policy.agreement.standing\nstage: both\n", "id: policy.agreement.standing\n")],
        {("every-element", "benefit.agreement"), ("every-element", "market.agreement")},
    ),
    "a gateway that needs no agreement": (
        POLICY,
        [("provision NOT IN ('/us/usc/t26/s6103/d', ", "provision NOT IN (")],
        {("every-element", "state.agreement")},
    ),
    "a gateway without its policy": (
        POLICY,
        [(", '/us/usc/t26/s6103/l/21'\n", "\n")],
        {("no-needless-refusal", "policy.gateway")},
    ),
    "an agreement that begins a day early": (
        DHS,
        [("from: 2025-04-07", "from: 2025-04-06")],
        {("every-element", "exchange.signed")},
    ),
    "a form for the agencies of the United States alone": (
        MANNER,
        [("applies: provision <> '/us/usc/t26/s6103/i/1'", "applies: agency_federal")],
        {("every-element", "form.signed"), ("every-element", "form.employees")},
    ),
    "a gateway without its bounds": (
        FAN_OUT,
        [(", '/us/usc/t26/s6103/i/7/B'", "")],
        {("every-element", "fan-out.engaged"), ("every-element", "fan-out.own-reason")},
    ),
    "a yearly report by the clock of receipt": (
        P4,
        [("id: p4.report\nstage: both\n", "id: p4.report\n")],
        {("every-element", "safeguards.report")},
    ),
    "a notice of 45 days the other way round": (
        P4,
        [("notices_missing = 0", "notices_missing <> 0")],
        {("every-element", "safeguards.notices"), ("no-needless-refusal", "p4.notices")},
    ),
    "two rules that exclude each other": (
        POLICY,
        [(f"{OPEN_TO_MORE} OR items_beyond_confirmation = 0{FEW_ITEMS}", "recipients_count = 0")],
        {("no-contradiction", "policy.confirm-only, manner.recipients.named")},
    ),
    "a rule that finds nothing": (
        MANNER,
        [("recipients_count >= 1", "recipients_count >= 0")],
        {("no-dead-rule", "manner.recipients.named"), ("every-element", "receives.somebody")},
    ),
} | SLIPS


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


def failures(folder, checks=(), sentences=()):
    """Prove some checks (all), held against some sentences of the invariants (all)."""
    invariants = read_invariants(folder)
    if sentences:
        kept = tuple(one for one in invariants.sentences if one.id in sentences)
        assert {one.id for one in kept} == set(sentences)
        invariants = replace(invariants, sentences=kept)
    return prove_checks(read_book(folder), invariants, checks)


def prove_checks(book, invariants, checks):
    """Prove, without looking for rules that come together: no fault is caught by that."""
    prover = Prover(book, invariants)
    proofs = [proof for name in checks or CHECKS for proof in CHECKS[name](prover)]
    return [one for one in proofs if one.outcome is not Outcome.HOLDS]


def sentences_of(caught):
    """Name the invariants that catch a fault; none when it takes all of them to catch it."""
    if any(check == "no-needless-refusal" for check, _ in caught):
        return ()
    return tuple(about for check, about in caught if check == "every-element")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_slip_of_the_pen_is_caught_by_its_name(spoilt, fault):
    file, replaced, caught = FAULTS[fault]
    checks = sorted({check for check, _ in caught})
    found = failures(spoilt(file, replaced), checks, sentences_of(caught))
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
