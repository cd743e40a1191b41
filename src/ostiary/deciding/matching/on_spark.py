"""Verification of a batch on Spark: the decision of :mod:`.matching.verify`, on a cluster.

The requests and the reference are handed over as Parquet files; candidates are found by a join on
the blocking keys; comparison and decision are the very statements that DuckDB runs, see
:mod:`.expressions.spark`. As there, namesakes elsewhere are looked up only for requests that
nobody came close to, and nothing here knows a decoy from a request.

Spark is an extra (``pip install ostiary[spark]``); nothing here loads it before it is used.
"""

import shutil
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ostiary.deciding.expressions.spark import spark_sql
from ostiary.deciding.matching import comparison, decision
from ostiary.deciding.matching.candidates import CLOSE, ask_keys, keys_asked, known_streets
from ostiary.deciding.matching.model import Model, open_model
from ostiary.deciding.matching.spark_edits import register_edits
from ostiary.deciding.matching.spark_reference import tables_for_spark
from ostiary.deciding.matching.verify import AT_A_TIME, drop_steps, know_names
from ostiary.deciding.reference.blocking_keys import KEY_KINDS, WHOLE_NAME

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_NAMESAKES = [kind.name for kind in KEY_KINDS].index(WHOLE_NAME)
_KIND = " ".join(f"WHEN {number} THEN '{kind.name}'" for number, kind in enumerate(KEY_KINDS))

# Whom the keys of a request lead to, and whether only as a namesake.
_PAIRS = f"""
    SELECT row, person, bool_and(kind = {_NAMESAKES}) AS elsewhere
    FROM match_met LEFT ANTI JOIN match_left_out USING (row, person)
    WHERE person IS NOT NULL GROUP BY row, person
    """
_UNSETTLED = f"""
    SELECT row, person
    FROM match_pairs LEFT ANTI JOIN (SELECT row FROM match_near WHERE tier >= {CLOSE}) USING (row)
    WHERE elsewhere
    """


@dataclass(frozen=True, slots=True)
class SparkVerification:
    """Where a batch is verified.

    Attributes:
        session: a session in ANSI mode.
        folder: private folder, under the same path on every machine of the cluster.
    """

    session: "SparkSession"
    folder: Path

    def verify_batch(
        self,
        con: duckdb.DuckDBPyConnection,
        requests_table: str,
        reference: Path,
        into: str,
        *,
        left_out: str | None = None,
    ) -> None:
        """Do as :func:`ostiary.deciding.matching.verify.verify_batch` does.

        Args:
            con: connection that holds the requests.
            requests_table: see there.
            reference: the office's ``reference/``, under the same path on every machine.
            into: table to make; no row of it differs from the one that DuckDB makes.
            left_out: see there.

        Raises:
            OfficeError: there is no reference, or another version of the standard form wrote it.
        """
        model = open_model(reference)
        part = Path(tempfile.mkdtemp(prefix="verified-", dir=self.folder))
        try:
            _hand_over(con, model, requests_table, left_out, part)
            with closing(_Walk(self.session, model, part)) as walk:
                decided = _quoted(walk.decide())
            con.execute(
                f"CREATE OR REPLACE TABLE {into} AS"
                f" FROM read_parquet('{decided}/*.parquet') ORDER BY row"
            )
        finally:
            drop_steps(con)
            shutil.rmtree(part, ignore_errors=True)


