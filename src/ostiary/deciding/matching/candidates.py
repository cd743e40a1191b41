"""Candidates of a batch: the records that share a blocking key with each request.

The look-ups of all requests are put in order first, so that the index is read from front to back.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ostiary.deciding.reference.blocking_keys import (
    DOORS,
    KEY_KINDS,
    WHOLE_NAME,
    Hashes,
    KeyKind,
    asked_forms,
    hash_columns,
    hash_texts,
    key_of,
)
from ostiary.deciding.reference.hashes import hash_numbers
from ostiary.deciding.reference.layout import UNBORN, unique
from ostiary.deciding.reference.parallel import at_once
from ostiary.deciding.reference.reader import ReferenceReader
from ostiary.deciding.standardisation.vocabulary.street_words import is_named_by_words
from ostiary.deciding.standardisation.vocabulary.transliterations import OTHER_SURNAMES

Numbers = npt.NDArray[np.int64]

NEAR = tuple(kind for kind in KEY_KINDS if kind.name != WHOLE_NAME)
"""Kinds of key that find everybody who could be confirmed, or stand in the way of it."""
NAMESAKES = tuple(kind for kind in KEY_KINDS if kind.name == WHOLE_NAME)
BY_NAME = 2
"""From this tier on the name agrees, see :mod:`ostiary.deciding.matching.levels`."""
CLOSE = 3
"""From this tier on (see :mod:`.matching.levels`) namesakes elsewhere do not matter."""

CROSSWISE = frozenset((*DOORS, WHOLE_NAME))
"""Kinds of key that are also looked up with given name and surname taken for each other."""
_TEXTS = ("a_kind", "a_number", "a_street", "a_zip5", "a_city", "a_state")
_SPELLED = pa.array(sorted(OTHER_SURNAMES))


@dataclass(frozen=True, slots=True)
class Asked:
    """The hashed parts of some requests.

    Attributes:
        parts: by part of a key, one hash for each line; a request has a line for each form of its
            surname, and one with given name and surname taken for each other.
        request: the request of each line, counted from 0.
        crosswise: which lines take the names for each other.
        plain: which line is the first of its request.
    """

    parts: dict[str, Hashes]
    request: Numbers
    crosswise: npt.NDArray[np.bool_]
    plain: npt.NDArray[np.bool_]

    def of(self, chosen: npt.NDArray[np.bool_]) -> "Asked":
        """Give the parts of the chosen requests alone; they keep their numbers."""
        lines = chosen[self.request]
        parts = {name: hashed[lines] for name, hashed in self.parts.items()}
        return Asked(parts, self.request[lines], self.crosswise[lines], self.plain[lines])


def ask_keys(requests: pa.Table) -> Asked:
    """Hash the parts of requests.

    Args:
        requests: the standard columns, ``born`` and ``tin`` as text, none NULL.
    """
    many = len(requests)
    whole, given, surname, turned_given, turned_surname = _hashed(requests)
    row, forms = _more_forms(requests)
    every = np.arange(many)
    request = np.concatenate([every, every, row])
    parts = {name: hashed[request] for name, hashed in whole.items()}
    parts["given"] = np.concatenate([given, turned_given, given[row]])
    parts["surname"] = np.concatenate([surname, turned_surname, forms])
    parts["born"] = _born(requests["born"])[request]
    parts["tin"] = _tins(requests["tin"])[request]
    line = np.arange(len(request))
    return Asked(parts, request, (line >= many) & (line < 2 * many), line < many)


def _hashed(requests: pa.Table) -> tuple[dict[str, Hashes], Hashes, Hashes, Hashes, Hashes]:
    """Hash the parts of a place, and the names as given and taken for each other."""
    columns = [(name, name) for name in _TEXTS]
    columns += [("given", "n_given_group"), ("surname", "n_surname_key")]
    columns += [("given", "n_surname_key"), ("surname", "n_given")]
    coded = [requests[name].combine_chunks().dictionary_encode() for _, name in columns]
    parts = zip((part for part, _ in columns), (one.dictionary for one in coded), strict=True)
    hashed = [
        values[one.indices.to_numpy()]
        for values, one in zip(hash_columns(list(parts)), coded, strict=True)
    ]
    given, surname, turned_given, turned_surname = hashed[len(_TEXTS) :]
    places = dict(zip(_TEXTS, hashed, strict=False))
    return places, given, surname, turned_given, turned_surname


def _more_forms(requests: pa.Table) -> tuple[Numbers, Hashes]:
    double = pc.match_substring(requests["n_surname"], " ")
    spelled = pc.is_in(requests["n_surname_key"], value_set=_SPELLED)
    rows = np.flatnonzero(
        pc.or_(double, pc.and_(spelled, pc.not_equal(requests["born"], ""))).to_numpy()
    )
    told = requests.select(["n_surname", "n_surname_key", "born"]).take(pa.array(rows)).to_pydict()
    forms = [
        asked_forms(surname, key, born=born != "")[1:]
        for surname, key, born in zip(*told.values(), strict=True)
    ]
    again = np.repeat(rows, [len(one) for one in forms])
    return again, hash_texts("surname", [form for one in forms for form in one])


def _born(column: pa.ChunkedArray) -> Hashes:
    days = pc.if_else(pc.equal(column, ""), None, column).cast(pa.date32()).cast(pa.int32())
    numbers = days.fill_null(UNBORN).to_numpy().astype(np.int64)
    hashed: Hashes = hash_numbers("born", numbers) * (numbers != UNBORN)
    return hashed


def _tins(column: pa.ChunkedArray) -> Hashes:
    nine = pc.match_substring_regex(column, "^[0-9]{9}$")
    numbers = pc.if_else(nine, column, None).cast(pa.int64()).fill_null(-1).to_numpy() + 1
    hashed: Hashes = hash_numbers("tin", numbers) * (numbers != 0)
    return hashed


@dataclass(frozen=True, slots=True)
class Met:
    """What keys lead to.

    Attributes:
        request, person: pairs of a request and a person in the file, each once.
        crowded: by kind of key, the requests of which a key of that kind is crowded.
    """

    request: Numbers
    person: Numbers
    crowded: dict[str, Numbers]


def meet(opened: ReferenceReader, asked: Asked, kinds: Iterable[KeyKind]) -> Met:
    """Look keys up.

    Args:
        opened: the reference.
        asked: the requests' parts.
        kinds: the kinds of key to look up.
    """
    looked = list(kinds)
    found = at_once(lambda kind: _meet(opened, asked, kind), looked)
    packed = unique(np.concatenate([pairs for pairs, _ in found]))
    low = np.uint64((1 << 32) - 1)
    return Met(
        (packed >> np.uint64(32)).astype(np.int64),
        (packed & low).astype(np.int64),
        {kind.name: crowded for kind, (_, crowded) in zip(looked, found, strict=True)},
    )


def _meet(opened: ReferenceReader, asked: Asked, kind: KeyKind) -> tuple[Hashes, Numbers]:
    """Look keys of one kind up: requests and people, packed, and the requests that are crowded."""
    keys, request = keys_asked(asked, kind)
    entries = opened.entries[kind.name]
    first, many = _ranges(entries, keys, opened.record_bits, kind.cap)
    over = many > kind.cap
    crowded = unique(request[over].astype(np.uint64)).astype(np.int64)
    many[over] = 0
    low = np.uint64((1 << opened.record_bits) - 1)
    record = (entries[_spread(first, many)] & low).astype(np.int64)
    person = opened.records["person"][record].astype(np.uint64)
    pairs = np.repeat(request, many).astype(np.uint64) << np.uint64(32) | person
    return unique(pairs), crowded


def keys_asked(asked: Asked, kind: KeyKind) -> tuple[Hashes, Numbers]:
    """Give the keys of a kind in order, each with its request."""
    if "surname" in kind.parts or "given" in kind.parts:
        lines = np.ones(len(asked.request), bool)
        if kind.name not in CROSSWISE:
            lines &= ~asked.crosswise
        if "surname" not in kind.parts:
            lines &= asked.plain | asked.crosswise
    else:
        lines = asked.plain
    keys = key_of(kind, {part: asked.parts[part][lines] for part in kind.parts})
    kept = np.flatnonzero(keys)
    kept = kept[np.argsort(keys[kept])]
    return keys[kept], asked.request[lines][kept]


def _ranges(entries: Hashes, keys: Hashes, bits: int, cap: int) -> tuple[Numbers, Numbers]:
    """Find for each key (in order) its first entry and how many there are, or one more than cap."""
    low = np.uint64((1 << bits) - 1)
    first, highest = np.searchsorted(entries, keys & ~low), keys | low
    many = np.zeros(len(keys), np.int64)
    going = np.arange(len(keys))
    for step in range(cap + 1):  # most keys have a few entries: cheaper than a second search
        place = first[going] + step
        going = going[place < len(entries)]
        going = going[entries[first[going] + step] <= highest[going]]
        if not len(going):
            break
        many[going] += 1
    return first, many


def _spread(first: Numbers, many: Numbers) -> Numbers:
    """Count on from each first number, as many as are asked for."""
    ends = np.cumsum(many)
    steps = np.arange(int(ends[-1]) if len(ends) else 0)
    counted: Numbers = steps + np.repeat(first - (ends - many), many)
    return counted


def records_between(
    opened: ReferenceReader, kind: KeyKind, keys: Hashes
) -> tuple[Numbers, Numbers]:
    """Give the records of keys of one kind however many they are, each with the place of its key.

    Args:
        opened: the reference.
        kind: the kind of key.
        keys: the keys; 0 leads to nothing.
    """
    entries, low = opened.entries[kind.name], np.uint64((1 << opened.record_bits) - 1)
    first = np.searchsorted(entries, keys & ~low)
    many = np.searchsorted(entries, keys | low, side="right") - first
    many[keys == 0] = 0
    record = (entries[_spread(first, many)] & low).astype(np.int64)
    return np.repeat(np.arange(len(keys)), many), record


def records_of_people(opened: ReferenceReader, person: Numbers) -> Numbers:
    """Give the numbers of all records of people, person by person."""
    first = opened.first_record[person].astype(np.int64)
    return _spread(first, opened.first_record[person + 1].astype(np.int64) - first)


def known_streets(opened: ReferenceReader, requests: pa.Table) -> pa.Table:
    """Give what of the ``a_street`` of requests is a street in the file, or anywhere, each once.

    Anywhere is what thousands of people are called, and what is made of words of streets.

    Args:
        opened: the reference.
        requests: with ``a_street`` and ``a_type``.

    Returns:
        ``a_street`` and ``street``, the same, where it is one; else ``head``, what stands before
        its last word, where that is one and no type was read. Those of which neither is have no
        row.
    """
    asked = pc.unique(requests["a_street"].combine_chunks())
    whole = _streets_among(opened, asked)
    untyped = requests["a_street"].filter(pc.equal(requests["a_type"], ""))
    others = asked.filter(pc.and_not(pc.is_in(asked, value_set=untyped.combine_chunks()), whole))
    heads = pc.replace_substring_regex(others, "(?:^| )[^ ]*$", "")
    is_head = _streets_among(opened, heads)
    streets, begun = asked.filter(whole), others.filter(is_head)
    return pa.table(
        {
            "a_street": pa.concat_arrays([streets, begun]),
            "street": pa.concat_arrays([streets, pa.nulls(len(begun), pa.string())]),
            "head": pa.concat_arrays([pa.nulls(len(streets), pa.string()), heads.filter(is_head)]),
        }
    )


def _streets_among(opened: ReferenceReader, streets: pa.Array) -> pa.Array:
    """Tell of each text whether it is a street; nothing is none."""
    listed = pc.or_(
        pc.is_in(streets, value_set=opened.words["a_street"]),
        pc.is_in(streets, value_set=opened.name_streets),
    )
    known = [
        street != "" and (there or is_named_by_words(street, opened.common_names))
        for street, there in zip(streets.to_pylist(), listed.to_pylist(), strict=True)
    ]
    return pa.array(known, pa.bool_())
