"""The offence or the removal that a request is about."""

from ostiary.domain.facts.fact import Fact
from ostiary.domain.facts.formulas import OF_A_STATE, PROVISION, one_offense, plain

FACTS = (
    Fact(
        "offense_class",
        "enum",
        "the class of the designated statute; `unknown` where no register settles it",
        ("criminal", "tax", "civil", "none", "unknown", "state", "unstated"),
        formula=(
            "CASE WHEN r.offense IS NULL THEN 'unstated'"
            f" WHEN regexp_matches(lower({plain('r.offense')}), '{OF_A_STATE}') THEN 'state'"
            f" WHEN NOT regexp_matches({plain('r.offense')}, '{PROVISION}') THEN 'none'"
            " WHEN x.offense_kind IN ('criminal', 'tax', 'civil', 'none') THEN x.offense_kind"
            " ELSE 'unknown' END"
        ),
        reads=("offense",),
        known="`unknown` where no register settles it",
    ),
    Fact(
        "offense_criminal",
        "bool",
        "an officer determined the statute designated to be Federal, criminal and not about tax",
        human=True,
        formula="CAST(NULL AS BOOLEAN)",
        reads=("offense",),
    ),
    Fact(
        "offense_state_tax",
        "bool",
        "an officer determined the State statute designated to be one on the taxes of that State",
        human=True,
        formula="CAST(NULL AS BOOLEAN)",
        reads=("offense",),
    ),
    Fact(
        "offense",
        "id",
        "the offence designated; `none` where none is",
        formula=f"coalesce({one_offense('r.offense')}, 'none')",
        known="`none` where none is designated",
        lasting=True,
    ),
    Fact(
        "offense_limb",
        "enum",
        "the limb of 8 USC 1253(a)(1) relied on",
        ("A", "B", "C", "D", "other"),
        formula=(
            "CASE WHEN upper(r.offense_limb) IN ('A', 'B', 'C', 'D') THEN upper(r.offense_limb)"
            " WHEN r.offense_limb IS NOT NULL THEN 'other' END"
        ),
        lasting=True,
    ),
    Fact(
        "removal_basis_class",
        "enum",
        "the class of the ground of removal",
        ("deportable", "inadmissible", "other"),
        formula=(
            "CASE WHEN x.removal_class IN ('deportable', 'inadmissible') THEN x.removal_class"
            " WHEN r.removal_basis IS NOT NULL THEN 'other' END"
        ),
        reads=("removal_basis",),
    ),
    Fact(
        "removal_order_date",
        "date",
        "the day of the final administrative order",
        formula="r.removal_order_date",
        lasting=True,
    ),
    Fact(
        "days_since_final_order",
        "int",
        "the number of days from the final order (the court's, if any) to receipt",
        formula=(
            "date_diff('day', greatest(r.judicial_review_date, r.removal_order_date), d.received)"
        ),
        reads=("removal_order_date", "judicial_review_date"),
        lasting=True,
    ),
    Fact(
        "review_before_order",
        "bool",
        "the court's order is dated before the one it reviewed, or either of them after receipt",
        formula=(
            "coalesce(r.judicial_review_date < r.removal_order_date, FALSE)"
            " OR coalesce(r.removal_order_date > d.received, FALSE)"
            " OR coalesce(r.judicial_review_date > d.received, FALSE)"
        ),
        reads=("removal_order_date", "judicial_review_date"),
        known="only what is stated can be out of order",
        lasting=True,
    ),
)
