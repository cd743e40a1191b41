"""Slips of the pen in the other statutes: State tax, benefits, student aid, departure, safeguards.

Each is a file of the book, words replaced in it, and the checks that catch it and by which name.
"""

D = "statutes/usc-26-6103-d.md"
L13 = "statutes/usc-26-6103-l-13.md"
L21 = "statutes/usc-26-6103-l-21.md"
L7 = "statutes/usc-26-6103-l-7.md"
P4 = "statutes/usc-26-6103-p-4.md"
S1253 = "statutes/usc-8-1253-a-1.md"
POSTURE = "posture IN ('unstated', 'investigation', 'proceeding')"

IN_OTHER_STATUTES = {
    "AND for OR": (
        "policies/custodian.md",
        [("NOT ai_analysis OR ai_notice", "NOT ai_analysis AND ai_notice")],
        {("no-needless-refusal", "policy.artificial-intelligence")},
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
    "a statute that speaks to nobody": (
        S1253,
        [("AND offense IN ('/us/usc/t8/s1253', ", "AND offense NOT IN ('/us/usc/t8/s1253', ")],
        {("every-element", "departure.class")},
    ),
    "a limb named as the offence that nobody counts": (
        S1253,
        [(" AND offense <> '/us/usc/t8/s1253/a/1/A')", ")")],
        {("every-element", "departure.ninety-days.named")},
    ),
    "a day too few": (
        S1253,
        [("days_since_final_order > 90", "days_since_final_order >= 90")],
        {("every-element", "departure.ninety-days")},
    ),
    "the wrong value": (
        S1253,
        [("removal_basis_class = 'deportable'", "removal_basis_class = 'inadmissible'")],
        {("every-element", "departure.class")},
    ),
    "a report that nobody may be without": (
        P4,
        [("NOT safeguard_report_overdue", "safeguard_report_overdue")],
        {("no-needless-refusal", "p4.report"), ("every-element", "safeguards.report")},
    ),
    "any crime of a State for one of its tax laws": (
        D,
        [("offense_class <> 'state' OR offense_state_tax", "offense_class <> 'none'")],
        {("every-element", "state.own-crime")},
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
        [("purpose = 'student-aid' AND", "purpose IN ('student-aid', 'criminal') AND")],
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
    "a benefit kept back for a tax case": (
        L7,
        [("bar: none", "bar: hold")],
        {("records", "usc-26-6103-l-7")},
    ),
    "a State's bar forgotten": (D, [("bar: hold", "bar: none")], {("records", "usc-26-6103-d")}),
    "a ninety-day clock that counts to a hundred": (
        S1253,
        [("days_since_final_order > 90", "days_since_final_order > 100")],
        {("no-needless-refusal", "s1253.departure")},
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
    "an offence beside student aid": (
        L13,
        [(" AND offense_class = 'unstated'", "")],
        {("every-element", "aid.no-offence")},
    ),
    "a known crime alone kept from eligibility": (
        L7,
        [("offense_class = 'unstated'", "offense_class <> 'criminal'")],
        {("every-element", "benefit.no-offence")},
    ),
    "an offence beside help with insurance": (
        L21,
        [(" AND offense_class = 'unstated'", "")],
        {("every-element", "market.no-offence")},
    ),
    "a grand jury that looks into student aid": (
        L13,
        [(f" AND {POSTURE}", "")],
        {("every-element", "aid.no-grand-jury")},
    ),
    "any posture but the very word of a grand jury taken for a benefit": (
        L7,
        [(POSTURE, "posture <> 'grand-jury'")],
        {("every-element", "benefit.no-grand-jury")},
    ),
    "any posture kept from help with insurance but the grand jury's": (
        L21,
        [(POSTURE, "posture <> 'investigation'")],
        {("every-element", "market.no-grand-jury")},
    ),
    "a Federal crime beside a State's taxes": (
        D,
        [(" AND offense_class IN ('unstated', 'state')", "")],
        {("every-element", "state.no-offence")},
    ),
    "a crime that the register leaves open beside a State's taxes": (
        D,
        [("IN ('unstated', 'state')", "IN ('unstated', 'state', 'unknown')")],
        {("every-element", "state.no-offence")},
    ),
    "days out of order": (
        S1253,
        [("NOT review_before_order", "NOT review_before_order OR offense_limb = 'C'")],
        {("every-element", "departure.review")},
    ),
}
