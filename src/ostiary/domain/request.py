"""What an agency asks about one person, typed as intake leaves it."""

from datetime import date
from typing import TypedDict


class Request(TypedDict):
    """One request: the columns of :data:`ostiary.domain.columns.REQUEST`; None where none is given.

    A flag that is not given is false. Texts are as they were sent, but for the spaces around them.
    """

    request_id: str | None
    agency: str | None
    agreement: str | None
    provision: str | None
    signer: str | None
    signed_on: date | None
    given_name: str | None
    middle_name: str | None
    surname: str | None
    name_suffix: str | None
    address_line: str | None
    unit: str | None
    city: str | None
    state: str | None
    postal_code: str | None
    country: str | None
    tin: str | None
    birth_date: date | None
    taxable_periods: list[int] | None
    offense: str | None
    offense_limb: str | None
    removal_basis: str | None
    removal_order_date: date | None
    judicial_review_date: date | None
    matter_number: str | None
    posture: str | None
    reason: str | None
    recipients: list[str] | None
    sole_use: bool
    items: list[str] | None
    ai_analysis: bool
    purpose: str | None
    circumstance: str | None
    court_order: str | None
    court_order_date: date | None
    court_order_judge: str | None
    court_order_findings: list[str] | None
    court_order_items: list[str] | None
    court_order_periods: list[int] | None
    programme: str | None
    matter_kind: str | None
    approval_certified: bool
