"""Blocking keys: which people in the file are worth comparing with a request.

A key is the 64-bit hash of a text made from standard columns; a request and a record that share
one become a pair to compare. The keys decide nothing. Two promises hold among them:

1. Whoever agrees with a request in surname (exactly, or in part of a double surname) and address,
   as :mod:`ostiary.matching.levels` defines it, shares one of the two ``surname-door`` keys.
2. A key that more than :data:`KEY_CAP` records share is *crowded*: it is left out of the table and
   listed apart. A request whose own ``surname-door`` key is crowded is never confirmed, since
   somebody near may not have been compared.

The hash is the lower half of MD5: the same in every engine and version, and no secret.
"""

from dataclasses import dataclass

KEY_CAP = 200

_DOOR = ("a_kind", "a_number", "a_street")


@dataclass(frozen=True, slots=True)
class KeyKind:
    """One kind of blocking key.

    Attributes:
        name: stands in the key's text, so that kinds never meet.
        parts: standard columns; ``surname`` stands for each form of the surname.
        needs: the parts that must be there; the others may be empty.
    """

    name: str
    parts: tuple[str, ...]
    needs: tuple[str, ...]


KEY_KINDS = (
    KeyKind("surname-zip", ("surname", "a_zip5"), ("surname", "a_zip5")),
    KeyKind("surname-door-zip", ("surname", *_DOOR, "a_zip5"), ("surname", "a_kind", "a_zip5")),
    KeyKind(
        "surname-door-city",
        ("surname", *_DOOR, "a_city", "a_state"),
        ("surname", "a_kind", "a_city", "a_state"),
    ),
    KeyKind("surname-given", ("surname", "n_given_group"), ("surname", "n_given_group")),
    KeyKind("birth-surname", ("surname", "born"), ("surname", "born")),
    KeyKind(
        "given-door-zip",
        ("n_given_group", *_DOOR, "a_zip5"),
        ("n_given_group", "a_kind", "a_zip5"),
    ),
    KeyKind(
        "given-door-city",
        ("n_given_group", *_DOOR, "a_city", "a_state"),
        ("n_given_group", "a_kind", "a_city", "a_state"),
    ),
    KeyKind(
        "birth-given-zip", ("n_given_group", "born", "a_zip5"), ("n_given_group", "born", "a_zip5")
    ),
    KeyKind("tin", ("tin",), ("tin",)),
)

# What whoever may be confirmed shares with the request; and what says that a name is on file.
SURNAME_DOOR = ("surname-door-zip", "surname-door-city")
WHOLE_NAME = "surname-given"


def surname_parts(surname: str, key: str) -> str:
    """Give SQL for the parts of a double surname: a list, empty for a single one.

    Particles are no parts (the surname's key does not hold them), nor are one or two letters.
    """
    split = f"string_split({surname}, ' ')"
    parts = f"list_filter({split}, lambda x: len(x) >= 3 AND contains({key}, x))"
    return f"CASE WHEN contains({surname}, ' ') THEN {parts} ELSE [] END"


def keys_sql(source: str, identity: str, *, swapped: bool = False) -> str:
    """Give SQL for the keys of every row of a table: ``identity``, ``kind``, ``key`` UBIGINT.

    Args:
        source: table with the standard columns, ``surname_parts``, ``born`` (text) and ``tin``.
        identity: its column that identifies a row.
        swapped: also take the given name for a surname, as where a form was filled in crosswise.
    """
    forms = "list_concat([n_surname_key], surname_parts)"
    if swapped:
        forms = f"list_append({forms}, replace(n_given, ' ', ''))"
    named = [kind for kind in KEY_KINDS if "surname" in kind.parts]
    unnamed = [kind for kind in KEY_KINDS if "surname" not in kind.parts]
    return f"""
        WITH named AS (
            SELECT *, unnest(list_distinct({forms})) AS surname FROM {source}
        ),
        made AS (
            SELECT {identity}, unnest({_structs(named)}) AS made FROM named
            UNION ALL
            SELECT {identity}, unnest({_structs(unnamed)}) AS made FROM {source}
        )
        SELECT DISTINCT {identity}, made.kind AS kind, made.key AS key
        FROM made WHERE made.key IS NOT NULL
    """


def _structs(kinds: list[KeyKind]) -> str:
    return (
        "[" + ", ".join(f"{{'kind': '{kind.name}', 'key': {_key(kind)}}}" for kind in kinds) + "]"
    )


def _key(kind: KeyKind) -> str:
    needed = " AND ".join(f"{column} <> ''" for column in kind.needs)
    text = ", ".join((f"'{kind.name}'", *kind.parts))
    return f"CASE WHEN {needed} THEN md5_number_lower(concat_ws('|', {text})) END"