def _hand_over(
    con: duckdb.DuckDBPyConnection,
    model: Model,
    requests: str,
    left_out: str | None,
    folder: Path,
) -> None:
    """Write requests, their keys and known streets, and whom they are not compared with."""
    know_names(con, model.opened)
    comparison.ask(con, f"(SELECT * FROM {requests})")
    nobody = "(SELECT 0::BIGINT AS row, 0::BIGINT AS person LIMIT 0)"
    for name, query in (
        ("asked", "FROM match_asked ORDER BY row"),
        ("left_out", f"SELECT row, person::BIGINT AS person FROM {left_out or nobody}"),
    ):
        (folder / name).mkdir()
        con.execute(f"COPY ({query}) TO '{_quoted(folder / name)}/0.parquet' (FORMAT parquet)")
    for name in ("keys", "streets"):
        (folder / name).mkdir()
    asked = pq.read_table(folder / "asked" / "0.parquet")
    pq.write_table(known_streets(model.opened, asked), folder / "streets" / "0.parquet")
    for start in range(0, max(len(asked), 1), AT_A_TIME):
        keys = _keys(asked.slice(start, AT_A_TIME), model.opened.record_bits)
        pq.write_table(keys, folder / "keys" / f"{start:09}.parquet")


def _keys(requests: pa.Table, bits: int) -> pa.Table:
    """Give ``row``, ``kind`` and ``key`` as they stand in the index, without the lower bits."""
    asked, rows = ask_keys(requests), requests["row"].to_numpy()
    found = []
    for number, kind in enumerate(KEY_KINDS):
        keys, request = keys_asked(asked, kind)
        upper = (keys >> np.uint64(bits)).astype(np.int64)
        kinds = np.full(len(keys), number, "i1")
        found.append(pa.table({"row": rows[request], "kind": kinds, "key": upper}))
    return pa.concat_tables(found)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


class _Walk:
    """The steps of a batch, each a view of Spark's with the name of the table on DuckDB.

    What a later step reads more than once is written to the folder, and read from there.
    """

    def __init__(self, session: "SparkSession", model: Model, folder: Path) -> None:
        self._session = session
        self._model = model
        self._folder = folder
        self._views: set[str] = set()
        self._comparison = spark_sql(comparison.compare, model.learned)

    def decide(self) -> Path:
        """Give the folder of the result, one row a request."""
        self._read()
        self._meet()
        self._keep("near", self._people("SELECT row, person FROM match_pairs WHERE NOT elsewhere"))
        self._keep("namesakes", self._people(_UNSETTLED))
        self._view("people", "FROM match_near UNION ALL FROM match_namesakes")
        self._keep("counts", spark_sql(decision.count_people))
        return self._keep("verified", spark_sql(decision.decide, "match_verified"))

    def close(self) -> None:
        """Let go of the views."""
        for view in self._views:
            self._session.catalog.dropTempView(view)

    def _read(self) -> None:
        register_edits(self._session)
        tables = tables_for_spark(self._model)
        for name in ("asked", "left_out", "keys", "streets"):
            self._read_from(self._folder, name)
        for name in ("filed", "index"):
            self._read_from(tables, name)

    def _meet(self) -> None:
        """Make ``match_pairs`` and ``match_crowded``: whom keys lead to, and what is crowded."""
        self._keep(
            "met", "SELECT k.row, kind, person FROM match_keys k JOIN match_index USING (kind, key)"
        )
        self._keep("pairs", _PAIRS)
        crowded = f"SELECT DISTINCT row, CASE kind {_KIND} END AS kind FROM match_met"
        self._keep("crowded", f"{crowded} WHERE person IS NULL")

    def _people(self, pairs: str) -> str:
        """Give the query of the rows of ``match_people`` for some pairs."""
        self._view("candidates", pairs)
        self._view("compared", self._comparison)
        return spark_sql(decision.collapse_people)

    def _keep(self, name: str, query: str) -> Path:
        self._session.sql(query).write.parquet(str(self._folder / name))
        self._read_from(self._folder, name)
        return self._folder / name

    def _read_from(self, folder: Path, name: str) -> None:
        self._show(name, self._session.read.parquet(str(folder / name)))

    def _view(self, name: str, query: str) -> None:
        self._show(name, self._session.sql(query))

    def _show(self, name: str, table: "DataFrame") -> None:
        table.createOrReplaceTempView(f"match_{name}")
        self._views.add(f"match_{name}")
