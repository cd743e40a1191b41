"""Cases: what is stored of a request, who may see what of it, and the steps that officers take.

In: stored cases and signatures. Out: pages of a case, determinations, approvals that hold for
exactly one decision.
Never here: approval in bulk; one person acting as two; an approval that outlives a change.
"""
