"""From a USLM identifier to a citation as lawyers write it."""

import re

_USC = re.compile(r"/us/usc/t(?P<title>\w+)/s(?P<section>[\w.-]+)(?P<rest>(/[\w-]+)*)")
_CFR = re.compile(r"/us/cfr/t(?P<title>\w+)/s(?P<section>[\w.()-]+)(?P<rest>(/[\w-]+)*)")


def citation_text(uslm: str) -> str | None:
    """Give the citation, or ``None`` when the identifier is neither of the Code nor of the CFR.

    >>> citation_text("/us/usc/t26/s6103/i/2/B/i")
    '26 U.S.C. 6103(i)(2)(B)(i)'
    """
    for pattern, code in ((_USC, "U.S.C."), (_CFR, "CFR")):
        if match := pattern.fullmatch(uslm):
            steps = "".join(f"({step})" for step in match["rest"].split("/") if step)
            return f"{match['title']} {code} {match['section']}{steps}"
    return None
