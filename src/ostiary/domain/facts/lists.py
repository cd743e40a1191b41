"""Closed lists of words that facts take their values from."""

ROLES = (
    "law-enforcement",
    "intelligence",
    "state-tax",
    "local",
    "state-copies",
    "benefits",
    "student-aid",
    "marketplace",
)
"""What an agency may be to the statutes, as ``agencies.csv`` says; a fact asks for each."""

OFFICES = (
    "agency-head",
    "inspector-general",
    "attorney-general",
    "deputy-attorney-general",
    "associate-attorney-general",
    "assistant-attorney-general",
    "fbi-director",
    "dea-administrator",
    "us-attorney",
    "special-prosecutor",
    "strike-force-attorney",
    "component-head",
    "delegate",
    "intelligence-officer",
    "secret-service-director",
    "custodian",
    "other",
)

ADDRESS_SHAPES = (
    "complete",
    "empty",
    "placeholder",
    "zip-only",
    "no-number",
    "no-street",
    "no-place",
    "institution",
    "homeless",
    "general-delivery-without-office",
)

ITEMS = {
    "identity": ("address-confirmation", "mailing-address", "new-address", "name", "tin"),
    "eligibility": (
        "filing-status",
        "number-of-individuals",
        "modified-adjusted-gross-income",
        "tax-year",
    ),
    "income": ("unearned-income",),
    "earnings": ("wages", "self-employment-income", "retirement-income"),
    "aid": (
        "filing-status",
        "adjusted-gross-income",
        "exemptions",
        "dependants",
        "no-return-filed",
        "wages",
        "self-employment-income",
        "farming-income",
        "total-income-tax",
        "education-credit",
        "ira-distributions",
        "retirement-contributions",
        "tax-exempt-interest",
        "untaxed-pensions",
        "schedules-filed",
        "schedule-c-result",
    ),
    "returns": ("return", "return-information"),
}
"""Items that some provision knows, by kind. What is in no list is known to none."""
