"""The primitives whose value is true or false; see :mod:`.standardisation.phrases`."""

from string import ascii_uppercase

from ostiary.deciding.standardisation.terms import Flag, Text, made, quoted


def equals(x: Text, *values: str) -> Flag:
    """Whether a text is one of these."""
    python = f"({x.python} in {values!r})"
    return made(Flag, python, f"({x.sql} IN ({', '.join(map(quoted, values))}))", x)


def is_not(x: Text, value: str) -> Flag:
    """Whether a text is another one than this."""
    return made(Flag, f"({x.python} != {value!r})", f"({x.sql} <> {quoted(value)})", x)


def same(x: Text, y: Text) -> Flag:
    """Whether two texts are one."""
    return made(Flag, f"({x.python} == {y.python})", f"({x.sql} = {y.sql})", x, y)


def holds(x: Text, *literals: str) -> Flag:
    """Whether at least one of the literal texts occurs."""
    python = " or ".join(f"{literal!r} in {x.python}" for literal in literals)
    sql = " OR ".join(f"contains({x.sql}, {quoted(literal)})" for literal in literals)
    return made(Flag, f"({python})", f"({sql})", x)


def has(x: Text, pattern: str) -> Flag:
    """Whether a pattern matches somewhere."""
    python = f"(rx({pattern!r}).search({x.python}) is not None)"
    return made(Flag, python, f"regexp_matches({x.sql}, {quoted(pattern)})", x)


def is_one_letter_repeated(x: Text) -> Flag:
    """Whether a text is three or more times the same capital letter, as ``XXXX`` is."""
    return has(x, f"^(?:{'|'.join(f'{letter}{letter}{letter}+' for letter in ascii_uppercase)})$")


def is_shorter(x: Text, length: int) -> Flag:
    """Whether a text has fewer characters than ``length``."""
    return made(Flag, f"(len({x.python}) < {length})", f"(length({x.sql}) < {length})", x)


def lies_between(x: Text, lowest: str, highest: str) -> Flag:
    """Whether a text stands between two others, or is one of them, in the order of ASCII."""
    python = f"({lowest!r} <= {x.python} <= {highest!r})"
    return made(Flag, python, f"({x.sql} BETWEEN {quoted(lowest)} AND {quoted(highest)})", x)


def every(*flags: Flag) -> Flag:
    """Whether all are true."""
    python = " and ".join(part.python for part in flags)
    return made(Flag, f"({python})", "(" + " AND ".join(part.sql for part in flags) + ")", *flags)


def some(*flags: Flag) -> Flag:
    """Whether at least one is true."""
    python = " or ".join(part.python for part in flags)
    return made(Flag, f"({python})", "(" + " OR ".join(part.sql for part in flags) + ")", *flags)


def no(x: Flag) -> Flag:
    """Whether it is false."""
    return made(Flag, f"(not {x.python})", f"(NOT {x.sql})", x)
