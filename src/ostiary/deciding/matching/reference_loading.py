"""Loading the reference: the custodian's people and addresses, in standard form, on disk.

The folder holds ``model.json`` and, in a folder named after their content, the files that
:mod:`ostiary.deciding.reference.reader` describes. Nothing of it is read when it is opened.
``weights.html`` beside them shows the officer what each level of agreement weighs.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ostiary.deciding.matching.charts import WEIGHTS_PAGE, weights_page
from ostiary.deciding.matching.learned import Learned
from ostiary.deciding.matching.learning import learn_others
from ostiary.deciding.matching.model import Counts, Model, commit_model, open_model
from ostiary.deciding.reference.blocking_keys import surname_words
from ostiary.deciding.reference.buildings import find_buildings
from ostiary.deciding.reference.census import KNOWN_FROM, names_of
from ostiary.deciding.reference.changes import Approve, Changes, changes_between
from ostiary.deciding.reference.chunks import People, Written, people_of, write_filed, write_people
from ostiary.deciding.reference.files import write_arrow
from ostiary.deciding.reference.index import write_index
from ostiary.deciding.reference.items import SCHEMA, write_items
from ostiary.deciding.reference.layout import RECORD, TEXTS, Rows
from ostiary.deciding.reference.namesakes import namesake_rates
from ostiary.deciding.reference.reader import ReferenceReader, mapped
from ostiary.deciding.reference.sorting import NAMES, Sealed, Tally, records_of, seal
from ostiary.deciding.reference.twins import find_twins
from ostiary.disk.durable import put_durably
from ostiary.domain.errors import OfficeError


@dataclass(frozen=True, slots=True)
class ReferenceSummary:
    """What a load leaves behind.

    Attributes:
        people: persons in the reference.
        addresses: different person-addresses in it.
        model: model digest, ``sha256:...``, which the accounting records.
        changes: what it did to the reference that was there.
    """

    people: int
    addresses: int
    model: str
    changes: Changes


def load_reference(
    con: duckdb.DuckDBPyConnection,
    people: str | People,
    folder: Path,
    *,
    extend: bool = False,
    taught: Learned | None = None,
    approve: Approve = lambda _: None,
) -> ReferenceSummary:
    """Write a reference from typed people and addresses.

    The old reference stays until the new one is whole on disk. The same people give the same
    digest, in whatever order they come and in however many loads.

    Args:
        con: holds the table, and does the work.
        people: a table, or a stretch of people after the other. The reference columns, typed:
            ``birth_date`` DATE, ``hold`` BOOLEAN, ``period`` INTEGER, ``tin`` nine digits or
            empty, ``source`` one of :data:`.reference.layout.SOURCES`, the rest VARCHAR; those of
            :data:`.reference.chunks.FURTHER` may be missing.
        folder: the office's ``reference/``; made when missing.
        extend: add to the reference that is there, instead of replacing it. A hold that stands
            stays.
        taught: weights learned elsewhere, instead of counting what others look like in this file.
        approve: told what the load would do, before it is done; what it raises stops the load.

    Raises:
        OfficeError: ``extend``, and there is no reference or another version wrote it.
        InputError: an item beyond names and addresses has no year, no source or two values.
    """
    before = open_model(folder) if extend else _in_place(folder)
    part = folder / "being-written"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        written = Written(part / "rows.tmp")
        if before and extend:
            write_filed(before.opened, written)
        write_people(con, people_of(con, people) if isinstance(people, str) else people, written)
        stays = before.opened.items if before and extend else SCHEMA.empty_table()
        write_items(con, stays, written.items, part)
        counts = _write(con, written, part)
        now = ReferenceReader(part, counts.people)
        approve(changes := changes_between(con, before.opened if before else None, now))
        learned = taught or learn_others(con, now)
        model = commit_model(folder, part, counts, learned)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    put_durably(folder / WEIGHTS_PAGE, weights_page(model.learned, model.digest).encode())
    return ReferenceSummary(counts.people, counts.addresses, model.digest, changes)


def _in_place(folder: Path) -> Model | None:
    """Give the reference that is to be replaced, where this version can read it."""
    try:
        return open_model(folder)
    except OfficeError:
        return None


def _write(con: duckdb.DuckDBPyConnection, written: Written, folder: Path) -> Counts:
    sealed = seal(written)
    tally = Tally({k: np.zeros(len(sealed.texts[name]), np.int64) for k, name in NAMES.items()})
    _write_records(written, sealed, tally, folder)
    written.path.unlink()
    records = mapped(folder / "records.bin", RECORD)
    keys = write_index(records, sealed.texts, folder)
    ids = written.ids[0]
    _write_people(ids, records["person"], folder)
    _write_buildings(records, tally, sealed.texts, folder)
    _write_words(sealed, folder)
    building = mapped(folder / "buildings-of.u32", "<u4")
    _write_names(sealed, tally, namesake_rates(con, records, building, sealed.texts), folder)
    carried = {kind: int(np.count_nonzero(found[1:])) for kind, found in tally.people.items()}
    return Counts(len(ids), len(records), keys, carried["surname"], carried["given"])


def _write_records(written: Written, sealed: Sealed, tally: Tally, folder: Path) -> None:
    """Write the records, and beside them by which sources each was filed for which years."""
    spans = [np.zeros(1, np.int64)]
    with (folder / "records.bin").open("wb") as file, (folder / "spans.u8").open("wb") as spanned:
        for filed in records_of(written, sealed, tally):
            filed.records.tofile(file)
            filed.spanned.tofile(spanned)
            spans.append(filed.spans)
    np.cumsum(np.concatenate(spans)).astype("<u4").tofile(folder / "spans-first.u32")


def _write_people(ids: pa.Array, person: npt.NDArray[np.uint32], folder: Path) -> None:
    ids = pa.concat_arrays([ids])  # from its own beginning
    _, ends, text = ids.buffers()
    (folder / "people-ends.u64").write_bytes(memoryview(ends)[: 8 * (len(ids) + 1)])
    (folder / "people-ids.bin").write_bytes(memoryview(text) if text else b"")
    first = np.searchsorted(person, np.arange(len(ids) + 1))
    first.astype("<u4").tofile(folder / "people-first.u32")


def _write_buildings(
    records: Rows, tally: Tally, texts: dict[str, list[str]], folder: Path
) -> None:
    """Write what :class:`.reference.buildings.Buildings` holds, and twins and births."""
    place = np.concatenate(tally.places) if tally.places else np.zeros(0, np.uint64)
    tally.places.clear()
    unit = np.array(records["a_unit"])
    found = find_buildings(place, np.array(records["person"]), unit, texts["a_unit"])
    found.of.astype("<u4").tofile(folder / "buildings-of.u32")
    counted = np.stack([found.people, found.units, found.first_unit], axis=1)
    counted.astype("<u4").tofile(folder / "buildings.u32")
    find_twins(records, found.of, texts).tofile(folder / "twins.u8")
    born = np.concatenate([np.zeros(0, np.int32), *tally.born])
    np.stack(np.unique(born, return_counts=True)).astype("<i4").tofile(folder / "births.i32")


def _write_words(sealed: Sealed, folder: Path) -> None:
    columns = [name for name in TEXTS for _ in sealed.texts[name]]
    texts = [text for name in TEXTS for text in sealed.texts[name]]
    write_arrow(folder / "words.arrow", pa.table({"column": columns, "text": texts}))


def _write_names(sealed: Sealed, tally: Tally, rates: npt.NDArray[np.int64], folder: Path) -> None:
    """Write the names of the file and listed ones, and which are known to be names, and common.

    ``rates`` are the rates of namesakes of the given names of the file.
    """
    tables = []
    for kind in sorted(NAMES):
        lists = names_of(kind)
        listed = lists["name"].combine_chunks()
        carried = pa.array(sealed.texts[NAMES[kind]][1:], pa.string())
        both = _of_each(listed, carried)
        unlisted = carried.filter(pc.invert(pc.is_in(carried, value_set=both)))
        together = pa.concat_arrays([listed, unlisted])
        order = pc.sort_indices(together)
        names = together.take(order)
        place = pc.index_in(names, value_set=carried)
        people = pa.array(tally.people[kind][1:]).take(place).fill_null(0)
        rate = pa.array(rates[1:] if kind == "given" else np.zeros(len(carried), np.int64))
        further = pa.array(np.zeros(len(unlisted), np.bool_))
        common = pa.concat_arrays([lists["common"].combine_chunks(), further]).take(order)
        is_listed = pa.concat_arrays([pa.array(np.ones(len(listed), np.bool_)), further]).take(
            order
        )
        known = pc.or_(is_listed, pc.greater_equal(people, KNOWN_FROM))
        if kind == "surname":
            double = pa.array(
                _known_doubles(sealed.texts["n_surname"], names.filter(known)), pa.string()
            )
            known = pc.or_(known, pc.is_in(names, value_set=double))
        kinds = pa.array([kind]).take(pa.array(np.zeros(len(names), np.int64)))
        columns = {"kind": kinds, "name": names, "people": people, "known": known, "common": common}
        tables.append(pa.table({**columns, "namesake_ppm": rate.take(place).fill_null(0)}))
    write_arrow(folder / "names.arrow", pa.concat_tables(tables))


def _of_each(many: pa.Array, few: pa.Array) -> pa.Array:
    """Give the values of ``many`` that are among ``few``; only the few are put into a table."""
    return many.filter(pc.is_in(many, value_set=few))


def _known_doubles(surnames: Sequence[str], known: pa.Array) -> list[str]:
    """Give the keys of the surnames of several words each of which is known."""
    several = [surname_words(surname) for surname in surnames if " " in surname]
    words = pa.array({word for one in several for word in one}, pa.string())
    single = set(_of_each(known, words).to_pylist())
    return ["".join(one) for one in several if len(one) > 1 and single.issuperset(one)]
