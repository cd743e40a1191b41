"""How the parts of two names stand to each other, in SQL, before any level is given.

``q`` is the request and ``f`` the filed record, as in :mod:`ostiary.deciding.matching.name_levels`:
a slip of the pen, given name and surname crosswise, a father's name, half of a double surname as a
middle name, the same birth date.
"""

from collections.abc import Iterable

from ostiary.deciding.matching.edits import edits

SLIP_FROM = 4
TWO_EDITS_FROM = 7


def slip(a: str, b: str, *, shorter: int = 1) -> str:
    """Give SQL for a slip that leaves the first letter whole; two edits in words as long as said.

    ANISHTA is no slip of ANITA.
    """
    one = edits(a, b, at_most=1, longer=SLIP_FROM)
    two = edits(a, b, at_most=2, longer=TWO_EDITS_FROM)
    long = f"least(length({a}), length({b})) >= {shorter}"
    return f"(left({a}, 1) = left({b}, 1) AND ({one} OR {two} AND {long}))"


def among(text: str, words: Iterable[str]) -> str:
    """Give SQL that looks a text up in one text of words.

    DuckDB makes a join of a list for IN, and asks it for every pair, whatever branch it stands in.
    """
    return f"contains('|{'|'.join(sorted(words))}|', '|' || {text} || '|')"


def _crosswise_whole(a: str, b: str) -> str:
    """SUNG, HO, BAE is BAE, SUNG HO: all of ``a``'s given names are the surname of ``b``."""
    return (
        f"({a}.n_middle <> '' AND {b}.n_middle = '' AND {a}.n_surname_key = {b}.n_given"
        f" AND {a}.n_given || replace({a}.n_middle, ' ', '') = replace({b}.n_surname, ' ', ''))"
    )


CROSSWISE_WHOLE = f"({_crosswise_whole('q', 'f')} OR {_crosswise_whole('f', 'q')})"

CROSSWISE = f"""(q.n_given <> '' AND (q.n_given = f.n_surname_key AND q.n_surname_key = f.n_given
    OR {CROSSWISE_WHOLE}))"""

# HASSAN HUSSEIN is the son of HUSSEIN HASSAN, and his father as well: where a father's given name
# is a surname, families go round.
FATHER_AND_SON = f"""(q.n_given = f.n_surname_key AND q.n_surname_key = f.n_given
    AND f.surname_given_too AND f.given_given_too AND NOT {CROSSWISE_WHOLE})"""

SAME_DAY = "(q.born <> '' AND q.born = f.born)"

# THI HOA TRAN is filed as TRAN, THI HOA; without the marker only HOA is left of it.
CROSSWISE_IN_PART = f"""({SAME_DAY} AND q.n_given <> '' AND f.n_given <> ''
    AND (q.n_surname_key = f.n_given
         AND contains(' ' || f.n_surname || ' ', ' ' || q.n_given || ' ')
      OR q.n_given = f.n_surname_key
         AND contains(' ' || q.n_surname || ' ', ' ' || f.n_given || ' ')))"""

# Twins share a birth date, and not a middle name.
SAME_BEGINNING = "(q.n_middle <> '' AND left(q.n_middle, 1) = left(f.n_middle, 1))"

# Given and middle name in each other's place.
TURNED_GIVEN = """(length(q.n_given) >= 2 AND length(f.n_given) >= 2
    AND q.n_given = f.n_middle AND q.n_middle = f.n_given)"""

ONE_INITIAL = """(length(q.n_middle) = 1 AND starts_with(f.n_middle, q.n_middle)
    OR length(f.n_middle) = 1 AND starts_with(q.n_middle, f.n_middle))"""

# ELENA, PRIETO, VEGA is ELENA PRIETO VEGA: half of a double surname stands as a middle name.
_HALF = (
    "({one}.n_middle <> '' AND {other}.n_middle = '' AND contains({other}.n_surname, ' ')"
    " AND ({one}.n_middle || ' ' || {one}.n_surname = {other}.n_surname"
    " OR length({one}.n_middle) >= 2 AND replace({one}.n_middle || {one}.n_surname, ' ', '')"
    " = replace({other}.n_surname, ' ', '')))"
)

HALVED = f"({_HALF.format(one='q', other='f')} OR {_HALF.format(one='f', other='q')})"


def spelled(others: str, name: str) -> str:
    """Give SQL for a name on file that is another spelling of the one asked, of the same day."""
    return f"(q.{others} <> '' AND {SAME_DAY} AND contains(q.{others}, '|' || {name} || '|'))"
