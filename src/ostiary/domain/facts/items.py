"""What is asked for, and under what undertaking."""

from ostiary.domain.basis import ON_FILE
from ostiary.domain.facts.fact import Fact
from ostiary.domain.facts.formulas import beyond
from ostiary.domain.facts.lists import ITEMS

FACTS = (
    Fact(
        "sole_use",
        "bool",
        "the sole-use undertaking is given",
        formula="r.sole_use",
        lasting=True,
    ),
    Fact(
        "items_count",
        "int",
        "the number of items asked for",
        formula="len(coalesce(r.items, []))",
        reads=("items",),
        known="nothing to count is nought",
        counted=True,
        lasting=True,
    ),
    Fact(
        "items_beyond_identity",
        "int",
        "the number of items that are no part of a taxpayer's identity",
        formula=beyond("identity"),
        reads=("items",),
        known="nothing to count is nought",
        counted=True,
        lasting=True,
    ),
    Fact(
        "items_beyond_third_party",
        "int",
        "the number of items that are neither identity nor information others furnished",
        formula=(
            "len(list_filter(coalesce(r.items, []), lambda x: x <> 'return-information' AND"
            f" x NOT IN {ITEMS['identity']}))"
        ),
        reads=("items",),
        known="nothing to count is nought",
        counted=True,
        lasting=True,
    ),
    Fact(
        "items_beyond_aid",
        "int",
        "the number of items other than identity and the lists of 6103(l)(13)",
        formula=beyond("identity", "aid"),
        reads=("items",),
        known="nothing to count is nought",
        counted=True,
        lasting=True,
    ),
    Fact(
        "items_beyond_confirmation",
        "int",
        "the number of items other than confirming the address given",
        formula="len(list_filter(coalesce(r.items, []), lambda x: x <> 'address-confirmation'))",
        reads=("items",),
        known="nothing to count is nought",
        counted=True,
        lasting=True,
    ),
    Fact(
        "items_beyond_file",
        "int",
        "the number of items other than confirming the address and what a reference file holds",
        formula=(
            "len(list_filter(coalesce(r.items, []), lambda x: x <> 'address-confirmation'"
            f" AND x NOT IN {tuple(ON_FILE)}))"
        ),
        reads=("items",),
        known="nothing to count is nought",
        counted=True,
        lasting=True,
    ),
    Fact(
        "items_unknown",
        "int",
        "the number of items that no provision knows",
        formula=beyond(*ITEMS),
        reads=("items",),
        known="nothing to count is nought",
        counted=True,
        lasting=True,
    ),
    Fact(
        "items_beyond_eligibility",
        "int",
        "the number of items other than identity and what a marketplace asks for eligibility",
        formula=beyond("identity", "eligibility"),
        reads=("items",),
        known="nothing to count is nought",
        counted=True,
        lasting=True,
    ),
    Fact(
        "items_beyond_income",
        "int",
        "the number of items other than unearned income",
        formula="len(list_filter(coalesce(r.items, []), lambda x: x <> 'unearned-income'))",
        reads=("items",),
        known="nothing to count is nought",
        counted=True,
        lasting=True,
    ),
)
