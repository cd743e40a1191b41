"""Names of people inside a long withheld passage, as far as they are written as names are.

Two words with a capital in a row, initials or particles (``de la``) between them or not, the same
turned round (``Falk, Otto``, ``FALK, Otto``), a word behind a title, and two words in capitals,
where not all of the passage is. Words that begin sentences and words of institutions, days and
months are none, nor is a place before its state (``Portland, Oregon``): a passage and the rest of a
document share them lawfully. A name of one word, or in small letters, is not told.
"""

import re
from collections.abc import Iterator

from ostiary.office.redaction.plain_letters import PARTICLES, plain_words

_LETTERS = 2  # of a name behind a title, at the least
_CAPITALS = 4  # of a name in capitals, at the least: shorter words are abbreviations
_WORD = re.compile(r"[^\W\d_][^\W\d_'\u2019\u2010-]*(?:['\u2019\u2010-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"(?<=\w)['\u2019][sS]$")
_TITLE_WORDS = "mr mrs ms miss mx dr prof judge sr sra srta senor senora don dona"
_COMMON_WORDS = """
a after all also an and any as at be before but by each every finally for from further he her here
his however i if in it its moreover no nor not of on or our she so some such that the their then
there therefore these they this those to under we what when where which while who with yet you your
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
_STATE_WORDS = """
alabama alaska america arizona arkansas california carolina colorado columbia connecticut dakota
delaware florida georgia guam hampshire hawaii idaho illinois indiana iowa jersey kansas kentucky
louisiana maine maryland massachusetts mexico michigan minnesota mississippi missouri montana
nebraska nevada north ohio oklahoma oregon pennsylvania puerto rhode rico samoa south tennessee
texas usa utah vermont virginia west wisconsin wyoming york
"""
_STATES = frozenset(_STATE_WORDS.split())
_TITLES = frozenset(_TITLE_WORDS.split())
_NO_NAMES = frozenset(_COMMON_WORDS.split())


def names_in(text: str) -> list[tuple[str, ...]]:
    """Give the names that a passage says, each as its words in the one spelling, in both orders.

    Initials and particles are left out, as they are in what is searched
    (:func:`.plain_letters.main_words`).

    Args:
        text: the passage, as it is written.
    """
    found = dict.fromkeys(name for name, _ in placed_names(text))
    return list(found)


def placed_names(text: str) -> Iterator[tuple[tuple[str, ...], tuple[int, int]]]:
    """Give the names that a passage says, each with where it begins and ends in the passage.

    Args:
        text: the passage, as it is written.
    """
    words = list(_WORD.finditer(text))
    capitals = any(one[0].islower() for one in words)
    before: re.Match[str] | None = None
    end, short, inside = 0, False, False
    for one in words:
        word = _POSSESSIVE.sub("", one[0])
        between = text[end : one.start()]
        turned = bool(re.fullmatch(r",\s+", between)) and not inside
        if not turned and not re.fullmatch(r"\.?\s+" if short else r"\s+", between):
            before = None
        end, short = one.end(), is_title(word) or len(word) == 1
        inside = before is not None and not turned and (_is_initial(word) or word in PARTICLES)
        if inside:
            continue
        named = may_be_name(word, capitals=capitals)
        if before and (_is_turned if turned else _is_straight)(before[0], word, is_name=named):
            yield from _both_orders(before[0], word, (before.start(), one.end()))
        before = one if named or is_title(word) or _is_capitals(word, capitals) else None


def _both_orders(
    before: str, word: str, place: tuple[int, int]
) -> Iterator[tuple[tuple[str, ...], tuple[int, int]]]:
    last = _plain(_POSSESSIVE.sub("", word))
    if is_title(before):
        yield (last,), place
        return
    yield (_plain(before), last), place
    yield (last, _plain(before)), place


def _is_straight(before: str, word: str, *, is_name: bool) -> bool:
    """Say whether two words in a row are a title or name and a name."""
    if not is_name:
        return False
    if is_title(before):
        return len(word) >= _LETTERS
    return _is_long(before) and before.isupper() == word.isupper()  # no abbreviation beside a name


def _is_turned(before: str, word: str, *, is_name: bool) -> bool:
    """Say whether a word, a comma and a word are a name in the order of a file."""
    known = is_title(before) or _plain(word) in _STATES
    return is_name and not known and not (word.isupper() and not _is_long(before))


def _is_long(word: str) -> bool:
    return not word.isupper() or len(word) >= _CAPITALS


def _is_capitals(word: str, capitals: bool) -> bool:
    """Say whether a word in capitals may be a surname before a comma, however short (LI, Chen)."""
    return capitals and word.isupper() and len(word) >= _LETTERS and _plain(word) not in _NO_NAMES


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def is_title(word: str) -> bool:
    """Say whether a word is a title before a name."""
    return word[0].isupper() and _plain(word) in _TITLES


def may_be_name(word: str, *, capitals: bool) -> bool:
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
