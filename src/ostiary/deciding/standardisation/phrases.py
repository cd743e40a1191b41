"""The primitives of the standard form: each one written down once for Python and once for DuckDB.

A :class:`.terms.Phrase` carries both of its renderings side by side, so that one reading shows
whether they agree, and a definition made of phrases cannot mean two things. What makes them agree:

1. Every text is printable ASCII (see :mod:`.standardisation.folding`) and never NULL.
2. Patterns keep to what Python's ``re`` and RE2 share: no look-around, no back reference, and no
   pattern that matches the empty text where it is replaced.
3. A pattern without a match gives the empty text; so does a word beyond the end of a list.
"""

from ostiary.deciding.standardisation.conditions import is_not
from ostiary.deciding.standardisation.terms import (
    Count,
    Flag,
    Groups,
    Table,
    Text,
    Words,
    made,
    quoted,
    sql_name,
    with_table,
)


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
    return made(Text, f"{x.python}.upper()", f"upper({x.sql})", x)


def trimmed(x: Text) -> Text:
    """Take the spaces off both ends."""
    outer = f"{x.sql} LIKE ' %' OR {x.sql} LIKE '% '"
    sql = f"CASE WHEN {outer} THEN trim({x.sql}) ELSE {x.sql} END"
    return made(Text, f"{x.python}.strip(' ')", sql, x)


def replaced(x: Text, old: str, new: str) -> Text:
    """Replace each ``old`` by ``new``, both of them literal."""
    return made(
        Text,
        f"{x.python}.replace({old!r}, {new!r})",
        f"replace({x.sql}, {quoted(old)}, {quoted(new)})",
        x,
    )


def exchanged(x: Text, old: Text, new: Text) -> Text:
    """Replace each occurrence of a text, which is never empty, by another one."""
    return made(
        Text,
        f"{x.python}.replace({old.python}, {new.python})",
        f"replace({x.sql}, {old.sql}, {new.sql})",
        x,
        old,
        new,
    )


def rewritten(x: Text, pattern: str, new: str) -> Text:
    """Replace each match of ``pattern`` by ``new``, in which backslash-1 is the first group.

    DuckDB looks for a match first, in a quarter of the time that replacing nothing takes.
    """
    changed = rewritten_anyhow(x, pattern, new)
    sql = (
        f"CASE WHEN regexp_matches({x.sql}, {quoted(pattern)}) THEN {changed.sql} ELSE {x.sql} END"
    )
    return made(Text, changed.python, sql, x)


def rewritten_anyhow(x: Text, pattern: str, new: str) -> Text:
    """Do the same without looking first: for texts of which most have a match."""
    return made(
        Text,
        f"rx({pattern!r}).sub({new!r}, {x.python})",
        f"regexp_replace({x.sql}, {quoted(pattern)}, {quoted(new)}, 'g')",
        x,
    )


def cut(x: Text, pattern: str) -> Text:
    """Take the first group of the first match of ``pattern``; empty without a match."""
    return made(
        Text,
        f"first_group(rx({pattern!r}).search({x.python}))",
        f"regexp_extract({x.sql}, {quoted(pattern)}, 1)",
        x,
    )


def first_word(x: Text) -> Text:
    """Take what stands before the first space."""
    return made(Text, f"{x.python}.partition(' ')[0]", f"split_part({x.sql}, ' ', 1)", x)


def after_first_word(x: Text) -> Text:
    """Take what stands behind the first space; empty when there is none."""
    return made(
        Text,
        f"{x.python}.partition(' ')[2]",
        f"substr({x.sql}, strpos({x.sql} || ' ', ' ') + 1)",
        x,
    )


def joined(*parts: Text) -> Text:
    """Put texts behind one another, with nothing between them."""
    return made(
        Text,
        "(" + " + ".join(part.python for part in parts) + ")",
        "(" + " || ".join(part.sql for part in parts) + ")",
        *parts,
    )


def looked_up(x: Text, table: Table, default: Text | None = None) -> Text:
    """Look a text up in a table; without an entry, the default (the empty text if none given)."""
    other = default or constant("")
    found = made(
        Text,
        f"tables[{table.name!r}].get({x.python}, {other.python})",
        _sql_lookup(table, x.sql, other.sql),
        x,
        other,
    )
    return with_table(found, table)


