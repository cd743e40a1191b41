r"""Values that are not what they seem: no value, lost digits, numbers that stand for unknown.

1. A word that says that nothing is there is an empty value, and so is what a spreadsheet shows
   where a formula failed: in what meets or breaks a condition of the law by being there at all,
   and in whatever is read as a day, a number or a list. Names and addresses are left to their
   standard form, which knows who is called Null; a flag is ``true``, ``false`` or empty, and no
   word.
2. A number in scientific notation has lost its digits: two matters may have become one. So has a
   number with ``.0`` behind it, which a data frame made of an id, and ``4-Mar``, which a
   spreadsheet made of ``3-4``: what was meant cannot be told.
3. ``000000000`` and its like are nobody's TIN, and nobody was born on 1 January 1900: programs
   write them where they know nothing. In a request such a value is an error; in the reference it
   is empty.
4. A sign that nobody sees, in the middle of an id, makes it another id, and so does one that only
   looks like another: a word processor's dash for a hyphen, a Cyrillic letter among Latin ones.
5. An apostrophe or ``=`` before an id, a number or a day is a sign for a spreadsheet that came
   along: with it ``'M-1`` would be another matter than ``M-1``.
6. Midnight is how programs write a day that they keep as a point in time.
7. ``########`` is what a spreadsheet shows of a number or a day for which its column has no room.
"""

import re

from ostiary.deciding.standardisation.folding import LETTERS, LOOK_ALIKES
from ostiary.deciding.standardisation.vocabulary.nothing import LEFT_OUT, NOTHING, SHEET_ERROR
from ostiary.domain.columns import Column

