"""How each fact is derived: one formula a fact, in one place, with a version.

Rules are only as good as the facts beneath them, and no proof about rules reaches a formula here;
so a formula is changed with a new version and tested on its own. Formulas are DuckDB SQL over:

* ``r`` one request: its typed columns, and the standard columns of names and addresses;
* ``d`` the days: ``received``, ``disclosed`` (may be NULL) and ``day`` (the later one known);
* ``a``, ``s``, ``g`` the rows of agencies, signers and safeguards that speak for the request;
* ``w`` counts over its recipients, ``y`` how many share its reason, ``n`` the rows of the file.
"""

import hashlib
import json

from ostiary.domain.facts import OFFICES
from ostiary.standardisation import standard_digest

DERIVATIONS_VERSION = "1"

# Classes of designated statutes by the beginning of their USLM id. Title 18 is the criminal code;
# 8 USC 1253(a)(1) is the offence of the agreement of 2025; 8 USC 1229a and 1231 are the civil
# removal provisions; title 26 is tax. What is not listed is unknown, and is not let through.
_CRIMINAL = r"^/us/usc/(t18/|t8/s1253/a/1(/|$))"
_TAX = r"^/us/usc/t26/"
_CIVIL = r"^/us/usc/t8/s(1229a|1231)(/|$)"

# 8 USC 1227(a) lists the deportable classes, 8 USC 1182 the inadmissible ones.
_DEPORTABLE = r"^/us/usc/t8/s1227/a(/|$)"
_INADMISSIBLE = r"^/us/usc/t8/s1182(/|$)"

_IDENTITY = "('address-confirmation', 'mailing-address', 'new-address', 'name', 'tin')"

DERIVATIONS: dict[str, str] = {
    "received": "d.received",
    "disclosed": "d.disclosed",
    "agency": "coalesce(a.agency, 'other')",
    "agency_registered": "a.agency IS NOT NULL",
    "agency_federal": "a.federal",
    "provision": "r.provision",
    "agreement": "r.agreement",
    "signed_on": "r.signed_on",
    "signer_in_office": "s.office IS NOT NULL",
    "signer_office": (
        f"CASE WHEN s.office IN {OFFICES} THEN s.office WHEN s.office IS NOT NULL THEN 'other' END"
    ),
    "given_name_stated": "r.n_name_stated AND r.n_given <> ''",
    "surname_stated": "r.n_name_stated AND r.n_surname <> ''",
    "address_shape": "r.a_shape",
    "periods_count": "len(coalesce(r.taxable_periods, []))",
    "period_latest": "list_max(r.taxable_periods)",
    "received_year": "year(d.received)",
    "offense_class": (
        f"CASE WHEN regexp_matches(r.offense, '{_TAX}') THEN 'tax'"
        f" WHEN regexp_matches(r.offense, '{_CRIMINAL}') THEN 'criminal'"
        f" WHEN regexp_matches(r.offense, '{_CIVIL}') THEN 'civil' ELSE 'unknown' END"
    ),
    "offense": "r.offense",
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
    "matter_stated": "r.matter_number IS NOT NULL",
    "posture": (
        "CASE WHEN lower(r.posture) IN ('investigation', 'proceeding', 'grand-jury')"
        " THEN lower(r.posture) WHEN r.posture IS NOT NULL THEN 'other' END"
    ),
    "reason_words": (
        "CASE WHEN r.reason IS NULL THEN 0 ELSE len(regexp_extract_all(r.reason, '\\S+')) END"
    ),
    "reason_shared": "coalesce(y.others, 0)",
    "reason_specific": "CAST(NULL AS BOOLEAN)",
    "recipients_count": "coalesce(w.named, 0)",
    "recipients_unknown": "coalesce(w.unknown, 0)",
    "recipients_not_employed": "coalesce(w.not_employed, 0)",
    "recipient_open_matters": "coalesce(w.open_matters, 0)",
    "sole_use": "r.sole_use",
    "items_count": "len(coalesce(r.items, []))",
    "items_beyond_identity": (
        f"len(list_filter(coalesce(r.items, []), lambda x: x NOT IN {_IDENTITY}))"
    ),
    "items_beyond_confirmation": (
        "len(list_filter(coalesce(r.items, []), lambda x: x <> 'address-confirmation'))"
    ),
    "ai_analysis": "r.ai_analysis",
    "ai_notice_acknowledged": (
        "EXISTS (SELECT 1 FROM reg_notices m WHERE m.agency = r.agency"
        " AND m.kind = 'artificial-intelligence' AND m.acknowledged_on <= d.day)"
    ),
    "safeguard_report_days": (
        "CASE WHEN g.report_date <= d.day THEN date_diff('day', g.report_date, d.day) END"
    ),
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
