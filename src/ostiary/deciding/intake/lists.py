r"""Lists within a value, in every common form; and entries that cannot be cut with certainty.

1. ``;`` parts entries. So does every sign that no entry may hold: commas, bars, ``&``, ``+``, line
   ends, bullets, their full-width forms; and a slash with blanks around it, or the word *and*.
2. What programs put around lists and entries goes: ``["a", "b"]``, ``['a' 'b']``, ``{a,b}``,
   ``c("a", "b")``, ``array(['a'], dtype=object)``, ``1. a``, ``- a``.
3. In an id that is registered any dash is meant for the hyphen.
4. An entry that then holds a blank, or another sign that no id has, is a row error: ``a or b`` may
   be either, ``a b`` two entries or one with a slip.
"""

from ostiary.deciding.intake.misread import DASHES, INVISIBLE, INVISIBLE_CLASS
from ostiary.deciding.intake.spaces import SPACES
from ostiary.domain.columns import Column

_AROUND = f"'{SPACES}{INVISIBLE}[](){{}}\"' || chr(39)"
_SIGN = (
    r"[;,|&+\n\r\t\x1e\x1f\x{2028}\x{2029}\x{2022}\x{b7}\x{ff06}\x{ff0b}\x{ff1b}\x{ff0c}\x{3001}]"
)
_BETWEEN = (
    rf"(?:{_SIGN} *| +)(?i:and) +|\x{{26}}amp;|(?i:<br */?>)|{_SIGN}| +/+ +"
    r"|[''\x{22}] +[''\x{22}]"  # the blank that NumPy puts between quoted texts: ['a' 'b']
)
_IN_FRONT = r"^ *(?:c|set|frozenset|tuple|list|array|Index)[(]"
_BEHIND = r", *(?:dtype|name)=[a-zA-Z0-9_'']+ *[)] *$"
_MARKED = r"(^|[\n\r])[ \t]*(?:[*-]|[0-9]{1,3}[.)])[ \t]+"
_ENTRY = rf"[A-Za-z0-9/._:{INVISIBLE_CLASS}-]+"
_MARKUP = r"\x{26}(?:[a-zA-Z]+|#[0-9]+);"
_HYPHENS = r"[ _\x{2010}-\x{2015}\x{2212}]+"
_NUMPY_YEARS = r"\[ *[0-9]{4}(?: +[0-9]{4})* *\]"
_WHOLE_YEAR = r"^([0-9]{4})\.0+$"

WORDS = frozenset({"items", "court_order_items", "court_order_findings"})
"""Columns of words that have no blank and no underscore anywhere: a hyphen is meant."""

BAD_LIST = (
    "bad-list",
    "an entry holds a blank, or a sign that no id has",
    "write the ids with `;` between, each just as it is registered",
)
"""Code, message and cure of a list that cannot be cut with certainty."""


def entries(column: Column, text: str) -> str:
    """Give the SQL that cuts a list: entries without white space around them, empty ones left out.

    Args:
        column: of the kind ``list`` or ``years``.
        text: SQL of its cleaned text; NULL gives NULL.
    """
    return (
        f"list_filter(CASE WHEN {_is_plain(column, text)} THEN string_split({text}, ';')"
        f" ELSE {_cut(column, text)} END, lambda entry: entry <> '')"
    )


def is_uncertain(column: Column, text: str) -> str:
    """Give the SQL that is true when a list of ids cannot be cut with certainty; never NULL."""
    other = f"NOT regexp_full_match(entry, '{_ENTRY}')"
    marked = f"regexp_matches(replace({text}, '&amp;', ''), '{_MARKUP}')"
    return (
        f"CASE WHEN {text} IS NULL OR {_is_plain(column, text)} THEN false ELSE {marked}"
        f" OR len(list_filter({entries(column, text)}, lambda entry: {other})) > 0 END"
    )


def _is_plain(column: Column, text: str) -> str:
    signs = "[0-9;]*" if column.kind == "years" else "[A-Za-z0-9/._:;-]*"
    if column.name in WORDS:
        signs = "[a-z0-9;-]*"
    return f"regexp_full_match({text}, '{signs}')"


def _cut(column: Column, text: str) -> str:
    bare = f"regexp_replace(regexp_replace({text}, '{_IN_FRONT}', ''), '{_BEHIND}', '')"
    bare = f"regexp_replace({bare}, '{_MARKED}', '\\1', 'g')"
    parted = f"regexp_split_to_array({bare}, '{_BETWEEN}')"
    entry = f"trim(entry, {_AROUND})"
    if column.name in WORDS:
        hyphened = f"regexp_replace({entry}, '{_HYPHENS}', '-', 'g')"
        entry = f"CASE WHEN contains(entry, '-') THEN {entry} ELSE {hyphened} END"
    elif column.kind == "list":  # registered ids have no other dash than the hyphen
        entry = f"regexp_replace({entry}, '[{DASHES}]', '-', 'g')"
    if column.kind == "years":
        entry = f"regexp_replace({entry}, '{_WHOLE_YEAR}', '\\1')"
        numpy = f"regexp_full_match({text}, '{_NUMPY_YEARS}')"
        parted = f"CASE WHEN {numpy} THEN regexp_split_to_array({text}, ' +') ELSE {parted} END"
    return f"list_transform({parted}, lambda entry: {entry})"
