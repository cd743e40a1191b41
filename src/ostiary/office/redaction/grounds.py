"""The grounds on which words may be withheld: the exemptions of 5 USC 552(b), and a court's order.

Paraphrased; the provision governs. Of an exemption by statute the statute is named.
"""

import re

GROUNDS = {
    "(b)(1)": "classified in the interest of national defence or foreign policy",
    "(b)(2)": "internal personnel rules and practices alone",
    "(b)(3)": "withheld by another statute, which is named",
    "(b)(4)": "trade secrets; confidential commercial or financial information",
    "(b)(5)": "privileged memoranda between or within agencies",
    "(b)(6)": "personnel, medical and similar files; clearly unwarranted invasion of privacy",
    "(b)(7)(A)": "law enforcement: could interfere with proceedings",
    "(b)(7)(B)": "law enforcement: would deprive of a fair trial",
    "(b)(7)(C)": "law enforcement: could be an unwarranted invasion of privacy",
    "(b)(7)(D)": "law enforcement: could disclose a confidential source",
    "(b)(7)(E)": "law enforcement: would disclose techniques or guidelines",
    "(b)(7)(F)": "law enforcement: could endanger somebody's life or safety",
    "(b)(8)": "supervision of financial institutions",
    "(b)(9)": "geological information about wells",
    "order": "sealed by a court's order, which is named",
}
_NAMED = ("(b)(3)", "order")
_GROUND = re.compile(r"(\(b\)\([1-9]\)(?:\([A-F]\))?|order)(?: ([0-9A-Za-z().:§ -]{3,60}))?")


def read_ground(text: str) -> str | None:
    """Read a ground such as ``(b)(6)`` or ``(b)(3) 26 USC 6103``; None where it is none."""
    found = _GROUND.fullmatch(" ".join(text.split()))
    if not found or found[1] not in GROUNDS:
        return None
    return found[0] if bool(found[2]) == (found[1] in _NAMED) else None


def meaning(ground: str) -> str:
    """What a ground says, in words."""
    return GROUNDS[ground.partition(" ")[0]]
