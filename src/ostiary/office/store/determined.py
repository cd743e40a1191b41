"""Has a person found every element of the law that a person determines? One answer, in SQL.

``request.awaits`` names the elements, with spaces between; what was stored before schema 6 awaits
the word on its reason. Each must have been found, and none found lacking: that ends a case for
good.
"""

from ostiary.office.store.unfinished import is_not_lacking

_AWAITS = "coalesce(r.awaits, 'reason_specific')"
_FACT = "coalesce(d.fact, 'reason_specific')"
_IN_WORDS = f"' ' || {_AWAITS} || ' '"

DETERMINED = f"""(
    {is_not_lacking()}
    AND (SELECT count(DISTINCT {_FACT}) FROM reason_determination d
         WHERE d.request = r.id
           AND replace({_IN_WORDS}, ' ' || {_FACT} || ' ', '') <> {_IN_WORDS})
        >= CASE WHEN {_AWAITS} = '' THEN 0
                ELSE length({_AWAITS}) - length(replace({_AWAITS}, ' ', '')) + 1 END
)"""
"""Condition on a request ``r`` that says so; both databases read it alike."""
