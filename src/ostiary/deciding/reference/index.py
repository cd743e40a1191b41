"""The index: for each kind of key, one sorted array of keys with the records that have them.

An entry is one machine word: the upper bits of the key, and below them the number of the record,
in as many bits as the records need. So a look-up is a binary search, and what it finds are records.
Two keys that agree in their upper bits meet by chance; that only compares a pair too many.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ostiary.deciding.reference.blocking_keys import (
    KEY_KINDS,
    Hashes,
    KeyKind,
    hash_texts,
    key_of,
    surname_forms,
)
from ostiary.deciding.reference.hashes import hash_numbers
from ostiary.deciding.reference.layout import UNBORN, Rows
from ostiary.deciding.reference.parallel import in_order

_PARTS = {
    "surname": "n_surname_key",
    "given": "n_given_group",
    "a_kind": "a_kind",
    "a_number": "a_number",
    "a_street": "a_street",
    "a_zip5": "a_zip5",
    "a_city": "a_city",
    "a_state": "a_state",
}
_BLOCK = 500_000


def key_file(kind: KeyKind) -> str:
    """Name the file of a kind's entries."""
    return f"keys-{kind.name}.u64"


def record_bits(records: int) -> int:
    """Say how many bits of an entry number the record."""
    return max(1, (records - 1).bit_length())


def write_index(records: Rows, texts: dict[str, list[str]], folder: Path) -> int:
    """Write the entries of all kinds of key.

    Args:
        records: all of them.
        texts: their vocabularies.
        folder: where the files are made.

    Returns:
        How many entries there are.
    """
    maker = _KeyMaker(texts, record_bits(len(records)))
    files = {kind: (folder / key_file(kind)).open("wb") for kind in KEY_KINDS}
    starts = range(0, len(records), _BLOCK)
    try:
        for made in in_order(lambda start: maker.entries(records, start), starts):
            for kind, entries in made:
                entries.tofile(files[kind])
    finally:
        for file in files.values():
            file.close()
    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(_sort, [folder / key_file(kind) for kind in KEY_KINDS]))


def _sort(path: Path) -> int:
    entries = np.fromfile(path, "<u8")
    entries.sort()
    entries.tofile(path)
    return len(entries)


class _KeyMaker:
    """Makes the entries of records from the hashes of their vocabularies."""

    def __init__(self, texts: dict[str, list[str]], bits: int) -> None:
        self._texts = texts
        self._hashed = {part: hash_texts(part, texts[name]) for part, name in _PARTS.items()}
        self._double = np.array([" " in text for text in texts["n_surname"]], bool)
        self._upper = np.uint64((1 << 64) - (1 << bits))
        self._forms: dict[tuple[int, int], Hashes] = {}

    def entries(self, records: Rows, start: int) -> list[tuple[KeyKind, Hashes]]:
        """Give the entries of the block of records that begins with the number ``start``."""
        return list(self._entries(np.array(records[start : start + _BLOCK]), start))

    def _entries(self, block: Rows, start: int) -> Iterator[tuple[KeyKind, Hashes]]:
        number = np.arange(start, start + len(block), dtype=np.uint64)
        hashed = self._parts(block)
        place, forms = self._more_forms(block)
        again = {name: values[place] for name, values in hashed.items()}
        again["surname"] = forms
        for kind in KEY_KINDS:
            yield kind, self._packed(key_of(kind, hashed), number)
            if "surname" in kind.parts and len(place):
                yield kind, self._packed(key_of(kind, again), number[place])

    def _parts(self, block: Rows) -> dict[str, Hashes]:
        hashed = {part: self._hashed[part][block[name]] for part, name in _PARTS.items()}
        born = block["born"].astype(np.int64)
        hashed["born"] = hash_numbers("born", born) * (born != UNBORN)
        tin = block["tin"].astype(np.int64)
        hashed["tin"] = hash_numbers("tin", tin) * (tin != 0)
        return hashed

    def _more_forms(self, block: Rows) -> tuple[npt.NDArray[np.int64], Hashes]:
        """Give the further forms of double surnames: the rows of the block, and the hashes."""
        rows = np.flatnonzero(self._double[block["n_surname"]])
        found = [
            self._forms_of(*pair)
            for pair in zip(
                block["n_surname"][rows].tolist(),
                block["n_surname_key"][rows].tolist(),
                strict=True,
            )
        ]
        again = np.repeat(rows, [len(one) for one in found])
        return again, np.concatenate(found) if found else np.zeros(0, np.uint64)

    def _forms_of(self, surname: int, key: int) -> Hashes:
        if (surname, key) not in self._forms:
            forms = surname_forms(
                self._texts["n_surname"][surname], self._texts["n_surname_key"][key]
            )
            self._forms[surname, key] = hash_texts("surname", forms[1:])
        return self._forms[surname, key]

    def _packed(self, keys: Hashes, number: Hashes) -> Hashes:
        kept = keys != 0
        packed: Hashes = (keys[kept] & self._upper) | number[kept]
        return packed
