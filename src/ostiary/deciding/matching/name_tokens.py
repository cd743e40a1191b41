"""Tokens of a name: what two names have in common whenever the deciding levels let them agree.

Of a request and a record whose names agree (:data:`.matching.name_levels.NAME_AGREES`), at
least one token of the one is a token of the other. So who asked about a person on file, under
whatever spelling, is found by equality; the levels themselves then decide on each pair. Two forms:

1. *Fine* tokens (``asked_tokens``, ``filed_tokens``) need to be told which names anybody bears:
   only a name that nobody bears agrees by a slip of the pen. They are made for one comparison.
2. *Coarse* ones (``asked_coarse``, ``filed_coarse``) are a form of the surname with one letter of
   the given name, or a given name with one letter of the surname. They depend on no reference, so
   that an office can keep them, as keyed digests, for as long as it keeps the request.

The kinds of fine token: ``G`` a form of the surname and one of the given name; ``T`` given and
middle name in each other's place; ``I`` and ``i`` a surname and the first letter of the given name
(``I``: or the second), where it is an initial or nobody bears it; ``M`` and ``m`` a surname beside
a marker such as ``MD`` for a given name; ``E`` and ``e`` a given name and one of the first two
letters of a surname that nobody bears (one edit leaves one of the two in place). Small letters
stand for what the record's side must allow, capital ones for what the request's side must.
"""

from collections.abc import Mapping
from functools import cache

import duckdb
import pyarrow as pa

from ostiary.deciding.reference.name_marks import MARKED
from ostiary.deciding.standardisation.vocabulary.nicknames import SHARED_FORMS
from ostiary.deciding.standardisation.vocabulary.transliterations import (
    GIVEN_PAIRS,
    PROPHETS,
    SURNAME_PAIRS,
)

NAMES = ("n_given", "n_given_group", "n_middle", "n_surname", "n_surname_key")
"""The columns of a name that tokens are made of."""

_LETTERS = "['" + "', '".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ") + "']"
_MARKED = "n_given IN ('" + "', '".join(sorted(MARKED)) + "')"
_PROPHETS = "n_given IN ('" + "', '".join(sorted(PROPHETS)) + "')"  # MOHAMMED ASIF is MOHD ASIF
_UMLAUTS = "replace(replace(replace({}, 'UE', 'U'), 'OE', 'O'), 'AE', 'A')"


def know_forms(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``name_forms`` (``kind``, ``name``, ``others``): names that tables let stand for one."""
    con.register("name_forms_given", _forms())
    con.execute("CREATE OR REPLACE TEMP TABLE name_forms AS FROM name_forms_given")
    con.unregister("name_forms_given")


@cache
def _forms() -> pa.Table:
    forms = known_forms()
    return pa.table(
        {
            "kind": pa.array([kind for kind, _ in forms], pa.string()),
            "name": pa.array([name for _, name in forms], pa.string()),
            "others": pa.array(list(forms.values()), pa.list_(pa.string())),
        }
    )


@cache
def known_forms() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Give by kind (``given``, ``surname``, ``shared``) and name what tables let stand for it."""
    forms: dict[tuple[str, str], set[str]] = {}
    for kind, pairs in (("given", GIVEN_PAIRS), ("surname", SURNAME_PAIRS)):
        for pair in pairs:
            one, other = pair.split("/")
            forms.setdefault((kind, one), set()).add(other)
            forms.setdefault((kind, other), set()).add(one)
    for short, names in SHARED_FORMS.items():
        forms[("shared", short)] = set(names)
    return {key: tuple(sorted(forms[key])) for key in sorted(forms)}


def make_tokens(con: duckdb.DuckDBPyConnection, names: str, *, filed: bool) -> None:
    """Make fine tokens, ``asked_tokens`` or ``filed_tokens``: ``id`` and ``token``, each once.

    Args:
        con: holds ``name_forms``.
        names: ``id``, the columns :data:`NAMES`, and whether the names are borne (of a request) or
            known (of a record) by anybody: ``given_known`` and ``surname_known``.
        filed: whether these are records.
    """
    tokens = _FILED if filed else _ASKED
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {'filed' if filed else 'asked'}_tokens AS"
        f" {_shaped(names)} SELECT DISTINCT id, unnest(list_filter([{', '.join(_lists(tokens))}]"
        ".flatten(), lambda t: t IS NOT NULL)) AS token FROM shaped"
    )


def make_coarse(con: duckdb.DuckDBPyConnection, names: str, *, filed: bool) -> None:
    """Make coarse tokens, ``asked_coarse`` or ``filed_coarse``: as :func:`make_tokens` does.

    What the names' bearers would rule out is not ruled out here, for bearers come and go.
    """
    lists = _lists(_FILED_COARSE if filed else _ASKED_COARSE)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {'filed' if filed else 'asked'}_coarse AS"
        f" {_shaped(names)} SELECT DISTINCT id, unnest(list_filter([{', '.join(lists)}].flatten(),"
        " lambda t: t IS NOT NULL)) AS token FROM shaped"
    )


