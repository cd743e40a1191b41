"""The agency that asks, and the days that count."""

from ostiary.domain.facts.fact import Fact
from ostiary.domain.facts.formulas import has_role

FACTS = (
    Fact(
        "received",
        "date",
        "the day the request was received",
        formula="d.received",
        known="a file is received on a day, or there is no request",
        lasting=True,
    ),
    Fact(
        "disclosed",
        "date",
        "the day an answer would be disclosed",
        formula="d.disclosed",
    ),
    Fact(
        "agency",
        "id",
        "the requesting agency",
        formula="coalesce(a.agency, 'other')",
        known="`other` where no register knows it",
    ),
    Fact(
        "agency_parent",
        "id",
        "the agency that it is a component of; `none` if of none",
        formula="coalesce(a.parent, 'none')",
        reads=("agency",),
        known="`none` where it has none",
    ),
    Fact(
        "department",
        "id",
        "the department at the top of these; itself when of none",
        formula="coalesce(a.department, 'other')",
        reads=("agency",),
        known="`other` where no register knows the agency",
    ),
    Fact(
        "agency_registered",
        "bool",
        "the agency stands in the register on the day",
        formula="a.agency IS NOT NULL",
        reads=("agency",),
        known="the register either lists it or does not",
    ),
    Fact(
        "agency_federal",
        "bool",
        "the agency is a Federal agency in the sense of 5 USC 551(1)",
        formula="a.federal",
        reads=("agency",),
    ),
    Fact(
        "agency_law_enforcement",
        "bool",
        "the register lists it as a law enforcement agency",
        formula=has_role("law-enforcement"),
        reads=("agency",),
    ),
    Fact(
        "agency_intelligence",
        "bool",
        "the register lists it as an intelligence agency",
        formula=has_role("intelligence"),
        reads=("agency",),
    ),
    Fact(
        "agency_state_tax",
        "bool",
        "the register lists it as a State tax agency",
        formula=has_role("state-tax"),
        reads=("agency",),
    ),
    Fact(
        "agency_local",
        "bool",
        "the register lists it as an agency of a locality",
        formula=has_role("local"),
    ),
    Fact(
        "agency_state_copies",
        "bool",
        "its State wants a copy of the Federal return with its own",
        formula=has_role("state-copies"),
    ),
    Fact(
        "agency_benefits",
        "bool",
        "the register lists it as administering a benefit programme",
        formula=has_role("benefits"),
        reads=("agency",),
    ),
    Fact(
        "agency_student_aid",
        "bool",
        "the register lists it as administering student aid",
        formula=has_role("student-aid"),
        reads=("agency",),
    ),
    Fact(
        "agency_marketplace",
        "bool",
        "the register lists it as running health marketplaces",
        formula=has_role("marketplace"),
        reads=("agency",),
    ),
)
