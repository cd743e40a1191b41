"""Reader four of a rule: Spark SQL, for files that one machine does not hold.

The same query as on DuckDB, in Spark's dialect. Spark is an extra (``pip install ostiary[spark]``):
half a gigabyte and a Java that small offices are spared; nothing here loads it.
"""

from typing import TYPE_CHECKING

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.sql import SPARK, decision_sql

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def decide_on_spark(session: "SparkSession", book: Book, day: Day, *, facts: str) -> "DataFrame":
    """Decide a view of facts.

    Args:
        session: a session in ANSI mode, in which a value that does not fit is an error and never
            becomes NULL.
        book: the law.
        day: the legal time, the same for all rows.
        facts: view with ``row`` and one column for each word of the vocabulary.

    Returns:
        ``row``, ``mask`` (text, as :func:`.law.masks.mask_text` writes it), ``status``.
    """
    return session.sql(decision_sql(book, day, facts, SPARK))