def _shaped(names: str) -> str:
    """Give SQL for the parts of names that tokens are put together from."""
    return f"""
    WITH solid AS (
        SELECT *, replace(n_given, ' ', '') AS given, replace(n_surname, ' ', '') AS surname,
               string_split(n_surname, ' ') AS surname_words,
               string_split(n_given, ' ') AS given_words,
               CASE WHEN n_given_group <> '' THEN n_given_group ELSE n_given END AS grouped
        FROM {names}
    ),
    shaped AS (
        SELECT s.*,
               list_distinct(list_filter([n_surname_key, surname,
                   {_UMLAUTS.format("n_surname_key")},
                   CASE WHEN starts_with(n_surname, 'ST ')
                        THEN 'SAINT' || substr(n_surname, 4) ELSE '' END] || surname_words,
                   lambda w: w <> '')) AS surnames,
               list_distinct(list_filter([given, grouped,
                   CASE WHEN length(n_middle) >= 2
                        THEN n_given || replace(n_middle, ' ', '') ELSE '' END,
                   CASE WHEN contains(n_middle, ' ')
                        THEN n_given || string_split(n_middle, ' ')[1] ELSE '' END,
                   CASE WHEN {_PROPHETS} THEN replace(n_middle, ' ', '') ELSE '' END]
                   || given_words || coalesce(h.others, []), lambda w: w <> '')) AS givens,
               list_distinct(list_filter([left(n_surname_key, 1), substr(n_surname_key, 2, 1),
                   left(surname, 1), substr(surname, 2, 1)], lambda w: w <> '')) AS two_letters,
               list_distinct(list_filter([left(n_given, 1), substr(n_given, 2, 1)],
                   lambda w: w <> '')) AS given_letters,
               coalesce(g.others, []) AS given_forms, coalesce(f.others, []) AS surname_forms
        FROM solid s
        LEFT JOIN name_forms h ON h.kind = 'shared' AND h.name = n_given
        LEFT JOIN name_forms g ON g.kind = 'given' AND g.name = n_given
        LEFT JOIN name_forms f ON f.kind = 'surname' AND f.name = n_surname_key
        WHERE n_given <> '' AND n_surname_key <> ''
    )"""


def _product(kind: str, ones: str, others: str) -> str:
    """Give SQL for the list of tokens of every two."""
    return (
        f"flatten(list_transform({ones}, lambda s: list_transform({others},"
        f" lambda g: '{kind}|' || s || '|' || g)))"
    )


def _each(kind: str, ones: str, after: str = "''") -> str:
    return f"list_transform({ones}, lambda s: '{kind}|' || s || '|' || {after})"


_TURNED = "length(n_given) >= 2 AND length(n_middle) >= 2"
_SWAPPED = ("list_distinct([given] || given_words)", "list_distinct(surnames || surname_words)")
# MARY, ANN is MARYANN: of the whole, every beginning that leaves a middle name.
_BEGINNINGS = "list_transform(generate_series(1, length(n_given) - 2), lambda n: left(n_given, n))"
_ALL_SURNAMES = "list_distinct(surnames || surname_forms)"
_SLIPS_G = "list_distinct([given, grouped])"
_SLIPS_F = (
    "list_distinct([given, grouped, n_given || replace(n_middle, ' ', '')]"
    f" || {_BEGINNINGS} || given_forms)"
)

# Pairs of a condition and a list of tokens.
_ASKED = (
    ("TRUE", _product("G", "surnames", "givens")),
    (_TURNED, _each("T", "surnames", "n_given || '|' || n_middle")),
    ("length(n_given) = 1 OR NOT given_known", _product("I", "surnames", "given_letters")),
    ("TRUE", _each("i", "surnames", "left(n_given, 1)")),
    (_MARKED, _each("M", "surnames")),
    ("TRUE", _each("m", "surnames")),
    ("NOT surname_known", _product("E", _SLIPS_G, "two_letters")),
    ("TRUE", _product("e", _SLIPS_G, "two_letters")),
)
_FILED = (
    ("TRUE", _product("G", _ALL_SURNAMES, "list_distinct(givens || given_forms)")),
    ("TRUE", _product("G", *_SWAPPED)),
    (_TURNED, _each("T", _ALL_SURNAMES, "n_middle || '|' || n_given")),
    ("TRUE", _product("I", _ALL_SURNAMES, "given_letters")),
    ("length(n_given) = 1 OR NOT given_known", _each("i", _ALL_SURNAMES, "left(n_given, 1)")),
    ("TRUE", _each("M", _ALL_SURNAMES)),
    (_MARKED, _each("m", _ALL_SURNAMES)),
    ("TRUE", _product("E", _SLIPS_F, "two_letters")),
    ("NOT surname_known", _product("e", _SLIPS_F, "two_letters")),
)
_FIRSTS = "list_distinct(list_transform({}, lambda w: left(w, 1)))"
_ASKED_COARSE = (
    (
        "TRUE",
        _product("S", "surnames", f"list_distinct({_FIRSTS.format('givens')} || given_letters)"),
    ),
    (_MARKED, _each("S", "surnames", "'*'")),
    ("TRUE", _product("E", _SLIPS_G, "two_letters")),
)
_FILED_COARSE = (
    (
        "TRUE",
        _product(
            "S",
            _ALL_SURNAMES,
            f"list_distinct({_FIRSTS.format('givens || given_forms')} || ['*'] || given_letters"
            f" || CASE WHEN {_TURNED} THEN [left(n_middle, 1)] ELSE [] END)",
        ),
    ),
    ("TRUE", _product("S", _SWAPPED[0], _FIRSTS.format(_SWAPPED[1]))),
    (_MARKED, _product("S", _ALL_SURNAMES, _LETTERS)),
    ("TRUE", _product("E", _SLIPS_F, "two_letters")),
)


def _lists(tokens: tuple[tuple[str, str], ...]) -> list[str]:
    return [f"CASE WHEN {when} THEN {made} ELSE [] END" for when, made in tokens]
