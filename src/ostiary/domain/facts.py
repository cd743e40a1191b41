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

VOCABULARY_VERSION = "1"


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

_FACTS = (
    Fact("received", "date", "day the request was received"),
    Fact("disclosed", "date", "day an answer would be disclosed; undetermined at admission"),
    Fact("agency", "id", "requesting agency, `other` when no register knows it"),
    Fact("agency_registered", "bool", "the agency stands in the register on the day of receipt"),
    Fact("agency_federal", "bool", "it is a Federal agency in the sense of 5 USC 551(1)"),
    Fact("provision", "id", "provision relied on"),
    Fact("agreement", "id", "agreement relied on"),
    Fact("signed_on", "date", "day of the signature"),
    Fact("signer_in_office", "bool", "the signer held the registered office on that day"),
    Fact("signer_office", "enum", "rank of the signer's office", OFFICES),
    Fact("given_name_stated", "bool", "a given name is stated, not a placeholder"),
    Fact("surname_stated", "bool", "a surname is stated, not a placeholder"),
    Fact("address_shape", "enum", "what kind of thing was given as the address", ADDRESS_SHAPES),
    Fact("periods_count", "int", "number of taxable periods stated"),
    Fact("period_latest", "int", "the latest year among them"),
    Fact("received_year", "int", "calendar year of receipt"),
    Fact(
        "offense_class",
        "enum",
        "class of the designated statute",
        ("criminal", "tax", "civil", "unknown"),
    ),
    Fact("offense", "id", "USLM id of the offence"),
    Fact("offense_limb", "enum", "limb of 8 USC 1253(a)(1)", ("A", "B", "C", "D", "other")),
    Fact(
        "removal_basis_class",
        "enum",
        "class of the ground of removal",
        ("deportable", "inadmissible", "other"),
    ),
    Fact("removal_order_date", "date", "day of the final administrative order"),
    Fact(
        "days_since_final_order",
        "int",
        "days from the final order (the court's, if any) to receipt",
    ),
    Fact("matter_stated", "bool", "a matter number is stated"),
    Fact(
        "posture",
        "enum",
        "posture of the matter",
        ("investigation", "proceeding", "grand-jury", "other"),
    ),
    Fact("reason_words", "int", "number of words in the reason"),
    Fact(
        "reason_shared", "int", "other people, in this file and before, with the very same reason"
    ),
    Fact("reason_specific", "bool", "an officer determined the reason to be specific", human=True),
    Fact("recipients_count", "int", "number of recipients named"),
    Fact(
        "recipients_unknown", "int", "recipients that no register lists for this agency on that day"
    ),
    Fact(
        "recipients_not_employed",
        "int",
        "recipients who are no officers or employees (contractors)",
    ),
    Fact(
        "recipient_open_matters", "int", "most open requests that any one named recipient carries"
    ),
    Fact("sole_use", "bool", "the sole-use undertaking is given"),
    Fact("items_count", "int", "number of items asked for"),
    Fact("items_beyond_identity", "int", "items that are no part of a taxpayer's identity"),
    Fact("items_beyond_confirmation", "int", "items other than confirming the address given"),
    Fact("ai_analysis", "bool", "the answer is to be analysed by artificial intelligence"),
    Fact("ai_notice_acknowledged", "bool", "a notice of such analysis is on file and acknowledged"),
    Fact("safeguard_report_days", "int", "days since the agency's last Safeguard Security Report"),
    Fact("corrective_plan_overdue", "bool", "a corrective action plan is past its due day"),
    Fact("safeguards_suspended", "bool", "disclosure to the agency is suspended under 6103(p)(4)"),
    Fact("file_rows", "int", "number of requests in the same file"),
)

VOCABULARY: dict[str, Fact] = {fact.name: fact for fact in _FACTS}
