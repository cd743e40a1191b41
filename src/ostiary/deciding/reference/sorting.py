"""Numbered rows become records: in order of people, each address once, and counted.

A block of neighbouring people at a time: the texts get their places in order, rows of a person
that say the same in years without a gap become one record, a hold on one row of a person becomes a
hold on the person. So a record is of each year from its first to its last, and of no other. Beside
each record stand its *spans*: by which source it was filed for which of these years.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ostiary.deciding.reference.blocking_keys import PLACE_PARTS, Hashes, hash_texts
from ostiary.deciding.reference.chunks import Written
from ostiary.deciding.reference.layout import RECORD, TEXTS, UNBORN, Rows, content, unique
from ostiary.deciding.reference.parallel import in_order
from ostiary.deciding.reference.people_order import number_people

BLOCK = 500_000
"""Rows of a block, or a few more: a block ends between two people."""

NAMES = {"surname": "n_surname_key", "given": "n_given", "middle": "n_middle"}
"""Whose people are counted, and the column that says it."""

Numbers = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Filed:
    """The records of a block of people.

    Attributes:
        records: the records.
        spans: how many spans each record has.
        spanned: the spans, see :data:`ostiary.deciding.reference.layout.SOURCES`, record by record.
    """

    records: Rows
    spans: Numbers
    spanned: Bytes


@dataclass(slots=True)
class Sealed:
    """A vocabulary for each column, in order, and where each number of the rows stands in it.

    Attributes:
        texts: by column.
        places: by column.
        hashed: by column that is part of a place, the hash of each text.
    """

    texts: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, npt.NDArray[np.uint32]] = field(default_factory=dict)
    hashed: dict[str, Hashes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted in one block.

    Attributes:
        names: by kind of name, the text of its vocabulary that each person carries.
        born: day of birth of each person who has one.
        places: a hash of the building for each record.
    """

    names: dict[str, npt.NDArray[np.uint32]]
    born: npt.NDArray[np.int32]
    places: Hashes


@dataclass(slots=True)
class Tally:
    """What is counted in all blocks: by kind of name the people of each text, and the rest."""

    people: dict[str, Numbers]
    born: list[npt.NDArray[np.int32]] = field(default_factory=list)
    places: list[Hashes] = field(default_factory=list)

    def add(self, counted: Counted) -> None:
        """Add a block."""
        for kind, carried in counted.names.items():
            self.people[kind] += np.bincount(carried, minlength=len(self.people[kind]))
        self.born.append(counted.born)
        self.places.append(counted.places)


def seal(written: Written) -> Sealed:
    """Put the vocabularies in order."""
    sealed = Sealed()
    for name, words in written.words.items():
        sealed.texts[name], sealed.places[name] = words.seal()
    sealed.hashed = {name: hash_texts(name, sealed.texts[name]) for name in PLACE_PARTS}
    return sealed


def records_of(written: Written, sealed: Sealed, tally: Tally) -> Iterator[Filed]:
    """Give the records, block by block, and count them.

    Args:
        written: the rows.
        sealed: their vocabularies.
        tally: what is counted is added to.
    """
    ids, person_of_run = number_people(written.ids)
    rows = np.memmap(written.path, RECORD, "r") if written.rows else np.zeros(0, RECORD)
    sources = np.concatenate([np.zeros(0, np.uint8), *written.sources])
    order = None
    if person_of_run is not None:
        person = np.concatenate(
            [person_of_run[rows["person"][n : n + BLOCK]] for n in range(0, len(rows), BLOCK)]
        )
        order = np.argsort(person, kind="stable")
    written.ids = [ids]
    blocks = _blocks(rows, sources, order, person_of_run)
    for filed, counted in in_order(lambda block: _filed(*block, sealed), blocks):
        tally.add(counted)
        yield filed


def _filed(block: Rows, sources: Bytes, sealed: Sealed) -> tuple[Filed, Counted]:
    _place(block, sealed)
    filed = _merged(block, sources)
    return filed, _count(filed.records, sealed)


def _blocks(
    rows: Rows,
    sources: Bytes,
    order: Numbers | None,
    person_of_run: npt.NDArray[np.uint32] | None,
) -> Iterator[tuple[Rows, Bytes]]:
    """Cut the rows, and the source of each, between people."""
    start = 0
    carried, carried_sources = np.zeros(0, RECORD), sources[:0]
    while start < len(rows):
        end = min(start + BLOCK, len(rows))
        these = slice(start, end) if order is None else order[start:end]
        block = np.array(rows[these])
        if person_of_run is not None:
            block["person"] = person_of_run[block["person"]]
        block = np.concatenate([carried, block])
        block_sources = np.concatenate([carried_sources, sources[these]])
        last = len(block) if end == len(rows) else _first_of_last(block["person"])
        if last:
            yield block[:last], block_sources[:last]
        carried, carried_sources, start = block[last:], block_sources[last:], end


def _first_of_last(person: npt.NDArray[np.uint32]) -> int:
    return int(np.searchsorted(person, person[-1]))


