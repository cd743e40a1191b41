"""The table ``[spark]`` of ``office.toml``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ostiary.office.folder.config_rows import Check


@dataclass(frozen=True, slots=True)
class SparkMaster:
    """Where Spark computes, for runs that ask for it.

    Attributes:
        master: ``local[*]``, or the URL of a cluster's master.
        memory: what the driver may take, such as ``4g``.
    """

    master: str = "local[*]"
    memory: str = "4g"


def spark_checks(spark: SparkMaster) -> Iterator[Check]:
    """Say of each line of ``[spark]`` whether it will do, and what it may be."""
    good = isinstance(spark.master, str) and bool(re.fullmatch(r"[a-z][^\s]*", spark.master))
    yield "master", good, 'write "local[*]", or the address of a master: "spark://HOST:7077"'
    good = isinstance(spark.memory, str) and bool(re.fullmatch(r"[1-9][0-9]*[kmg]", spark.memory))
    yield "memory", good, 'write a number and a unit, such as "4g"'
