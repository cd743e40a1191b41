"""What is numbered and is no day and no amount: sections, parts, steps and the like.

What is called a section hands it on over ``and``, ``or``, ``to``, ``through`` and commas (``IRM
5.1.18 and 5.1.19``).
"""

import re

_LONGEST = 80  # signs, within which the word of a list of sections stands
_PARTED = r"[ \n]*(?:,[ \n]*(?:(?:and|or)[ \n]+)?|(?:and|or|to|through|y)[ \n]+|[&;-][ \n]*)"
_OF_A_SECTION = re.compile(
    r"(?:\b(?:IRM|sections?|secs?|parts?|chapters?|versions?|v|release|no|paras?|paragraphs?|rules?"
    r"|regs?|regulations?|items?|steps?|tables?|figures?|exhibits?|appendix)\.?"
    rf"|[\u00a7\u00b6#])[ \n]*(?:[0-9][0-9.]{{0,11}}(?:\([0-9A-Za-z]{{1,4}}\)){{0,4}}{_PARTED})*$",
    re.IGNORECASE,
)


def is_of_section(text: str, at: int) -> bool:
    """Whether what stands before a place says that a section's number follows."""
    return bool(_OF_A_SECTION.search(text, max(0, at - _LONGEST), at))
