"""What the derivations of facts guarantee, so that a prover need not think of the impossible.

The list is kept small on purpose: each line left out makes the proofs hold for more requests than
there can be. ``tests/law/test_guarantees.py`` holds it against ``ostiary.intake.derivations``.
"""

COUNTS = (
    "periods_count",
    "reason_words",
    "reason_shared",
    "reason_matters",
    "matter_people",
    "recipients_count",
    "recipients_unknown",
    "recipients_not_employed",
    "recipients_uncertified",
    "recipient_open_matters",
    "items_count",
    "items_beyond_identity",
    "items_beyond_third_party",
    "items_beyond_aid",
    "items_beyond_confirmation",
    "items_unknown",
    "items_beyond_eligibility",
    "items_beyond_income",
    "items_beyond_order",
    "periods_beyond_order",
    "notices_missing",
    "file_rows",
)
"""Facts that are counted: never below nought, never undetermined (nothing to count is nought)."""

ALWAYS_KNOWN = (
    *COUNTS,
    "received",  # a file is received on a day, or there is no request
    "received_year",  # its year
    "agency",  # `other` where no register knows it
    "agency_parent",  # `none` where it has none
    "department",  # `other` where no register knows the agency
    "leave_of_court",  # `none` where no leave is on file
    "notice_to_court",  # likewise
    "offense",  # `none` where none is designated
    "agency_registered",  # the register either lists it or does not
    "signer_in_office",  # likewise
    "offense_class",  # `unknown` where no register settles it
    "agreement",  # `none` where the request names none
    "provision",  # `none` where the request names none
    "agreement_standing",  # the register either has it or does not
    "order_stated",  # stated or not
    "order_finds_crime",  # among the findings stated, or not
    "order_finds_relevance",  # likewise
    "order_finds_exclusive_use",  # likewise
    "state_law_protects",  # on file or not
    "state_death_contract",  # likewise
    "review_before_order",  # only what is stated can be out of order
    "matter_stated",  # stated or not
    "ai_notice_acknowledged",  # on file or not
)
"""Facts that are never undetermined.

Two more guarantees are formulas of :class:`ostiary.law.logic.Symbols`: ``received_year`` is the
year of ``received``; ``disclosed`` is undetermined at admission and known at disclosure.
"""

UNCHANGING = (
    "received",
    "received_year",
    "provision",
    "agreement",
    "signed_on",
    "name_stated",
    "given_name_stated",
    "surname_stated",
    "address_shape",
    "periods_count",
    "period_latest",
    "offense",
    "offense_limb",
    "removal_basis_class",
    "removal_order_date",
    "days_since_final_order",
    "review_before_order",
    "matter_kind",
    "periods_reach",
    "matter_stated",
    "order_stated",
    "order_date",
    "order_judge",
    "order_finds_crime",
    "order_finds_relevance",
    "order_finds_exclusive_use",
    "items_beyond_order",
    "periods_beyond_order",
    "circumstance",
    "purpose",
    "programme_listed",
    "approval_certified",
    "posture",
    "reason_words",
    "sole_use",
    "items_count",
    "items_beyond_identity",
    "items_beyond_third_party",
    "items_beyond_aid",
    "items_beyond_confirmation",
    "items_unknown",
    "items_beyond_eligibility",
    "items_beyond_income",
    "ai_analysis",
)
"""Facts made of the request and its day of receipt alone: the same at admission and disclosure.

All others may have changed in between: a day passed, a register was corrected, an officer ruled.
"""
