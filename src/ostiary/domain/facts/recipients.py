"""The reason, and the people who are to receive the answer."""

from ostiary.domain.facts.fact import Fact
from ostiary.domain.facts.formulas import OTHERS_PROCEEDING

FACTS = (
    Fact(
        "reason_words",
        "int",
        "the number of words in the reason",
        # Words are counted by their blanks where single blanks part them: four times as soon.
        formula=(
            "CASE WHEN r.reason IS NULL THEN 0"
            " WHEN regexp_matches(r.reason, '[\\t\\n\\f\\r]|^ |  | $|^$')"
            " THEN len(regexp_extract_all(r.reason, '\\S+'))"
            " ELSE length(r.reason) - (length(replace(r.reason, ' ', '')) - 1) END"
        ),
        reads=("reason",),
        known="nothing to count is nought",
        counted=True,
        lasting=True,
    ),
    Fact(
        "reason_shared",
        "int",
        "the number of other people, in this file and before, with the very same reason",
        formula="coalesce(y.others, 0)",
        reads=("reason",),
        known="nothing to count is nought",
        counted=True,
    ),
    Fact(
        "reason_matters",
        "int",
        "the number of other matters of this file with the very same reason",
        formula="coalesce(y.matters, 0)",
        reads=("reason",),
        known="nothing to count is nought",
        counted=True,
    ),
    Fact(
        "reason_specific",
        "bool",
        "an officer determined the reason to be specific",
        human=True,
        formula="CAST(NULL AS BOOLEAN)",
        reads=("reason",),
    ),
    Fact(
        "party_doubts",
        "int",
        "the number of words in the reason that speak of a proceeding of somebody else",
        formula=f"coalesce(len(regexp_extract_all(lower(r.reason), '{OTHERS_PROCEEDING}')), 0)",
        reads=("reason",),
        known="nothing to count is nought",
        counted=True,
        lasting=True,
    ),
    Fact(
        "party",
        "bool",
        "an officer determined that the United States or the agency is or may be a party",
        human=True,
        formula="CAST(NULL AS BOOLEAN)",
        reads=("reason", "posture"),
    ),
    Fact(
        "recipients_count",
        "int",
        "the number of recipients named",
        formula="coalesce(w.named, 0)",
        reads=("recipients",),
        known="nothing to count is nought",
        counted=True,
    ),
    Fact(
        "recipients_unknown",
        "int",
        "the number of recipients that no register lists for this agency on the day",
        formula="coalesce(w.unknown, 0)",
        reads=("recipients",),
        known="nothing to count is nought",
        counted=True,
    ),
    Fact(
        "recipients_not_employed",
        "int",
        "the number of recipients who are no officers or employees",
        formula="coalesce(w.not_employed, 0)",
        reads=("recipients",),
        known="nothing to count is nought",
        counted=True,
    ),
    Fact(
        "recipient_open_matters",
        "int",
        "the most open matters that any one named recipient carries",
        formula="coalesce(w.open_matters, 0)",
        reads=("recipients",),
        known="nothing to count is nought",
        counted=True,
    ),
    Fact(
        "engaged",
        "bool",
        "an officer determined those named to be personally and directly engaged in this matter",
        human=True,
        formula="CAST(NULL AS BOOLEAN)",
        reads=("recipients",),
    ),
    Fact(
        "recipients_uncertified",
        "int",
        "the number of recipients who are contractors without a certificate under 6103(p)(9)",
        formula="coalesce(w.uncertified, 0)",
        reads=("recipients",),
        known="nothing to count is nought",
        counted=True,
    ),
)
