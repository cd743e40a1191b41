"""What runs a batch: DuckDB in this program, or Spark. Either decides every request alike.

Two steps look at every request and are handed to the engine: the law, and the comparison of
requests and decoys with the reference. What is before, between and behind them (reading, standard
form, facts, repeated asking, the drawing of decoys, the bound, the accounting) runs on DuckDB.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from ostiary.deciding.decoys.together import Verify
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.decide import Decide, decide_batch
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.spark import decide_on_spark
from ostiary.deciding.matching.on_spark import SparkVerification
from ostiary.deciding.matching.verify import verify_batch
from ostiary.domain.choices import EngineName
from ostiary.office.batches.spark_session import spark_session
from ostiary.office.folder.session import OfficeSession, scratch_folder

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@dataclass(frozen=True, slots=True)
class Engine:
    """What runs a batch.

    Attributes:
        decide: the law.
        verify: the comparison with the reference.
    """

    decide: Decide
    verify: Verify


DUCKDB = Engine(decide_batch, verify_batch)


@contextmanager
def opened_engine(name: EngineName, place: OfficeSession) -> Iterator[Engine]:
    """Open what ``--engine`` names.

    Args:
        name: ``duckdb`` or ``spark``.
        place: the office; its settings say where Spark's master is.

    Raises:
        InputError: Spark or Java is not installed.
        OfficeError: the master is not there, or Spark gave the work up.
    """
    if name == "duckdb":
        yield DUCKDB
        return
    set_to, root = place.office.config.spark, place.office.root.resolve()
    with (
        scratch_folder(root) as folder,
        spark_session(set_to.master, memory=set_to.memory, near=root) as session,
    ):
        law = _LawOnSpark(session, folder)
        yield Engine(law.decide_batch, SparkVerification(session, folder).verify_batch)


@dataclass(frozen=True, slots=True)
class _LawOnSpark:
    """The law, with facts and decisions handed over as Parquet files."""

    session: "SparkSession"
    folder: Path

    def decide_batch(
        self, con: duckdb.DuckDBPyConnection, book: Book, day: Day, *, facts: str, into: str
    ) -> None:
        asked, decided = self.folder / "facts.parquet", self.folder / "decided"
        con.table(facts).write_parquet(str(asked))
        self.session.read.parquet(str(asked)).createOrReplaceTempView("facts")
        result = decide_on_spark(self.session, book, day, facts="facts")
        result.write.mode("overwrite").parquet(str(decided))
        con.read_parquet(f"{decided}/*.parquet").order("row").create(into)
