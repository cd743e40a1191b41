"""Slips of the pen in agreements, court orders and the custodian's own policies.

Each is a file of the book, words replaced in it, and the checks that catch it and by which name.
"""

COURT = "policies/court.md"
DDC = "orders/ddc-2025-11-21.md"
DHS = "agreements/treasury-dhs-2025.md"
DMASS = "orders/dmass-2026-02-05.md"
FAN_OUT = "policies/fan-out.md"
MANNER = "policies/manner.md"
POLICY = "policies/custodian.md"
SEPT = "orders/ddc-2025-09-05.md"

OPEN_TO_MORE = "provision IN ('/us/usc/t26/s6103/i/1', '/us/usc/t26/s6103/i/3/B')"
FEW_ITEMS = """ OR (
  provision IN ('/us/usc/t26/s6103/l/7', '/us/usc/t26/s6103/l/13', '/us/usc/t26/s6103/l/21')
  AND items_beyond_file = 0
)"""

IN_ORDERS_AND_POLICIES = {
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
    "undetermined taken for met": (
        MANNER,
        [("OR sole_use\n", "OR sole_use OR sole_use IS NULL\n")],
        {("undetermined", "sole_use"), ("every-element", "use.sole")},
    ),
    "an agreement that speaks to nobody": (
        DHS,
        [("AND agreement = 'treasury-dhs-2025'", "AND agreement = 'treasury-dhs-2026'")],
        {("every-element", "exchange.order"), ("every-element", "exchange.offence")},
    ),
    "an agreement that lists more": (
        DHS,
        [("items: [address-confirmation,", "items: [new-address, address-confirmation,")],
        {("whitelist", "treasury-dhs-2025")},
    ),
    "one matter too many": (
        FAN_OUT,
        [("recipient_open_matters <= 1000", "recipient_open_matters <= 1001")],
        {("every-element", "fan-out.engaged")},
    ),
    "an officer's no to engagement that counts in doubt alone": (
        FAN_OUT,
        [("matter_people <= 25 AND engaged IS NULL OR engaged", "matter_people <= 25 OR engaged")],
        {("every-element", "fan-out.not-found-idle")},
    ),
    "an officer's no to the years that counts in doubt alone": (
        MANNER,
        [("periods_count <= 10 AND periods_related IS NULL", "periods_count <= 10")],
        {("every-element", "form.years-not-found-strange")},
    ),
    "an order that does not reach who receives": (
        SEPT,
        [
            (
                "scope:\n  agencies: [dhs-ice]\n",
                "applies: agency = 'dhs-ice' OR agency_parent = 'dhs-ice'\n",
            )
        ],
        {("every-element", "notice.ddc.received"), ("every-element", "notice.ddc.disclosed")},
    ),
    "a stay that does not reach who receives": (
        DMASS,
        [
            (
                "  agencies: [dhs, dhs-ice]\n  agreements: [treasury-dhs-2025]\n",
                "  agreements: [treasury-dhs-2025]\n",
            )
        ],
        {("every-element", "stay.dmass.received"), ("every-element", "stay.dmass.disclosed")},
    ),
    "a rule moved to another stage": (
        MANNER,
        [("id: manner.sole-use\n", "id: manner.sole-use\nstage: disclosure\n")],
        {("every-element", "use.sole")},
    ),
    "an order that was never made": (
        DMASS,
        [
            ("agencies: [dhs, dhs-ice]", "provisions: [/us/usc/t26/s6103/d]"),
            ("from: 2026-02-05", "from: 2025-08-01"),
        ],
        {("no-needless-refusal", "dmass-2026.injunction")},
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
    "a party that need not be one": (
        POLICY,
        [
            (
                "agreement <> 'treasury-dhs-2025' OR department = 'dhs'\n",
                "agreement <> 'treasury-dhs-2025' OR department = 'dhs' OR agency_federal\n",
            )
        ],
        {("every-element", "exchange.party")},
    ),
    "an order of removal to come": (
        DHS,
        [("removal_order_date <= received", "removal_order_date >= received")],
        {("every-element", "exchange.order")},
    ),
    "another crime under the agreement": (
        DHS,
        [
            (
                "\noffense IN ('/us/usc/t8/s1253/a/1',",
                "\noffense_class = 'criminal' OR offense IN ('/us/usc/t8/s1253/a/1',",
            )
        ],
        {("every-element", "exchange.offence")},
    ),
    "an order about another ground of removal": (
        COURT,
        [("removal_basis_class = 'deportable'", "removal_basis_class <> 'other'")],
        {("every-element", "corridor.departure")},
    ),
    "an order about limb (A) that states another beside": (
        COURT,
        [(" AND offense <> '/us/usc/t8/s1253/a/1/A')", ")")],
        {("every-element", "corridor.ninety-days")},
    ),
    "a danger that waits for a year to end": (
        MANNER,
        [("received_year OR provision = '/us/usc/t26/s6103/i/3/B'", "received_year")],
        {("no-needless-refusal", "manner.periods.ended")},
    ),
    "a danger that waits for years to be found related": (
        MANNER,
        [("periods_related OR provision = '/us/usc/t26/s6103/i/3/B'", "periods_related")],
        {("no-needless-refusal", "manner.periods.span")},
    ),
}