def _place(block: Rows, sealed: Sealed) -> None:
    for name in TEXTS:
        block[name] = sealed.places[name][block[name]]


def _merged(block: Rows, sources: Bytes) -> Filed:
    """Make rows of a person that say the same one record, in an order that content decides."""
    words = content(block)
    person = block["person"] - block["person"][0]
    packed = _by_content(person, words)
    order = np.lexsort((block["first_period"], packed))
    packed = packed[order]
    block, person, sources = block[order], person[order], sources[order]
    new = np.ones(len(block), bool)
    np.not_equal(packed[1:], packed[:-1], out=new[1:])
    again = np.flatnonzero(~new)  # nearly none: only these are looked at in full
    new[again] = (words[order[again]] != words[order[again - 1]]).any(axis=1)
    again = np.flatnonzero(~new)
    years = block["first_period"], block["last_period"]
    new[again] = _after_a_gap(*years, np.cumsum(new), again)
    starts = np.flatnonzero(new)
    records = block[starts]
    held = np.zeros(int(person[-1]) + 1, bool)
    held[person[block["hold"]]] = True
    records["hold"] = held[person[starts]]
    if len(starts) < len(block):
        records["last_period"] = np.maximum.reduceat(block["last_period"], starts)
    return Filed(records, *_spans(np.cumsum(new) - 1, *years, sources))


def _spans(record: Numbers, first: Bytes, last: Bytes, sources: Bytes) -> tuple[Numbers, Bytes]:
    """Give how many spans each record has, and the spans: runs of years of one source.

    Args:
        record: of each row, from 0.
        first: first period of each row.
        last: last period of each row.
        sources: number of each row's source.
    """
    rows = record.astype(np.uint64) << np.uint64(24)
    for part, bits in ((sources, 16), (first, 8), (last, 0)):
        rows |= part.astype(np.uint64) << np.uint64(bits)
    rows = unique(rows)
    said = (rows >> np.uint64(16)).astype(np.int64)  # by which source of which record
    _, first, last = (np.right_shift(rows, np.uint64(n)).astype(np.uint8) for n in (16, 8, 0))
    new = np.ones(len(rows), np.bool_)
    np.not_equal(said[1:], said[:-1], out=new[1:])
    again = np.flatnonzero(~new)
    new[again] = _after_a_gap(first, last, np.cumsum(new), again)
    starts = np.flatnonzero(new)
    ends = np.maximum.reduceat(last, starts) if len(starts) else last
    spans = np.stack([first[starts], ends, (said[starts] & 0xFF).astype(np.uint8)], axis=1)
    return np.bincount(said[starts] >> 8), spans


def _after_a_gap(
    first: Bytes, last: Bytes, run: Numbers, again: npt.NDArray[np.intp]
) -> npt.NDArray[np.bool_]:
    """Tell which rows that say what an earlier one says begin a new run of years.

    Rows that say the same stand together, in order of their first year; a row that is already a
    record may reach over several years, so the last year reached is carried along. Years that are
    unknown (0) are a run of their own.

    Args:
        first: first period of each row.
        last: last period of each row.
        run: one number for all rows that say the same, growing.
        again: rows that say what the one before them says.
    """
    reached = last.astype(np.int64) + (run << 9)
    before = np.maximum.accumulate(reached)[again - 1] - (run[again] << 9)
    begins = first[again].astype(np.int64)
    gap: npt.NDArray[np.bool_] = (begins > before + 1) | ((before == 0) & (begins > 0))
    return gap


def _by_content(person: npt.NDArray[np.uint32], words: npt.NDArray[np.uint64]) -> Hashes:
    """Give what orders by person and then by a hash of the content, for each row."""
    mixed = np.zeros(len(words), np.uint64)
    for column in words.T:
        mixed = (mixed ^ column) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    bits = np.uint64(int(person[-1]).bit_length())
    if not bits:
        return mixed
    packed: Hashes = (person.astype(np.uint64) << (np.uint64(64) - bits)) | (mixed >> bits)
    return packed


def _count(records: Rows, sealed: Sealed) -> Counted:
    person = (records["person"] - records["person"][0]).astype(np.uint64) << np.uint64(32)
    known = records["born"] != UNBORN
    days = records["born"][known].view(np.uint32)
    return Counted(
        {kind: _low(unique(person | records[column])) for kind, column in NAMES.items()},
        _low(unique(person[known] | days)).view(np.int32),
        place_hash(records, sealed.hashed),
    )


def _low(packed: Hashes) -> npt.NDArray[np.uint32]:
    return packed.astype(np.uint32)


def place_hash(records: Rows, hashed: dict[str, Hashes]) -> Hashes:
    """Tell buildings apart: the door, and the ZIP Code (or the city, where none is on file)."""
    city, state, *door, zip5 = (hashed[name][records[name]] for name in PLACE_PARTS)
    joined: Hashes = np.where(zip5 != 0, zip5, city ^ state)
    for part in door:
        joined = joined ^ part
    return joined
