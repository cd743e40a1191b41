"""Further slips of the pen, for :mod:`test_seeded_faults`: file, words replaced, caught by."""

DHS = "agreements/treasury-dhs-2025.md"
SEPT = "orders/ddc-2025-09-05.md"
DDC = "orders/ddc-2025-11-21.md"
DMASS = "orders/dmass-2026-02-05.md"
D = "statutes/usc-26-6103-d.md"
I1 = "statutes/usc-26-6103-i-1.md"
I2 = "statutes/usc-26-6103-i-2.md"
I3B = "statutes/usc-26-6103-i-3-B.md"
I7A = "statutes/usc-26-6103-i-7-A.md"
I7B = "statutes/usc-26-6103-i-7-B.md"
L13 = "statutes/usc-26-6103-l-13.md"
L21 = "statutes/usc-26-6103-l-21.md"
L7 = "statutes/usc-26-6103-l-7.md"
P4 = "statutes/usc-26-6103-p-4.md"
S1253 = "statutes/usc-8-1253-a-1.md"

SLIPS = {
    "earnings for what opens earnings alone": (
        L7,
        [("programme_kind <> 'earnings-alone'", "programme_kind <> 'plain'")],
        {("every-element", "benefit.earnings")},
    ),
    "a clause of four programmes for one": (
        L7,
        [("programme_kind <> 'without-subclause'", "programme_kind <> 'plain'")],
        {("every-element", "benefit.which")},
    ),
    "housing asked for by anybody": (
        L7,
        [("department = 'hud' AND signer_in_office", "signer_in_office")],
        {("every-element", "benefit.housing")},
    ),
    "somebody else's proceeding": (
        I2,
        [("party_doubts = 0 OR party", "party_doubts <= 1 OR party")],
        {("every-element", "authority.party")},
    ),
    "any year for a named one": (
        I2,
        [("years: named", "years: any")],
        {("records", "usc-26-6103-i-2")},
    ),
    "a judge's years left to the request": (
        I1,
        [("years: granted", "years: named")],
        {("records", "usc-26-6103-i-1")},
    ),
    "years asked of a danger": (
        I3B,
        [("years: any", "years: named")],
        {("records", "usc-26-6103-i-3-B")},
    ),
    "a hold that no longer binds": (
        I2,
        [("bar: hold", "bar: none")],
        {("records", "usc-26-6103-i-2")},
    ),
    "a hold that keeps a warning back": (
        I3B,
        [("bar: none", "bar: hold")],
        {("records", "usc-26-6103-i-3-B")},
    ),
    "a judge met with silence": (
        I1,
        [("bar: certificate", "bar: hold")],
        {("records", "usc-26-6103-i-1")},
    ),
    "a benefit kept back for a tax case": (
        L7,
        [("bar: none", "bar: hold")],
        {("records", "usc-26-6103-l-7")},
    ),
    "terrorism without the bar": (
        I7A,
        [("bar: hold", "bar: none")],
        {("records", "usc-26-6103-i-7-A")},
    ),
    "intelligence of named years alone": (
        I7B,
        [("years: any", "years: named")],
        {("records", "usc-26-6103-i-7-B")},
    ),
    "a State's bar forgotten": (D, [("bar: hold", "bar: none")], {("records", "usc-26-6103-d")}),
    "notice taken for leave": (
        DDC,
        [("lifted_by: leave", "lifted_by: notice")],
        {("every-element", "stay.ddc.disclosed"), ("every-element", "stay.ddc.received")},
    ),
    "leave that needs no word to the court": (
        DDC,
        [
            (
                "leave_of_court = 'ddc-2025-11-21' OR second_leave_of_court = 'ddc-2025-11-21'",
                "leave_of_court = 'ddc-2025-11-22'",
            )
        ],
        {("every-element", "stay.ddc.told")},
    ),
    "notice owed to nobody": (
        SEPT,
        [("agencies: [dhs-ice]", "agencies: [dhs-cbp]")],
        {("every-element", "notice.ddc.disclosed"), ("every-element", "notice.ddc.received")},
    ),
    "notice that ends a day early": (
        SEPT,
        [("until: 2025-11-20", "until: 2025-11-19")],
        {("every-element", "notice.ddc.disclosed"), ("every-element", "notice.ddc.received")},
    ),
    "an injunction that leave lifts": (
        DMASS,
        [("clock: disclosed\n", "clock: disclosed\nlifted_by: leave\n")],
        {("every-element", "stay.dmass.disclosed"), ("every-element", "stay.dmass.received")},
    ),
    "an order about an agreement alone": (
        DMASS,
        [("  agencies: [dhs, dhs-ice]\n", "")],
        {("every-element", "stay.dmass.disclosed"), ("every-element", "stay.dmass.received")},
    ),
    "a rank that speaks for every department": (
        I2,
        [("department = 'doj' AND signer_office IN", "signer_office IN")],
        {("every-element", "asks.justice")},
    ),
    "an Inspector General forgotten": (
        I2,
        [
            (
                "signer_office IN ('agency-head', 'inspector-general') OR",
                "signer_office IN ('agency-head') OR",
            )
        ],
        {("no-needless-refusal", "i2.signer")},
    ),
    "tax for a crime of another kind": (
        I2,
        [("offense_class <> 'tax'", "offense_class <> 'none'")],
        {("every-element", "matter.not-tax")},
    ),
    "a civil statute that passes": (
        I2,
        [
            (
                "offense_class IN ('criminal', 'tax', 'unknown')",
                "offense_class IN ('criminal', 'civil', 'tax', 'unknown')",
            )
        ],
        {("every-element", "matter.criminal"), ("every-element", "matter.not-civil")},
    ),
    "an unread statute that nobody reads": (
        I2,
        [
            (
                "offense_class <> 'unknown' OR offense_criminal",
                "offense_class <> 'unknown' OR offense_criminal OR posture = 'grand-jury'",
            )
        ],
        {("every-element", "matter.read")},
    ),
    "what the taxpayer filed, for a crime": (
        I2,
        [("items_beyond_third_party = 0", "items_unknown = 0")],
        {("every-element", "items.identity")},
    ),
    "third parties forgotten among sources": (
        I2,
        [("return-information: [third-party]", "return-information: [taxpayer]")],
        {("whitelist", "usc-26-6103-i-2")},
    ),
    "a name that may be missing": (
        I2,
        [("\nname_stated\n", "\nname_stated OR given_name_stated OR matter_stated\n")],
        {("every-element", "names.some")},
    ),
    "a ninety-day clock that counts to a hundred": (
        S1253,
        [("days_since_final_order > 90", "days_since_final_order > 100")],
        {("no-needless-refusal", "s1253.departure")},
    ),
    "a party that need not be one": (
        DHS,
        [("department = 'dhs'", "department = 'dhs' OR agency_federal")],
        {("every-element", "exchange.party")},
    ),
    "an order of removal to come": (
        DHS,
        [("removal_order_date <= received", "removal_order_date >= received")],
        {("every-element", "exchange.order")},
    ),
    "another crime under the agreement": (
        DHS,
        [("\noffense = '/us/usc/t8/s1253/a/1'\n", "\noffense_class = 'criminal'\n")],
        {("every-element", "exchange.offence")},
    ),
    "suspension that ends nothing": (
        P4,
        [("NOT safeguards_suspended", "NOT safeguards_suspended OR agency_federal")],
        {("every-element", "safeguards.standing")},
    ),
    "a first report of any day": (
        P4,
        [("NOT first_receipt_too_early", "TRUE")],
        {("every-element", "safeguards.first-report"), ("no-dead-rule", "p4.first-report")},
    ),
    "a plan that is never due": (
        P4,
        [("NOT corrective_plan_overdue", "NOT corrective_plan_overdue OR corrective_plan_overdue")],
        {("every-element", "safeguards.corrections")},
    ),
    "a critical finding that waits": (
        P4,
        [("NOT mitigation_plan_overdue", "NOT mitigation_plan_overdue OR sole_use")],
        {("every-element", "safeguards.critical")},
    ),
    "a State that gives no deaths": (
        D,
        [("\nstate_death_contract\n", "\nstate_death_contract OR agency_state_tax\n")],
        {("every-element", "state.deaths")},
    ),
    "a deputy who asks for the State": (
        D,
        [("signer_office = 'agency-head'", "signer_office IN ('agency-head', 'delegate')")],
        {("every-element", "state.head")},
    ),
    "a State's criminal matter": (
        D,
        [("purpose = 'tax-administration'", "purpose IN ('tax-administration', 'criminal')")],
        {("every-element", "state.purpose")},
    ),
    "a benefit for a prosecution": (
        L7,
        [("purpose = 'eligibility'", "purpose IN ('eligibility', 'criminal')")],
        {("every-element", "benefit.purpose")},
    ),
    "a board that is none": (
        L7,
        [("agency_benefits", "agency_registered")],
        {("every-element", "benefit.agency")},
    ),
    "aid that a delegate asks for": (
        L13,
        [("signer_office = 'agency-head'", "signer_office IN ('agency-head', 'delegate')")],
        {("every-element", "aid.head")},
    ),
    "aid by any department": (
        L13,
        [("AND agency_student_aid", "")],
        {("every-element", "aid.agency")},
    ),
    "an item of another list": (
        L13,
        [("  - schedules-filed\n", "  - schedules-filed\n  - unearned-income\n")],
        {("whitelist", "usc-26-6103-l-13")},
    ),
    "a marketplace that a State runs": (
        L21,
        [("agency_federal AND ", "")],
        {("every-element", "market.federal")},
    ),
}
