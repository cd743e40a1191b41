"""Blocking keys: which people in the file are worth comparing with a request.

A key is the 64-bit hash of a text made from standard columns; a request and a record that share
one become a pair to compare. The keys decide nothing. Two promises hold among them:

1. Whoever agrees with a request in its door and place, and in the surname or in the group of given
   names, shares a *door* key with it: so everybody near is compared.
2. A key that more than :data:`KEY_CAP` records share is *crowded*: it is left out of the table and
   listed apart. A request with a crowded door key is never confirmed, since somebody near may not
   have been compared.

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

DOORS = ("surname-door-zip", "surname-door-city", "given-door-zip", "given-door-city")
WHOLE_NAME = "surname-given"


def surname_parts(surname: str, key: str) -> str:
    """Give SQL for the parts of a double surname: a list, empty for a single one.

    Particles are no parts: the surname's key does not hold them.
    """
    split = f"string_split({surname}, ' ')"
    parts = f"list_filter({split}, lambda x: len(x) >= 2 AND contains({key}, x))"
    return f"CASE WHEN contains({surname}, ' ') THEN {parts} ELSE [] END"


def keys_sql(source: str, identity: str, *, crosswise: bool = False) -> str:
    """Give SQL for the keys of every row of a table: ``identity``, ``kind``, ``key`` UBIGINT.

    Args:
        source: table with the standard columns, ``surname_parts``, ``born`` (text) and ``tin``.
        identity: its column that identifies a row.
        crosswise: also take given name and surname for each other, as in a form filled in wrongly.
    """
    named = [kind for kind in KEY_KINDS if "surname" in kind.parts]
    unnamed = [kind for kind in KEY_KINDS if "surname" not in kind.parts]
    exchanged = [kind for kind in named if kind.name in (*DOORS, WHOLE_NAME)]
    forms = "unnest(list_distinct(list_concat([n_surname_key], surname_parts)))"
    made = [
        _made(f"(SELECT *, {forms} AS surname FROM {source})", identity, named),
        _made(source, identity, unnamed),
    ]
    if crosswise:
        turned = (
            f"SELECT * REPLACE (n_surname_key AS n_given_group), n_given AS surname FROM {source}"
        )
        made.append(_made(f"({turned})", identity, exchanged))
    return f"""
        SELECT DISTINCT {identity}, made.kind AS kind, made.key AS key
        FROM ({" UNION ALL ".join(made)}) WHERE made.key IS NOT NULL
    """


def _made(source: str, identity: str, kinds: list[KeyKind]) -> str:
    return f"SELECT {identity}, unnest({_structs(kinds)}) AS made FROM {source}"


def _structs(kinds: list[KeyKind]) -> str:
    return (
        "[" + ", ".join(f"{{'kind': '{kind.name}', 'key': {_key(kind)}}}" for kind in kinds) + "]"
    )


def _key(kind: KeyKind) -> str:
    needed = " AND ".join(f"{column} <> ''" for column in kind.needs)
    text = ", ".join((f"'{kind.name}'", *kind.parts))
    return f"CASE WHEN {needed} THEN md5_number_lower(concat_ws('|', {text})) END"