_MET_BY_BEING_THERE = frozenset({"matter_number", "reason", "court_order", "offense"})
_NUMBERS = frozenset({"request_id", "person_id", "matter_number", "court_order", "postal_code"})
_CODES = frozenset(
    {
        *("request_id", "person_id", "agency", "agreement", "provision", "signer", "tin"),
        *("offense", "offense_limb", "removal_basis", "matter_number", "posture", "recipients"),
        *("items", "purpose", "circumstance", "court_order_judge", "court_order_findings"),
        *("court_order_items", "programme", "source"),
    }
)
_OWN_IDS = frozenset({"request_id", "person_id"})
_SIGNS_OF_SHEETS = ("'", "=")
_KEPT_AS_WRITTEN = frozenset({"request_id", "person_id", "matter_number", "court_order"})
_LONGEST_NOTHING = 60
_LONGEST_DAY = len("2025-03-12 12:00:00.000000000")
_DIGIT = "[2-9]|1(?:[^.# IQiq]|$)"  # of words for nothing, `1.#IND` and `1.#QNAN` alone have one
# beside those that also stand in names and addresses: what programs and people write in a matter
_NO_MATTER = (
    *("OBJECTOBJECT", "NUL", "N\\A", "DITTO", "IDEM", "SAME", "SAMEASABOVE", "ASABOVE", "SEEABOVE"),
    *("TOBEASSIGNED", "NOTYETASSIGNED", "NOTASSIGNEDYET", "NOTYETKNOWN", "NOTYETAVAILABLE"),
    *("NOTYET", "NOTAPPLICABLEATTHISTIME", "KEINEANGABE", "UNBEKANNT", "INCONNU", "AUCUN"),
)
# What is an id elsewhere (`nd`, `test`), and no answer where one says of which matter it is,
# and why.
_NO_ANSWER = (
    *("KA", "ND", "NK", "SN", "NICHTBEKANNT", "KEINE", "NEANT", "SD", "FORTHCOMING", "WILLFOLLOW"),
    *("NOMATTER", "NOMATTERNUMBER", "NOCASENUMBER", "NOFILENUMBER", "TRUE", "YES", "NO", "TEST"),
    *("DUMMY", "PLACEHOLDER", "SAMPLE", "VARIOUS", "SEVERAL", "SEEFILE", "SEEATTACHED", "ATTACHED"),
    *("PERABOVE", "ASDISCUSSED", "ASBEFORE", "ONREQUEST", "ASDF", "ASDFASDF", "QWERTY"),
    "LOREMIPSUM",
)
# What programs show in place of a value of many parts, or of one too long: no matter and no reason,
# and no day, number or list either, but an error there.
_SHOWN_INSTEAD = (
    *("LIST", "RECORD", "TABLE", "ARRAY", "OBJECT", "BINARY", "SYSTEMOBJECT", "SYSTEMSTRING"),
    *("BLOB", "CLOB", "HUGECLOB", "HUGEBLOB", "MEMO", "LONGTEXT", "LONGBINARY", "OLEOBJECT"),
    *("ERROR", "LOADING", "UNSET", "INFINITY", "INF"),
)
_WORDS = f"|{'|'.join((*NOTHING.entries, *_NO_MATTER))}|"  # a list of words takes long to plan
_WORDS_AND_SHOWN = f"{_WORDS}{'|'.join(_SHOWN_INSTEAD)}|"
_NOT_SAID = f"{_WORDS_AND_SHOWN}{'|'.join(_NO_ANSWER)}|"
# Some provisions ask that no offence be designated, 26 USC 6103(l)(13)(D)(ii): `ditto` designates
# one in another place, and `[List]` stands for some; neither says that there is none.
_NO_OFFENSE = f"|{'|'.join(NOTHING.entries)}|"
# what spreadsheets show in other languages (#WERT!, #NV), and LibreOffice (Err:502)
_LETTERS = r"[A-Z/0_\x{c0}-\x{17f}]"  # of the languages that they speak; `\pL` takes long to plan
_FAILED = (
    rf"{SHEET_ERROR}|^ *# *(?:[\x{{a1}}\x{{bf}}]?{_LETTERS}+[!?]|NV|N/B) *$|^ *ERR:[0-9]{{3}} *$"
)
# letters and digits beyond ASCII, in ranges (`\pL` takes long to plan); no zeros and no fillers
_OTHER_SCRIPTS = (
    r"[\x{c0}-\x{d6}\x{d8}-\x{f6}\x{f8}-\x{2c1}\x{370}-\x{61b}\x{61d}-\x{65f}\x{661}-\x{6ef}"
    r"\x{6f1}-\x{115e}\x{1161}-\x{17b3}\x{17b6}-\x{180a}\x{1810}-\x{1fff}\x{2c00}-\x{2dff}"
    r"\x{3041}-\x{3163}\x{3165}-\x{d7ff}\x{f900}-\x{fdff}\x{fe70}-\x{fefc}\x{ff11}-\x{ff19}"
    r"\x{ff21}-\x{ff37}\x{ff39}-\x{ff57}\x{ff59}-\x{ff9f}\x{ffa1}-\x{ffdc}\x{10000}-\x{1ffff}]"
)
_MAY_HAVE_FAILED = "^ *(?:#|[Ee][Rr][Rr]:)"

NOBODYS_TINS = (
    *(str(digit) * 9 for digit in range(10)),
    *("123456789", "987654321"),
    # shown in advertisements and so used by thousands; withdrawn by the Social Security
    # Administration (its history page "Social Security Cards Issued by Woolworth")
    *("078051120", "219099999"),
)
"""TINs that stand for unknown."""

WRITTEN_AS_TEXT = '="[^"]*"'
"""A pattern of SQL and Python: how many write a text that a spreadsheet is to leave alone."""

NO_DAY = "1900-01-01"
"""The day that spreadsheets and databases count from: no birthday of anybody alive."""

# Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt) beside those of a name's
# standard form, without what is reserved; the empty pattern of Braille, and the mark of an object
# that is gone
_UNSEEN_TOO = (
    *((0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065), (0x206A, 0x206F)),
    *((0x2800, 0x2800), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFC)),
    *((0xE0001, 0xE0001), (0xE0020, 0xE007F)),
)
_OF_NAMES = "".join(sign for sign, plain in LETTERS.items() if not plain)

INVISIBLE = _OF_NAMES + "".join(
    chr(point)
    for first, last in _UNSEEN_TOO
    for point in range(first, last + 1)
    if chr(point) not in _OF_NAMES
)
"""Signs that are not seen."""

