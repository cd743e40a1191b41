"""Who signed, and the person asked about: name, address, periods."""

from ostiary.domain.facts.fact import Fact
from ostiary.domain.facts.formulas import is_a_name, names_somebody
from ostiary.domain.facts.lists import ADDRESS_SHAPES, OFFICES

FACTS = (
    Fact(
        "signed_on",
        "date",
        "the day of the signature",
        formula="r.signed_on",
        lasting=True,
    ),
    Fact(
        "signer_in_office",
        "bool",
        "the signer held the registered office on that day",
        formula="s.office IS NOT NULL",
        reads=("signer", "signed_on"),
        known="the register either lists it or does not",
    ),
    Fact(
        "signer_office",
        "enum",
        "the rank of the signer's office",
        OFFICES,
        formula=(
            f"CASE WHEN s.office IN {OFFICES}"
            f" THEN s.office WHEN s.office IS NOT NULL THEN 'other' END"
        ),
        reads=("signer",),
    ),
    Fact(
        "signer_heads_enforcement",
        "bool",
        "the signer was that day head, or a delegate, of a Federal law enforcement agency",
        formula="coalesce(e.heads, FALSE)",
        reads=("signer", "signed_on"),
        known="the register either lists it or does not",
    ),
    Fact(
        "signer_gathers_intelligence",
        "bool",
        "the signer held that day one of the offices that may ask for intelligence on terrorism",
        formula="coalesce(e.gathers, FALSE)",
        reads=("signer", "signed_on"),
        known="the register either lists it or does not",
    ),
    Fact(
        "name_stated",
        "bool",
        "a name is stated, be it of one part, and is no placeholder",
        formula=(
            f"(r.n_name_stated AND {names_somebody()})"
            f" OR (r.n_given = '' AND {is_a_name('r.n_surname')})"
            f" OR (r.n_surname = '' AND {is_a_name('r.n_given')})"
        ),
        reads=("given_name", "surname"),
        lasting=True,
    ),
    Fact(
        "given_name_stated",
        "bool",
        "a given name is stated, not a placeholder",
        formula="r.n_name_stated AND r.n_given <> ''",
        reads=("given_name",),
        lasting=True,
    ),
    Fact(
        "surname_stated",
        "bool",
        "a surname is stated, not a placeholder",
        formula=f"r.n_name_stated AND r.n_surname <> '' AND {names_somebody()}",
        reads=("surname",),
        lasting=True,
    ),
    Fact(
        "address_shape",
        "enum",
        "the kind of thing given as the address",
        ADDRESS_SHAPES,
        formula="r.a_shape",
        reads=("address_line", "unit", "city", "state", "postal_code", "country"),
        lasting=True,
    ),
    Fact(
        "periods_reach",
        "int",
        "how many years before the year of receipt the oldest period lies",
        formula="year(d.received) - list_min(r.taxable_periods)",
        reads=("taxable_periods",),
        lasting=True,
    ),
    Fact(
        "periods_related",
        "bool",
        "an officer determined that the matter reaches back over all periods named",
        human=True,
        formula="CAST(NULL AS BOOLEAN)",
        reads=("taxable_periods",),
    ),
    Fact(
        "periods_count",
        "int",
        "the number of taxable periods stated",
        formula="len(coalesce(r.taxable_periods, []))",
        reads=("taxable_periods",),
        known="nothing to count is nought",
        counted=True,
        lasting=True,
    ),
    Fact(
        "period_latest",
        "int",
        "the latest taxable period stated",
        formula="list_max(r.taxable_periods)",
        reads=("taxable_periods",),
        lasting=True,
    ),
    Fact(
        "received_year",
        "int",
        "the calendar year of receipt",
        formula="year(d.received)",
        known="its year",
        lasting=True,
    ),
)
