"""Loading the reference: the custodian's people and addresses, in standard form, on disk.

The folder holds ``model.json`` and, in a folder named after their content, five Parquet files:
``records`` (person-addresses in standard form), ``keys`` (blocking keys, sorted), ``crowded`` (the
keys that were left out), ``names`` and ``streets`` (what is known to be a name or a street).
``weights.html`` beside them shows the officer what each level of agreement weighs.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ostiary.accounting.writer import replace_file
from ostiary.matching import filing
from ostiary.matching.charts import WEIGHTS_PAGE, weights_page
from ostiary.matching.learned import Learned
from ostiary.matching.learning import learn_others
from ostiary.matching.model import Counts, Model, commit_model, open_model

# What each file holds, and the order that makes equal people give equal bytes.
_FILES = {
    "records": "SELECT * FROM ref_records ORDER BY record",
    "keys": "SELECT key, record FROM ref_keys ORDER BY key, record",
    "crowded": "SELECT key FROM ref_crowded ORDER BY key",
    "names": "SELECT kind, name, people, known FROM ref_names ORDER BY kind, name",
    "streets": "SELECT a_zip5, a_street FROM ref_streets ORDER BY a_zip5, a_street",
}


@dataclass(frozen=True, slots=True)
class ReferenceSummary:
    """What a load leaves behind.

    Attributes:
        people: persons in the reference.
        addresses: different person-addresses in it.
        model: model digest, ``sha256:...``, which the accounting records.
    """

    people: int
    addresses: int
    model: str


def load_reference(
    con: duckdb.DuckDBPyConnection,
    people_table: str,
    folder: Path,
    *,
    extend: bool = False,
    taught: Learned | None = None,
) -> ReferenceSummary:
    """Write a reference from a typed table of people and addresses.

    The old reference stays until the new one is whole on disk. The same people give the same
    digest, in whatever order they come.

    Args:
        con: connection that holds the table.
        people_table: the reference columns, typed: ``birth_date`` DATE, ``hold`` BOOLEAN,
            ``period`` INTEGER, the rest VARCHAR.
        folder: the office's ``reference/``; made when missing.
        extend: add to the reference that is there, instead of replacing it. A hold that stands
            stays.
        taught: shares learned elsewhere; ``None`` counts strangers and housemates in this file.

    Raises:
        OfficeError: ``extend``, and there is no reference or another version wrote it.
    """
    before = open_model(folder) if extend else None
    written = folder / "being-written"
    shutil.rmtree(written, ignore_errors=True)
    written.mkdir(parents=True)
    try:
        counts = _build(con, people_table, before)
        learned = taught or learn_others(con, "ref_records", "ref_streets")
        _write(con, written)
    finally:
        filing.drop_steps(con)
    model = commit_model(folder, written, counts, learned)
    replace_file(folder / WEIGHTS_PAGE, weights_page(model.learned, model.digest).encode())
    return ReferenceSummary(counts.people, counts.addresses, model.digest)


def _build(con: duckdb.DuckDBPyConnection, people_table: str, before: Model | None) -> Counts:
    filing.file_people(con, people_table, before=before.table("records") if before else None)
    filing.count_names(con)
    filing.count_places(con)
    filing.number_records(con)
    filing.make_keys(con)
    counted = con.execute(
        """
        SELECT (SELECT count(DISTINCT person) FROM ref_records), (SELECT count(*) FROM ref_records),
               (SELECT count(*) FROM ref_keys), (SELECT count(*) FROM ref_crowded),
               (SELECT count(*) FROM ref_names WHERE kind = 'surname' AND people > 0),
               (SELECT count(*) FROM ref_names WHERE kind = 'given' AND people > 0)
        """
    ).fetchall()
    return Counts(*counted[0])


def _write(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    for part, query in _FILES.items():
        target = str(folder / f"{part}.parquet").replace("'", "''")
        con.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
