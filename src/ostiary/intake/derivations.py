"""How each fact is derived: one formula a fact, in one place, with a version.

Rules are only as good as the facts beneath them, and no proof about rules reaches a formula here;
so a formula is changed with a new version and tested on its own. Formulas are DuckDB SQL over:

* ``r`` one request: its typed columns, and the standard columns of names and addresses;
* ``d`` the days: ``received``, ``disclosed`` (may be NULL) and ``day`` (the later one known);
* ``a``, ``s``, ``g`` the rows of agencies, signers and safeguards that speak for the request;
* ``k`` what notices, arrangements and agreements amount to for its agency;
* ``m`` how many people are asked about in its matter;
* ``w`` counts over its recipients, ``y`` how many share its reason, ``n`` the rows of the file;
* ``x`` what registers say of its offence, of leave and notice, and of its person (``lookups``).
"""

import hashlib
import json

from ostiary.domain.facts import ITEMS, OFFICES, ROLES
from ostiary.standardisation import standard_digest

DERIVATIONS_VERSION = "4"

# What is written as no provision of the Code is none; what the register of offences does not settle
# is unknown, and a person determines it.
_PROVISION = r"^/us/usc/t[0-9]+[A-Za-z]?/s[0-9A-Za-z.-]+(/[0-9A-Za-z]+)*$"

# What is filled in where no name is known.
_NO_NAME = (
    "^(UNK|UNKNOWN|NA|N A|NONE|NULL|NIL|NO NAME|NOT KNOWN|NOT PROVIDED|FAILED TO PROVIDE|FNU|LNU"
    "|TEST|REFUSED|BLANK|X+|0+)( |$)"
)

# 8 USC 1227(a) lists the deportable classes, 8 USC 1182 the inadmissible ones.
_DEPORTABLE = r"^/us/usc/t8/s1227/a(/|$)"
_INADMISSIBLE = r"^/us/usc/t8/s1182(/|$)"

# 6103(l)(7)(D)(i) to (ix): the benefit programmes that the paragraph lists.
_PROGRAMMES = r"^/us/usc/t26/s6103/l/7/D/(i|ii|iii|iv|v|vi|vii|viii|ix)$"


def _beyond(*kinds: str) -> str:
    """Count the items that are of none of these kinds."""
    known = tuple(item for kind in kinds for item in ITEMS[kind])
    return f"len(list_filter(coalesce(r.items, []), lambda x: x NOT IN {known}))"


def _granted(asked: str, granted: str) -> str:
    """Count what is asked for and not among what is granted."""
    within = f"list_contains(coalesce({granted}, []), x)"
    return f"len(list_filter(coalesce({asked}, []), lambda x: NOT {within}))"


def _is_a_name(part: str) -> str:
    """Say whether what stands alone as a name is one: of an organisation, or of somebody's own."""
    return f"{part} <> '' AND NOT regexp_matches({part}, '{_NO_NAME}')"


def _finds(finding: str) -> str:
    return f"list_contains(coalesce(r.court_order_findings, []), '{finding}')"


def _role(role: str) -> str:
    """Say whether the register gives an agency a role; undetermined for an agency it lacks."""
    roles = "string_split(replace(coalesce(a.roles, ''), ' ', ''), ';')"
    return f"CASE WHEN a.agency IS NOT NULL THEN list_contains({roles}, '{role}') END"


