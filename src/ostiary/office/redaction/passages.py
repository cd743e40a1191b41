"""Names of people inside a long withheld passage, as far as they are written as names are.

Two words with a capital in a row, initials or particles (``de la``) between them or not, a word
behind a title, and two words in capitals, where not all of the passage is. Words that begin
sentences and words of institutions, days and months are none: a passage and the rest of a document
share them lawfully. A name of one word, in small letters, or turned (``Falk, Otto``) is not told.
"""

import re

from ostiary.office.redaction.plain_letters import plain_words

_LETTERS = 2  # of a name behind a title, at the least
_CAPITALS = 4  # of a name in capitals, at the least: shorter words are abbreviations
_PARTICLE_WORDS = "da das de del den der di do dos du la las le los van von"
_WORD = re.compile(r"[^\W\d_][^\W\d_'\u2019\u2010-]*(?:['\u2019\u2010-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"(?<=\w)['\u2019][sS]$")
_TITLE_WORDS = "mr mrs ms miss mx dr prof judge sr sra srta senor senora don dona"
_COMMON_WORDS = """
a after all an and any as at be before but by each every for from he her here his i if in it its no
nor not of on or our she so some such that the their then there these they this those to under we
what when where which while who with yet you your
am do go me my up us
classified confidential privileged secret sensitive unclassified
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
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_TITLES = frozenset(_TITLE_WORDS.split())
_NO_NAMES = frozenset(_COMMON_WORDS.split())


def names_in(text: str) -> list[tuple[str, ...]]:
    """Give the names that a passage says, each as its words in the one spelling.

    Args:
        text: the passage, as it is written.
    """
    found: list[tuple[str, ...]] = []
    words = list(_WORD.finditer(text))
    capitals = any(one[0].islower() for one in words)
    before, between, end, short = "", list[str](), 0, False
    for one in words:
        word = _POSSESSIVE.sub("", one[0])
        if not re.fullmatch(r"\.?\s+" if short else r"\s+", text[end : one.start()]):
            before, between = "", []
        end, short = one.end(), _is_title(word) or len(word) == 1
        if len(word) == 1 and word.isupper() and before:
            continue  # an initial between two names
        if before and word in _PARTICLES:
            between.append(word)
            continue
        is_name = _is_name(word, capitals=capitals)
        if is_name and before and _belong_together(before, word):
            first = [] if _is_title(before) else plain_words(before)
            found.append((*first, *between, *plain_words(word)))
        before, between = word if is_name or _is_title(word) else "", []
    return found


def _belong_together(before: str, word: str) -> bool:
    if _is_title(before):
        return len(word) >= _LETTERS
    return before.isupper() == word.isupper()  # an abbreviation beside a name is no part of it


def _is_title(word: str) -> bool:
    return word[0].isupper() and _plain(word) in _TITLES


def _is_name(word: str, *, capitals: bool) -> bool:
    """Say whether a word is written as names are: a capital, then small letters among others.

    Args:
        word: the word.
        capitals: whether names may be in capitals, as the passage is not.
    """
    known = _plain(word) in _NO_NAMES or _plain(word) in _TITLES
    written = not word.isupper() or (capitals and len(word) >= _CAPITALS)
    return word[0].isupper() and written and not known


def _plain(word: str) -> str:
    return "".join(plain_words(word))