def _sql_lookup(table: Table, key: str, default: str) -> str:
    """One probe of a perfect hash: see :mod:`ostiary.deciding.standardisation.lookup_tables`."""
    name = f"__t_{table.name}"
    slot = f"(hash({key}) % {name}_n)::BIGINT + 1"
    return f"CASE WHEN {name}_k[{slot}] = {key} THEN {name}_v[{slot}] ELSE {default} END"


def either(*cases: tuple[Flag, Text], otherwise: Text) -> Text:
    """Give the value of the first case that is true; later ones are not even computed."""
    python, sql = otherwise.python, f"ELSE {otherwise.sql} END"
    for condition, value in reversed(cases):
        python = f"({value.python} if {condition.python} else {python})"
        sql = f"WHEN {condition.sql} THEN {value.sql} {sql}"
    parts = [part for case in cases for part in case]
    return made(Text, python, f"CASE {sql}", *parts, otherwise)


def first_stated(*options: Text) -> Text:
    """Give the first text that is not empty; empty when all are."""
    *earlier, last = options
    return either(*((is_not(option, ""), option) for option in earlier), otherwise=last)


def split(x: Text) -> Words:
    """Split at spaces; runs of spaces count as one."""
    sql = f"list_filter(string_split({x.sql}, ' '), lambda w: w <> '')"
    return made(Words, f"{x.python}.split()", sql, x)


def each_looked_up(x: Words, table: Table) -> Words:
    """Look each word up; a word without an entry stays as it is."""
    entry = f"tables[{table.name!r}]"
    found = made(
        Words,
        f"[{entry}.get(w, w) for w in {x.python}]",
        f"list_transform({x.sql}, lambda w: {_sql_lookup(table, 'w', 'w')})",
        x,
    )
    return with_table(found, table)


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
    looked = _sql_lookup(table, "w", shaped)
    found = made(
        Text,
        f"''.join([tables[{table.name!r}].get(w) or shaped(w, {shapes!r}, {default!r})"
        f" for w in {x.python}])",
        f"array_to_string(list_transform({x.sql}, lambda w: {looked}), '')",
        x,
    )
    return with_table(found, table)


def matched(x: Text, patterns: tuple[str, ...], size: int) -> Groups:
    """Keep the ``size`` groups of the first pattern that matches; all empty when none does."""
    names = ", ".join(f"'g{number}'" for number in range(1, size + 1))
    *earlier, last = (
        (
            f"regexp_matches({x.sql}, {quoted(pattern)})",
            f"regexp_extract({x.sql}, {quoted(pattern)}, [{names}])",
        )
        for pattern in patterns
    )
    cases = " ".join(f"WHEN {matches} THEN {found}" for matches, found in earlier)
    return made(
        Groups,
        f"first_match({x.python}, {patterns!r}, {size})",
        f"CASE {cases} ELSE {last[1]} END",
        x,
    )


def group(x: Groups, number: int) -> Text:
    """Take one group, counted from 1."""
    return made(Text, f"{x.python}[{number - 1}]", f"struct_extract({x.sql}, 'g{number}')", x)


def length(*texts: Text) -> Count:
    """Count the characters of texts, together."""
    python = " + ".join(f"len({part.python})" for part in texts) or "0"
    sql = " + ".join(f"length({part.sql})" for part in texts) or "0"
    return made(Count, f"({python})", f"({sql})", *texts)


def some_of(x: Words, start: Count, size: Count) -> Words:
    """Take ``size`` words from the one at ``start`` (counted from 0)."""
    return made(
        Words,
        f"{x.python}[{start.python} : {start.python} + {size.python}]",
        f"{x.sql}[{start.sql} + 1 : {start.sql} + {size.sql}]",
        x,
        start,
        size,
    )


def spelled(x: Words) -> Text:
    """Join words with single spaces."""
    return made(Text, f"' '.join({x.python})", f"array_to_string({x.sql}, ' ')", x)
