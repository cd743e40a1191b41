"""The vocabulary of the law: every fact that a rule may speak of.

Rules see facts and nothing else. A fact is derived once, at intake, by the formula that
``ostiary.intake.derivations`` holds under the same name. ``None`` means *undetermined*, and an
undetermined fact never lets a request through.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["bool", "int", "date", "enum", "id"]
Value = bool | int | date | str | None
Facts = Mapping[str, Value]

VOCABULARY_VERSION = "3"


@dataclass(frozen=True, slots=True)
class Fact:
    """One word of the vocabulary.

    Attributes:
        name: as rules write it.
        kind: ``enum`` has a closed list of values; ``id`` is an identifier of a register or
            instrument, comparable only with literals.
        meaning: one line for the printed book.
        values: the values of an ``enum``.
        human: set when officers determine the fact at review, not intake.
    """

    name: str
    kind: Kind
    meaning: str
    values: tuple[str, ...] = ()
    human: bool = False


ROLES = (
    "law-enforcement",
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

_FACTS = (
    Fact("received", "date", "the day the request was received"),
    Fact("disclosed", "date", "the day an answer would be disclosed"),
    Fact("agency", "id", "the requesting agency"),
    Fact("agency_parent", "id", "the agency that it is a component of; `none` if of none"),
    Fact("department", "id", "the department at the top of these; itself when of none"),
    Fact("agency_registered", "bool", "the agency stands in the register on the day"),
    Fact("agency_federal", "bool", "the agency is a Federal agency in the sense of 5 USC 551(1)"),
    Fact("agency_law_enforcement", "bool", "the register lists it as a law enforcement agency"),
    Fact("agency_state_tax", "bool", "the register lists it as a State tax agency"),
    Fact("agency_local", "bool", "the register lists it as an agency of a locality"),
    Fact(
        "agency_state_copies", "bool", "its State wants a copy of the Federal return with its own"
    ),
    Fact("agency_benefits", "bool", "the register lists it as administering a benefit programme"),
    Fact("agency_student_aid", "bool", "the register lists it as administering student aid"),
    Fact("agency_marketplace", "bool", "the register lists it as running health marketplaces"),
    Fact("provision", "id", "the provision relied on"),
    Fact("leave_of_court", "id", "the first order under which leave of the court stands"),
    Fact("second_leave_of_court", "id", "the second order under which leave stands"),
    Fact("notice_to_court", "id", "the first order whose notice was given and whose hours ran"),
    Fact("second_notice_to_court", "id", "the second such order"),
    Fact("person_in_order", "id", "the order of a court that is about this very person"),
    Fact("agreement", "id", "the agreement relied on"),
    Fact(
        "agreement_standing",
        "bool",
        "a registered agreement of this agency under this provision stands on the day",
    ),
    Fact("signed_on", "date", "the day of the signature"),
    Fact("signer_in_office", "bool", "the signer held the registered office on that day"),
    Fact("signer_office", "enum", "the rank of the signer's office", OFFICES),
    Fact("name_stated", "bool", "a name is stated, be it of one part, and is no placeholder"),
    Fact("given_name_stated", "bool", "a given name is stated, not a placeholder"),
    Fact("surname_stated", "bool", "a surname is stated, not a placeholder"),
    Fact("address_shape", "enum", "the kind of thing given as the address", ADDRESS_SHAPES),
    Fact(
        "periods_reach", "int", "how many years before the year of receipt the oldest period lies"
    ),
    Fact(
        "periods_related",
        "bool",
        "an officer determined that the matter reaches back over all periods named",
        human=True,
    ),
    Fact("periods_count", "int", "the number of taxable periods stated"),
    Fact("period_latest", "int", "the latest taxable period stated"),
    Fact("received_year", "int", "the calendar year of receipt"),
    Fact(
        "offense_class",
        "enum",
        "the class of the designated statute; `unknown` where no register settles it",
        ("criminal", "tax", "civil", "none", "unknown", "unstated"),
    ),
    Fact(
        "offense_criminal",
        "bool",
        "an officer determined the statute designated to be Federal, criminal and not about tax",
        human=True,
    ),
    Fact("offense", "id", "the offence designated; `none` where none is"),
    Fact(
        "offense_limb",
        "enum",
        "the limb of 8 USC 1253(a)(1) relied on",
        ("A", "B", "C", "D", "other"),
    ),
    Fact(
        "removal_basis_class",
        "enum",
        "the class of the ground of removal",
        ("deportable", "inadmissible", "other"),
    ),
    Fact("removal_order_date", "date", "the day of the final administrative order"),
    Fact(
        "days_since_final_order",
        "int",
        "the number of days from the final order (the court's, if any) to receipt",
    ),
    Fact("review_before_order", "bool", "the court's order is dated before the one it reviewed"),
    Fact(
        "matter_kind",
        "enum",
        "what kind of matter it is, where the law sets some apart",
        ("missing-child", "exploited-child", "other"),
    ),
    Fact("matter_people", "int", "the number of people asked about in this matter, in this file"),
    Fact("matter_stated", "bool", "a matter number is stated"),
    Fact("order_stated", "bool", "an order of a court is named by its number"),
    Fact("order_date", "date", "the day of that order"),
    Fact(
        "order_judge",
        "enum",
        "the rank of the judge who made it",
        ("district-judge", "magistrate-judge", "other"),
    ),
    Fact(
        "order_finds_crime",
        "bool",
        "the judge found reasonable cause that a specific criminal act was committed",
    ),
    Fact(
        "order_finds_relevance",
        "bool",
        "the judge found reasonable cause that the information is or may be relevant to it",
    ),
    Fact(
        "order_finds_exclusive_use",
        "bool",
        "the judge found that it is for that use alone and not reasonably to be had elsewhere",
    ),
    Fact("items_beyond_order", "int", "the number of items that the order does not grant"),
    Fact("periods_beyond_order", "int", "the number of taxable periods that it does not grant"),
    Fact(
        "circumstance",
        "enum",
        "the circumstance that the request rests on",
        ("danger", "flight", "terrorism", "other"),
    ),
    Fact(
        "purpose",
        "enum",
        "what the answer is for",
        ("tax-administration", "eligibility", "student-aid", "criminal", "other"),
    ),
    Fact("programme_listed", "bool", "the benefit programme is one that 6103(l)(7)(D) lists"),
    Fact(
        "approval_certified",
        "bool",
        "the agency certifies that the person approved of the disclosure",
    ),
    Fact(
        "posture",
        "enum",
        "the posture of the matter",
        ("investigation", "proceeding", "grand-jury", "other"),
    ),
    Fact("reason_words", "int", "the number of words in the reason"),
    Fact(
        "reason_shared",
        "int",
        "the number of other people, in this file and before, with the very same reason",
    ),
    Fact(
        "reason_matters",
        "int",
        "the number of other matters of this file with the very same reason",
    ),
    Fact("reason_specific", "bool", "an officer determined the reason to be specific", human=True),
    Fact("recipients_count", "int", "the number of recipients named"),
    Fact(
        "recipients_unknown",
        "int",
        "the number of recipients that no register lists for this agency on the day",
    ),
    Fact(
        "recipients_not_employed",
        "int",
        "the number of recipients who are no officers or employees",
    ),
    Fact(
        "recipient_open_matters",
        "int",
        "the most open matters that any one named recipient carries",
    ),
    Fact(
        "engaged",
        "bool",
        "an officer determined those named to be personally and directly engaged in this matter",
        human=True,
    ),
    Fact(
        "recipients_uncertified",
        "int",
        "the number of recipients who are contractors without a certificate under 6103(p)(9)",
    ),
    Fact("sole_use", "bool", "the sole-use undertaking is given"),
    Fact("items_count", "int", "the number of items asked for"),
    Fact(
        "items_beyond_identity",
        "int",
        "the number of items that are no part of a taxpayer's identity",
    ),
    Fact(
        "items_beyond_third_party",
        "int",
        "the number of items that are neither identity nor information others furnished",
    ),
    Fact(
        "items_beyond_aid",
        "int",
        "the number of items other than identity and the lists of 6103(l)(13)",
    ),
    Fact(
        "items_beyond_confirmation",
        "int",
        "the number of items other than confirming the address given",
    ),
    Fact("items_unknown", "int", "the number of items that no provision knows"),
    Fact(
        "items_beyond_eligibility",
        "int",
        "the number of items other than identity and what a marketplace asks for eligibility",
    ),
    Fact(
        "items_beyond_income",
        "int",
        "the number of items other than unearned income",
    ),
    Fact("ai_analysis", "bool", "the answer is to be analysed by artificial intelligence"),
    Fact(
        "ai_notice_acknowledged",
        "bool",
        "a notice of such analysis was acknowledged, is not objected to, and its days are over",
    ),
    Fact(
        "safeguard_report_overdue",
        "bool",
        "the agency's yearly Safeguard Security Report was due and is not on file",
    ),
    Fact(
        "first_receipt_too_early",
        "bool",
        "the agency's first Safeguard Security Report is known to be less than 90 days old",
    ),
    Fact(
        "mitigation_plan_overdue", "bool", "a plan against a critical finding is past its due day"
    ),
    Fact(
        "notices_missing",
        "int",
        "the number of arrangements (cloud, contractors ...) without the notice due before them",
    ),
    Fact(
        "state_death_contract",
        "bool",
        "a contract of the State about information on deaths is on file, or that it needs none",
    ),
    Fact("state_law_protects", "bool", "the State's law is on file as protecting Federal returns"),
    Fact("corrective_plan_overdue", "bool", "a corrective action plan is past its due day"),
    Fact("safeguards_suspended", "bool", "disclosure to the agency is suspended under 6103(p)(4)"),
    Fact("file_rows", "int", "the number of requests in the same file"),
)

VOCABULARY: dict[str, Fact] = {fact.name: fact for fact in _FACTS}

HUMAN = tuple(name for name, fact in VOCABULARY.items() if fact.human)
"""Every fact that a person determines, in the order of the vocabulary."""
