"""The matter, the order of a court, and what the answer is for."""

from ostiary.domain.facts.fact import Fact
from ostiary.domain.facts.formulas import (
    finds,
    not_granted,
)

FACTS = (
    Fact(
        "matter_kind",
        "enum",
        "what kind of matter it is, where the law sets some apart",
        ("missing-child", "exploited-child", "other"),
        formula=(
            "CASE WHEN lower(r.matter_kind) IN ('missing-child', 'exploited-child')"
            " THEN lower(r.matter_kind) WHEN r.matter_kind IS NOT NULL THEN 'other' END"
        ),
        lasting=True,
    ),
    Fact(
        "matter_people",
        "int",
        "the number of people asked about in this matter, in this file",
        formula="coalesce(m.people, 1)",
        reads=("matter_number",),
        known="nothing to count is nought",
        counted=True,
    ),
    Fact(
        "matter_stated",
        "bool",
        "a matter number is stated",
        formula="r.matter_number IS NOT NULL",
        reads=("matter_number",),
        known="stated or not",
        lasting=True,
    ),
    Fact(
        "order_stated",
        "bool",
        "an order of a court is named by its number",
        formula="r.court_order IS NOT NULL",
        reads=("court_order",),
        known="stated or not",
        lasting=True,
    ),
    Fact(
        "order_date",
        "date",
        "the day of that order",
        formula="r.court_order_date",
        reads=("court_order_date",),
        lasting=True,
    ),
    Fact(
        "order_judge",
        "enum",
        "the rank of the judge who made it",
        ("district-judge", "magistrate-judge", "other"),
        formula=(
            "CASE WHEN lower(r.court_order_judge) IN ('district-judge', 'magistrate-judge')"
            " THEN lower(r.court_order_judge) WHEN r.court_order_judge IS NOT NULL THEN 'other' END"
        ),
        reads=("court_order_judge",),
        lasting=True,
    ),
    Fact(
        "order_finds_crime",
        "bool",
        "the judge found reasonable cause that a specific criminal act was committed",
        formula=finds("crime"),
        reads=("court_order_findings",),
        known="among the findings stated, or not",
        lasting=True,
    ),
    Fact(
        "order_finds_relevance",
        "bool",
        "the judge found reasonable cause that the information is or may be relevant to it",
        formula=finds("relevance"),
        reads=("court_order_findings",),
        known="among the findings stated, or not",
        lasting=True,
    ),
    Fact(
        "order_finds_exclusive_use",
        "bool",
        "the judge found that it is for that use alone and not reasonably to be had elsewhere",
        formula=finds("exclusive-use"),
        reads=("court_order_findings",),
        known="among the findings stated, or not",
        lasting=True,
    ),
    Fact(
        "items_beyond_order",
        "int",
        "the number of items that the order does not grant",
        formula=not_granted("r.items", "r.court_order_items"),
        reads=("items", "court_order_items"),
        known="nothing to count is nought",
        counted=True,
        lasting=True,
    ),
    Fact(
        "periods_beyond_order",
        "int",
        "the number of taxable periods that it does not grant",
        formula=not_granted("r.taxable_periods", "r.court_order_periods"),
        reads=("taxable_periods", "court_order_periods"),
        known="nothing to count is nought",
        counted=True,
        lasting=True,
    ),
    Fact(
        "circumstance",
        "enum",
        "the circumstance that the request rests on",
        ("danger", "flight", "terrorism", "other"),
        formula=(
            "CASE WHEN lower(r.circumstance) IN ('danger', 'flight', 'terrorism')"
            " THEN lower(r.circumstance) WHEN r.circumstance IS NOT NULL THEN 'other' END"
        ),
        lasting=True,
    ),
    Fact(
        "purpose",
        "enum",
        "what the answer is for",
        ("tax-administration", "eligibility", "student-aid", "criminal", "other"),
        formula=(
            "CASE WHEN lower(r.purpose) IN ('tax-administration', 'eligibility', 'student-aid',"
            " 'criminal') THEN lower(r.purpose) WHEN r.purpose IS NOT NULL THEN 'other' END"
        ),
        lasting=True,
    ),
    Fact(
        "programme_listed",
        "bool",
        "the benefit programme is one that 6103(l)(7)(D) lists",
        formula="CASE WHEN r.programme IS NOT NULL THEN x.programme_class IS NOT NULL END",
        reads=("programme",),
    ),
    Fact(
        "programme_kind",
        "enum",
        "what 6103(l)(7)(D) says of the programme beyond that it is listed",
        ("plain", "housing", "earnings-alone", "without-subclause", "unlisted"),
        formula=(
            "CASE WHEN x.programme_class IN ('plain', 'housing', 'earnings-alone',"
            " 'without-subclause') THEN x.programme_class ELSE 'unlisted' END"
        ),
        reads=("programme",),
        known="`unlisted` where none that is listed is named",
    ),
    Fact(
        "approval_certified",
        "bool",
        "the agency certifies that the person approved of the disclosure",
        formula="r.approval_certified",
        lasting=True,
    ),
    Fact(
        "posture",
        "enum",
        "the posture of the matter; `unstated` where none is stated",
        ("investigation", "proceeding", "grand-jury", "other", "unstated"),
        formula=(
            "CASE WHEN lower(r.posture) IN ('investigation', 'proceeding', 'grand-jury')"
            " THEN lower(r.posture) WHEN r.posture IS NOT NULL THEN 'other' ELSE 'unstated' END"
        ),
        known="`unstated` where none is stated",
        lasting=True,
    ),
)
