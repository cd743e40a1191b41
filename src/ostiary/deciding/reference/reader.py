"""A reference that was opened: files mapped into memory, read where a look falls and nowhere else.

============================  ======================================================================
``records.bin``               one :data:`.reference.layout.RECORD` for each person and address
``keys-KIND.u64``             entries of the index, see :mod:`ostiary.deciding.reference.index`
``people-ids.bin``            ids of the people in order, one behind the other
``people-ends.u64``           where each id ends in it
``people-first.u32``          first record of each person
``buildings-of.u32``          building of each record
``buildings.u32``             people, units and first unit of each building
``twins.u8``                  flags of each record, see :mod:`ostiary.deciding.reference.twins`
``spans-first.u32``           first span of each record
``spans.u8``                  spans, see :data:`.reference.layout.SOURCES`; read for those
                              confirmed alone
``births.i32``                days of birth, and people born on each
``words.arrow``               the vocabularies: ``column``, ``text``
``items.arrow``               ``person_id``, ``period``, ``source``, ``item``, ``value``, where the
                              file has any; read for those confirmed alone whose gateway opens it
``names.arrow``               ``kind``, ``name``, ``people`` who carry it, whether it is ``known``,
                              and ``common``; ``namesake_ppm``: see ``namesakes``
============================  ======================================================================
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ostiary.deciding.reference.blocking_keys import KEY_KINDS, Hashes
from ostiary.deciding.reference.census import given_names_too
from ostiary.deciding.reference.files import read_arrow
from ostiary.deciding.reference.index import key_file, record_bits
from ostiary.deciding.reference.items import read_items
from ostiary.deciding.reference.layout import RECORD, TEXTS, UNBORN, Rows, born_text
from ostiary.deciding.reference.name_marks import MARKED, SAYS_LITTLE, SHARES
from ostiary.deciding.reference.name_spellings import with_spellings
from ostiary.deciding.reference.parallel import at_once
from ostiary.deciding.reference.twins import TWINS

Numbers = npt.NDArray[np.int64]
Bits = npt.NDArray[np.float64]

COUNTED = {"surname": "n_surname_key", "given": "n_given", "middle": "n_middle"}
"""Kinds of names whose people are counted, and the column they stand in."""

TOLD = {
    "given_marked": ("n_given", MARKED),
    "given_shares": ("n_given", SHARES),
    "middle_says_little": ("n_middle", SAYS_LITTLE),
}
"""What lists tell of a name: the column, and the words."""
_STREET_FROM = 4  # letters of a name that is a street


def mapped(path: Path, kind: npt.DTypeLike) -> npt.NDArray[Any]:
    """Map a file of numbers into memory."""
    if not path.stat().st_size:
        return np.zeros(0, kind)
    return np.memmap(path, kind, "r")


def bits(people: int, carriers: npt.NDArray[np.generic]) -> Bits:
    """Give the bits of evidence in a value: log2(people / its carriers), to hundredths."""
    found: Bits = np.round(np.log2(max(people, 1) / np.maximum(carriers, 1)), 2) + 0.0
    return found


@dataclass(frozen=True)
class ReferenceReader:
    """The files of a reference.

    Attributes:
        folder: where they lie.
        people: how many people there are.
    """

    folder: Path
    people: int

    @cached_property
    def records(self) -> Rows:
        """All records."""
        return mapped(self.folder / "records.bin", RECORD)

    @cached_property
    def entries(self) -> dict[str, Hashes]:
        """The entries of each kind of key."""
        return {kind.name: mapped(self.folder / key_file(kind), "<u8") for kind in KEY_KINDS}

    @cached_property
    def record_bits(self) -> int:
        """How many bits of an entry number the record."""
        return record_bits(len(self.records))

    @cached_property
    def first_record(self) -> npt.NDArray[np.uint32]:
        """The first record of each person, and the number of all records behind the last."""
        return mapped(self.folder / "people-first.u32", "<u4")

    @cached_property
    def ids(self) -> pa.Array:
        """The ids of the people, in order."""
        ends = pa.py_buffer(mapped(self.folder / "people-ends.u64", "<i8"))
        text = pa.py_buffer(mapped(self.folder / "people-ids.bin", "u1"))
        return pa.Array.from_buffers(pa.large_string(), self.people, [None, ends, text])

    def person_of(self, person_id: str) -> int | None:
        """Find a person by id."""
        place = bisect_left(range(self.people), person_id, key=lambda n: self.ids[n].as_py())
        found = place < self.people and self.ids[place].as_py() == person_id
        return place if found else None

    def is_held(self, person_id: str) -> bool:
        """Whether a hold stands on a person; on nobody who is not on file."""
        person = self.person_of(person_id)
        return person is not None and bool(self.records[self.first_record[person]]["hold"])

    @cached_property
    def building_of(self) -> npt.NDArray[np.uint32]:
        """The building of each record."""
        return mapped(self.folder / "buildings-of.u32", "<u4")

    @cached_property
    def buildings(self) -> npt.NDArray[np.uint32]:
        """People, units and first unit, one row a building."""
        return mapped(self.folder / "buildings.u32", "<u4").reshape(-1, 3)

    @cached_property
    def twins(self) -> npt.NDArray[np.uint8]:
        """What stands beside each record, a bit for each of :data:`TWINS`."""
        return mapped(self.folder / "twins.u8", "u1")

    @cached_property
    def first_span(self) -> npt.NDArray[np.uint32]:
        """The first span of each record, and the number of all spans behind the last."""
        return mapped(self.folder / "spans-first.u32", "<u4")

    @cached_property
    def spans(self) -> npt.NDArray[np.uint8]:
        """First period, last period and source, one row a span, in the order of records."""
        return mapped(self.folder / "spans.u8", "u1").reshape(-1, 3)

    def spans_of(self, numbers: Numbers) -> tuple[Numbers, npt.NDArray[np.uint8]]:
        """Give the spans of records.

        Args:
            numbers: which records.

        Returns:
            For each span the place of its record in ``numbers``; and the spans.
        """
        first = self.first_span[numbers].astype(np.int64)
        many = self.first_span[numbers + 1].astype(np.int64) - first
        at = np.repeat(np.arange(len(numbers)), many)
        within = np.arange(len(at)) - np.repeat(np.cumsum(many) - many, many)
        return at, self.spans[first[at] + within]

    @cached_property
    def items(self) -> pa.Table:
        """What is on file beyond names and addresses: see :mod:`.reference.items`."""
        return read_items(self.folder)

    @cached_property
    def births(self) -> npt.NDArray[np.int32]:
        """Days of birth in order, and people born on each."""
        return mapped(self.folder / "births.i32", "<i4").reshape(2, -1)

    @cached_property
    def words(self) -> dict[str, pa.Array]:
        """The vocabulary of each column, in order."""
        table = read_arrow(self.folder / "words.arrow")
        ends = table["column"].combine_chunks()
        return {name: table["text"].filter(pc.equal(ends, name)).combine_chunks() for name in TEXTS}

    @cached_property
    def names(self) -> pa.Table:
        """Names: ``kind``, ``name``, ``people``, ``known``, ``common``, ``namesake_ppm``."""
        return read_arrow(self.folder / "names.arrow")

    @cached_property
    def asked_names(self) -> pa.Table:
        """What names of requests are looked up in, made once: see :func:`with_spellings`."""
        return with_spellings(self.names)

    @cached_property
    def known(self) -> dict[str, npt.NDArray[np.bool_]]:
        """Whether a name is known, by kind, for each text of its vocabulary."""
        return {kind: self._of_kind(kind, "known").astype(bool) for kind in COUNTED}

    @cached_property
    def common(self) -> npt.NDArray[np.bool_]:
        """Whether a given name is common, for each text of its vocabulary."""
        return self._of_kind("given", "common").astype(bool)

    @cached_property
    def middle_common(self) -> npt.NDArray[np.bool_]:
        """Whether a middle name is common as a given name, for each text of its vocabulary."""
        is_common = pc.and_(pc.equal(self.names["kind"], "given"), self.names["common"])
        return _among(self.words["n_middle"], self.names["name"].filter(is_common))

    @cached_property
    def given_too(self) -> dict[str, npt.NDArray[np.bool_]]:
        """Whether a name is no less a given name than a surname, by kind, for each text."""
        return {
            kind: _among(self.words[COUNTED[kind]], listed)
            for kind, listed in given_names_too().items()
        }

    @cached_property
    def common_names(self) -> frozenset[str]:
        """What thousands of people are called, as far as a street is named so."""
        common = self.names["name"].filter(self.names["common"])
        long = pc.greater_equal(pc.utf8_length(common), _STREET_FROM)
        return frozenset(common.filter(long).to_pylist())

    @cached_property
    def name_streets(self) -> pa.Array:
        """Streets that exist whether the file has one or not: what thousands of people are called.

        HAMILTON is no slip of HAMPTON, nor SAINT MARK one of SAINT MARY.
        """
        names = pa.array(sorted(self.common_names), pa.string())
        saints = [pc.binary_join_element_wise(word, names, " ") for word in ("ST", "SAN", "SANTA")]
        return pa.concat_arrays([names, *saints])

    @cached_property
    def told(self) -> dict[str, npt.NDArray[np.bool_]]:
        """Give what is told of names by lists, for each text: see ``name_levels``."""
        return {
            flag: pc.is_in(self.words[column], value_set=pa.array(sorted(words))).to_numpy(
                zero_copy_only=False
            )
            for flag, (column, words) in TOLD.items()
        }

    @cached_property
    def name_bits(self) -> dict[str, Bits]:
        """Bits of evidence in a name, by kind, for each text of its vocabulary; none in no name."""
        found = {kind: bits(self.people, self._of_kind(kind, "people")) for kind in COUNTED}
        for values in found.values():
            values[0] = 0
        return found

    @cached_property
    def namesake_ppm(self) -> Numbers:
        """Of a million bearers, how many have a namesake at home, by text of the given names."""
        return self._of_kind("given", "namesake_ppm")

    def _of_kind(self, kind: str, column: str) -> npt.NDArray[np.int64]:
        is_carried = pc.and_(pc.equal(self.names["kind"], kind), self._is_carried)
        counted = self.names[column].filter(is_carried).cast(pa.int64()).to_numpy()
        return np.concatenate([np.zeros(1, np.int64), counted])

    @cached_property
    def _is_carried(self) -> pa.ChunkedArray:
        return pc.greater(self.names["people"], 0)

    @cached_property
    def place_bits(self) -> Bits:
        """Bits of evidence in a building, by how many people it has."""
        most = int(self.buildings[:, 0].max(initial=1))
        return bits(self.people, np.arange(most + 1))

    @cached_property
    def birth_bits(self) -> Bits:
        """Bits of evidence in each day of :attr:`births`."""
        return bits(self.people, self.births[1])

    def filed(self, numbers: Numbers) -> pa.Table:
        """Give records as the table that a decision compares requests with.

        Args:
            numbers: which records.

        Returns:
            ``record``, ``person``, ``person_id``, the standard columns, ``born`` and ``tin`` as
            text, ``hold``, what is known of its names,
            ``namesake_ppm``, ``place_units`` and ``place_first_unit``,
            :data:`ostiary.deciding.reference.twins.TWINS` as flags, and bits of evidence.
        """
        rows = self.records[numbers]
        return pa.table(
            {
                "record": numbers,
                "person": rows["person"].astype(np.int64),
                "person_id": self.ids.take(pa.array(rows["person"])),
                **self._texts(rows, TEXTS),
                "n_name_stated": rows["n_name_stated"],
                **self._told_by_name(rows),
                "hold": rows["hold"],
                "namesake_ppm": self.namesake_ppm[rows["n_given"]],
                **self._place(numbers),
                **self._bits(rows),
            }
        )

    def filed_names(self, numbers: Numbers) -> pa.Table:
        """Give of records what the levels of names, birth dates and TINs read, and no more.

        Args:
            numbers: which records.

        Returns:
            Some columns of :meth:`filed`.
        """
        rows = self.records[numbers]
        names = [name for name in TEXTS if name.startswith("n_")]
        return pa.table({"record": numbers, **self._texts(rows, names), **self._told_by_name(rows)})

    def _texts(self, rows: Rows, names: Sequence[str]) -> Mapping[str, pa.Array]:
        texts = at_once(lambda name: self.words[name].take(pa.array(rows[name])), names)
        return dict(zip(names, texts, strict=True))

    def _told_by_name(self, rows: Rows) -> Mapping[str, object]:
        return {
            "born": born_text(rows["born"]),
            "tin": tin_text(rows["tin"]),
            "surname_known": self.known["surname"][rows["n_surname_key"]],
            "given_known": self.known["given"][rows["n_given"]],
            "given_common": self.common[rows["n_given"]],
            "middle_common": self.middle_common[rows["n_middle"]],
            "surname_given_too": self.given_too["surname"][rows["n_surname_key"]],
            "given_given_too": self.given_too["given"][rows["n_given"]],
            **{flag: self.told[flag][rows[column]] for flag, (column, _) in TOLD.items()},
        }

    def _place(self, numbers: Numbers) -> Mapping[str, object]:
        found = self.buildings[self.building_of[numbers]]
        twins = self.twins[numbers]
        return {
            "place_units": found[:, 1].astype(np.int64),
            "place_first_unit": self.words["a_unit"].take(pa.array(found[:, 2])),
            "place_bits": self.place_bits[found[:, 0]],
            **{name: twins >> bit & 1 == 1 for bit, name in enumerate(TWINS)},
        }

    def _bits(self, rows: Rows) -> Mapping[str, Bits]:
        names = {
            f"{kind}_bits": self.name_bits[kind][rows[column]] for kind, column in COUNTED.items()
        }
        if not self.births.size:
            return {**names, "birth_bits": np.zeros(len(rows))}
        day = np.searchsorted(self.births[0], rows["born"]).clip(max=len(self.birth_bits) - 1)
        born = np.where(rows["born"] != UNBORN, self.birth_bits[day], 0.0)
        return {**names, "birth_bits": born}


def _among(texts: pa.Array, listed: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    """Tell of each text whether it is listed; only the shorter of the two is put into a table."""
    if len(texts) < len(listed):
        listed = listed.filter(pc.is_in(listed, value_set=texts))
    if isinstance(listed, pa.ChunkedArray):
        listed = listed.combine_chunks()
    found: npt.NDArray[np.bool_] = pc.is_in(texts, value_set=listed).to_numpy(zero_copy_only=False)
    return found


def tin_text(tins: npt.NDArray[np.uint32]) -> pa.Array:
    """Write TINs with nine digits; empty when unknown."""
    digits = pc.cast(pa.array(tins.astype(np.int64) - 1), pa.string())
    return pc.if_else(pa.array(tins == 0), "", pc.utf8_lpad(digits, 9, "0"))
