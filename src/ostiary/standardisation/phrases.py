"""The primitives of the standard form: each one written down once for Python and once for DuckDB.

A :class:`Phrase` carries both of its renderings side by side, so that one reading shows whether
they agree, and a definition made of phrases cannot mean two things. What makes them agree:

1. Every text is printable ASCII (see :mod:`ostiary.standardisation.folding`) and never NULL.
2. Patterns keep to what Python's ``re`` and RE2 share: no look-around, no back reference, and no
   pattern that matches the empty text where it is replaced.
3. A pattern without a match gives the empty text; so does a word beyond the end of a list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from types import MappingProxyType
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Table:
    """A reference table that phrases look words up in.

    Attributes:
        name: an identifier, unique within the definition.
        entries: word to value. Never empty texts as words.
    """

    name: str
    entries: Mapping[str, str]

    @classmethod
    def of(cls, name: str, entries: Mapping[str, str]) -> "Table":
        """Make a table that nobody can change afterwards."""
        return cls(name, MappingProxyType(dict(entries)))


@dataclass(frozen=True, slots=True)
class Phrase:
    """An expression in both languages.

    Attributes:
        python: a Python expression over the names of earlier steps.
        sql: the same for DuckDB.
        uses: names of the steps and inputs it reads.
        tables: the tables it looks words up in.
    """

    python: str
    sql: str
    uses: frozenset[str] = frozenset()
    tables: tuple[Table, ...] = ()


class Text(Phrase):
    """A phrase whose value is a text."""

    __slots__ = ()


class Flag(Phrase):
    """A phrase whose value is true or false."""

    __slots__ = ()


class Words(Phrase):
    """A phrase whose value is a list of words."""

    __slots__ = ()


class Count(Phrase):
    """A phrase whose value is a whole number."""

    __slots__ = ()


class Groups(Phrase):
    """A phrase whose value is the groups of a pattern; see :func:`group`."""

    __slots__ = ()


def quoted(text: str) -> str:
    """Give an SQL literal for a text of our own vocabulary."""
    return "'" + text.replace("'", "''") + "'"


def sql_name(name: str) -> str:
    """Give the SQL column that holds a step: standard columns by name, others out of the way."""
    return name if name.startswith(("n_", "a_")) else f"__{name}"


_P = TypeVar("_P", bound=Phrase)


def _made(kind: type[_P], python: str, sql: str, *parts: Phrase) -> _P:
    uses: frozenset[str] = frozenset().union(*(part.uses for part in parts))
    tables = {table.name: table for part in parts for table in part.tables}
    return kind(python, sql, uses, tuple(tables.values()))


def text(name: str) -> Text:
    """Read the text of an input or of an earlier step."""
    return Text(name, sql_name(name), frozenset({name}))


def flag(name: str) -> Flag:
    """Read the truth value of an earlier step."""
    return Flag(name, sql_name(name), frozenset({name}))


def words(name: str) -> Words:
    """Read the list of an earlier step."""
    return Words(name, sql_name(name), frozenset({name}))


def groups(name: str) -> Groups:
    """Read the groups of an earlier step."""
    return Groups(name, sql_name(name), frozenset({name}))


def constant(value: str) -> Text:
    """Say a fixed text."""
    return Text(repr(value), quoted(value))


def upper(x: Text) -> Text:
    """Put into capitals."""
    return _made(Text, f"{x.python}.upper()", f"upper({x.sql})", x)


def trimmed(x: Text) -> Text:
    """Take the spaces off both ends."""
    outer = f"{x.sql} LIKE ' %' OR {x.sql} LIKE '% '"
    sql = f"CASE WHEN {outer} THEN trim({x.sql}) ELSE {x.sql} END"
    return _made(Text, f"{x.python}.strip(' ')", sql, x)


def replaced(x: Text, old: str, new: str) -> Text:
    """Replace each ``old`` by ``new``, both of them literal."""
    return _made(
        Text,
        f"{x.python}.replace({old!r}, {new!r})",
        f"replace({x.sql}, {quoted(old)}, {quoted(new)})",
        x,
    )


def rewritten(x: Text, pattern: str, new: str) -> Text:
    """Replace each match of ``pattern`` by ``new``, in which ``\\1`` is the first group."""
    changed = f"regexp_replace({x.sql}, {quoted(pattern)}, {quoted(new)}, 'g')"
    # DuckDB looks for a match in a quarter of the time that replacing nothing takes.
    sql = f"CASE WHEN regexp_matches({x.sql}, {quoted(pattern)}) THEN {changed} ELSE {x.sql} END"
    return _made(Text, f"rx({pattern!r}).sub({new!r}, {x.python})", sql, x)


def cut(x: Text, pattern: str) -> Text:
    """Take the first group of the first match of ``pattern``; empty without a match."""
    return _made(
        Text,
        f"first_group(rx({pattern!r}).search({x.python}))",
        f"regexp_extract({x.sql}, {quoted(pattern)}, 1)",
        x,
    )


def first_word(x: Text) -> Text:
    """Take what stands before the first space."""
    return _made(Text, f"{x.python}.partition(' ')[0]", f"split_part({x.sql}, ' ', 1)", x)


def after_first_word(x: Text) -> Text:
    """Take what stands behind the first space; empty when there is none."""
    return _made(
        Text,
        f"{x.python}.partition(' ')[2]",
        f"substr({x.sql}, strpos({x.sql} || ' ', ' ') + 1)",
        x,
    )


def joined(*parts: Text) -> Text:
    """Put texts behind one another, with nothing between them."""
    return _made(
        Text,
        "(" + " + ".join(part.python for part in parts) + ")",
        "(" + " || ".join(part.sql for part in parts) + ")",
        *parts,
    )


def looked_up(x: Text, table: Table, default: Text | None = None) -> Text:
    """Look a text up in a table; without an entry, the default (the empty text if none given)."""
    other = default or constant("")
    found = _made(
        Text,
        f"tables[{table.name!r}].get({x.python}, {other.python})",
        _sql_lookup(table, x.sql, other.sql),
        x,
        other,
    )
    return _with_table(found, table)


def _sql_lookup(table: Table, key: str, default: str) -> str:
    """One probe of a perfect hash: see :mod:`ostiary.standardisation.slots`."""
    name = f"__t_{table.name}"
    slot = f"(hash({key}) % {name}_n)::BIGINT + 1"
    return f"CASE WHEN {name}_k[{slot}] = {key} THEN {name}_v[{slot}] ELSE {default} END"


def _with_table(phrase: _P, table: Table) -> _P:
    tables = {known.name: known for known in (*phrase.tables, table)}
    return type(phrase)(phrase.python, phrase.sql, phrase.uses, tuple(tables.values()))


def either(*cases: tuple[Flag, Text], otherwise: Text) -> Text:
    """Give the value of the first case that is true; later ones are not even computed."""
    python, sql = otherwise.python, f"ELSE {otherwise.sql} END"
    for condition, value in reversed(cases):
        python = f"({value.python} if {condition.python} else {python})"
        sql = f"WHEN {condition.sql} THEN {value.sql} {sql}"
    parts = [part for case in cases for part in case]
    return _made(Text, python, f"CASE {sql}", *parts, otherwise)


def first_stated(*options: Text) -> Text:
    """Give the first text that is not empty; empty when all are."""
    *earlier, last = options
    return either(*((is_not(option, ""), option) for option in earlier), otherwise=last)


def equals(x: Text, *values: str) -> Flag:
    """Whether a text is one of these."""
    python = f"({x.python} in {values!r})"
    return _made(Flag, python, f"({x.sql} IN ({', '.join(map(quoted, values))}))", x)


def is_not(x: Text, value: str) -> Flag:
    """Whether a text is another one than this."""
    return _made(Flag, f"({x.python} != {value!r})", f"({x.sql} <> {quoted(value)})", x)


def holds(x: Text, *literals: str) -> Flag:
    """Whether at least one of the literal texts occurs."""
    python = " or ".join(f"{literal!r} in {x.python}" for literal in literals)
    sql = " OR ".join(f"contains({x.sql}, {quoted(literal)})" for literal in literals)
    return _made(Flag, f"({python})", f"({sql})", x)


def has(x: Text, pattern: str) -> Flag:
    """Whether a pattern matches somewhere."""
    python = f"(rx({pattern!r}).search({x.python}) is not None)"
    return _made(Flag, python, f"regexp_matches({x.sql}, {quoted(pattern)})", x)


def is_one_letter_repeated(x: Text) -> Flag:
    """Whether a text is three or more times the same capital letter, as ``XXXX`` is."""
    return has(x, f"^(?:{'|'.join(f'{letter}{letter}{letter}+' for letter in ascii_uppercase)})$")


def is_shorter(x: Text, length: int) -> Flag:
    """Whether a text has fewer characters than ``length``."""
    return _made(Flag, f"(len({x.python}) < {length})", f"(length({x.sql}) < {length})", x)


def lies_between(x: Text, lowest: str, highest: str) -> Flag:
    """Whether a text stands between two others, or is one of them, in the order of ASCII."""
    python = f"({lowest!r} <= {x.python} <= {highest!r})"
    return _made(Flag, python, f"({x.sql} BETWEEN {quoted(lowest)} AND {quoted(highest)})", x)


def every(*flags: Flag) -> Flag:
    """Whether all are true."""
    python = " and ".join(part.python for part in flags)
    return _made(Flag, f"({python})", "(" + " AND ".join(part.sql for part in flags) + ")", *flags)


def some(*flags: Flag) -> Flag:
    """Whether at least one is true."""
    python = " or ".join(part.python for part in flags)
    return _made(Flag, f"({python})", "(" + " OR ".join(part.sql for part in flags) + ")", *flags)


def no(x: Flag) -> Flag:
    """Whether it is false."""
    return _made(Flag, f"(not {x.python})", f"(NOT {x.sql})", x)


def split(x: Text) -> Words:
    """Split at spaces; runs of spaces count as one."""
    sql = f"list_filter(string_split({x.sql}, ' '), lambda w: w <> '')"
    return _made(Words, f"{x.python}.split()", sql, x)


def each_looked_up(x: Words, table: Table) -> Words:
    """Look each word up; a word without an entry stays as it is."""
    entry = f"tables[{table.name!r}]"
    found = _made(
        Words,
        f"[{entry}.get(w, w) for w in {x.python}]",
        f"list_transform({x.sql}, lambda w: {_sql_lookup(table, 'w', 'w')})",
        x,
    )
    return _with_table(found, table)


def classed(x: Words, table: Table, shapes: tuple[tuple[str, str], ...], default: str) -> Text:
    """Write one letter for each word: what the table says, else what shape it has.

    Args:
        x: the words.
        table: word to class letter.
        shapes: pattern and class letter, tried in order, for words that hold more than letters.
        default: class letter of every other word.
    """
    cases = "".join(
        f"WHEN regexp_matches(w, {quoted(pattern)}) THEN {quoted(letter)} "
        for pattern, letter in shapes
    )
    shaped = f"CASE WHEN NOT regexp_matches(w, '[^A-Z]') THEN {quoted(default)} {cases}"
    shaped += f"ELSE {quoted(default)} END"
    found = _made(
        Text,
        f"''.join([tables[{table.name!r}].get(w) or shaped(w, {shapes!r}, {default!r})"
        f" for w in {x.python}])",
        f"array_to_string(list_transform({x.sql}, lambda w: {_sql_lookup(table, 'w', shaped)}), '')",
        x,
    )
    return _with_table(found, table)


def matched(x: Text, pattern: str, size: int) -> Groups:
    """Match a pattern and keep its ``size`` groups; all empty when it does not match."""
    names = ", ".join(f"'g{number}'" for number in range(1, size + 1))
    return _made(
        Groups,
        f"all_groups(rx({pattern!r}).search({x.python}), {size})",
        f"regexp_extract({x.sql}, {quoted(pattern)}, [{names}])",
        x,
    )


def group(x: Groups, number: int) -> Text:
    """Take one group, counted from 1."""
    return _made(Text, f"{x.python}[{number - 1}]", f"struct_extract({x.sql}, 'g{number}')", x)


def length(*texts: Text) -> Count:
    """Count the characters of texts, together."""
    python = " + ".join(f"len({part.python})" for part in texts) or "0"
    sql = " + ".join(f"length({part.sql})" for part in texts) or "0"
    return _made(Count, f"({python})", f"({sql})", *texts)


def some_of(x: Words, start: Count, size: Count) -> Words:
    """Take ``size`` words from the one at ``start`` (counted from 0)."""
    return _made(
        Words,
        f"{x.python}[{start.python} : {start.python} + {size.python}]",
        f"{x.sql}[{start.sql} + 1 : {start.sql} + {size.sql}]",
        x,
        start,
        size,
    )


def spelled(x: Words) -> Text:
    """Join words with single spaces."""
    return _made(Text, f"' '.join({x.python})", f"array_to_string({x.sql}, ' ')", x)
