"""The conditions of use that travel with an answer, in our own words, each with its citation.

What depends on the provision and on who receives stands in the book, as dated rows of
``conditions.csv``. A paraphrase for the people who open an answer; the statute governs.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ostiary.domain.errors import NotAllowedError
from ostiary.domain.words import Conditions

_NO_REDISCLOSURE = (
    "Pass it on to nobody, in or outside the agency, unless title 26 itself allows that"
    " (26 USC 6103(a)). "
)
_NO_ARTIFICIAL_INTELLIGENCE = (
    "Do not let artificial intelligence analyse it: no notice of such analysis by this agency is in"
    " force, acknowledged by the Office of Safeguards and without objection (26 USC 6103(p)(4))."
)
_NOTIFIED_ARTIFICIAL_INTELLIGENCE = (
    "Artificial intelligence may analyse it only as the agency's notice, which the Office of"
    " Safeguards has acknowledged, describes (26 USC 6103(p)(4))."
)


LONGEST_TEXT = 600
TRAINING = "Training: this is no answer, and nobody may act on it."
"""What the first condition of a training office's answers begins with."""
"""Characters that a condition may have in an answer."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What the book says of answers under one provision to one kind of recipient.

    Attributes:
        sole_use: who may use the answer, and for what.
        felony: what it is to disclose it without authority: 26 USC 7213(a)(1) or (2).
        disposal: what is done when the use is completed: 26 USC 6103(p)(4)(F)(i) or (ii).
    """

    sole_use: str
    felony: str
    disposal: str


def conditions_of_use(
    wording: Wording,
    *,
    recipients: Collection[str],
    dispose_by: date,
    ai_notice_acknowledged: bool,
    ai_notice: str = "",
) -> Conditions:
    """Word the conditions for an answer.

    Args:
        wording: of the provision relied on, for recipients of this kind.
        recipients: ids of the officers the answer is for; none may be named twice.
        dispose_by: last day by which the recipients must dispose of the answer.
        ai_notice_acknowledged: whether the Office of Safeguards has acknowledged the agency's
            notice of analysis by artificial intelligence.
        ai_notice: what the notice describes, in words; it is part of the condition.

    Raises:
        NotAllowedError: nobody is named.
    """
    if not recipients:
        raise NotAllowedError(
            "an answer must name its recipients", cure="name them (26 USC 6103(i)(2)(A))"
        )
    return Conditions(
        sole_use=wording.sole_use,
        no_redisclosure=_NO_REDISCLOSURE + wording.felony,
        artificial_intelligence=(
            _as_notified(ai_notice) if ai_notice_acknowledged else _NO_ARTIFICIAL_INTELLIGENCE
        ),
        dispose_by=dispose_by.isoformat(),
        recipients=tuple(sorted(recipients)),
    )


def _as_notified(notice: str) -> str:
    """Bind analysis to what the notice describes, in words that are left out where too many."""
    described = f"{_NOTIFIED_ARTIFICIAL_INTELLIGENCE} It describes: {notice}."
    fits = notice and len(described) <= LONGEST_TEXT
    return described if fits else _NOTIFIED_ARTIFICIAL_INTELLIGENCE