INVISIBLE_CLASS = "".join(rf"\x{{{ord(sign):x}}}" for sign in _OF_NAMES) + "".join(
    rf"\x{{{first:x}}}-\x{{{last:x}}}" for first, last in _UNSEEN_TOO
)
"""The same, for the inside of a class of a regular expression."""

CONTROLS = r"\x02-\x08\x0e-\x1b\x7f-\x{84}\x{86}-\x{9f}"
"""Signs that steer a printer, for the inside of a class; without NUL and what is white space."""

DASHES = r"\x{2010}-\x{2015}\x{2212}\x{fe58}\x{fe63}\x{ff0d}"
"""Signs that are meant for a hyphen, for the inside of a class."""

_LOOKS_LATIN = "".join(rf"\x{{{ord(sign):x}}}" for sign in LOOK_ALIKES)
_FULL_WIDTH = r"\x{ff01}-\x{ff5e}"
_NO_ROOM = "##+"

_SCIENTIFIC = (
    r"[-+]?[0-9](?:[.,][0-9]+ ?[eE][-+]?[0-9]{1,3}|[eE][-+][0-9]{2,3}"
    r"|[.,][0-9]+ ?[*xX\xd7] ?10\^?[0-9]{1,3})"
)
_DECIMAL = r"[0-9]{4,}[.,]0+"
_MONTH = "(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_CLOCK = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?: ?[AaPp][Mm])?"
_SHORT_DAY = rf"[0-9]{{1,2}}-{_MONTH}(?:-[0-9]{{2}}|-[0-9]{{4}})?|{_MONTH}-[0-9]{{2}}"
_DAY_OF_SHEET = (
    rf"{_SHORT_DAY}|[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{4}}(?: {_CLOCK})?"
    rf"|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[ T]{_CLOCK}"
    r"|[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?: ?[AaPp][Mm])?"
)
_MIDNIGHT = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ]00:00(?::00(?:[.,]0+)?)?(?:Z|[-+][0-9]{2}:?[0-9]{2})?"
    r"| 12:00(?::00)? ?[Aa][Mm])"
)

_HAS_DIGIT = re.compile(_DIGIT)
_LOOKS_FAILED = re.compile(_MAY_HAVE_FAILED)
_LEFT_OUT, _ZEROS = re.compile(LEFT_OUT), re.compile("0*|X*")
MIDNIGHT = re.compile(_MIDNIGHT)
"""A day that is written as the midnight with which it begins."""
_MADE_BY_PROGRAMS = re.compile(f"{_SCIENTIFIC}|{_DECIMAL}|{_DAY_OF_SHEET}")


def is_nothing(name: str, words: str = _WORDS) -> str:
    """Give the SQL that is true when a text says that nothing is there; never NULL for a text.

    ``words`` are those that say so, in capitals without blanks, each between bars.

    Zeros alone are nothing, and so are crosses; no other word for it has a digit but 1. What is
    written in another script alone is none of these words.
    """
    bare = f"regexp_replace(upper({name}), '{LEFT_OUT}', '', 'g')"
    return (
        f"(CASE WHEN strlen({name}) > {_LONGEST_NOTHING} THEN false"
        f" WHEN (contains({name}, '#') OR contains({name}, ':'))"
        f" AND regexp_matches({name}, '{_MAY_HAVE_FAILED}')"
        f" AND regexp_matches(upper({name}), '{_FAILED}') THEN true"
        f" WHEN regexp_matches({name}, '{_DIGIT}') THEN false"
        f" ELSE contains('{words}', '|' || {bare} || '|')"
        f" OR (regexp_full_match({bare}, '0*|X*')"
        f" AND NOT regexp_matches({name}, '{_OTHER_SCRIPTS}')) END)"
    )


def may_be_nothing(column: Column, text: str) -> bool:
    """Tell of printable ASCII whether :func:`sensible` may find that it says nothing."""
    if column.name != "request_id" and column.name not in _MET_BY_BEING_THERE:
        return False
    return may_say_nothing(text, _NOT_SAID)


