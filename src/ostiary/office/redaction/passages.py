"""Names of people inside a long withheld passage, as far as they are written as names are.

Two words with a capital in a row, initials between them or not, and a word behind a title. Words
that begin sentences and words of institutions, days and months are none: a passage and the rest of
a document share them lawfully. A name of one word, or in small letters, is not told from a word.
"""

import re

from ostiary.office.redaction.plain_letters import plain_words

_LETTERS = 3  # of a name behind a title, at the least
_WORD = re.compile(r"[^\W\d_][^\W\d_'\u2019\u2010-]*(?:['\u2019\u2010-][^\W\d_]+)*")
_TITLE_WORDS = "mr mrs ms miss mx dr prof judge sr sra srta senor senora don dona"
_COMMON_WORDS = """
a after all an and any as at be before but by each every for from he her here his i if in it its no
nor not of on or our she so some such that the their then there these they this those to under we
what when where which while who with yet you your
act agency agent agreement article attorney bureau chapter city code commissioner committee
congress constitution council counsel county court customs department director district division
document enforcement federal field form general government homeland house immigration inspector
internal item justice law memorandum national new notice office officer order paragraph part policy
president privacy public record records regulation regulations revenue rule schedule secretary
section security senate service services social state states statute subsection supreme tax title
treasury united unit washington
monday tuesday wednesday thursday friday saturday sunday january february march april may june
july august september october november december
"""
_TITLES = frozenset(_TITLE_WORDS.split())
_NO_NAMES = frozenset(_COMMON_WORDS.split())


def names_in(text: str) -> list[tuple[str, ...]]:
    """Give the names that a passage says, each as its words in the one spelling.

    Args:
        text: the passage, as it is written.
    """
    found: list[tuple[str, ...]] = []
    before, end, short = "", 0, False
    for one in _WORD.finditer(text):
        word = one[0]
        if not re.fullmatch(r"\.?\s+" if short else r"\s+", text[end : one.start()]):
            before = ""
        end, short = one.end(), _is_title(word) or len(word) == 1
        if len(word) == 1 and word.isupper() and before:
            continue  # an initial between two names
        if _is_name(word) and before and (not _is_title(before) or len(word) >= _LETTERS):
            title = _is_title(before)
            found.append((*([] if title else plain_words(before)), *plain_words(word)))
        before = word if _is_name(word) or _is_title(word) else ""
    return found


def _is_title(word: str) -> bool:
    return word[0].isupper() and _plain(word) in _TITLES


def _is_name(word: str) -> bool:
    """Say whether a word is written as names are: a capital, then small letters among others."""
    known = _plain(word) in _NO_NAMES or _plain(word) in _TITLES
    return word[0].isupper() and not word.isupper() and not known


def _plain(word: str) -> str:
    return "".join(plain_words(word))