DERIVATIONS: dict[str, str] = {
    "received": "d.received",
    "disclosed": "d.disclosed",
    "agency": "coalesce(a.agency, 'other')",
    "agency_parent": "coalesce(a.parent, 'none')",
    "department": "coalesce(a.department, 'other')",
    "agency_registered": "a.agency IS NOT NULL",
    "agency_federal": "a.federal",
    **{f"agency_{role.replace('-', '_')}": _role(role) for role in ROLES},
    "provision": "coalesce(r.provision, 'none')",
    "leave_of_court": "x.leave_1",
    "second_leave_of_court": "x.leave_2",
    "notice_to_court": "x.notice_1",
    "second_notice_to_court": "x.notice_2",
    "person_in_order": "x.person_order",
    "agreement": "coalesce(r.agreement, 'none')",
    "agreement_standing": (
        "EXISTS (SELECT 1 FROM standing_agreements m WHERE m.agency = r.agency"
        " AND m.agreement = r.agreement AND m.provision = r.provision)"
    ),
    "signed_on": "r.signed_on",
    "signer_in_office": "s.office IS NOT NULL",
    "signer_office": (
        f"CASE WHEN s.office IN {OFFICES} THEN s.office WHEN s.office IS NOT NULL THEN 'other' END"
    ),
    "name_stated": (
        f"r.n_name_stated OR (r.n_given = '' AND {_is_a_name('r.n_surname')})"
        f" OR (r.n_surname = '' AND {_is_a_name('r.n_given')})"
    ),
    "given_name_stated": "r.n_name_stated AND r.n_given <> ''",
    "surname_stated": "r.n_name_stated AND r.n_surname <> ''",
    "address_shape": "r.a_shape",
    "periods_reach": "year(d.received) - list_min(r.taxable_periods)",
    "periods_related": "CAST(NULL AS BOOLEAN)",
    "periods_count": "len(coalesce(r.taxable_periods, []))",
    "period_latest": "list_max(r.taxable_periods)",
    "received_year": "year(d.received)",
    "offense_class": (
        "CASE WHEN r.offense IS NULL THEN 'unstated'"
        f" WHEN NOT regexp_matches(r.offense, '{_PROVISION}') THEN 'none'"
        " WHEN x.offense_kind IN ('criminal', 'tax', 'civil', 'none') THEN x.offense_kind"
        " ELSE 'unknown' END"
    ),
    "offense_criminal": "CAST(NULL AS BOOLEAN)",
    "offense": "coalesce(r.offense, 'none')",
    "offense_limb": (
        "CASE WHEN upper(r.offense_limb) IN ('A', 'B', 'C', 'D') THEN upper(r.offense_limb)"
        " WHEN r.offense_limb IS NOT NULL THEN 'other' END"
    ),
    "removal_basis_class": (
        f"CASE WHEN regexp_matches(r.removal_basis, '{_DEPORTABLE}') THEN 'deportable'"
        f" WHEN regexp_matches(r.removal_basis, '{_INADMISSIBLE}') THEN 'inadmissible'"
        " WHEN r.removal_basis IS NOT NULL THEN 'other' END"
    ),
    "removal_order_date": "r.removal_order_date",
    "days_since_final_order": (
        "date_diff('day', greatest(r.judicial_review_date, r.removal_order_date), d.received)"
    ),
    "review_before_order": "coalesce(r.judicial_review_date < r.removal_order_date, FALSE)",
    "matter_kind": (
        "CASE WHEN lower(r.matter_kind) IN ('missing-child', 'exploited-child')"
        " THEN lower(r.matter_kind) WHEN r.matter_kind IS NOT NULL THEN 'other' END"
    ),
    "matter_people": "coalesce(m.people, 1)",
    "matter_stated": "r.matter_number IS NOT NULL",
    "order_stated": "r.court_order IS NOT NULL",
    "order_date": "r.court_order_date",
    "order_judge": (
        "CASE WHEN lower(r.court_order_judge) IN ('district-judge', 'magistrate-judge')"
        " THEN lower(r.court_order_judge) WHEN r.court_order_judge IS NOT NULL THEN 'other' END"
    ),
    "order_finds_crime": _finds("crime"),
    "order_finds_relevance": _finds("relevance"),
    "order_finds_exclusive_use": _finds("exclusive-use"),
    "items_beyond_order": _granted("r.items", "r.court_order_items"),
    "periods_beyond_order": _granted("r.taxable_periods", "r.court_order_periods"),
    "circumstance": (
        "CASE WHEN lower(r.circumstance) IN ('danger', 'flight', 'terrorism')"
        " THEN lower(r.circumstance) WHEN r.circumstance IS NOT NULL THEN 'other' END"
    ),
    "purpose": (
        "CASE WHEN lower(r.purpose) IN ('tax-administration', 'eligibility', 'student-aid',"
        " 'criminal') THEN lower(r.purpose) WHEN r.purpose IS NOT NULL THEN 'other' END"
    ),
    "programme_listed": f"regexp_matches(r.programme, '{_PROGRAMMES}')",
    "approval_certified": "r.approval_certified",
    "posture": (
        "CASE WHEN lower(r.posture) IN ('investigation', 'proceeding', 'grand-jury')"
        " THEN lower(r.posture) WHEN r.posture IS NOT NULL THEN 'other' END"
    ),
    "reason_words": (
        "CASE WHEN r.reason IS NULL THEN 0 ELSE len(regexp_extract_all(r.reason, '\\S+')) END"
    ),
    "reason_shared": "coalesce(y.others, 0)",
    "reason_matters": "coalesce(y.matters, 0)",
    "reason_specific": "CAST(NULL AS BOOLEAN)",
    "recipients_count": "coalesce(w.named, 0)",
    "recipients_unknown": "coalesce(w.unknown, 0)",
    "recipients_not_employed": "coalesce(w.not_employed, 0)",
    "recipient_open_matters": "coalesce(w.open_matters, 0)",
    "engaged": "CAST(NULL AS BOOLEAN)",
    "recipients_uncertified": "coalesce(w.uncertified, 0)",
    "sole_use": "r.sole_use",
    "items_count": "len(coalesce(r.items, []))",
    "items_beyond_identity": _beyond("identity"),
    "items_beyond_third_party": (
        "len(list_filter(coalesce(r.items, []), lambda x: x <> 'return-information' AND"
        f" x NOT IN {ITEMS['identity']}))"
    ),
    "items_beyond_aid": _beyond("identity", "aid"),
    "items_beyond_confirmation": (
        "len(list_filter(coalesce(r.items, []), lambda x: x <> 'address-confirmation'))"
    ),
    "items_unknown": _beyond(*ITEMS),
    "items_beyond_eligibility": _beyond("identity", "eligibility"),
    "items_beyond_income": (
        "len(list_filter(coalesce(r.items, []), lambda x: x <> 'unearned-income'))"
    ),
    "ai_analysis": "r.ai_analysis",
    "ai_notice_acknowledged": "coalesce(k.artificial_intelligence, FALSE)",
    "safeguard_report_overdue": "g.overdue",
    "first_receipt_too_early": (
        "CASE WHEN g.agency IS NOT NULL"
        " THEN coalesce(date_diff('day', g.first_report_date, d.day) < 90, FALSE) END"
    ),
    "mitigation_plan_overdue": (
        "CASE WHEN g.agency IS NOT NULL THEN coalesce(g.mitigation_plan_due < d.day, FALSE) END"
    ),
    "notices_missing": "coalesce(k.missing, 0)",
    "state_death_contract": "coalesce(k.deaths, FALSE)",
    "state_law_protects": "coalesce(k.state_law, FALSE)",
    "corrective_plan_overdue": (
        "CASE WHEN g.agency IS NOT NULL THEN coalesce(g.corrective_plan_due < d.day, FALSE) END"
    ),
    "safeguards_suspended": (
        "CASE WHEN g.agency IS NOT NULL THEN coalesce(g.suspended_from <= d.day"
        " AND (g.suspended_until IS NULL OR d.day <= g.suspended_until), FALSE) END"
    ),
    "file_rows": "n.file_rows",
}


def derivations_digest() -> str:
    """Name the formulas and the standard form beneath them; it enters the accounting with the law.

    No proof about the rules sees a change here, so the log must.
    """
    meaning = {
        "version": DERIVATIONS_VERSION,
        "formulas": DERIVATIONS,
        "standard": standard_digest(),
    }
    text = json.dumps(meaning, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