def may_say_nothing(text: str, words: str = _WORDS_AND_SHOWN) -> bool:
    """Tell of printable ASCII whether :func:`is_nothing` may hold of it, with these words."""
    if len(text) > _LONGEST_NOTHING:
        return False
    if _LOOKS_FAILED.match(text):
        return True
    if _HAS_DIGIT.search(text):
        return False
    bare = _LEFT_OUT.sub("", text.upper())
    return f"|{bare}|" in words or _ZEROS.fullmatch(bare) is not None


def may_be_of_a_program(column: Column, text: str) -> bool:
    """Tell of printable ASCII whether :func:`digits_lost` or its like may hold of it."""
    if text.startswith(_SIGNS_OF_SHEETS) and sign_of_a_sheet(column):
        return True
    if text.startswith("##") and had_no_room(column):
        return True
    return (column.name in _NUMBERS or column.name == "unit") and made_by_a_program(text)


def sign_of_a_sheet(column: Column) -> str:
    """Give the SQL that is true when a value begins with a sign that spreadsheets read and drop.

    An apostrophe keeps a text from becoming a number, ``=`` begins a formula. Neither is part of an
    id, a number or a day. Empty for names and other free texts, where somebody is called 't Hooft,
    and for lists, whose entries lose their quotes.
    """
    judged = column.name in _CODES | _NUMBERS or column.kind in {"date", "digits"}
    if not judged or column.kind == "list":
        return ""
    # whoever gives an id may begin it as they like, but not with what a spreadsheet drops
    formula = "" if column.name in _OWN_IDS else ", '='"
    return f'coalesce(left("{column.name}", 1) IN (chr(39){formula}), false)'


def made_by_a_program(text: str) -> bool:
    """Tell whether a text is a number or a day that a program may have made of an id."""
    return _MADE_BY_PROGRAMS.fullmatch(text) is not None


def is_free(column: Column) -> bool:
    """Whether the texts of a column are no ids, numbers or anything else that can be misread."""
    judged = _NUMBERS | _CODES | _MET_BY_BEING_THERE | {"unit"}
    return column.kind == "text" and column.name not in judged


def sensible(column: Column) -> str:
    """Give the SQL of a cleaned text, NULL where it says that nothing is there.

    A day that is written as the midnight with which it begins is that day.
    """
    name = f'"{column.name}"'
    if column.name == "request_id":  # whoever counts from 0 has a request 0
        counted = f"regexp_full_match(upper({name}), '0|X+')"
        return f"CASE WHEN {is_nothing(name)} AND NOT {counted} THEN NULL ELSE {name} END"
    if column.name in _MET_BY_BEING_THERE:
        words = _NO_OFFENSE if column.name == "offense" else _NOT_SAID
        return f"CASE WHEN {is_nothing(name, words)} THEN NULL ELSE {name} END"
    if column.kind == "list":  # nearly every id has a hyphen, and that is found sooner
        may_be = f"(strlen({name}) < 3 OR NOT contains({name}, '-'))"
        counted = f"regexp_full_match(upper({name}), '0+|X+')"
        nothing = f"{may_be} AND {is_nothing(name)} AND NOT {counted}"
        return f"CASE WHEN {nothing} THEN NULL ELSE {name} END"
    if column.kind == "date":
        return (
            f"CASE WHEN strlen({name}) > 10 AND regexp_full_match({name}, '{_MIDNIGHT}')"
            f" THEN left({name}, 10) ELSE {name} END"
        )
    return name


def digits_lost(column: Column) -> str:
    """Give the SQL that is true when the text of a column is a number in scientific notation.

    Empty for a column whose values are no numbers.
    """
    if column.name not in _NUMBERS:
        return ""
    return f"coalesce(regexp_full_match(\"{column.name}\", '{_SCIENTIFIC}'), false)"


def made_decimal(column: Column) -> str:
    """Give the SQL that is true when an id was written as a decimal; empty for other columns."""
    if column.name not in _KEPT_AS_WRITTEN:
        return ""
    name = f'"{column.name}"'
    parted = f"contains({name}, '.') OR contains({name}, ',')"
    return f"CASE WHEN {parted} THEN regexp_full_match({name}, '{_DECIMAL}') ELSE false END"


