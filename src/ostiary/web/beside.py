"""Which fields of a request a fact was derived from, so that a page can show them side by side."""

from collections.abc import Mapping
from typing import Any

_FIELDS: dict[str, tuple[str, ...]] = {
    "name_stated": ("given_name", "surname"),
    "given_name_stated": ("given_name",),
    "surname_stated": ("surname",),
    "address_shape": ("address_line", "unit", "city", "state", "postal_code", "country"),
    "periods_count": ("taxable_periods",),
    "period_latest": ("taxable_periods",),
    "periods_beyond_order": ("taxable_periods", "court_order_periods"),
    "offense_class": ("offense",),
    "offense_criminal": ("offense",),
    "review_before_order": ("removal_order_date", "judicial_review_date"),
    "matter_people": ("matter_number",),
    "periods_reach": ("taxable_periods",),
    "periods_related": ("taxable_periods",),
    "engaged": ("recipients",),
    "recipients_uncertified": ("recipients",),
    "reason_matters": ("reason",),
    "items_beyond_third_party": ("items",),
    "items_beyond_aid": ("items",),
    "agency_parent": ("agency",),
    "department": ("agency",),
    "person_in_order": ("given_name", "surname", "birth_date"),
    "removal_basis_class": ("removal_basis",),
    "days_since_final_order": ("removal_order_date", "judicial_review_date"),
    "matter_stated": ("matter_number",),
    "reason_words": ("reason",),
    "reason_shared": ("reason",),
    "reason_specific": ("reason",),
    "signer_in_office": ("signer", "signed_on"),
    "signer_office": ("signer",),
    "recipients_count": ("recipients",),
    "recipients_unknown": ("recipients",),
    "recipients_not_employed": ("recipients",),
    "recipient_open_matters": ("recipients",),
    "items_count": ("items",),
    "items_beyond_identity": ("items",),
    "items_beyond_confirmation": ("items",),
    "items_unknown": ("items",),
    "items_beyond_eligibility": ("items",),
    "items_beyond_income": ("items",),
    "items_beyond_order": ("items", "court_order_items"),
    "order_stated": ("court_order",),
    "order_date": ("court_order_date",),
    "order_judge": ("court_order_judge",),
    "order_finds_crime": ("court_order_findings",),
    "order_finds_relevance": ("court_order_findings",),
    "order_finds_exclusive_use": ("court_order_findings",),
    "programme_listed": ("programme",),
    "agency_registered": ("agency",),
    "agency_federal": ("agency",),
    "agency_law_enforcement": ("agency",),
    "agency_state_tax": ("agency",),
    "agency_benefits": ("agency",),
    "agency_student_aid": ("agency",),
    "agency_marketplace": ("agency",),
    "agreement_standing": ("agreement", "agency"),
    "ai_notice_acknowledged": ("ai_analysis",),
}


def fields_of(fact: str) -> tuple[str, ...]:
    """Name the fields of a request from which a fact is derived."""
    return _FIELDS.get(fact, (fact,))


def fields_beside(facts: Mapping[str, Any], request: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Give the fields of a request from which facts were derived, each once, as it was written.

    A fact that has the name of a field was taken from it as it stands. What comes from a register
    or the calendar has no field.
    """
    names = dict.fromkeys(field for fact in facts for field in fields_of(fact))
    return [(name, request[name]) for name in names if request.get(name) not in (None, "", [])]
