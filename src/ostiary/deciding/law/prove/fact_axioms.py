"""What the derivations of facts guarantee, so that a prover need not think of the impossible.

Each fact declares its guarantees beside its formula. They are few on purpose: each one left out
makes the proofs hold for more requests than there can be. ``tests/law/test_guarantees.py`` holds
them against the formulas.
"""

from ostiary.domain.facts import VOCABULARY

COUNTS = tuple(fact.name for fact in VOCABULARY.values() if fact.counted)
"""Facts that are counted: never below nought, never undetermined (nothing to count is nought)."""

ALWAYS_KNOWN = tuple(fact.name for fact in VOCABULARY.values() if fact.known)
"""Facts that are never undetermined.

Two more guarantees are formulas of :class:`ostiary.deciding.law.prove.logic.Symbols`:
``received_year`` is the year of ``received``; ``disclosed`` is undetermined at admission and known
at disclosure.
"""

UNCHANGING = tuple(fact.name for fact in VOCABULARY.values() if fact.lasting)
"""Facts made of the request and its day of receipt alone: the same at admission and disclosure."""
