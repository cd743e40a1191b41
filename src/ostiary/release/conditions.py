"""The conditions of use that travel with an answer, in our own words, each with its citation.

A paraphrase for the people who open an answer; the statute governs.
"""

from collections.abc import Collection
from datetime import date

from ostiary.domain.errors import NotAllowedError
from ostiary.domain.words import Conditions

_ENGAGED = (
    "Only the recipients named here, who are personally and directly engaged in the matter that the"
    " request states, may see or use this answer, and only for "
)
_NAMED = "Only the recipients named here may see or use this answer, and only "
_SOLE_USE = {
    "/us/usc/t26/s6103/d": (
        f"{_NAMED}to administer the tax laws of the State, as far as that needs it"
        " (26 USC 6103(d)(1))."
    ),
    "/us/usc/t26/s6103/i/1": (
        f"{_ENGAGED}that investigation, proceeding or grand jury, within the court's order"
        " (26 USC 6103(i)(1)(A))."
    ),
    "/us/usc/t26/s6103/i/2": (
        f"{_ENGAGED}that investigation, proceeding or grand jury (26 USC 6103(i)(2)(A))."
    ),
    "/us/usc/t26/s6103/i/3/B": (
        f"{_NAMED}to meet the danger, or the flight from Federal prosecution, that it was given for"
        " (26 USC 6103(i)(3)(B))."
    ),
    "/us/usc/t26/s6103/i/7/A": (
        f"{_ENGAGED}the response to, or the investigation of, terrorism that the request states"
        " (26 USC 6103(i)(7)(A))."
    ),
    "/us/usc/t26/s6103/i/7/B": (
        f"{_ENGAGED}the intelligence on terrorism that the request states (26 USC 6103(i)(7)(B))."
    ),
    "/us/usc/t26/s6103/l/7": (
        f"{_NAMED}to find whether the person is eligible for the programme stated, and for what"
        " amount (26 USC 6103(l)(7))."
    ),
    "/us/usc/t26/s6103/l/13": (
        f"{_NAMED}for the student aid of the person who approved, and never for a criminal"
        " investigation or prosecution (26 USC 6103(l)(13)(D)(ii))."
    ),
    "/us/usc/t26/s6103/l/21": (
        f"{_NAMED}to find whether the person is eligible for the help with health insurance that is"
        " asked for, and for what amount (26 USC 6103(l)(21))."
    ),
}
_NO_REDISCLOSURE = (
    "Pass it on to nobody, in or outside the agency, unless title 26 itself allows that"
    " (26 USC 6103(a)). To disclose it willfully without authority is a felony"
    " (26 USC 7213(a)(1))."
)
_NO_ARTIFICIAL_INTELLIGENCE = (
    "Do not let artificial intelligence analyse it: no notice of such analysis by this agency has"
    " been acknowledged by the Office of Safeguards (26 USC 6103(p)(4))."
)
_NOTIFIED_ARTIFICIAL_INTELLIGENCE = (
    "Artificial intelligence may analyse it only as the agency's notice, which the Office of"
    " Safeguards has acknowledged, describes (26 USC 6103(p)(4))."
)
DISPOSAL = (
    "When its use is completed, and no later than the day stated, return it or make it"
    " undisclosable, or go on keeping it under every safeguard; record which of them was done"
    " (26 USC 6103(p)(4)(F)(ii))."
)


def conditions_of_use(
    provision: str,
    *,
    recipients: Collection[str],
    dispose_by: date,
    ai_notice_acknowledged: bool,
) -> Conditions:
    """Word the conditions for an answer under ``provision``.

    Args:
        provision: USLM id of the provision relied on.
        recipients: ids of the officers the answer is for; none may be named twice.
        dispose_by: last day by which the recipients must dispose of the answer.
        ai_notice_acknowledged: whether the Office of Safeguards has acknowledged the agency's
            notice of analysis by artificial intelligence.

    Raises:
        NotAllowedError: no conditions are worded for this provision, or nobody is named.
    """
    sole_use = _SOLE_USE.get(provision)
    if sole_use is None:
        raise NotAllowedError(
            "no conditions of use are worded for this provision",
            cure="word them before an answer is released under it",
        )
    if not recipients:
        raise NotAllowedError(
            "an answer must name its recipients", cure="name them (26 USC 6103(i)(2)(A))"
        )
    return Conditions(
        sole_use=sole_use,
        no_redisclosure=_NO_REDISCLOSURE,
        artificial_intelligence=(
            _NOTIFIED_ARTIFICIAL_INTELLIGENCE
            if ai_notice_acknowledged
            else _NO_ARTIFICIAL_INTELLIGENCE
        ),
        dispose_by=dispose_by.isoformat(),
        recipients=tuple(sorted(recipients)),
    )
