"""Review: two officers look at each request, and sign the digest of the decision.

In: verifications and signatures. Out: approvals that hold for exactly one decision.
Never here: approval in bulk; one person acting as two; an approval that outlives a change.
"""