def made_a_day(column: Column) -> str:
    """Give the SQL that is true when a spreadsheet made a day of an id; empty for other columns.

    Programs count requests and people by days and time-stamps, so that whoever gives an id may give
    one; what a spreadsheet makes of ``3-4`` (``4-Mar``) no program writes.
    """
    if column.name not in _KEPT_AS_WRITTEN:
        return ""
    return looks_like_a_day(column.name, _SHORT_DAY if column.name in _OWN_IDS else _DAY_OF_SHEET)


def had_no_room(column: Column) -> str:
    """Give the SQL that is true when a value is ``####``; empty where it may be anything."""
    if column.name not in _NUMBERS and column.kind not in {"date", "digits", "years"}:
        return ""
    return f"coalesce(regexp_full_match(\"{column.name}\", '{_NO_ROOM}'), false)"


def looks_like_another(column: Column) -> str:
    """Give the SQL that is true when an id holds a sign for another; empty for other texts.

    In an id that the sender gave, dashes are other signs than the keyboard's, and so are full-width
    signs and Cyrillic and Greek letters that look Latin, unless one beside them does not. Ids of
    people are the custodian's own: nobody types one again.
    """
    if column.name not in _KEPT_AS_WRITTEN or column.name == "person_id":
        return ""
    name = f'"{column.name}"'
    return (
        f"CASE WHEN {name} IS NULL OR strlen({name}) = length({name}) THEN false"
        f" ELSE regexp_matches({name}, '{_OTHER_SIGN}')"
        f" AND (regexp_matches({name}, '[{DASHES}]')"
        f" OR NOT regexp_matches(regexp_replace({name}, '{_OTHER_SIGN}', '', 'g'), '[^ -~]')) END"
    )


def other_sign(column: Column) -> str:
    """Give the SQL that names the first such sign, as `` U+2011``."""
    return _first_sign(column, _OTHER_SIGN)


_OTHER_SIGN = f"[{DASHES}{_FULL_WIDTH}{_LOOKS_LATIN}]"


def _first_sign(column: Column, pattern: str) -> str:
    found = f"regexp_extract(\"{column.name}\", '{pattern}')"
    return f"printf(' (U+%04X)', unicode({found}))"


def looks_like_a_day(name: str, days: str = _DAY_OF_SHEET) -> str:
    """Give the SQL that is true when a text is a day as spreadsheets show one; never NULL.

    Args:
        name: of the column.
        days: a pattern of SQL of the forms of days.
    """
    short = f'strlen("{name}") <= {_LONGEST_DAY} AND regexp_matches("{name}", \'[-/:]\')'
    full = f"regexp_full_match(\"{name}\", '{days}')"
    return f"CASE WHEN {short} THEN {full} ELSE false END"


def hides_a_sign(column: Column) -> str:
    """Give the SQL that is true when an id holds a sign that nobody sees; empty for other texts."""
    if column.name not in _CODES:
        return ""
    sign = _HIDDEN_SIGN
    if column.kind == "list":  # around an entry it goes, as white space does
        sign = f"[A-Za-z0-9/._:-][{INVISIBLE_CLASS}{CONTROLS}]+[A-Za-z0-9/._:-]"
    return f"(_odd AND coalesce(regexp_matches(\"{column.name}\", '{sign}'), false))"


def hidden_sign(column: Column) -> str:
    """Give the SQL that names the first such sign, as `` U+200B``."""
    return _first_sign(column, _HIDDEN_SIGN)


_HIDDEN_SIGN = rf"[{INVISIBLE_CLASS}{CONTROLS}\x0b\x0c\x1c-\x1f\x{{85}}\x{{2028}}\x{{2029}}]"


def is_nobodys(column: Column, value: str) -> str:
    """Give the SQL that is true when a value stands for unknown.

    Args:
        column: of the kind ``digits`` or ``date``.
        value: SQL of nine digits, or of a text that is an ISO day.
    """
    if column.kind == "digits":
        return f"coalesce({value} IN {NOBODYS_TINS}, false)"
    return f"coalesce({value} = '{NO_DAY}', false)"
