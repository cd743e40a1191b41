"""Blocking keys: which people in the file are worth comparing with a request.

A key stands for some standard columns together; a request and a record that share one become a pair
to compare. The keys decide nothing. Two promises hold among them:

1. Whoever agrees with a request in its door and place, and in the surname or in the group of given
   names, shares a *door* key with it: so everybody near is compared.
2. A key that more records share than its kind allows is *crowded*: it leads to nobody. A request
   with a crowded door key is never confirmed, since somebody near may not have been compared.

A key is 64 bits: each part is hashed by itself, together with the name of the part, and the hashes
are joined by *exclusive or* (Zobrist 1970). So a part is hashed once for all keys that it stands
in, and once for all records that have it, and a key costs no more than a few machine words. The
hash is the lower half of MD5: the same in every engine and version, and no secret.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import md5
from typing import TypeVar

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ostiary.deciding.standardisation.vocabulary.surnames import PARTICLES
from ostiary.deciding.standardisation.vocabulary.transliterations import OTHER_SURNAMES

Hashes = npt.NDArray[np.uint64]
K = TypeVar("K", int, Hashes)

KEY_CAP = 200
NAMESAKE_CAP = 20

_MANY = 2_000

_DOOR = ("a_kind", "a_number", "a_street")


@dataclass(frozen=True, slots=True)
class KeyKind:
    """One kind of blocking key.

    Attributes:
        name: stable name; it is part of the key, so that kinds never meet.
        parts: what it is made of; ``surname`` stands for each form of the surname, ``given`` for
            the group of given names, the others for standard columns.
        needs: the parts that must be there; the others may be empty.
        cap: how many records may share such a key before it is crowded.
    """

    name: str
    parts: tuple[str, ...]
    needs: tuple[str, ...]
    cap: int = KEY_CAP


KEY_KINDS = (
    KeyKind("surname-door-zip", ("surname", *_DOOR, "a_zip5"), ("surname", "a_kind", "a_zip5")),
    KeyKind(
        "surname-door-city",
        ("surname", *_DOOR, "a_city", "a_state"),
        ("surname", "a_kind", "a_city", "a_state"),
    ),
    KeyKind("given-door-zip", ("given", *_DOOR, "a_zip5"), ("given", "a_kind", "a_zip5")),
    KeyKind(
        "given-door-city",
        ("given", *_DOOR, "a_city", "a_state"),
        ("given", "a_kind", "a_city", "a_state"),
    ),
    KeyKind("birth-surname", ("surname", "born"), ("surname", "born")),
    KeyKind("birth-given-zip", ("given", "born", "a_zip5"), ("given", "born", "a_zip5")),
    KeyKind("tin", ("tin",), ("tin",)),
    # Namesakes elsewhere explain a refusal and can change no confirmation; many explain nothing.
    KeyKind("surname-given", ("surname", "given"), ("surname", "given"), NAMESAKE_CAP),
)

DOORS = ("surname-door-zip", "surname-door-city", "given-door-zip", "given-door-city")
WHOLE_NAME = "surname-given"
PLACE_PARTS = ("a_city", "a_state", *_DOOR, "a_zip5")
"""What tells one building from another: the city only where no ZIP Code is on file."""


def hash_text(part: str, text: str) -> int:
    """Hash what stands in a part; 0 when nothing does."""
    if not text:
        return 0
    digest = md5(f"{part}|{text}".encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[8:], "little") or 1


def hash_texts(part: str, texts: Sequence[str] | pa.Array) -> Hashes:
    """Hash the values of a part, one after the other."""
    (hashed,) = hash_columns([(part, texts)])
    return hashed


def hash_columns(columns: Sequence[tuple[str, Sequence[str] | pa.Array]]) -> list[Hashes]:
    """Hash the values of several parts; many of them in DuckDB, all with one query."""
    lengths = [len(texts) for _, texts in columns]
    if sum(lengths) < _MANY:
        return [
            np.array([hash_text(part, str(text)) for text in texts], np.uint64)
            for part, texts in columns
        ]
    parts = pa.array([part for part, _ in columns])
    table = {
        "part": parts.take(pa.array(np.repeat(np.arange(len(columns)), lengths))),
        "text": pa.concat_arrays([pa.array(texts, pa.string()) for _, texts in columns]),
        "place": np.arange(sum(lengths)),
    }
    with duckdb.connect() as con:
        con.register("texts", pa.table(table))
        hashed = con.sql(
            """
            SELECT CASE WHEN text = '' THEN 0
                        ELSE greatest(md5_number_lower(part || '|' || text), 1) END AS hashed
            FROM texts ORDER BY place
            """
        ).to_arrow_table()
        con.unregister("texts")
    return np.split(hashed["hashed"].cast(pa.uint64()).to_numpy(), np.cumsum(lengths)[:-1])


def key_of(kind: KeyKind, hashed: Mapping[str, K]) -> K:
    """Join the hashes of a kind's parts; 0 where one that it needs is not there.

    The same for one request (``int``) and for a column of them (an array).

    Args:
        kind: which key.
        hashed: the hash of each part, 0 where it is empty.
    """
    joined = _KIND_HASH[kind.name] ^ hashed[kind.parts[0]]
    for part in kind.parts[1:]:
        joined = joined ^ hashed[part]
    present = hashed[kind.needs[0]] != 0
    for part in kind.needs[1:]:
        present = present & (hashed[part] != 0)
    key: K = joined * present  # no key is no entry
    return key


def surname_forms(surname: str, key: str) -> list[str]:
    """Give the forms that a surname is found under: whole, and by the parts of a double one.

    Particles are no parts: the surname's key does not hold them.
    """
    if " " not in surname:
        return [key]
    parts = [word for word in surname.split(" ") if len(word) > 1 and word in key]
    return list(dict.fromkeys([key, *parts]))


def asked_forms(surname: str, key: str, *, born: bool) -> list[str]:
    """Give the forms that a request looks a surname up by.

    Args:
        surname: as for :func:`surname_forms`, like the next one.
        key: see there.
        born: whether the request gives a birth date: without one no other spelling is believed.
    """
    forms = surname_forms(surname, key)
    return [*forms, *OTHER_SURNAMES.get(key, ())] if born else forms


def surname_words(surname: str) -> list[str]:
    """Give the words of a surname that are no particles."""
    return [word for word in surname.split(" ") if word not in _PARTICLES]


_PARTICLES = frozenset(PARTICLES.split("|"))
PARTICLE_LIST = "('" + "', '".join(sorted(_PARTICLES)) + "')"
"""The particles as a list of SQL."""
GROWN_ON = (
    "^(?:VANDER|VANDEN|VAN|VON|DELA|DELAS|DELOS|DEL|DE|DI|DU|LA|LE|AL|EL|TER|TEN)([A-Z]{3,})$"
)
"""Pattern of a surname that may begin with a particle; the group is what is left without it."""
_KIND_HASH = {kind.name: hash_text("kind", kind.name) for kind in KEY_KINDS}
